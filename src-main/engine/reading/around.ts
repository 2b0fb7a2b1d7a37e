/** What stands below an article: the latest of its source, and what other sources have about the same thing. */
import type { Input, Output } from '../../api/contract.ts'
import { rowsByIds } from '../../store/articles/headlines.ts'
import { makeReadingValues } from '../../store/reading.ts'
import { latestBeside } from '../../store/related/latest.ts'
import { startRelated } from '../../store/related/related.ts'
import type { Context } from '../context/context.ts'
import { serializeRow } from '../context/serialize.ts'

const mostLatest = 4
const mostRelated = 4

export function makeAroundQueries({ db, chunks, signer }: Context) {
  return {
    async around({ articleId, leaveOut = [] }: Input<'around'>): Promise<Output<'around'>> {
      const search = startRelated(db, articleId, mostRelated)
      await chunks.run('related', { isWrite: false }, search.step)
      const readingOf = makeReadingValues(db)
      const rowsOf = (ids: number[]) => rowsByIds(db, ids).map(row => serializeRow(row, signer, readingOf(row.own)))
      return { latest: rowsOf(latestBeside(db, articleId, leaveOut, mostLatest)), related: rowsOf(search.ids()) }
    },
  }
}
