/** Finds the words of a search in a text. */
import { fold, isUnspaced, isWithinWord, words } from './folding.ts'
import { parseSearch } from './parse.ts'

export type Span = { start: number; end: number }
export type Wanted = {
  words: string[]
  isPrefix: boolean
  /** What a match can begin with, likeliest first: found by indexOf, without splitting the text into words. */
  beginnings: string[]
}

/** The words and phrases that a search asks for. */
export function wantedIn(searchText: string): Wanted[] {
  return parseSearch(searchText)
    .terms.filter(term => !term.isExcluded)
    .map(({ words, isPrefix }) => {
      const whole = words.every(isUnspaced) ? [words.join('')] : []
      return { words, isPrefix, beginnings: [...whole, ...words.slice(0, 1)] }
    })
}

/** The matches in their order; a caller that needs only the first reads no further. */
export function matchesIn(text: string, wanted: Wanted[]): Iterable<Span> {
  const lower = text.toLowerCase()
  const folded = fold(text)
  // Where there is nothing to fold, indexOf finds each, and the text need not be split into words.
  if (folded === lower) return matchesByIndexOf(lower, wanted)
  return wanted.some(({ words: [first = ''] }) => folded.includes(first)) ? matchesByWords(text, wanted) : []
}

function* matchesByIndexOf(lower: string, wanted: Wanted[]): Generator<Span, undefined> {
  let coming = wanted.map(phrase => nextSpan(lower, phrase, 0))
  for (;;) {
    let next: Span | null = null
    for (const span of coming) if (span && (!next || span.start < next.start)) next = span
    if (!next) return undefined
    yield next
    const { end } = next
    coming = coming.map((span, index) => (span && span.start < end ? nextSpan(lower, wanted[index]!, end) : span))
  }
}

function nextSpan(lower: string, phrase: Wanted, from: number): Span | null {
  const [first = ''] = phrase.words
  for (let at = lower.indexOf(first, from); at >= 0; at = lower.indexOf(first, at + 1)) {
    if (!beginsWord(lower, at)) continue
    const source = words(lower.slice(at))
    const found = phrase.words.map(() => source.next().value ?? { word: '', end: 0 })
    if (isAt(found, 0, phrase)) return { start: at, end: at + found.at(-1)!.end }
  }
  return null
}

/** Whether a word begins here; in scripts without spaces every character is one. */
export function beginsWord(text: string, at: number): boolean {
  return !isWithinWord(text, at - 1) || !isWithinWord(text, at)
}

function* matchesByWords(text: string, wanted: Wanted[]): Generator<Span, undefined> {
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

/** Whether the phrase is found from this word on. */
export function isAt(found: { word: string }[], at: number, { words: phrase, isPrefix }: Wanted): boolean {
  // Called for every word of a text: most differ at once.
  for (let offset = 0; offset < phrase.length; offset++) {
    const candidate = found[at + offset]?.word
    const word = phrase[offset]!
    const isBeginning = isPrefix && offset === phrase.length - 1
    if (candidate !== word && !(isBeginning && candidate?.startsWith(word))) return false
  }
  return true
}
