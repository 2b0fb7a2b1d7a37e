/** Everything out and in, in open formats: OPML, JSON and HTML in one ZIP file. */
import type { Input, Output } from '../api/contract.ts'
import type { Context } from './context.ts'
import { NotFound } from './not-found.ts'

export function makeEverything(_context: Context) {
  return {
    exportEverything(): Output<'exportEverything'> {
      throw new NotFound('this comes with the next commit')
    },
    importEverything(_: Input<'importEverything'>): Output<'importEverything'> {
      throw new NotFound('this comes with the next commit')
    },
  }
}
