/**
 * The items of one document among themselves. Two items are two articles unless everything that could tell them apart
 * agrees; and what several of them have in common tells none of them from another.
 */
import type { ReadyArticle } from '../../feeds/parsed.ts'
import { hour } from '../../lib/time.ts'
import type { Key } from './keys.ts'

/** One article of a document, however often the document has it. */
export type Item = {
  article: ReadyArticle
  /** Null where the document has it for several articles. */
  guid: string | null
  link: string | null
  date: number | null
  /** Of the articles of this document, only this one has its date. */
  isDateItsOwn: boolean
  /** All by which it can be found again, also what its repetitions in the document have. */
  keys: Key[]
  /** Its keys say no more than its guid, link, title and text. */
  isPlain: boolean
}

/** The articles of a document, in its order. `siteKey`: the site's own address, spelled as ReadyArticle.canonicalUrl. */
export function itemsOf(articles: ReadyArticle[], siteKey: string | null, now: number): Item[] {
  const groups = distinct(articles, siteKey)
  const firsts = groups.map(([article]) => article!)
  const guids = tally(firsts, article => article.guid)
  const links = tally(firsts, article => telling(article.canonicalUrl, siteKey))
  const dates = tally(firsts, article => believed(article.publishedAt, now))
  return groups.map(group => {
    const article = group[0]!
    const link = telling(article.canonicalUrl, siteKey)
    const date = believed(article.publishedAt, now)
    const guid = guids.get(article.guid) === 1 ? article.guid : null
    const itsLink = links.get(link) === 1 ? link : null
    return {
      article,
      guid,
      link: itsLink,
      date,
      isDateItsOwn: dates.get(date) === 1,
      keys: keysOf(group, siteKey, guid ?? itsLink),
      isPlain: group.length === 1 && (guid ?? itsLink) !== null,
    }
  })
}

/** Groups of items that are one article told more than once, each in the document's order. */
function distinct(articles: ReadyArticle[], siteKey: string | null): ReadyArticle[][] {
  const alike = tally(articles, article => article.fingerprint)
  const groups: ReadyArticle[][] = []
  const known = new Map<string, ReadyArticle[]>()
  for (const article of articles) {
    const names = alike.get(article.fingerprint) === 1 ? [] : namesOf(article, siteKey)
    const group = names.map(name => known.get(name)).find(found => found !== undefined) ?? []
    if (group.length === 0) groups.push(group)
    group.push(article)
    for (const name of names) known.set(name, group)
  }
  return groups
}

/**
 * What an item shares with its repetitions only. Some publishers give each repetition a guid of its own: with a page of its
 * own and the same date it is one nevertheless. Without such a page a guid tells two items apart.
 */
function namesOf(article: ReadyArticle, siteKey: string | null): string[] {
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
  const isAnyGuid = guid === null || telling(canonicalUrl, siteKey) !== null
  return isAnyGuid ? [all] : [`${all}\n${guid}`]
}

/** Null for the site's own address, which tells nothing of an article. */
export function telling(link: string | null, siteKey: string | null): string | null {
  if (!link || link === siteKey) return null
  const path = link.replace(/\/$/, '')
  return /[/?#].+/.test(path) ? link : null
}

/** Earlier dates are a publisher's mistake (1970, year 0): the web's feeds began in 1999. */
const earliestDate = Date.UTC(1990, 0, 1)

/** A publisher's date that can be believed, or null. In ms. */
export function believed(stated: number | null, now: number): number | null {
  return stated === null || stated < earliestDate || stated > now + hour ? null : stated
}

function keysOf(group: ReadyArticle[], siteKey: string | null, own: string | null): Key[] {
  const { fingerprint, canonicalUrl, titleKey } = group[0]!
  const keys: Key[] = [{ kind: 'print', key: fingerprint }]
  for (const guid of new Set(group.map(article => article.guid))) if (guid) keys.push({ kind: 'guid', key: guid })
  const link = telling(canonicalUrl, siteKey)
  if (link) keys.push({ kind: 'link', key: link })
  if (own === null) keys.push({ kind: 'title', key: titleKey })
  return keys
}

function tally<Value>(articles: ReadyArticle[], mark: (article: ReadyArticle) => Value): Map<Value, number> {
  const counts = new Map<Value, number>()
  for (const article of articles) counts.set(mark(article), (counts.get(mark(article)) ?? 0) + 1)
  return counts
}
