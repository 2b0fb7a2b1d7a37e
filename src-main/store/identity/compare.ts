/** Compares an item with a known article, field by field, until it is decided. */
import type { Enclosure } from '../../api/model.ts'
import type { ReadyArticle } from '../../feeds/parsed.ts'
import { day } from '../../lib/time.ts'
import type { ReadDb } from '../db/open.ts'
import { getRow } from '../db/prepared.ts'
import type { Item } from './document.ts'
import { type Evidence, type Field, range, weigh } from './evidence.ts'
import { hashesOf } from './hashes.ts'
import { fingerprint, type KeyKind, type KnownArticle, linksOf } from './keys.ts'
import { compareTexts, compareTitles, normalized, wordsOf } from './text.ts'

/** An article that an item may be, and the keys that led to it. */
export type Candidate = {
  known: KnownArticle
  /** The kinds of keys by which it was found, and those of them that several articles of the feed share. */
  foundBy: Set<KeyKind | 'date'>
  sharedBy: Set<KeyKind | 'date'>
}

/** An article without a plausible date is listed by when it was first seen, less at most this many ms (listedDate). */
const undatedWithin = 6_000
/** Texts that are read and compared for one document: a hostile one could make us read millions. */
const mostTexts = 500

/** How sure it is that the item is this article: above 0 it is the same. */
export type Compare = (item: Item, candidate: Candidate) => number

/** A comparison for the items of one document. `isRenumbered`: all guids are new, so that another guid is no evidence. */
export function comparison(db: ReadDb, isRenumbered: boolean): Compare {
  let textsLeft = mostTexts
  return (item, candidate) => {
    const evidence = fromRow(db, item, candidate, isRenumbered)
    const isUntitled = item.article.title === ''
    const unread: Field[] = candidate.known.isThere === 1 ? ['title', 'text', 'enclosures', 'pictures'] : []
    const stored = isDecided(evidence, unread, isUntitled) ? null : contentOf(db, candidate.known.articleId)
    if (!stored) return verdict(evidence, candidate)
    compareFiles(evidence, item.article, stored)
    if (stored.visibleHash === visibleHashOf(item.article)) evidence.text = textOfLength(item.article)
    else if (!isDecided(evidence, ['title', 'text'], isUntitled) && textsLeft-- > 0)
      compareWords(evidence, item.article, stored)
    return verdict(evidence, candidate)
  }
}

/** An item without any evidence (a link to the front page, and nothing else) is the one with the same fingerprint. */
function verdict(evidence: Evidence, { foundBy }: Candidate): number {
  const isSilent = Object.values(evidence).every(relation => relation === 'unknown')
  return isSilent && foundBy.has(fingerprint) ? 0.5 : weigh(evidence)
}

function isDecided(evidence: Evidence, open: Field[], isUntitled: boolean): boolean {
  const { least, most } = range(evidence, open, isUntitled)
  return least > 0 || most <= 0
}

/** The evidence of what is not in `contents`. */
function fromRow(db: ReadDb, item: Item, candidate: Candidate, isRenumbered: boolean): Evidence {
  const { known, foundBy } = candidate
  const { article } = item
  const hasFingerprint = foundBy.has(fingerprint)
  return {
    guid: guidOf(item, candidate, isRenumbered),
    link: linkOf(db, item, candidate),
    title: titleOf(article, known, hasFingerprint),
    text: known.isThere === 0 && hasFingerprint && article.text.length > 0 ? 'same' : 'unknown',
    enclosures: 'unknown',
    pictures: 'unknown',
    date: dateOf(item, known),
  }
}

function titleOf({ title }: ReadyArticle, known: KnownArticle, hasFingerprint: boolean): Evidence['title'] {
  if (known.title === null) return hasFingerprint ? 'same' : 'unknown'
  if (known.title === title) return title === '' ? 'unknown' : 'same'
  return compareTitles(normalized(title), normalized(known.title))
}

function guidOf(
  { article, guid }: Item,
  { known, foundBy, sharedBy }: Candidate,
  isRenumbered: boolean,
): Evidence['guid'] {
  if (article.guid === null) return 'unknown'
  const isSame =
    foundBy.has('guid') || (known.guid !== null && withoutScheme(known.guid) === withoutScheme(article.guid))
  if (isSame) return guid === null || sharedBy.has('guid') ? 'same-shared' : 'same'
  return known.guid === null || guid === null || isRenumbered ? 'unknown' : 'differs'
}

function withoutScheme(guid: string): string {
  return guid.replace(/^https?:\/\/(?:www\.)?/i, '').replace(/\/$/, '')
}

function linkOf(db: ReadDb, { article, link }: Item, { known, foundBy, sharedBy }: Candidate): Evidence['link'] {
  if (link === null || sharedBy.has('link')) return 'unknown'
  if (article.url === known.url) return 'same'
  // The first stores kept keys of links without their fragments; the address itself has it.
  const fragment = /#.+/.exec(known.url ?? '')?.[0] ?? ''
  const itsFragment = /#.+/.exec(link)?.[0] ?? ''
  if (foundBy.has('link'))
    return itsFragment === fragment || itsFragment === '' || fragment === '' ? 'same' : 'other-fragment'
  const links = linksOf(db, known.articleId)
  if (links.length === 0) return 'unknown'
  const relations = links.map(one => relation(link, one))
  return (
    (['same', 'other-fragment', 'same-page', 'same-path'] as const).find(found => relations.includes(found)) ??
    'differs'
  )
}

function relation(one: string, other: string): Evidence['link'] {
  if (one === other) return 'same'
  const [page = '', fragment] = one.split('#', 2)
  const [otherPage = '', otherFragment] = other.split('#', 2)
  if (page === otherPage) return fragment && otherFragment ? 'other-fragment' : 'same-page'
  const path = page.slice(page.indexOf('/'))
  return page.includes('/') &&
    path.length > 1 &&
    path === otherPage.slice(otherPage.indexOf('/')) &&
    fragment === otherFragment
    ? 'same-path'
    : 'differs'
}

function dateOf({ date, isDateUnique }: Item, { publishedAt, firstSeenAt }: KnownArticle): Evidence['date'] {
  if (date === null || publishedAt === null) return 'unknown'
  if (date === publishedAt) return isDateUnique ? 'same' : 'same-shared'
  const isUndated = firstSeenAt !== null && publishedAt <= firstSeenAt && publishedAt > firstSeenAt - undatedWithin
  // A date that several items share is when the document was made, not its articles.
  if (isUndated || !isDateUnique) return 'unknown'
  return Math.abs(date - publishedAt) < day ? 'near' : 'far'
}

type Content = {
  visibleHash: string
  html: Uint8Array
  media: string
  enclosures: string
  image: string | null
  title: string
}

function contentOf(db: ReadDb, articleId: number): Content | null {
  const sql = `SELECT contents.visible_hash AS visibleHash, contents.html, contents.media, contents.enclosures,
      articles.image, articles.title
    FROM contents JOIN articles ON articles.id = contents.article_id WHERE contents.article_id = ?`
  return getRow<Content>(db, sql, articleId)
}

function visibleHashOf(article: ReadyArticle): string {
  const { html, text } = article
  return (article.hashes ?? hashesOf(article, html, text)).visible
}

function textOfLength({ text }: ReadyArticle): Evidence['text'] {
  if (text.length === 0) return 'unknown'
  return text.length >= 200 ? 'same-long' : 'same'
}

function compareFiles(evidence: Evidence, article: ReadyArticle, stored: Content): void {
  const files = JSON.parse(stored.enclosures) as Enclosure[]
  evidence.enclosures = compareEnclosures(article.enclosures, files)
  const pictures = picturesOf(article)
  const known = picturesOf({ media: JSON.parse(stored.media) as string[], image: stored.image, enclosures: files })
  const isAlone = article.title === '' && article.text.length === 0 && stored.title === ''
  const isSame = isSubset(pictures, known) || isSubset(known, pictures)
  if (pictures.size === 0 || known.size === 0) evidence.pictures = 'unknown'
  else if (isAlone) evidence.pictures = isSame ? 'same-alone' : 'differ-alone'
  else evidence.pictures = isSame ? 'same' : 'differ'
}

/** By path, else by file name: publishers move their files, and put the addresses of counters before them. */
function compareEnclosures(ones: Enclosure[], others: Enclosure[]): Evidence['enclosures'] {
  const [one, other] = [ones, others].map(files => files.filter(file => !isPicture(file)).map(({ url }) => pathOf(url)))
  if (!one || !other || one.length === 0 || other.length === 0) return 'unknown'
  if (one.some(path => other.includes(path))) return 'same'
  const names = new Set(other.map(nameOf))
  return one.some(path => names.has(nameOf(path))) ? 'unknown' : 'differ'
}

function isPicture({ url, type }: Enclosure): boolean {
  return type.startsWith('image/') || /\.(?:jpe?g|png|gif|webp|avif|svg)(?:\?|$)/i.test(url)
}

/** Paths, without the parameters of a picture's file, which are its size or a signature. */
function picturesOf({ media, image, enclosures }: Pick<ReadyArticle, 'media' | 'image' | 'enclosures'>): Set<string> {
  const all = [...media, ...enclosures.filter(isPicture).map(({ url }) => url), ...(image ? [image] : [])]
  return new Set(all.slice(0, 100).map(url => pathOf(url).replace(/(\.(?:jpe?g|png|gif|webp|avif|svg))\?.*$/i, '$1')))
}

function pathOf(url: string): string {
  return url.replace(/^[a-z]+:\/\/[^/]*/i, '')
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/', path.includes('?') ? path.indexOf('?') : path.length) + 1)
}

function isSubset(one: Set<string>, other: Set<string>): boolean {
  for (const address of one) if (!other.has(address)) return false
  return true
}

function compareWords(evidence: Evidence, article: ReadyArticle, stored: Content): void {
  evidence.text = compareTexts(wordsOf(article.html), wordsOf(stored.html))
  // Without a title of the publisher's, ours is the text's first words: no further evidence.
  if (article.titleKey === '') evidence.title = 'unknown'
}
