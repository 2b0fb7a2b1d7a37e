/**
 * Articles of other sources about the same thing: their headlines and summaries share words and categories that few articles
 * have. How many have a word, the text index says. Precise before many: nothing is found for most articles
 * (docs/benchmarks.md, 'Related articles').
 */

import { forIndex } from '../../api/search/folding.ts'
import { day } from '../../lib/time.ts'
import { htmlOf } from '../articles/article.ts'
import { plainStart } from '../db/compressed-html.ts'
import type { ReadDb } from '../db/open.ts'
import { getRow, getRows, getValue, getValues } from '../db/prepared.ts'
import { digestUrl } from '../feeds/kinds.ts'
import { andVisible } from '../feeds/visibility.ts'
import { tagFacet } from '../search/facets.ts'
import { listShards, type Shard, shardSize } from '../search/index.ts'
import { tellingWords } from './telling-words.ts'

export type RelatedSearch = {
  /** Goes on for a ms or two. False when it is over. */
  step(): boolean
  /** The articles found once it is over, the closest first. */
  ids(): number[]
}

/** Looked through: so many articles that came before and after this one. Three shards at most. */
const reach = shardSize
/** A word that more articles have tells nothing, and is not looked for further; in a small library more than this share. */
const mostHits = 250
const largestShare = 0.05
/** Words looked up in one step. */
const wordsPerStep = 8
/** The articles that share most are compared with this one; in characters of HTML, what is read of it for that. */
const mostCompared = 40
const readLength = 20_000
const mostCategories = 8

/*
 * Tuned on 3,180 labelled headlines and on blogs that write about all kinds of things. A word that one article of N has
 * weighs ln N; a score is the part of the headline's weight that is shared.
 */
const weightOfName = 1.5
/** Of what the article itself says in its text only; of what the other one says in its summary only, or its text. */
const weightInText = 0.35
const weightInSummary = 0.5
const weightInTheirText = 0.1
const weightOfCategory = 0.7
const leastScore = 0.35
/** In ln N: less is shared by accident, and a headline of less has too little to be compared ('My next Mac'). */
const leastShared = 1.25
const leastHeadline = 2
/** What was said a month later is half as close. */
const halfLife = 30 * day

type Subject = { id: number; feedId: number; title: string; publishedAt: number; categories: string }
/** `match`: in the index's spelling. */
type Asked = { match: string; kind: 'title' | 'text' | 'category'; factor: number }
type Term = Asked & { weight: number }
type Candidate = { id: number; title: string; summary: string; publishedAt: number }

/** Begins to look for what is related to an article, at most `limit`. Holds nothing in the database. */
export function startRelated(db: ReadDb, articleId: number, limit: number): RelatedSearch {
  const subject = getRow<Subject>(
    db,
    `SELECT articles.id, articles.feed_id AS feedId, articles.title, articles.published_at AS publishedAt, contents.categories
     FROM articles JOIN contents ON contents.article_id = articles.id WHERE articles.id = ?`,
    articleId,
  )
  if (!subject) return { step: () => false, ids: () => [] }
  const range = rangeAround(db, articleId)
  const asked = askedOf(db, subject)
  const shared = new Map<number, Term[]>()
  let headline = 0
  let done = 0
  let found: number[] = []

  function step(): boolean {
    for (const one of asked.slice(done, done + wordsPerStep)) {
      const hits = hitsOf(db, one.match, range)
      const weight = Math.log(range.count / Math.max(1, hits.length)) * one.factor
      if (one.kind === 'title') headline += weight
      if (hits.length >= mostHits || hits.length > Math.max(4, range.count * largestShare)) continue
      for (const id of hits) shared.set(id, [...(shared.get(id) ?? []), { ...one, weight }])
    }
    done += wordsPerStep
    if (done < asked.length) return true
    found = closest(db, subject!, { shared, headline, count: range.count }).slice(0, limit)
    return false
  }
  return { step, ids: () => found }
}

type Range = { first: number; last: number; shards: Shard[]; count: number }

function rangeAround(db: ReadDb, articleId: number): Range {
  const [first, last] = [articleId - reach, articleId + reach]
  const shards = listShards(db).filter(shard => shard.last >= first && shard.first <= last)
  // Of a large library more than enough: counting is of no use there.
  const sql = 'SELECT COUNT(*) FROM (SELECT 1 FROM articles LIMIT ?)'
  return { first, last, shards, count: Math.max(2, getValue<number>(db, sql, 2 * reach) ?? 0) }
}

function askedOf(db: ReadDb, { id, title, categories }: Subject): Asked[] {
  const text = plainStart(htmlOf(db, [id]).get(id) ?? '', readLength)
  const words = tellingWords(title, text).map(({ word, isInTitle, isName }) => {
    const factor = isName ? weightOfName : 1
    return { match: plainSpaces(forIndex(word)), kind: isInTitle ? ('title' as const) : ('text' as const), factor }
  })
  const tags = (JSON.parse(categories) as string[]).slice(0, mostCategories)
  return [...words, ...tags.map(tag => ({ match: tagFacet(tag), kind: 'category' as const, factor: 1 }))]
}

function hitsOf(db: ReadDb, match: string, { first, last, shards }: Range): number[] {
  const hits: number[] = []
  for (const { table } of shards) {
    if (hits.length >= mostHits) break
    // The driver hands numbers over as floating point; such a bound FTS5 looks at only row by row.
    const sql = `SELECT rowid FROM ${table}
      WHERE ${table} MATCH ? AND rowid BETWEEN CAST(? AS INTEGER) AND CAST(? AS INTEGER) LIMIT ?`
    hits.push(...getValues<number>(db, sql, `"${match}"`, first, last, mostHits - hits.length))
  }
  return hits
}

type Comparison = { shared: Map<number, Term[]>; headline: number; count: number }

/** The articles of other sources that are close enough, once each by its headline; copies are the article itself. */
function closest(db: ReadDb, subject: Subject, comparison: Comparison): number[] {
  const { shared } = comparison
  const sumOf = (terms: Term[]) => terms.reduce((sum, { weight, kind }) => sum + weight * (kind === 'title' ? 2 : 1), 0)
  const likely = [...shared]
    .filter(([id, terms]) => id !== subject.id && terms.length > 1)
    .map(([id, terms]) => ({ id, sum: sumOf(terms) }))
    .sort((a, b) => b.sum - a.sum)
    .slice(0, mostCompared)
  const sql = `SELECT id, title, summary, published_at AS publishedAt FROM articles
    WHERE id IN (SELECT value FROM json_each(?)) AND feed_id <> ? AND is_hidden = 0${andVisible(db)}
      AND feed_id IS NOT (SELECT id FROM feeds WHERE url = '${digestUrl}')
      AND (copy_group IS NULL OR copy_group IS NOT (SELECT copy_group FROM articles WHERE id = ?))`
  const rows = getRows<Candidate>(db, sql, JSON.stringify(likely.map(({ id }) => id)), subject.feedId, subject.id)
  const byHeadline = new Map<string, number>()
  const scored = rows
    .map(row => ({ id: row.id, headline: wordsOnly(row.title), score: scoreOf(row, subject, comparison) }))
    .filter(({ score }) => score >= leastScore)
    .sort((a, b) => b.score - a.score)
  for (const { id, headline } of scored) if (!byHeadline.has(headline)) byHeadline.set(headline, id)
  return [...byHeadline.values()]
}

function scoreOf(row: Candidate, subject: Subject, { shared, headline, count }: Comparison): number {
  const unit = Math.log(count)
  const title = wordsOnly(row.title)
  const summary = wordsOnly(row.summary)
  let sum = 0
  for (const { match, kind, weight } of shared.get(row.id) ?? []) {
    const word = wordsOnly(match)
    const theirs = title.includes(word) ? 1 : summary.includes(word) ? weightInSummary : weightInTheirText
    sum += weight * (kind === 'category' ? weightOfCategory : theirs * (kind === 'title' ? 1 : weightInText))
  }
  if (sum < leastShared * unit) return 0
  const apart = Math.abs(row.publishedAt - subject.publishedAt)
  return (sum / Math.max(headline, leastHeadline * unit)) * 2 ** (-apart / halfLife)
}

/** Folded, each word between two spaces. */
function wordsOnly(text: string): string {
  return ` ${plainSpaces(
    forIndex(text)
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M}\p{Co}]+/gu, ' '),
  )} `
}

function plainSpaces(text: string): string {
  return text.trim().replace(/ {2,}/g, ' ')
}
