/** An article without ids of this database, as the journal and exported archives have it. */
import type { Enclosure, SafeHtml } from '../../api/model.ts'
import { unpackOrNull } from '../db/compressed-html.ts'
import type { ReadDb } from '../db/open.ts'
import { getRow, getValues } from '../db/prepared.ts'
import { fullTextOf, type PageText } from '../full-texts/full-texts.ts'
import { type Key, keysOf } from '../identity/keys.ts'

export type PortableArticle = {
  feedUrl: string
  feedTitle: string
  language: string
  guid: string | null
  url: string | null
  title: string
  author: string
  summary: string
  image: string | null
  publishedAt: number
  firstSeenAt: number
  updatedAt: number | null
  savedAt: number | null
  isRead: boolean
  html: SafeHtml
  /** Addresses that `html` shows. */
  media: string[]
  categories: string[]
  enclosures: Enclosure[]
  commentsUrl: string | null
  commentsCount: number | null
  hash: string
  visibleHash: string
  /** By these it is recognised when its feed brings it again. */
  keys: Key[]
  /** The text of its page, where that was fetched. Absent in journals that were written before there were any. */
  fullText?: PortableFullText
}

/** `isShown`: which text the reader chose; null where they have not. */
export type PortableFullText = PageText & { isShown: boolean | null }

type Row = Omit<PortableArticle, 'isRead' | 'html' | 'media' | 'categories' | 'enclosures' | 'keys' | 'fullText'> & {
  isRead: number
  html: Uint8Array
  media: string
  categories: string
  enclosures: string
}

/** The article with this id, saved or not; null where it is not there. */
export function portableArticle(db: ReadDb, id: number): PortableArticle | null {
  const sql = `SELECT feeds.url AS feedUrl, COALESCE(feeds.custom_title, NULLIF(feeds.title, ''), feeds.url) AS feedTitle,
      feeds.language, articles.guid, articles.url, articles.title, articles.author, articles.summary, articles.image,
      articles.published_at AS publishedAt, articles.first_seen_at AS firstSeenAt, contents.updated_at AS updatedAt,
      articles.saved_at AS savedAt, articles.is_read AS isRead, contents.html, contents.media, contents.categories,
      contents.enclosures, contents.comments_url AS commentsUrl, contents.comments_count AS commentsCount,
      contents.hash, contents.visible_hash AS visibleHash
    FROM articles JOIN contents ON contents.article_id = articles.id JOIN feeds ON feeds.id = articles.feed_id
    WHERE articles.id = ?`
  const row = getRow<Row>(db, sql, id)
  if (!row) return null
  const fullText = portableFullText(db, id)
  return {
    ...row,
    ...(fullText && { fullText }),
    isRead: row.isRead === 1,
    // It was sanitised before it was stored. Without its text it is still an article somebody saved.
    html: (unpackOrNull(row.html) ?? '') as SafeHtml,
    media: JSON.parse(row.media) as string[],
    categories: JSON.parse(row.categories) as string[],
    enclosures: JSON.parse(row.enclosures) as Enclosure[],
    keys: keysOf(db, id),
  }
}

function portableFullText(db: ReadDb, id: number): PortableFullText | null {
  const stored = fullTextOf(db, id)
  if (stored?.kind !== 'text') return null
  const { kind: _, ...text } = stored
  return text
}

const orders = { id: 'id', 'first saved': 'saved_at, id', 'last saved': 'saved_at DESC, id DESC' }

/** All saved articles, one at a time. */
export function* savedArticles(db: ReadDb, order: keyof typeof orders = 'id'): Generator<PortableArticle> {
  for (const { article } of savedArticlesById(db, order)) yield article
}

/** The same with their ids in this database. */
export function* savedArticlesById(
  db: ReadDb,
  order: keyof typeof orders,
): Generator<{ id: number; article: PortableArticle }> {
  const sql = `SELECT id FROM articles WHERE is_saved = 1 ORDER BY ${orders[order]}`
  for (const id of getValues<number>(db, sql)) {
    const article = portableArticle(db, id)
    if (article) yield { id, article }
  }
}
