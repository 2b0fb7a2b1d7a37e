/**
 * Groups what was stored into stories. All state can be built from the store: which articles have been grouped is noted in the
 * transaction that stores how.
 */
import type { ReadDb, WriteDb } from '../store/db/open.ts'
import { asBatch } from '../store/db/write-gate.ts'
import { correctionsOf, decisionsState, findDecidedArticles, forgetOldDecisions } from '../store/stories/decisions.ts'
import { noteGrouped, readGrouped } from '../store/stories/grouped.ts'
import {
  groupedHeadlines,
  headlinesAfter,
  idBefore,
  oldestAtArrival,
  type StoredHeadline,
} from '../store/stories/headlines.ts'
import {
  createStory,
  deleteIfEmpty,
  endStoriesSince,
  membersOf,
  moveArticle,
  setDomain,
} from '../store/stories/stories.ts'
import type { Change, Headline, StoryId } from '../stories/headline.ts'
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
  /** Groups some of what has not been grouped yet. Throws SQLite's errors; the next step then begins with the store. */
  step(languageOf: LanguageOf | null): Step
}

/** Read at once, so that they can be sorted: articles come feed by feed, and stories are found in the order of time. */
const mostRead = 4_000
/** In one transaction, which takes some ms. */
const perStep = 100

type State = {
  stories: Stories
  /** Stories of the method by its numbers, as they are stored. */
  stored: Map<StoryId, number>
  sources: Map<number, string>
  /** As it was when this was built. */
  decisions: string
  upTo: number
  waiting: StoredHeadline[]
  /** All with a lower id are grouped once none is waiting. */
  readTo: number
}

export function createGrouper(db: WriteDb, now: () => number): Grouper {
  let state: State | null = null

  return {
    step(languageOf) {
      const current = state?.decisions === decisionsState(db) ? state : restore(db, now())
      // Where this fails, what is in memory may be ahead of the store.
      state = null
      if (current.waiting.length === 0) readNext(db, current)
      if (current.waiting.length === 0 && current.readTo === current.upTo) {
        state = current
        return { articleIds: [], isMore: false, lacksLanguages: false }
      }
      if (!languageOf && current.waiting.slice(0, perStep).some(({ language }) => language === '')) {
        state = current
        return { articleIds: [], isMore: true, lacksLanguages: true }
      }
      const headlines = current.waiting.splice(0, perStep)
      const changes = current.stories.add(
        headlines.map(one => inItsLanguage(headlineOf(one), languageOf)),
        now(),
      )
      for (const { id, ...one } of headlines) current.sources.set(id, sourceOfArticle(one))
      if (current.waiting.length === 0) current.upTo = current.readTo
      const articleIds = asBatch(db, () => store(db, current, changes, now()))
      // Null: the reader decided something meanwhile.
      if (articleIds !== null) state = current
      return { articleIds: articleIds ?? [], isMore: true, lacksLanguages: false }
    },
  }
}

function readNext(db: ReadDb, state: State): void {
  const { headlines, upTo } = headlinesAfter(db, state.upTo, mostRead)
  // One that has a story was stored by a run that did not come to its end.
  state.waiting = headlines
    .filter(({ storyId }) => storyId === null)
    .sort((a, b) => a.publishedAt - b.publishedAt || a.id - b.id)
  state.readTo = upTo ?? state.upTo
}

/** Stores what changed in one transaction. Answers the articles of all stories that changed; null where nothing was stored. */
function store(db: WriteDb, state: State, changes: Change[], now: number): number[] | null {
  return db
    .transaction(() => {
      if (decisionsState(db) !== state.decisions) return null
      const made: number[] = []
      const storedAs = (story: StoryId): number => {
        const known = state.stored.get(story)
        if (known !== undefined) return known
        const id = createStory(db, now)
        state.stored.set(story, id)
        made.push(id)
        return id
      }
      const moves = changes.flatMap(({ id, story }) => {
        const articleId = Number(id)
        const domain = state.sources.get(articleId) ?? null
        return moveArticle(db, { articleId, to: story === null ? null : storedAs(story), domain }, now) ?? []
      })
      // Its articles were deleted meanwhile.
      for (const id of made) deleteIfEmpty(db, id)
      noteGrouped(db, { version: methodVersion, upTo: state.upTo })
      const touched = new Set(moves.flatMap(({ from, to }) => [from, to]).filter(id => id !== null))
      return [
        ...new Set([...moves.map(({ articleId }) => articleId), ...[...touched].flatMap(id => membersOf(db, id))]),
      ]
    })
    .immediate()
}

/** The state as the store has it; where the method has changed since, the stories of the last days are ended first. */
function restore(db: WriteDb, now: number): State {
  const since = now - oldestAtArrival
  prepare(db, since, now)
  const grouped = readGrouped(db)
  const upTo = grouped?.upTo ?? 0
  const members = groupedHeadlines(db, { since, upTo })
  noteSources(db, members)
  const stories = createStories()
  stories.restore(
    members.map(one => ({ headline: headlineOf(one), story: one.storyId })),
    correctionsOf(db),
    now,
  )
  return {
    stories,
    stored: new Map(members.flatMap(({ storyId }) => (storyId === null ? [] : [[storyId, storyId]]))),
    sources: new Map(members.map(one => [one.id, sourceOfArticle(one)])),
    decisions: decisionsState(db),
    upTo,
    waiting: [],
    readTo: upTo,
  }
}

function prepare(db: WriteDb, since: number, now: number): void {
  asBatch(db, () =>
    db
      .transaction(() => {
        forgetOldDecisions(db, now)
        findDecidedArticles(db)
        if (readGrouped(db)?.version === methodVersion) return
        endStoriesSince(db, since)
        noteGrouped(db, { version: methodVersion, upTo: idBefore(db, since) })
      })
      .immediate(),
  )
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

function headlineOf({ id, title, summary, language, url, feedUrl, publishedAt }: StoredHeadline): Headline {
  const host = hostOf({ url, feedUrl })
  return { id, title, text: summary, language: language || null, url: url ?? '', host, publishedAt }
}

function inItsLanguage(headline: Headline, languageOf: LanguageOf | null): Headline {
  return headline.language === null && languageOf ? { ...headline, language: languageOf(headline) } : headline
}
