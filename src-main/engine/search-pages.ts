/** Pages of search results: found in chunks, and abandoned as soon as the window searches for something else. */
import type { HeadlinePage, HeadlineRow, PageKey, Segment } from '../api/model.ts'
import { Superseded } from '../lib/refused.ts'
import { htmlOf } from '../store/articles/article.ts'
import { newestArticleId, rowsByIds, type StoredRow } from '../store/articles/headlines.ts'
import { copyGroups } from '../store/copies/members.ts'
import type { ReadDb } from '../store/db/open.ts'
import { fullHtmlOf } from '../store/full-texts/full-texts.ts'
import { makeReadingValues } from '../store/reading.ts'
import { makeMarker, makePassage, makeSummaryPassage } from '../store/search/passages.ts'
import { type Search, searchedAtMost, startSearch } from '../store/search/search.ts'
import type { Context } from './context/context.ts'
import { keyOf, serializeRow } from './context/serialize.ts'

/** The length of a chunk of searching (ms). */
const chunkLength = 8
/** Rows in one chunk of finding passages: each reads the whole text of an article. */
const rowsPerChunk = 25

export type SearchRequest = { query: string; limit: number; after: PageKey | null }
export type SearchPages = (window: object, request: SearchRequest) => Promise<HeadlinePage>

/** A window's latest search: its next page continues it. */
type Running = {
  query: string
  search: Search
  isDone: boolean
  /** The hits so far without those behind a copy that was found before them, and how many hits that were. */
  listed: PageKey[]
  seen: number
  groups: Set<number>
}

export function makeSearchPages(context: Context): SearchPages {
  const { db, signer, chunks } = context
  const latest = new WeakMap<object, Running>()

  function runningFor(window: object, { query, after }: SearchRequest): Running {
    const known = latest.get(window)
    if (known && after !== null && known.query === query) return known
    const search = startSearch(db, query)
    const running: Running = { query, search, isDone: false, listed: [], seen: 0, groups: new Set() }
    latest.set(window, running)
    return running
  }

  return async (window, request) => {
    const { query, limit, after } = request
    const newestId = newestArticleId(db)
    const running = runningFor(window, request)
    const stopIfSuperseded = () => {
      if (latest.get(window) !== running) throw new Superseded('another search took its place')
    }

    await chunks.run('search', { isWrite: false }, () => {
      stopIfSuperseded()
      return searchStep(db, running, after, limit)
    })
    const { page, isMore } = pageOf(running, after, limit)
    const rows: HeadlineRow[] = []
    const serialize = makeSerializer(query)
    let done = 0
    await chunks.run('search results', { isWrite: false }, () => {
      stopIfSuperseded()
      rows.push(...serialize(page.slice(done, done + rowsPerChunk)))
      done += rowsPerChunk
      return done < page.length
    })
    return { rows, next: isMore ? keyOf(page) : null, newestId, total: null }
  }

  function makeSerializer(query: string): (hits: PageKey[]) => HeadlineRow[] {
    const readingOf = makeReadingValues(db)
    const mark = makeMarker(query)
    const passageOf = makePassage(query)
    const passageOfSummary = makeSummaryPassage(query)
    return hits => {
      const rows = rowsByIds(
        db,
        hits.map(hit => hit.id),
      ).map(row => ({ row, passage: passageOfSummary(row.summary) }))
      const unseen = rows.filter(({ passage }) => passage === null).map(({ row }) => row.id)
      const given = htmlOf(db, unseen)
      const ofPages = fullHtmlOf(db, unseen)
      const passageIn = ({ id, summary }: StoredRow): Segment[] => {
        const passage = passageOf(given.get(id) ?? summary)
        const ofPage = ofPages.get(id)
        const hasMatch = (segments: Segment[]) => segments.some(segment => segment.isMatch)
        if (ofPage === undefined || hasMatch(passage)) return passage
        const other = passageOf(ofPage)
        return hasMatch(other) ? other : passage
      }
      return rows.map(({ row, passage }) => ({
        ...serializeRow(row, signer, readingOf(row)),
        match: { title: mark(row.title), passage: passage ?? passageIn(row) },
      }))
    }
  }
}

/** One chunk of the search. False when the page is full or everything has been searched. */
function searchStep(db: ReadDb, running: Running, after: PageKey | null, limit: number): boolean {
  const until = performance.now() + chunkLength
  const isMissing = () => !running.isDone && !pageOf(running, after, limit).isMore
  while (isMissing()) {
    running.isDone = !running.search.step() || running.search.hits.length >= searchedAtMost
    listHits(db, running)
    if (performance.now() > until) break
  }
  return isMissing()
}

/** Of copies, the first that was found is listed. */
function listHits(db: ReadDb, running: Running): void {
  const { search, listed, groups, seen } = running
  const fresh = search.hits.slice(seen, searchedAtMost)
  running.seen += fresh.length
  const groupOf = copyGroups(
    db,
    fresh.map(({ id }) => id),
  )
  for (const hit of fresh) {
    const group = groupOf.get(hit.id)
    if (group === undefined || !groups.has(group)) listed.push(hit)
    if (group !== undefined) groups.add(group)
  }
}

/** The hits after the key that have been found. With one hit more than the page holds, there is a next page. */
function pageOf({ listed: hits }: Running, after: PageKey | null, limit: number): { page: PageKey[]; isMore: boolean } {
  const isAfter = (hit: PageKey) => !after || (hit.publishedAt - after.publishedAt || hit.id - after.id) < 0
  const start = hits.findIndex(isAfter)
  if (start < 0) return { page: [], isMore: false }
  return { page: hits.slice(start, start + limit), isMore: hits.length > start + limit }
}
