/**
 * Marks: words in the text index that nobody wrote, for what a search can ask beside words. With them 'feed: tag: has:
 * before:' are lists of the index as any word's is; without them each article that matched would be looked at, seconds
 * at a million.
 */
import { hash } from 'node:crypto'
import type { Enclosure } from '../../api/model.ts'
import type { ReadDb } from './database.ts'
import { prepared } from './prepared.ts'
import { fold } from './search-text.ts'

/** For private use (Unicode, 23.5): no text has it and no one types it, and the index takes it for a letter. */
const sign = '\uE000'

export type Medium = 'audio' | 'video' | 'image'

export function feedMark(feedId: number): string {
  return `${sign}f${feedId}`
}

/** One word whatever the category is written with. */
export function tagMark(category: string): string {
  return `${sign}t${hash('sha1', fold(category), 'hex').slice(0, 12)}`
}

export function mediumMark(medium: Medium): string {
  return `${sign}h${medium}`
}

/** Marks of articles published before `time` (ms), and of the rest of that month: years and months, UTC. */
export function marksBefore(time: number): string[] {
  const date = new Date(time)
  const year = Math.min(date.getUTCFullYear(), lastYear)
  const years = Array.from({ length: Math.max(0, year - firstYear) }, (_, index) => yearMark(firstYear + index))
  return [...years, ...Array.from({ length: date.getUTCMonth() + 1 }, (_, month) => monthMark(year, month))]
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
  const date = new Date(article.publishedAt)
  const marks = [
    feedMark(article.feedId),
    yearMark(date.getUTCFullYear()),
    monthMark(date.getUTCFullYear(), date.getUTCMonth()),
    ...(JSON.parse(article.categories) as string[]).map(tagMark),
  ]
  if (article.image !== null) marks.push(mediumMark('image'))
  for (const { type } of JSON.parse(article.enclosures) as Enclosure[]) {
    if (type.startsWith('audio/')) marks.push(mediumMark('audio'))
    if (type.startsWith('video/')) marks.push(mediumMark('video'))
  }
  return marks.join(' ')
}
