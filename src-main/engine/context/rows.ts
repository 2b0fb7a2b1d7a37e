/** Rows of lists by their ids. */
import type { HeadlineRow } from '../../api/model.ts'
import { rowsByIds } from '../../store/articles/headlines.ts'
import { makeReadingValues } from '../../store/reading.ts'
import type { Context } from './context.ts'
import { serializeRow } from './serialize.ts'

export function rowsOf({ db, signer }: Pick<Context, 'db' | 'signer'>, ids: number[]): HeadlineRow[] {
  const readingOf = makeReadingValues(db)
  return rowsByIds(db, ids).map(row => serializeRow(row, signer, readingOf(row)))
}
