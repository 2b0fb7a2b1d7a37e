/** Whether what is kept of stories and copies beside articles is what a recount of the articles comes to. */
import { readMeta } from '../../src-main/store/db/meta.ts'
import type { ReadDb } from '../../src-main/store/db/open.ts'
import { isAnyUngrouped } from '../../src-main/store/stories/grouped.ts'
import { methodVersion } from '../../src-main/stories/stories.ts'

/** What is wrong, in words; nothing where all is right. */
export function miscountsIn(db: ReadDb): string[] {
  return [...storyMiscounts(db), ...copyMiscounts(db)]
}

function storyMiscounts(db: ReadDb): string[] {
  const sql = `SELECT id, (sources, first_at, latest_at) IS NOT (
      SELECT COUNT(DISTINCT COALESCE(domain, article_id)), MIN(published_at), MAX(published_at)
      FROM story_articles JOIN articles ON articles.id = article_id WHERE story_id = stories.id AND is_hidden = 0) AS isWrong,
      NOT EXISTS (SELECT 1 FROM story_articles WHERE story_id = stories.id) AS isEmpty
    FROM stories`
  const rows = db.prepare<[], { id: number; isWrong: number; isEmpty: number }>(sql).all()
  return rows.flatMap(({ id, isWrong, isEmpty }) => [
    ...(isWrong ? [`story ${id} is counted wrong`] : []),
    ...(isEmpty ? [`story ${id} has no articles`] : []),
  ])
}

function copyMiscounts(db: ReadDb): string[] {
  const rows = db
    .prepare<[], { id: number; feedId: number; isHidden: number; isRead: number }>(
      `SELECT copy_group AS id, feed_id AS feedId, is_hidden AS isHidden, is_read AS isRead FROM articles NOT INDEXED
       WHERE copy_group IS NOT NULL ORDER BY feed_id`,
    )
    .all()
  const feedsOf = (some: typeof rows) => JSON.stringify(some.map(({ feedId }) => feedId))
  const counts = new Map<string, { listed: number; unread: number }>()
  const count = (feeds: string, what: 'listed' | 'unread') => {
    if (!feeds.includes(',')) return
    const known = counts.get(feeds) ?? { listed: 0, unread: 0 }
    counts.set(feeds, { ...known, [what]: known[what] + 1 })
  }
  for (const group of Map.groupBy(rows, ({ id }) => id).values()) {
    const listed = group.filter(({ isHidden }) => isHidden === 0)
    count(feedsOf(listed), 'listed')
    count(feedsOf(listed.filter(({ isRead }) => isRead === 0)), 'unread')
  }
  const expected = [...counts].map(([feeds, { listed, unread }]) => `${feeds}: ${listed} listed, ${unread} unread`)
  const sql = `SELECT feeds || ': ' || listed || ' listed, ' || unread || ' unread' FROM copy_counts`
  const kept = new Set(db.prepare<[], string>(sql).pluck().all())
  return expected.every(line => kept.delete(line)) && kept.size === 0
    ? []
    : [`copies are ${expected.join('; ')}, and not ${[...kept].join('; ')}`]
}

/** Whether nothing is left to do for the thread that groups articles. */
export function isAllGrouped(db: ReadDb): boolean {
  const count = (what: string) => db.prepare<[], number>(`SELECT ${what}`).pluck().get() ?? 0
  const isSketched = (readMeta(db, 'sketchedUpTo') ?? 0) >= count('MAX(id) FROM articles')
  return (
    isSketched && !isAnyUngrouped(db, methodVersion) && count('COUNT(*) FROM story_articles WHERE domain IS NULL') === 0
  )
}
