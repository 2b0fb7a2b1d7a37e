/**
 * Groups what was stored into stories. All state can be built from the store: which articles have been grouped is noted in the
 * transaction that stores how.
 */
import type { ReadDb, WriteDb } from '../store/db/open.ts'
import { asBatch } from '../store/db/write-gate.ts'
import { correctionsOf, correctionsState, findDecidedArticles, forgetOldDecisions } from '../store/stories/decisions.ts'
import { noteGrouped, readGrouped } from '../store/stories/grouped.ts'
import {
  groupedHeadlines,
  headlinesOf,
  idBefore,
  oldestAtArrival,
  type StoredHeadline,
  ungroupedAfter,
} from '../store/stories/headlines.ts'
import {
  deleteIfEmpty,
  endStoriesSince,
  membersOf,
  moveArticle,
  newestStory,
  setDomain,
} from '../store/stories/stories.ts'
import type { Change, Headline } from '../stories/headline.ts'
import { createStories, methodVersion, type Stories } from '../stories/stories.ts'
import type { LanguageOf } from '../stories/words/language.ts'
import { hostOf, sourceOfArticle } from './sources.ts'

/** What one step stored: the articles whose story is another now, or has more or fewer sources. */
export type Step = {
  articleIds: number[]
  isMore: boolean
  /** Articles wait whose feed names no language: the next step wants to know how it is found. */
  lacksLanguages: boolean
}

export type Grouper = {
  /**
   * Groups some of what has not been grouped yet, of the articles up to the id `until`. Throws SQLite's errors; the next step
   * then begins with the store.
   */
  step(languageOf: LanguageOf | null, until?: number): Step
  /** How many articles it has in memory. */
  known(): number
}

/** Sorted at once: articles come feed by feed, and stories are found in the order of time. */
const mostSorted = 4_000
/** In one transaction, which takes some ms. */
const perStep = 100

type State = {
  /** Its stories have the numbers that they are stored by: where another thread makes one, the reader has decided something. */
  stories: Stories
  /** As they were when `stories` was made to agree with them. */
  corrections: string
  upTo: number
  /** The ids of articles: their headlines, 6 MB of garbage, are read when their turn comes. */
  waiting: number[]
  /** All with a lower id are grouped once none is waiting. */
  readTo: number
}

export function createGrouper(db: WriteDb, now: () => number): Grouper {
  let state: State | null = null

  return {
    step(languageOf, until = Number.MAX_SAFE_INTEGER) {
      const current = asStored(db, state, now(), languageOf)
      // Where this fails, what is in memory may be ahead of the store.
      state = null
      if (current === 'lacks languages') return { articleIds: [], isMore: true, lacksLanguages: true }
      if (current.waiting.length === 0) readNext(db, current, until)
      if (current.waiting.length === 0 && current.readTo === current.upTo) {
        state = current
        return { articleIds: [], isMore: false, lacksLanguages: false }
      }
      const headlines = headlinesOf(db, current.waiting.slice(0, perStep))
      if (!languageOf && headlines.some(({ language }) => language === '')) {
        state = current
        return { articleIds: [], isMore: true, lacksLanguages: true }
      }
      current.waiting.splice(0, perStep)
      const changes = current.stories.add(
        headlines.map(one => inItsLanguage(headlineOf(one), languageOf)),
        now(),
      )
      if (current.waiting.length === 0) current.upTo = current.readTo
      const articleIds = asBatch(db, () => store(db, current, changes, now()))
      // Null: the reader decided something meanwhile.
      if (articleIds !== null) state = current
      return { articleIds: articleIds ?? [], isMore: true, lacksLanguages: false }
    },
    known: () => state?.stories.size ?? 0,
  }
}

function readNext(db: ReadDb, state: State, until: number): void {
  const { ids, upTo } = ungroupedAfter(db, { after: state.upTo, until, most: mostSorted })
  state.waiting = ids
  state.readTo = upTo ?? state.upTo
}

/** Stores what changed in one transaction. Answers the articles of all stories that changed; null where nothing was stored. */
function store(db: WriteDb, state: State, changes: Change[], now: number): number[] | null {
  return db
    .transaction(() => {
      if (correctionsState(db) !== state.corrections || readGrouped(db)?.version !== methodVersion) return null
      const ids = changes.map(({ id }) => Number(id))
      const sources = new Map(headlinesOf(db, ids).map(one => [one.id, sourceOfArticle(one)]))
      const moves = changes.flatMap(({ id, story }) => {
        const articleId = Number(id)
        return moveArticle(db, { articleId, to: story, domain: sources.get(articleId) ?? null }, now) ?? []
      })
      const touched = [...new Set(moves.flatMap(({ from, to }) => [from, to]).filter(id => id !== null))]
      // Its articles were deleted meanwhile.
      for (const id of touched) deleteIfEmpty(db, id)
      noteGrouped(db, { version: methodVersion, upTo: state.upTo })
      return [...new Set([...moves.map(({ articleId }) => articleId), ...touched.flatMap(id => membersOf(db, id))])]
    })
    .immediate()
}

/**
 * A state that agrees with the store. The one that is there is mended where the reader has decided something since: building it
 * takes two seconds with five days of 1,000 feeds, mending it a tenth of that. Languages that feeds don't name are found again:
 * an article without one could join a story in any.
 */
function asStored(
  db: WriteDb,
  state: State | null,
  now: number,
  languageOf: LanguageOf | null,
): State | 'lacks languages' {
  const since = now - oldestAtArrival
  const known = prepare(db, since, now) ? state : null
  const corrections = correctionsState(db)
  if (known?.corrections === corrections) return known
  const upTo = readGrouped(db)?.upTo ?? 0
  // Those that are known stand alone where they are of no story here.
  const members = groupedHeadlines(db, { since, upTo: known ? 0 : upTo })
  const stories = known?.stories ?? createStories()
  const lacksLanguage = ({ id, language }: StoredHeadline) => language === '' && !stories.has(id)
  if (!languageOf && members.some(lacksLanguage)) return 'lacks languages'
  noteSources(db, members)
  stories.restore(
    members.map(one => {
      const headline = headlineOf(one)
      return { headline: lacksLanguage(one) ? inItsLanguage(headline, languageOf) : headline, story: one.storyId }
    }),
    correctionsOf(db),
    now,
    newestStory(db),
  )
  return known ? { ...known, corrections } : { stories, corrections, upTo, waiting: [], readTo: upTo }
}

/** Answers whether what was grouped holds; where it does not, the stories of the last days are ended. */
function prepare(db: WriteDb, since: number, now: number): boolean {
  const run = db.transaction(() => {
    forgetOldDecisions(db, now)
    findDecidedArticles(db)
    if (readGrouped(db)?.version === methodVersion) return true
    endStoriesSince(db, since)
    noteGrouped(db, { version: methodVersion, upTo: idBefore(db, since) })
    return false
  })
  return asBatch(db, () => run.immediate())
}

/** Of articles that the reader put into a story: the thread that answers windows does not know what a registrable domain is. */
function noteSources(db: WriteDb, members: StoredHeadline[]): void {
  const unknown = members.filter(({ storyId, domain }) => storyId !== null && domain === null)
  if (unknown.length === 0) return
  const note = db.transaction(() => {
    for (const one of unknown) setDomain(db, one.id, sourceOfArticle(one))
  })
  asBatch(db, () => note.immediate())
}

function headlineOf({ id, title, summary, language, url, feedUrl, publishedAt, ...stored }: StoredHeadline): Headline {
  const host = hostOf({ url, feedUrl })
  const links = stored.links === null ? [] : (JSON.parse(stored.links) as number[])
  return { id, title, text: summary, language: language || null, url: url ?? '', host, links, publishedAt }
}

function inItsLanguage(headline: Headline, languageOf: LanguageOf | null): Headline {
  return headline.language === null && languageOf ? { ...headline, language: languageOf(headline) } : headline
}
