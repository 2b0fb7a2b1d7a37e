/** Shows where a search matched: plain text in runs, marked or not, never HTML. */
import type { Segment } from '../../api/model.ts'
import { htmlStart, htmlToText, isInTag } from '../../lib/html-text.ts'
import { fold, words } from '../folding/text.ts'
import { beginsWord, isAt, matchesIn, type Span, spansIn, type Wanted, wantedIn } from './matches.ts'

/** Characters of text around the first match. */
const passageLength = 220
/** Characters before it: a row shows little more than a line, and the match must be in it. */
const leadLength = 40
/** What a row shows of a passage, about. */
const lineLength = 100
/** A match further down is not looked for: the passage is a taste. */
const searchedLength = 60_000
/** Characters of HTML before a place where a word seems to stand, and after it, that are enough for a passage but for its tags. */
const reachBefore = 200
const reachAfter = 800
/** Characters that a word of a phrase takes, with what is between it and the next. */
const reachOfWord = 40
/** Where one place turns out to be none, and the next, all of the text is read. */
const mostPlaces = 3

/** Marks the words of a search in a text. Make one per search, use it for every row. */
export function makeMarker(searchText: string): (text: string) => Segment[] {
  const wanted = wantedIn(searchText)
  return text => segmentsOf(text, spansIn(text, wanted), 0, text.length)
}

/** The passage of an article where a search first matched; its beginning where only the title or the feed did. */
export function makePassage(searchText: string): (html: string) => Segment[] {
  const wanted = wantedIn(searchText)
  return html => {
    const source = htmlStart(html, searchedLength)
    return passageNearby(source, wanted) ?? passageOfAll(source, wanted)
  }
}

/**
 * The summary of an article, or the end of it, where a search matched in it or asks for no words: what other lists show, and
 * the text need not be fetched. Null where it doesn't tell enough.
 */
export function makeSummaryPassage(searchText: string): (summary: string) => Segment[] | null {
  const wanted = wantedIn(searchText)
  return summary => {
    const first = wanted.length > 0 ? firstMatch(summary, wanted) : 0
    const isEnough = summary.length > 0 && first >= 0 && (first < lineLength / 2 || summary.length - first > lineLength)
    return isEnough ? passageAt(summary, first, { isStart: true, isEnd: true }, wanted) : null
  }
}

/**
 * Where a wanted word can be seen in the HTML as it is, only what stands around it is made into text: two thirds of the time
 * of a page of results went into texts of which a row shows a line. Null where that tells nothing.
 */
function passageNearby(html: string, wanted: Wanted[]): Segment[] | null {
  for (const at of placesIn(html, wanted)) {
    for (let reach = reachAfter; ; reach *= 4) {
      const start = textStart(html, at - reachBefore)
      const end = Math.min(html.length, at + reach)
      const text = htmlToText(htmlStart(html, end).slice(start))
      const first = firstMatch(text, wanted)
      if (first < 0) break
      const isAll = end === html.length
      // Tags took the room, or it ends in the middle of a word or an entity: a passage never does.
      if (!isAll && text.length < first + passageLength + leadLength) continue
      return passageAt(text, first, { isStart: start === 0, isEnd: isAll }, wanted)
    }
  }
  return null
}

function passageOfAll(html: string, wanted: Wanted[]): Segment[] {
  const text = htmlToText(html)
  const folded = fold(text)
  const isThere = wanted.some(({ words: [word = ''] }) => folded.includes(word))
  const first = isThere ? firstMatch(text, wanted) : 0
  return passageAt(text, Math.max(0, first), { isStart: true, isEnd: true }, wanted)
}

/** Where something wanted seems to stand, outside of tags, beginning with the first such place. */
function* placesIn(html: string, wanted: Wanted[]): Generator<number> {
  const lower = html.toLowerCase()
  let from = 0
  for (let tried = 0; tried < mostPlaces; tried++) {
    const places = wanted.map(one => placeOf(lower, one, from)).filter(place => place >= 0)
    if (places.length === 0) return
    const at = Math.min(...places)
    yield at
    from = at + 1
  }
}

function placeOf(lower: string, phrase: Wanted, from: number): number {
  for (const beginning of phrase.beginnings) {
    for (let at = lower.indexOf(beginning, from); at >= 0; at = lower.indexOf(beginning, at + 1)) {
      if (beginsWord(lower, at) && standsAt(lower, at, phrase) && !isInTag(lower, at)) return at
    }
  }
  return -1
}

function standsAt(html: string, at: number, phrase: Wanted): boolean {
  const text = html.slice(at, at + reachOfWord * (phrase.words.length + 1))
  // Most of what begins as a phrase doesn't go on as one.
  if (!phrase.words.every(word => text.includes(word))) return false
  const source = words(phrase.words.length > 1 ? htmlToText(text) : text)
  return isAt(
    phrase.words.map(() => source.next().value ?? { word: '' }),
    0,
    phrase,
  )
}

/** From here on, or a little later, where neither a tag nor a word has begun. */
function textStart(html: string, at: number): number {
  if (at <= 0) return 0
  if (isInTag(html, at)) return html.indexOf('>', at) + 1
  const near = html.slice(at, at + leadLength).search(/[\s<]/)
  return at + Math.max(0, near)
}

/** `text`: all of it or a piece, as `isStart` and `isEnd` tell. */
function passageAt(
  text: string,
  first: number,
  { isStart, isEnd }: { isStart: boolean; isEnd: boolean },
  wanted: Wanted[],
): Segment[] {
  const start = first < leadLength * 1.5 ? 0 : wordStart(text, first - leadLength)
  const end = Math.min(text.length, start + passageLength)
  const segments = segmentsOf(text, spansIn(text.slice(start, end), wanted, start), start, end)
  if (start > 0 || !isStart) segments.unshift({ text: '… ', isMatch: false })
  if (end < text.length || !isEnd) segments.push({ text: ' …', isMatch: false })
  return segments
}

/** Where something wanted first stands in a text; -1 where it doesn't. Without reading all words, where it can be seen. */
function firstMatch(text: string, wanted: Wanted[]): number {
  const [seen] = placesIn(text, wanted)
  return seen ?? matchesIn(text, wanted).next().value?.start ?? -1
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
  const space = text.indexOf(' ', at)
  // Not every script has spaces.
  return space < 0 || space > at + leadLength / 2 ? at : space + 1
}
