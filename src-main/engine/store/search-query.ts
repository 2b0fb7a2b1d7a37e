/** What the user typed into the search box, read into words and conditions. Never handed to SQLite as it is. */
import type { Medium } from './search-marks.ts'
import { fold, forIndex, words } from './search-text.ts'

/**
 * A word or phrase to look for; the last word of what is being typed is a beginning. `words` are folded, to mark what was
 * found. The index gets them as `typed`: it folds by rules of its own, and not at all outside Latin letters (й, ペ).
 */
export type Term = {
  words: string[]
  typed: string
  isPrefix: boolean
  isExcluded: boolean
  column: 'title' | 'author' | null
}
export type Condition =
  | { field: 'feed' | 'folder' | 'tag'; text: string; isExcluded: boolean }
  | { field: 'is'; value: 'read' | 'unread' | 'saved'; isExcluded: boolean }
  | { field: 'has'; value: Medium; isExcluded: boolean }
  | { field: 'before' | 'after'; time: number; isExcluded: boolean }
export type SearchQuery = { terms: Term[]; conditions: Condition[] }

const part = /(-?)(?:(\p{L}+):)?(?:"([^"]*)"?|(\S+))/gu

/** Reads `feed: folder: author: title: tag: is: has: before: after: "a phrase" -word` and plain words. */
export function parseSearch(text: string): SearchQuery {
  const query: SearchQuery = { terms: [], conditions: [] }
  const typed = text.normalize('NFC').slice(0, 1_000)
  for (const match of typed.matchAll(part)) {
    const [whole, minus = '', name = '', phrase, word = ''] = match
    const isExcluded = minus === '-'
    const value = phrase ?? word
    const condition = readCondition(name.toLowerCase(), value, isExcluded)
    if (condition) {
      query.conditions.push(condition)
      continue
    }
    const isLast = match.index + whole.length === typed.length
    const column = name === 'title' || name === 'author' ? name : null
    // An unknown name before the colon is text like any other ('C++: a tour').
    const sought = column || phrase !== undefined || !name ? value : `${name} ${value}`
    const found = [...words(sought)]
    if (found.length > 0) {
      query.terms.push({
        words: found.map(({ word }) => word),
        typed: found.map(({ start, end }) => sought.slice(start, end)).join(' '),
        isPrefix: isLast && phrase === undefined && isBeginning(found.at(-1)?.word ?? ''),
        isExcluded,
        column,
      })
    }
  }
  return query
}

/** One or two letters begin half the words there are; as a word of their own ('EU', 'AI') they are what is meant. */
function isBeginning(word: string): boolean {
  return word.length > 2 || forIndex(word) !== word
}

/**
 * The FTS5 expression of the words, every one quoted, so that nothing typed is taken for syntax; `marks` as well, if any
 * of each list is there, and `notMarks` if none is. Null where nothing is to be found in the index.
 */
export function toMatch({ terms }: SearchQuery, marks: string[][] = [], notMarks: string[] = []): string | null {
  const expressions = (isExcluded: boolean) => terms.filter(term => term.isExcluded === isExcluded).map(expressionOf)
  const quoted = (mark: string) => `"${mark}"`
  const wanted = [...marks.map(any => `(${any.map(quoted).join(' OR ')})`), ...expressions(false)]
  if (wanted.length === 0) return null
  return [`(${wanted.join(' AND ')})`, ...expressions(true), ...notMarks.map(quoted)].join(' NOT ')
}

function expressionOf({ typed, isPrefix, column }: Term): string {
  const phrase = `"${forIndex(typed).trim().replaceAll('"', '')}"${isPrefix ? '*' : ''}`
  return column ? `{${column}} : ${phrase}` : phrase
}

function readCondition(name: string, value: string, isExcluded: boolean): Condition | null {
  const folded = fold(value)
  if (value === '') return null
  if (name === 'feed' || name === 'folder' || name === 'tag') return { field: name, text: folded, isExcluded }
  if (name === 'is' && (folded === 'read' || folded === 'unread' || folded === 'saved')) {
    return { field: 'is', value: folded, isExcluded }
  }
  if (name === 'has' && (folded === 'audio' || folded === 'video' || folded === 'image')) {
    return { field: 'has', value: folded, isExcluded }
  }
  if (name === 'before' || name === 'after') {
    const time = /^\d{4}(-\d{1,2}(-\d{1,2})?)?$/.test(value) ? localTime(value) : Number.NaN
    return Number.isNaN(time) ? null : { field: name, time, isExcluded }
  }
  return null
}

/** The beginning of a year, month or day where the user is. */
function localTime(date: string): number {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  return new Date(year, month - 1, day).getTime()
}
