/** How long articles are kept: asking what would go, and rules of single feeds. */
import type { Input, Output } from '../api/contract.ts'
import type { Context } from './context.ts'
import { NotFound } from './not-found.ts'

export function makeRetention(_context: Context) {
  return {
    previewRetention(_: Input<'previewRetention'>): Output<'previewRetention'> {
      throw new NotFound('retention comes with the next commit')
    },
    setFeedRetention(_: Input<'setFeedRetention'>): Output<'setFeedRetention'> {
      throw new NotFound('retention comes with the next commit')
    },
  }
}
