/**
 * Marks: words in the text index that nobody wrote, for what a search can ask beside words. With them 'feed: tag: has:
 * before:' are lists of the index as any word's is; without them each article that matched would be looked at, seconds
 * at a million.
 */
import { hash } from 'node:crypto'
import type { Enclosure } from '../../api/model.ts'
import type { ReadDb } from '../db/open.ts'
import { prepared } from '../db/prepared.ts'
import { tagKey } from '../folding/tags.ts'
import { tagHashBefore } from './before.ts'

/** For private use (Unicode, 23.5): no text has it and no one types it, and the index takes it for a letter. */
const sign = '\uE000'

export type Medium = 'audio' | 'video' | 'image'

export function feedMark(feedId: number): string {
  return `${sign}f${feedId}`
}

/** The marks an article of this category may have: volumes that are not made anew have another. */
export function tagMarksOf(category: string): string[] {
  return [...new Set([tagMark(category), `${sign}t${tagHashBefore(category)}`])]
}

/** One word whatever the category is written with. */
function tagMark(category: string): string {
  const known = tagMarks.get(category)
  if (known !== undefined) return known
  const mark = `${sign}t${hash('sha1', tagKey(category), 'hex').slice(0, 12)}`
  if (tagMarks.size >= mostTags) tagMarks.clear()
  tagMarks.set(category, mark)
  return mark
}

/** Feeds use the same few categories again and again. */
const tagMarks = new Map<string, string>()
const mostTags = 2_000

export function mediumMark(medium: Medium): string {
  return `${sign}h${medium}`
}

/**
 * Marks of articles published from `earliest` on and before `latest` (ms), and of the rest of the first year and of both
 * months: years and months, UTC. Each is looked up in every volume of the index, found or not.
 */
export function marksBetween(earliest: number, latest: number): string[] {
  const [first, last] = [new Date(earliest), new Date(latest - 1)]
  const lastIn = Math.min(last.getUTCFullYear(), lastYear)
  const firstIn = Math.min(Math.max(first.getUTCFullYear(), firstYear), lastIn)
  const years = Array.from({ length: lastIn - firstIn }, (_, index) => yearMark(firstIn + index))
  const from = first.getUTCFullYear() === lastIn ? first.getUTCMonth() : 0
  const months = Math.max(1, last.getUTCMonth() + 1 - from)
  return [...years, ...Array.from({ length: months }, (_, index) => monthMark(lastIn, from + index))]
}

/** The store believes no earlier dates (articles.ts). */
const firstYear = 1990
/** Who asks for what is older than the year 9999 asks for all. */
const lastYear = 2100

function yearMark(year: number): string {
  return `${sign}y${year}`
}

function monthMark(year: number, month: number): string {
  return `${sign}m${year}${month}`
}

type Marked = { feedId: number; publishedAt: number; image: string | null; categories: string; enclosures: string }

/** All marks of a stored article, as text for the index. */
export function marksOf(db: ReadDb, articleId: number): string {
  const article = prepared<[number], Marked>(
    db,
    `SELECT articles.feed_id AS feedId, articles.published_at AS publishedAt, articles.image,
       contents.categories, contents.enclosures
     FROM articles JOIN contents ON contents.article_id = articles.id WHERE articles.id = ?`,
  ).get(articleId)
  if (!article) return ''
  const categories = JSON.parse(article.categories) as string[]
  return marksFor({ ...article, categories, enclosures: JSON.parse(article.enclosures) as Enclosure[] })
}

export type Markable = {
  feedId: number
  publishedAt: number
  image: string | null
  categories: string[]
  enclosures: Pick<Enclosure, 'type'>[]
}

/** The same, of an article that is being stored. */
export function marksFor(article: Markable): string {
  const date = new Date(article.publishedAt)
  const marks = [
    feedMark(article.feedId),
    yearMark(date.getUTCFullYear()),
    monthMark(date.getUTCFullYear(), date.getUTCMonth()),
    ...article.categories.map(tagMark),
  ]
  if (article.image !== null) marks.push(mediumMark('image'))
  for (const { type } of article.enclosures) {
    if (type.startsWith('audio/')) marks.push(mediumMark('audio'))
    if (type.startsWith('video/')) marks.push(mediumMark('video'))
  }
  return marks.join(' ')
}
