/** Finds, as an article is stored, whether another feed has it already: by its link, then by title and text. */
import type { Enclosure } from '../../api/model.ts'
import type { ReadyArticle } from '../../feeds/parsed.ts'
import { day } from '../../lib/time.ts'
import { copyLink } from '../../stories/copies/copy-link.ts'
import { isCopyUnderOneLink } from '../../stories/copies/is-copy.ts'
import { shortHashOf } from '../../stories/copies/short-hash.ts'
import { plainStart } from '../db/compressed-html.ts'
import type { ReadDb, WriteDb } from '../db/open.ts'
import { getRow, getRows, getValue, getValues, run } from '../db/prepared.ts'
import { type Key, linksOf } from '../identity/keys.ts'
import { foldsCopies } from './setting.ts'

/** A page that is linked to a week after it was published is news of another kind. */
const within = 7 * day
/** Links are kept for so long after an article was first seen. */
const linksKeptFor = 30 * day
/** Articles under one link that are compared; a hostile feed could else make us read thousands. */
const mostCompared = 12
/** Links that are looked through in one step: some ms. */
const linksPerStep = 2_000
/** Characters of HTML that are compared. */
export const comparedLength = 10_000

export type NewlyStored = { articleId: number; feedId: number; article: ReadyArticle; publishedAt: number; keys: Key[] }

/**
 * Inside the transaction that has inserted the article. Where it is a copy it joins the others, and is read if one of them is:
 * nobody reads an article twice. Groups are never merged, and never have two articles of one feed.
 */
export function joinCopies(db: WriteDb, stored: NewlyStored): void {
  const link = linkOf(stored.keys)
  if (link === null) return
  const others = articlesUnder(db, link, stored)
  rememberLink(db, link, stored.articleId)
  const first = firstCopy(db, others, stored)
  if (!first) return
  const group = first.copyGroup ?? first.id
  run(
    db,
    'UPDATE articles SET copy_group = ? WHERE id IN (?, ?) AND copy_group IS NULL',
    group,
    first.id,
    stored.articleId,
  )
  if (!foldsCopies(db)) return
  const read = `UPDATE articles SET is_read = 1 WHERE id = ? AND is_read = 0
    AND EXISTS (SELECT 1 FROM articles AS others WHERE others.copy_group = ? AND others.is_read = 1)`
  run(db, read, stored.articleId, group)
}

/**
 * Joins an article with one that came earlier, inside the caller's transaction; false where both have copies already, or the
 * copies an article of the same feed. Where one of them was read, all are.
 */
export function joinCopy(db: WriteDb, articleId: number, firstId: number): boolean {
  const [first, article] = [firstId, articleId].map(id => grouped(db, id))
  if (!first || !article || (first.copyGroup !== null && article.copyGroup !== null)) return false
  const group = first.copyGroup ?? article.copyGroup ?? first.id
  for (const { copyGroup, feedId } of [first, article])
    if (copyGroup === null && hasFeed(db, group, feedId)) return false
  run(db, 'UPDATE articles SET copy_group = ? WHERE id IN (?, ?) AND copy_group IS NULL', group, first.id, article.id)
  if (!foldsCopies(db)) return true
  const isAnyRead = getValue(db, 'SELECT 1 FROM articles WHERE copy_group = ? AND is_read = 1 LIMIT 1', group) === 1
  if (isAnyRead) run(db, 'UPDATE articles SET is_read = 1 WHERE copy_group = ? AND is_read = 0', group)
  return true
}

function grouped(db: ReadDb, articleId: number): Pick<Known, 'id' | 'feedId' | 'copyGroup'> | null {
  return getRow(db, 'SELECT id, feed_id AS feedId, copy_group AS copyGroup FROM articles WHERE id = ?', articleId)
}

/**
 * Forgets the links of articles that came long ago, or are not there any more, among the next thousands of links. Answers after
 * which link the next step begins; null at the end. `now` in ms.
 */
export function forgetLinksStep(db: WriteDb, after: number, now: number): number | null {
  const last = getValue<number>(
    db,
    `SELECT link FROM copy_links WHERE link > ? ORDER BY link LIMIT 1 OFFSET ${linksPerStep}`,
    after,
  )
  const sql = `DELETE FROM copy_links WHERE link > ? AND link <= ?
    AND NOT EXISTS (SELECT 1 FROM articles WHERE id = article_id AND first_seen_at >= ?)`
  run(db, sql, after, last ?? Number.MAX_SAFE_INTEGER, now - linksKeptFor)
  return last
}

type Known = {
  id: number
  feedId: number
  title: string
  copyGroup: number | null
}

/** The link that is its own: of its site's front page, or one that other items of its document have, there is no key. */
function linkOf(keys: Key[]): string | null {
  const key = keys.findLast(({ kind }) => kind === 'link')?.key
  return key === undefined ? null : copyLink(key)
}

/**
 * 48 bits, the first 16 by the host: links of one site stand together, so that storing a feed changes one or two pages of the
 * table. With hashes of whole links it changed twenty, and storing took a third longer.
 */
function hashed(link: string): number {
  const path = link.search(/[/?#]/)
  return (shortHashOf(link, 0, path) >>> 16) * 2 ** 32 + shortHashOf(link, path)
}

export function rememberLink(db: WriteDb, link: string, articleId: number): void {
  run(db, 'INSERT OR IGNORE INTO copy_links (link, article_id) VALUES (?, ?)', hashed(link), articleId)
}

/** How many articles have this link, or one with the same hash. */
export function countUnder(db: ReadDb, link: string): number {
  return getValue<number>(db, 'SELECT COUNT(*) FROM copy_links WHERE link = ?', hashed(link)) ?? 0
}

/**
 * Those of other feeds with this link, of about the same time, the first first; behind them those whose page has it. None where
 * it is the link of several of one feed: it is no article's own.
 */
export function articlesUnder(
  db: ReadDb,
  link: string,
  { articleId, feedId, publishedAt }: Pick<NewlyStored, 'articleId' | 'feedId' | 'publishedAt'>,
): Known[] {
  const linked = 'SELECT article_id FROM copy_links WHERE link = ? AND article_id <> ? ORDER BY article_id LIMIT ?'
  const ids = getValues<number>(db, linked, hashed(link), articleId, mostCompared)
  // Nearly always: joined with their rows, it took seven times as long to find none.
  if (ids.length === 0) return []
  const sql = `SELECT id, feed_id AS feedId, title, copy_group AS copyGroup FROM articles
    WHERE id IN (SELECT value FROM json_each(?)) AND published_at BETWEEN ? AND ? ORDER BY id`
  const found = getRows<Known>(db, sql, JSON.stringify(ids), publishedAt - within, publishedAt + within)
  const [own = [], byPage = []] = [true, false].map(isOwn =>
    found.filter(other => hasLink(db, other.id, link) === isOwn),
  )
  const feeds = new Set([feedId, ...own.map(other => other.feedId)])
  return feeds.size === own.length + 1 ? [...own, ...byPage.filter(other => !feeds.has(other.feedId))] : []
}

/** Of its own: not that of its page, and not another with the same hash. */
function hasLink(db: ReadDb, articleId: number, link: string): boolean {
  return linksOf(db, articleId).some(known => copyLink(known) === link)
}

function firstCopy(db: ReadDb, others: Known[], { article, feedId }: NewlyStored): Known | null {
  let ownText: string | null = null
  const isCopy = (other: Known): boolean => {
    const content = contentOf(db, other.id)
    if (!content) return false
    const enclosures = JSON.parse(content.enclosures) as Enclosure[]
    // Most are the same to the letter: their words need not be read.
    const isSame = article.title !== '' && content.visibleHash === article.hashes?.visible
    if (!isSame) ownText ??= plainStart(article.html, comparedLength)
    return isCopyUnderOneLink(
      { title: article.title, text: ownText ?? '', enclosures: article.enclosures },
      { title: other.title, text: isSame ? '' : plainStart(content.html, comparedLength), enclosures },
    )
  }
  return others.find(other => !hasFeed(db, other.copyGroup, feedId) && isCopy(other)) ?? null
}

function hasFeed(db: ReadDb, copyGroup: number | null, feedId: number): boolean {
  if (copyGroup === null) return false
  return getValue(db, 'SELECT 1 FROM articles WHERE copy_group = ? AND feed_id = ? LIMIT 1', copyGroup, feedId) === 1
}

type Content = { html: Uint8Array; enclosures: string; visibleHash: string }

export function contentOf(db: ReadDb, articleId: number): Content | null {
  const sql = 'SELECT html, enclosures, visible_hash AS visibleHash FROM contents WHERE article_id = ?'
  return getRow<Content>(db, sql, articleId)
}
