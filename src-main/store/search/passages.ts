/** Highlights matches: plain text in segments, each a match or not, never HTML. */
import type { Segment } from '../../api/model.ts'
import { words } from '../../api/search/folding.ts'
import { beginsWord, isAt, matchesIn, type Wanted, wantedIn } from '../../api/search/matches.ts'
import { htmlStart, htmlToText, isInTag } from '../../lib/html-text.ts'

/** Characters of text around the first match. */
const passageLength = 220
/** Characters before the match: a row shows little more than a line, and the match must be in it. */
const leadLength = 40
/** About as many characters of a passage as a row shows. */
const lineLength = 100
/** Characters of HTML in which a match is looked for. */
const searchedLength = 60_000
/** HTML window around a candidate match, before and after it; grown where tags take most of it. */
const reachBefore = 200
const reachAfter = 800
/** Characters of HTML for each word of a phrase. */
const reachOfWord = 40
/** Candidates that may turn out to be no matches before all of the text is read. */
const mostCandidates = 3

/** Highlights the words of a search in a text. Make one per search, use it for every row. */
export function makeMarker(searchText: string): (text: string) => Segment[] {
  const wanted = wantedIn(searchText)
  return text => segmentsOf(text, wanted)
}

/** The passage of an article around the first match; its beginning where only the title or the feed matched. */
export function makePassage(searchText: string): (html: string) => Segment[] {
  const wanted = wantedIn(searchText)
  return html => {
    const source = htmlStart(html, searchedLength)
    return passageNearby(source, wanted) ?? passageOfAll(source, wanted)
  }
}

/**
 * A passage of the summary, where a search matched in it or has no words: then the text need not be read. Null where the
 * summary has no match, or too little after it.
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
 * Where indexOf finds a wanted word in the HTML, only a window around it is converted to text: two thirds of the time of a
 * page of results went into texts of which a row shows a line. Null where that finds no match.
 */
function passageNearby(html: string, wanted: Wanted[]): Segment[] | null {
  for (const at of candidatesIn(html, wanted)) {
    for (let reach = reachAfter; ; reach *= 4) {
      const start = textStart(html, at - reachBefore)
      const end = Math.min(html.length, at + reach)
      const text = htmlToText(htmlStart(html, end).slice(start))
      const first = firstMatch(text, wanted)
      if (first < 0) break
      const isAll = end === html.length
      // Tags took most of the window. It may end in the middle of a word or an entity, which a passage must not.
      if (!isAll && text.length < first + passageLength + leadLength) continue
      return passageAt(text, first, { isStart: start === 0, isEnd: isAll }, wanted)
    }
  }
  return null
}

function passageOfAll(html: string, wanted: Wanted[]): Segment[] {
  const text = htmlToText(html)
  return passageAt(text, Math.max(0, firstMatch(text, wanted)), { isStart: true, isEnd: true }, wanted)
}

/** Candidate matches outside of tags, in their order. */
function* candidatesIn(html: string, wanted: Wanted[]): Generator<number> {
  const lower = html.toLowerCase()
  let from = 0
  for (let tried = 0; tried < mostCandidates; tried++) {
    const found = wanted.map(one => candidateOf(lower, one, from)).filter(at => at >= 0)
    if (found.length === 0) return
    const at = Math.min(...found)
    yield at
    from = at + 1
  }
}

function candidateOf(lower: string, phrase: Wanted, from: number): number {
  for (const beginning of phrase.beginnings) {
    for (let at = lower.indexOf(beginning, from); at >= 0; at = lower.indexOf(beginning, at + 1)) {
      if (beginsWord(lower, at) && standsAt(lower, at, phrase) && !isInTag(lower, at)) return at
    }
  }
  return -1
}

function standsAt(html: string, at: number, phrase: Wanted): boolean {
  const text = html.slice(at, at + reachOfWord * (phrase.words.length + 1))
  // Most candidates have only the first word of the phrase.
  if (!phrase.words.every(word => text.includes(word))) return false
  const source = words(phrase.words.length > 1 ? htmlToText(text) : text)
  return isAt(
    phrase.words.map(() => source.next().value ?? { word: '' }),
    0,
    phrase,
  )
}

/** This position, or one a little later that is neither within a tag nor within a word. */
function textStart(html: string, at: number): number {
  if (at <= 0) return 0
  if (isInTag(html, at)) return html.indexOf('>', at) + 1
  const near = html.slice(at, at + leadLength).search(/[\s<]/)
  return at + Math.max(0, near)
}

/** `isStart` and `isEnd`: whether `text` has the start and the end of the whole. */
function passageAt(
  text: string,
  first: number,
  { isStart, isEnd }: { isStart: boolean; isEnd: boolean },
  wanted: Wanted[],
): Segment[] {
  const start = first < leadLength * 1.5 ? 0 : wordStart(text, first - leadLength)
  const end = Math.min(text.length, start + passageLength)
  const segments = segmentsOf(text.slice(start, end), wanted)
  if (start > 0 || !isStart) segments.unshift({ text: '… ', isMatch: false })
  if (end < text.length || !isEnd) segments.push({ text: ' …', isMatch: false })
  return segments
}

/** Where the first match begins, or -1. */
function firstMatch(text: string, wanted: Wanted[]): number {
  const [candidate] = candidatesIn(text, wanted)
  if (candidate !== undefined) return candidate
  const [match] = matchesIn(text, wanted)
  return match?.start ?? -1
}

function segmentsOf(text: string, wanted: Wanted[]): Segment[] {
  const segments: Segment[] = []
  let at = 0
  for (const { start, end } of matchesIn(text, wanted)) {
    if (start > at) segments.push({ text: text.slice(at, start), isMatch: false })
    segments.push({ text: text.slice(start, end), isMatch: true })
    at = end
  }
  if (at < text.length) segments.push({ text: text.slice(at), isMatch: false })
  return segments
}

function wordStart(text: string, at: number): number {
  if (at <= 0) return 0
  const space = text.indexOf(' ', at)
  // Not every script has spaces.
  return space < 0 || space > at + leadLength / 2 ? at : space + 1
}
