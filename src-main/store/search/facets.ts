/**
 * Facet terms: synthetic words (feed, tag, medium, year, month) that are indexed with the text, so that FTS5 answers filters
 * like 'feed: tag: has: before:' by its lists too. Looking at each article that matched took seconds at a million.
 * On disk their column is called `marks`.
 */
import { hash } from 'node:crypto'
import { categoryKey } from '../../api/categories/names.ts'
import type { Enclosure } from '../../api/model.ts'
import type { Medium } from '../../api/search/parse.ts'
import type { ReadDb } from '../db/open.ts'
import { prepared } from '../db/prepared.ts'

/** For private use (Unicode, 23.5): it is in no text and nobody types it, and the tokenizer takes it for a letter. */
const sign = '\uE000'

export function feedFacet(feedId: number): string {
  return `${sign}f${feedId}`
}

/** One term for all spellings of a category. */
export function tagFacet(category: string): string {
  const cached = tagFacets.get(category)
  if (cached !== undefined) return cached
  const facet = `${sign}t${hash('sha1', categoryKey(category), 'hex').slice(0, 12)}`
  if (tagFacets.size >= mostTags) tagFacets.clear()
  tagFacets.set(category, facet)
  return facet
}

/** Feeds use the same few categories again and again. */
const tagFacets = new Map<string, string>()
const mostTags = 2_000

export function mediumFacet(medium: Medium): string {
  return `${sign}h${medium}`
}

/**
 * Terms of articles published from `earliest` on and before `latest` (ms): whole years, and the months of the last one, UTC.
 * They take in the rest of the first year and of both months. Each is looked up in every shard, found or not.
 */
export function timeFacets(earliest: number, latest: number): string[] {
  const [first, last] = [new Date(earliest), new Date(latest - 1)]
  const lastIn = Math.min(last.getUTCFullYear(), lastYear)
  const firstIn = Math.min(Math.max(first.getUTCFullYear(), firstYear), lastIn)
  const years = Array.from({ length: lastIn - firstIn }, (_, index) => yearFacet(firstIn + index))
  const from = first.getUTCFullYear() === lastIn ? first.getUTCMonth() : 0
  const months = Math.max(1, last.getUTCMonth() + 1 - from)
  return [...years, ...Array.from({ length: months }, (_, index) => monthFacet(lastIn, from + index))]
}

/** Earlier dates are not believed (believableDate in store/articles/ingest.ts). */
const firstYear = 1990
/** Whoever asks for what is older than the year 9999 asks for all. */
const lastYear = 2100

function yearFacet(year: number): string {
  return `${sign}y${year}`
}

function monthFacet(year: number, month: number): string {
  return `${sign}m${year}${month}`
}

type Row = { feedId: number; publishedAt: number; image: string | null; categories: string; enclosures: string }

/** The terms of a stored article, separated by spaces. */
export function storedFacets(db: ReadDb, articleId: number): string {
  const article = prepared<[number], Row>(
    db,
    `SELECT articles.feed_id AS feedId, articles.published_at AS publishedAt, articles.image,
       contents.categories, contents.enclosures
     FROM articles JOIN contents ON contents.article_id = articles.id WHERE articles.id = ?`,
  ).get(articleId)
  if (!article) return ''
  const categories = JSON.parse(article.categories) as string[]
  return facetsOf({ ...article, categories, enclosures: JSON.parse(article.enclosures) as Enclosure[] })
}

export type Faceted = {
  feedId: number
  publishedAt: number
  image: string | null
  categories: string[]
  enclosures: Pick<Enclosure, 'type'>[]
}

/** The same of an article that is being stored. */
export function facetsOf(article: Faceted): string {
  const date = new Date(article.publishedAt)
  const facets = [
    feedFacet(article.feedId),
    yearFacet(date.getUTCFullYear()),
    monthFacet(date.getUTCFullYear(), date.getUTCMonth()),
    ...article.categories.map(tagFacet),
  ]
  if (article.image !== null) facets.push(mediumFacet('image'))
  for (const { type } of article.enclosures) {
    if (type.startsWith('audio/')) facets.push(mediumFacet('audio'))
    if (type.startsWith('video/')) facets.push(mediumFacet('video'))
  }
  return facets.join(' ')
}
