/**
 * The items of one document, compared with each other. Two items are two articles unless everything that could distinguish
 * them agrees; and what several of them have in common identifies none of them.
 */
import type { ReadyArticle } from '../../feeds/parsed.ts'
import { hour } from '../../lib/time.ts'
import { fingerprint, type Key } from './keys.ts'

/** One article of a document, however often the document has it. */
export type Item = {
  article: ReadyArticle
  /** Null where several articles of the document have it. */
  guid: string | null
  /** The same. */
  link: string | null
  date: number | null
  /** No other article of the document has its date. */
  isDateUnique: boolean
  /** Those of its repetitions in the document, too. */
  keys: Key[]
  /** Its keys follow from its guid, link, title and text alone: it has no repetitions. */
  isPlain: boolean
}

/** The articles of a document, in its order. `siteKey`: the site's own address, spelled as ReadyArticle.canonicalUrl. */
export function itemsOf(articles: ReadyArticle[], siteKey: string | null, now: number): Item[] {
  const groups = distinct(articles, siteKey)
  const firsts = groups.map(([article]) => article!)
  const guids = tally(firsts, article => article.guid)
  const links = tally(firsts, article => distinctiveLink(article, siteKey))
  const dates = tally(firsts, article => plausibleDate(article.publishedAt, now))
  return groups.map(group => {
    const article = group[0]!
    const link = distinctiveLink(article, siteKey)
    const date = plausibleDate(article.publishedAt, now)
    const guid = guids.get(article.guid) === 1 ? article.guid : null
    const uniqueLink = links.get(link) === 1 ? link : null
    return {
      article,
      guid,
      link: uniqueLink,
      date,
      isDateUnique: dates.get(date) === 1,
      keys: keysOf(group, siteKey, guid ?? uniqueLink),
      isPlain: group.length === 1 && (guid ?? uniqueLink) !== null,
    }
  })
}

/** Groups of items that are one article, each in the document's order. */
function distinct(articles: ReadyArticle[], siteKey: string | null): ReadyArticle[][] {
  const alike = tally(articles, article => article.fingerprint)
  const groups: ReadyArticle[][] = []
  const known = new Map<string, ReadyArticle[]>()
  for (const article of articles) {
    const content = alike.get(article.fingerprint) === 1 ? null : contentKey(article, siteKey)
    const group = (content === null ? undefined : known.get(content)) ?? []
    if (group.length === 0) groups.push(group)
    group.push(article)
    if (content !== null) known.set(content, group)
  }
  return groups
}

/**
 * What an item shares with its repetitions only. Some publishers give each repetition another guid: with a distinctive link
 * and the same date they are one article nevertheless. Without such a link, two guids are two articles.
 */
function contentKey(article: ReadyArticle, siteKey: string | null): string {
  const { canonicalUrl, title, author, publishedAt, text, enclosures, image, media, guid } = article
  const words = typeof text === 'string' ? text : Buffer.from(text).toString('latin1')
  const all = JSON.stringify([
    canonicalUrl,
    title,
    author,
    publishedAt,
    enclosures.map(({ url }) => url),
    image,
    media,
    words,
  ])
  const isAnyGuid = guid === null || distinctiveLink(article, siteKey) !== null
  return isAnyGuid ? all : `${all}\n${guid}`
}

/** Null for the address of a site, which identifies no article. */
function distinctiveLink({ canonicalUrl: link }: ReadyArticle, siteKey: string | null): string | null {
  if (!link || link === siteKey) return null
  const path = link.replace(/\/$/, '')
  return /[/?#].+/.test(path) ? link : null
}

/** Earlier dates are a publisher's mistake (1970, year 0): the web's feeds began in 1999. */
const earliestDate = Date.UTC(1990, 0, 1)

/** A publisher's date, or null where it can't be true. In ms. */
export function plausibleDate(stated: number | null, now: number): number | null {
  return stated === null || stated < earliestDate || stated > now + hour ? null : stated
}

/** `unique`: the guid or link that no other article of the document has. */
function keysOf(group: ReadyArticle[], siteKey: string | null, unique: string | null): Key[] {
  const first = group[0]!
  const keys: Key[] = [{ kind: fingerprint, key: first.fingerprint }]
  for (const guid of new Set(group.map(article => article.guid))) if (guid) keys.push({ kind: 'guid', key: guid })
  const link = distinctiveLink(first, siteKey)
  if (link) keys.push({ kind: 'link', key: link })
  if (unique === null) keys.push({ kind: 'title', key: first.titleKey })
  return keys
}

function tally<Value>(articles: ReadyArticle[], pick: (article: ReadyArticle) => Value): Map<Value, number> {
  const counts = new Map<Value, number>()
  for (const article of articles) {
    const value = pick(article)
    counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return counts
}
