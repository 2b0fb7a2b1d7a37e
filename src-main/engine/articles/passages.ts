/** Shows where a search matched: plain text in runs, marked or not, never HTML. */
import { decodeHTML } from 'entities'
import type { Segment } from '../../api/model.ts'
import { parseSearch } from '../store/search-query.ts'
import { words } from '../store/search-text.ts'

/** Characters of text around the first match. */
const passageLength = 220
/** Characters before it: a row shows little more than a line, and the match must be in it. */
const leadLength = 40
/** A match further down is not looked for: the passage is a taste. */
const searchedLength = 60_000

type Span = { start: number; end: number }
type Wanted = { words: string[]; isPrefix: boolean }

/** Marks the words of a search in a text. Make one per search, use it for every row. */
export function makeMarker(searchText: string): (text: string) => Segment[] {
  const wanted: Wanted[] = parseSearch(searchText).terms.filter(term => !term.isExcluded)
  return text => segmentsOf(text, spansIn(text, wanted), 0, text.length)
}

/** The passage of an article where a search first matched; its beginning where only the title or the feed did. */
export function makePassage(searchText: string): (html: string) => Segment[] {
  const wanted: Wanted[] = parseSearch(searchText).terms.filter(term => !term.isExcluded)
  return html => {
    const text = plainText(html.slice(0, searchedLength))
    const first = firstMatch(text, wanted)
    const start = first < leadLength * 1.5 ? 0 : wordStart(text, first - leadLength)
    const end = Math.min(text.length, start + passageLength)
    const segments = segmentsOf(text, spansIn(text.slice(start, end), wanted, start), start, end)
    if (start > 0) segments.unshift({ text: '… ', isMatch: false })
    if (end < text.length) segments.push({ text: ' …', isMatch: false })
    return segments
  }
}

/** Where a wanted word first stands, as far as that can be seen without reading all words; 0 where none does. */
function firstMatch(text: string, wanted: Wanted[]): number {
  const lower = text.toLowerCase()
  const seen = wanted.map(({ words: [word = ''] }) => lower.indexOf(word)).filter(at => at >= 0)
  // Two thirds of the time of a page of results went into telling the words before the first match apart.
  const near = Math.max(0, Math.min(...seen) - leadLength)
  for (const from of seen.length > 0 ? [wordStart(text, near), 0] : [0]) {
    const match = matchesIn(text.slice(from), wanted).next().value
    if (match) return match.start + from
  }
  return 0
}

/** The text of sanitised HTML, white space collapsed. Linear: what comes in was serialised by us. */
export function plainText(html: string): string {
  const text = html.replace(/<[^>]*>?/g, ' ')
  return (text.includes('&') ? decodeHTML(text) : text).replace(/\s+/g, ' ').trim()
}

function spansIn(text: string, wanted: Wanted[], from = 0): Span[] {
  return [...matchesIn(text, wanted)].map(({ start, end }) => ({ start: start + from, end: end + from }))
}

/** Where the wanted words stand, one after the other: who needs the first only reads no further. */
function* matchesIn(text: string, wanted: Wanted[]): Generator<Span, undefined> {
  const longest = Math.max(0, ...wanted.map(({ words: phrase }) => phrase.length))
  const source = words(text)
  const found: (Span & { word: string })[] = []
  for (let at = 0; ; ) {
    for (let isMore = true; isMore && found.length < at + longest; ) {
      const next = source.next()
      if (next.done) isMore = false
      else found.push(next.value)
    }
    if (at >= found.length) return undefined
    const hit = wanted.find(phrase => isAt(found, at, phrase))
    if (hit) yield { start: found[at]!.start, end: found[at + hit.words.length - 1]!.end }
    at += hit?.words.length ?? 1
  }
}

function isAt(found: { word: string }[], at: number, { words: phrase, isPrefix }: Wanted): boolean {
  // Asked at every word of a text: most differ at once.
  for (let offset = 0; offset < phrase.length; offset++) {
    const candidate = found[at + offset]?.word
    const word = phrase[offset]!
    const isBeginning = isPrefix && offset === phrase.length - 1
    if (candidate !== word && !(isBeginning && candidate?.startsWith(word))) return false
  }
  return true
}

function segmentsOf(text: string, spans: Span[], from: number, to: number): Segment[] {
  const segments: Segment[] = []
  let at = from
  for (const { start, end } of spans) {
    if (start < at || end > to) continue
    if (start > at) segments.push({ text: text.slice(at, start), isMatch: false })
    segments.push({ text: text.slice(start, end), isMatch: true })
    at = end
  }
  if (at < to) segments.push({ text: text.slice(at, to), isMatch: false })
  return segments
}

function wordStart(text: string, at: number): number {
  if (at <= 0) return 0
  const space = text.indexOf(' ', Math.floor(at))
  return space === -1 ? Math.floor(at) : space + 1
}
