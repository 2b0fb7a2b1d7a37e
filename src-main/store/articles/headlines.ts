/** Rows of lists: narrow, without the text of the articles. */
import type { HeadlineRow } from '../../api/model.ts'
import { type Member, membersOf } from '../copies/members.ts'
import type { ReadDb } from '../db/open.ts'
import { getRows, getValue } from '../db/prepared.ts'
import type { OwnReading } from '../feeds/reading.ts'
import { growingAmong } from '../stories/followed.ts'

/** A row as stored: pictures are addresses, which the engine has to sign. With what its feed says itself of reading. */
export type StoredRow = Omit<
  HeadlineRow,
  'editedAt' | 'feedIconUrl' | 'imageUrl' | 'opensPage' | 'direction' | 'match' | 'story'
> &
  OwnReading & {
    storyId: number | null
    storySources: number | null
    /** Sources have joined the story, which is followed, since the reader last looked at it. */
    hasStoryNew: boolean
    image: string | null
    editedAt: number | null
    iconVersion: string | null
    /** The feed, followed or not. */
    sourceId: number
    copyGroup: number | null
  }

const rowColumns = `
  articles.id, articles.feed_id AS sourceId, CASE WHEN feeds.removed_at IS NULL THEN feeds.id END AS feedId,
  COALESCE(feeds.custom_title, NULLIF(feeds.title, ''), feeds.url) AS feedTitle, feeds.icon_version AS iconVersion,
  articles.title, articles.summary, articles.author, articles.url, articles.published_at AS publishedAt,
  articles.is_read AS isRead, articles.is_saved AS isSaved, articles.edited_at AS editedAt, articles.image,
  articles.copy_group AS copyGroup, feeds.folder_id AS folderId, feeds.reading, stories.id AS storyId, stories.sources AS storySources`

export function newestArticleId(db: ReadDb): number {
  return getValue<number>(db, 'SELECT MAX(id) FROM articles') ?? 0
}

/** Rows by id, in the order of the ids. */
export function rowsByIds(db: ReadDb, ids: number[]): StoredRow[] {
  const rows = getRows<Omit<StoredRow, 'isRead' | 'isSaved' | 'hasStoryNew'> & { isRead: number; isSaved: number }>(
    db,
    `SELECT ${rowColumns} FROM json_each(?) AS wanted
     JOIN articles ON articles.id = wanted.value JOIN feeds ON feeds.id = articles.feed_id
     LEFT JOIN story_articles ON story_articles.article_id = articles.id
     LEFT JOIN stories ON stories.id = story_articles.story_id
     ORDER BY wanted.key`,
    JSON.stringify(ids),
  )
  const members = membersOf(
    db,
    rows.flatMap(({ copyGroup }) => copyGroup ?? []),
  )
  const growing = growingAmong(
    db,
    rows.flatMap(({ storyId }) => storyId ?? []),
  )
  // In place: of 200 rows, copies are a tenth of what the page costs.
  return rows.map(row => {
    const others = row.copyGroup === null ? [] : copiesOf(row.id, members.get(row.copyGroup))
    const isSaved = row.isSaved === 1 || others.some(other => other.isSaved)
    const copies = others.filter(({ isListed }) => isListed).map(({ id, feedTitle }) => ({ id, feedTitle }))
    const hasStoryNew = row.storyId !== null && growing.has(row.storyId)
    const known = { isRead: row.isRead === 1, isSaved, hasStoryNew }
    return Object.assign(row, known, copies.length > 0 ? { copies } : null)
  })
}

function copiesOf(articleId: number, members: Member[] = []): Member[] {
  return members.filter(({ id }) => id !== articleId)
}
