/** What a digest has: of what came since the last one, so much that it is read within minutes. */
import type { DigestPartName } from '../api/settings.ts'
import { day, hour } from '../lib/time.ts'
import type { ReadDb } from '../store/db/open.ts'
import {
  type Candidate,
  candidatesOf,
  type DigestArticle,
  digestArticles,
  type LatestArticle,
  latestOfEach,
  newsletterIssues,
  newsOfFeeds,
  quietFeeds,
  type Span,
  savedUnread,
} from '../store/digest/candidates.ts'
import { trendingStories } from '../store/stories/trending.ts'
import { linkOf } from './links.ts'

/** A feed that says something after this is heard, however much the others say. */
const silentFor = 30 * day

export type DigestItem = Pick<DigestArticle, 'id' | 'title' | 'summary' | 'feedTitle' | 'firstSeenAt'> & {
  /** Where it leads, in the window and outside of it; null where nothing is known. */
  link: string | null
  /** By how many sources it is covered; absent where it is no story. */
  sources?: number
}

export type DigestPart = { name: DigestPartName | 'newest'; items: DigestItem[] }
export type Digest = Span & { parts: DigestPart[] }

export type DigestRequest = Span & { most: number; parts: readonly DigestPartName[] }

type Found = { name: DigestPart['name']; candidates: (Candidate & { sources?: number })[]; perTurn: number }

/** Parts without anything are absent: a digest without parts says nothing. */
export function composeDigest(db: ReadDb, request: DigestRequest): Digest {
  const { since, until, most } = request
  const chosen = choose(findAll(db, request), most)
  const ids = chosen.flatMap(({ candidates }) => candidates.map(({ id }) => id))
  const articles = digestArticles(db, ids)
  const parts = chosen.map(({ name, candidates }): DigestPart => {
    const items = candidates.flatMap(({ id, sources }) => {
      const article = articles.get(id)
      return article ? [{ ...itemOf(article), ...(sources !== undefined && { sources }) }] : []
    })
    return { name, items }
  })
  return { since, until, parts: parts.filter(({ items }) => items.length > 0) }
}

function itemOf(article: DigestArticle): DigestItem {
  const { id, title, summary, feedTitle, firstSeenAt } = article
  // What has no title has its first sentence as one, or is a picture.
  const headline = title || summary || feedTitle
  return {
    ...{ id, title: headline, summary: summary === headline ? '' : summary, feedTitle, firstSeenAt },
    link: linkOf(article),
  }
}

/** In the order in which they stand. */
function findAll(db: ReadDb, { parts, most, ...span }: DigestRequest): Found[] {
  let found: LatestArticle[][] | null = null
  const latest = () => (found ??= latestOfEach(db, span))
  const finders: Record<DigestPartName, () => Found> = {
    stories: () => topOf(db, span, latest),
    saved: () => ({ name: 'saved', candidates: savedUnread(db, span, most), perTurn: 1 }),
    quiet: () => ({ name: 'quiet', candidates: quietFeeds(latest(), silentFor), perTurn: 1 }),
    newsletters: () => ({ name: 'newsletters', candidates: newsletterIssues(db, span, most), perTurn: 1 }),
  }
  return (Object.keys(finders) as DigestPartName[]).filter(name => parts.includes(name)).map(name => finders[name]())
}

/** What most sources cover; where there are no stories, the newest of each folder. */
function topOf(db: ReadDb, span: Span, latest: () => LatestArticle[][]): Found {
  const hours = Math.max(1, (span.until - span.since) / hour)
  const stories = trendingStories(db, { hours, now: span.until }).sort((a, b) => b.sources - a.sources)
  if (stories.length === 0) return { name: 'newest', candidates: inTurn(byFolder(newsOfFeeds(latest()))), perTurn: 2 }
  const sources = new Map(stories.map(story => [story.leadId, story.sources]))
  const leads = candidatesOf(db, [...sources.keys()])
  const candidates = leads.map(lead => ({ ...lead, sources: sources.get(lead.id)! }))
  return { name: 'stories', candidates, perTurn: 2 }
}

/** The news of each folder, so that no feed of it has a second place before each has had its first. */
function byFolder(feeds: Candidate[][]): Candidate[][] {
  const folders = Map.groupBy(feeds, ([latest]) => latest?.folderId ?? null)
  const latestFirst = (a: Candidate[], b: Candidate[]) => (b[0]?.publishedAt ?? 0) - (a[0]?.publishedAt ?? 0)
  return [...folders.values()].map(own => inTurn(own.toSorted(latestFirst)))
}

/** The first of each list, then the second of each, and so on. */
function inTurn(lists: Candidate[][]): Candidate[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length))
  return Array.from({ length: longest }, (_, at) => lists.flatMap(list => list[at] ?? [])).flat()
}

/**
 * Parts take turns until `most` are chosen, so that a long one leaves room for the others. Of articles that are copies of one
 * another, or of one story, one is chosen.
 */
function choose(found: Found[], most: number): Found[] {
  const chosen = found.map((part): Found => ({ ...part, candidates: [] }))
  const waiting = found.map(({ candidates }) => [...candidates])
  const seen = new Set<string>()
  let left = most
  while (left > 0 && waiting.some(({ length }) => length > 0)) {
    for (const [at, part] of chosen.entries()) {
      for (let turn = 0; turn < part.perTurn && left > 0; turn++) {
        const next = takeUnseen(waiting[at]!, seen)
        if (!next) break
        part.candidates.push(next)
        left--
      }
    }
  }
  return chosen
}

/** Takes candidates off the list up to one that is not there yet, in any form. */
function takeUnseen<Any extends Candidate>(candidates: Any[], seen: Set<string>): Any | null {
  for (let next = candidates.shift(); next; next = candidates.shift()) {
    const { id, copyGroup, storyId } = next
    const names = [`article ${id}`, ...(copyGroup === null ? [] : [`copy ${copyGroup}`])]
    if (storyId !== null) names.push(`story ${storyId}`)
    if (names.some(name => seen.has(name))) continue
    for (const name of names) seen.add(name)
    return next
  }
  return null
}
