/** What stands around an article: what its publisher changed, the latest of its source, and what other sources have about the same thing. */
import type { Input, Output } from '../../api/contract/contract.ts'
import { rowsByIds } from '../../store/articles/headlines.ts'
import { versionsOf } from '../../store/edits/revisions.ts'
import { makeReadingValues } from '../../store/reading.ts'
import { latestBeside } from '../../store/related/latest.ts'
import { storyBeside } from '../../store/related/of-story.ts'
import { startRelated } from '../../store/related/related.ts'
import type { Context } from '../context/context.ts'
import { serializeRow } from '../context/serialize.ts'

const mostLatest = 4
const mostRelated = 4

export function makeAroundQueries({ db, chunks, pool, signer }: Context) {
  return {
    async edits({ articleId }: Input<'edits'>): Promise<Output<'edits'>> {
      const versions = versionsOf(db, articleId)
      if (versions.length < 2) return { edits: [] }
      const compared = await pool.run('compareVersions', { versions })
      return { edits: compared.ok ? compared.edits : [] }
    },

    async around({ articleId, leaveOut = [] }: Input<'around'>): Promise<Output<'around'>> {
      const search = startRelated(db, articleId, mostRelated)
      await chunks.run('related', { isWrite: false }, search.step)
      const readingOf = makeReadingValues(db)
      const rowsOf = (ids: number[]) => rowsByIds(db, ids).map(row => serializeRow(row, signer, readingOf(row)))
      const related = [...new Set([...storyBeside(db, articleId, mostRelated), ...search.ids()])].slice(0, mostRelated)
      return { latest: rowsOf(latestBeside(db, articleId, leaveOut, mostLatest)), related: rowsOf(related) }
    },
  }
}
