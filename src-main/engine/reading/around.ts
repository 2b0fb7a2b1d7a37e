/** What stands around an article: what its publisher changed, the latest of its source, and what other sources have about the same thing. */
import type { Input, Output } from '../../api/contract/contract.ts'
import { versionsOf } from '../../store/edits/revisions.ts'
import { latestBeside } from '../../store/related/latest.ts'
import { storyBeside } from '../../store/related/of-story.ts'
import { startRelated } from '../../store/related/related.ts'
import type { Context } from '../context/context.ts'
import { rowsOf } from '../context/rows.ts'

const mostLatest = 4
const mostRelated = 4

export function makeAroundQueries(context: Context) {
  const { db, chunks, pool } = context

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
      const related = [...new Set([...storyBeside(db, articleId, mostRelated), ...search.ids()])].slice(0, mostRelated)
      const latest = latestBeside(db, articleId, leaveOut, mostLatest)
      return { latest: rowsOf(context, latest), related: rowsOf(context, related) }
    },
  }
}
