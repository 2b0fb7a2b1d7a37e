/** Stores what a refresh brought: new articles, edits, and nothing for what is already there. */
import type { ReadyArticle } from '../../feeds/parsed.ts'
import { unpack, unpackOrNull } from '../db/compressed-html.ts'
import type { WriteDb } from '../db/open.ts'
import { getRow, run } from '../db/prepared.ts'
import { asBatch, batchSize, pauseForOthers } from '../db/write-gate.ts'
import { keepRevision } from '../edits/revisions.ts'
import { isTrivialEdit } from '../edits/trivial.ts'
import { kindOf } from '../feeds/kinds.ts'
import { plausibleDate } from '../identity/document.ts'
import { type Difference, differenceOf } from '../identity/hashes.ts'
import { type Recognised, recognise } from '../identity/identity.ts'
import { rememberKeys } from '../identity/keys.ts'
import { recogniseMessages } from '../identity/messages.ts'
import { facetsOf } from '../search/facets.ts'
import { indexArticle, indexNewArticle, unindexArticle } from '../search/index.ts'
import { noteCategories } from '../search/recent-categories.ts'
import { seenInFeedAgain } from './tombstones.ts'
import { articleHashes, insertArticle, overwriteArticle } from './write-article.ts'

export type Stored = { newIds: number[]; editedIds: number[] }

/** An article that was inserted or edited, and has to be indexed. `visible`: an edit that a reader would notice. */
export type Written = { articleId: number; feedId: number; feedTitle: string; article: ReadyArticle } & (
  | { change: 'new'; publishedAt: number }
  | { change: 'visible' | 'hidden' }
)

/**
 * Stores the articles of one document of a feed, in its order, in batches: each its own transaction. An edit updates the
 * article and keeps the earlier text; it never touches what the reader did. An article that was deleted does not come back.
 * `now` in ms.
 */
export function storeArticles(db: WriteDb, feedId: number, articles: ReadyArticle[], now: number): Stored {
  const document = readDocument(db, feedId, articles, now)
  const storeBatch = db.transaction((items: NumberedItem[]) => {
    const written = writeItems(db, { ...document, items })
    indexAll(db, written)
    return written
  })
  const all: Written[] = []
  const size = batchSize(db)
  let hasWritten = false
  for (let start = 0; start < document.items.length; start += size) {
    if (hasWritten) pauseForOthers(db)
    const items = document.items.slice(start, start + size)
    const written = asBatch(db, () => storeBatch.immediate(items))
    hasWritten = written.length > 0
    for (const one of written) all.push(one)
  }
  return idsOf(all)
}

/** The same inside the caller's transaction, in which several documents may be stored; `indexAll` must be its last step. */
export function writeArticles(db: WriteDb, feedId: number, articles: ReadyArticle[], now: number): Written[] {
  return writeItems(db, readDocument(db, feedId, articles, now))
}

export function idsOf(written: Written[]): Stored {
  const having = (wanted: Written['change']) =>
    written.filter(({ change }) => change === wanted).map(({ articleId }) => articleId)
  return { newIds: having('new'), editedIds: having('visible') }
}

/**
 * Indexes at the end of the transaction, in the order of ids: FTS5 flushes what it has gathered at every savepoint, which
 * statements in between may open, and whenever a rowid decreases. Article by article, that cost three times as much and made
 * a segment of each.
 */
export function indexAll(db: WriteDb, written: Written[]): void {
  for (const one of written.toSorted((a, b) => a.articleId - b.articleId)) {
    const { articleId, feedId, feedTitle, article } = one
    if (one.change === 'new') {
      const facets = facetsOf({ ...article, feedId, publishedAt: one.publishedAt })
      indexNewArticle(db, articleId, article, feedTitle, facets)
    } else {
      unindexArticle(db, articleId)
      indexArticle(db, articleId, article, feedTitle)
    }
  }
}

/** Lists are ordered by this: the publisher's date where it is plausible, else when we first saw the article. */
export function listedDate(stated: number | null, now: number, index: number): number {
  const date = plausibleDate(stated, now)
  // Items without a date keep the document's order, newest first.
  return date === null ? now - index : Math.min(date, now)
}

type NumberedItem = Recognised & { index: number }
type FeedOfDocument = { url: string; title: string; siteUrl: string | null }
type FeedDocument = { feedId: number; feedTitle: string; items: NumberedItem[]; now: number }

/** What the items of a document are, oldest first: a later article gets the higher id, and 'newer than' can go by it. */
function readDocument(db: WriteDb, feedId: number, articles: ReadyArticle[], now: number): FeedDocument {
  const sql = 'SELECT url, COALESCE(custom_title, title) AS title, site_url AS siteUrl FROM feeds WHERE id = ?'
  const feed = getRow<FeedOfDocument>(db, sql, feedId)
  if (!feed) return { feedId, feedTitle: '', items: [], now }
  const recognised =
    kindOf(feed.url) === 'newsletter'
      ? recogniseMessages(db, feedId, articles)
      : recognise(db, { feedId, siteKey: siteKeyOf(feed.siteUrl) }, articles, now)
  const items = recognised.map((item, index) => ({ ...item, index })).reverse()
  return { feedId, feedTitle: feed.title, items, now }
}

function writeItems(db: WriteDb, { feedId, feedTitle, items, now }: FeedDocument): Written[] {
  const written: Written[] = []
  for (const { article, articleId: knownId, keys, isPlain, index } of items) {
    if (knownId === null) {
      const publishedAt = listedDate(article.publishedAt, now, index)
      const articleId = insertArticle(db, { feedId, article, publishedAt, firstSeenAt: now, keys })
      written.push({ articleId, feedId, feedTitle, article, change: 'new', publishedAt })
      continue
    }
    const change = update(db, knownId, article, now)
    if (change !== 'none' || !isPlain) rememberKeys(db, feedId, knownId, keys)
    if (change === 'hidden' || change === 'visible') {
      written.push({ articleId: knownId, feedId, feedTitle, article, change })
    }
  }
  const uses = written.map(({ article, ...one }) => ({
    categories: article.categories,
    usedAt: one.change === 'new' ? one.publishedAt : now,
  }))
  noteCategories(db, feedId, uses, now)
  return written
}

type Known = { hash: string; visibleHash: string; commentsCount: number | null; title: string; html: Uint8Array }

/** Brings a known article up to date. One that was deleted stays so. */
function update(
  db: WriteDb,
  articleId: number,
  article: ReadyArticle,
  now: number,
): Exclude<Difference, 'rules'> | 'deleted' {
  const sql = `SELECT contents.hash, contents.visible_hash AS visibleHash, contents.comments_count AS commentsCount,
      articles.title, contents.html
    FROM contents JOIN articles ON articles.id = contents.article_id WHERE contents.article_id = ?`
  const known = getRow<Known>(db, sql, articleId)
  if (!known) {
    seenInFeedAgain(db, articleId, now)
    return 'deleted'
  }
  const hashes = articleHashes(article)
  const difference = differenceOf(known, hashes)
  if (difference === 'none' || difference === 'rules') {
    // With the hash of today's rules, the next difference is an edit.
    if (difference === 'rules') {
      run(db, 'UPDATE contents SET hash = ? WHERE article_id = ?', hashes.whole, articleId)
    }
    updateCommentsCount(db, articleId, known, article)
    return 'none'
  }

  if (difference === 'visible' && !isTrivial(known, article)) {
    keepRevision(db, articleId, known, now)
    run(db, 'UPDATE articles SET edited_at = ? WHERE id = ? AND is_read = 1', now, articleId)
  }
  overwriteArticle(db, articleId, article)
  return difference
}

/** One whose text is damaged was not edited by its publisher. */
function isTrivial(known: Known, { title, html }: ReadyArticle): boolean {
  const before = unpackOrNull(known.html)
  return (
    before === null ||
    isTrivialEdit({ title: known.title, html: before }, { title, html: typeof html === 'string' ? html : unpack(html) })
  )
}

/** More comments are no edit: they are not indexed, kept as a revision or announced to a window. */
function updateCommentsCount(db: WriteDb, articleId: number, known: Known, { commentsCount }: ReadyArticle): void {
  if (commentsCount === null || commentsCount === known.commentsCount) return
  run(db, 'UPDATE contents SET comments_count = ? WHERE article_id = ?', commentsCount, articleId)
}

/** The site's own address in the spelling of ReadyArticle.canonicalUrl: without scheme, www and slash. */
function siteKeyOf(siteUrl: string | null): string | null {
  return siteUrl?.replace(/^https?:\/\/(www\.)?/, '').replace(/\/$/, '') ?? null
}
