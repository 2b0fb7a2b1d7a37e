/** What the user typed into the search box, read into words and conditions. Never handed to SQLite as it is. */

import { fold, forQuery, isUnspaced, words } from '../folding/text.ts'
import { spelledBefore } from './before.ts'
import { type Medium, tagMarksOf } from './facets.ts'

/**
 * A word or phrase to look for; the last word of what is being typed is a beginning. `words` are folded, to mark what was
 * found; volumes of earlier programs need them as `typed`.
 */
export type Term = {
  words: string[]
  typed: string
  isPrefix: boolean
  isExcluded: boolean
  column: 'title' | 'author' | null
  /**
   * '#Open Source' is how an article's heading shows a category: it is found under that, and where the words are. The
   * categories that may be meant: with the first, the first two... of the words typed.
   */
  tags: string[]
}
export type Condition =
  | { field: 'feed' | 'folder' | 'tag'; text: string; isExcluded: boolean }
  | { field: 'is'; value: 'read' | 'unread' | 'saved'; isExcluded: boolean }
  | { field: 'has'; value: Medium; isExcluded: boolean }
  | { field: 'before' | 'after'; time: number; isExcluded: boolean }
export type SearchQuery = { terms: Term[]; conditions: Condition[] }

const part = /(-?)(#?)(?:(\p{L}+):)?(?:"([^"]*)"?|(\S+))/gu
/** Words of a category behind a '#', typed without quotation marks. */
const mostTagWords = 4

/** Reads `feed: folder: author: title: tag: is: has: before: after: "a phrase" -word` and plain words. */
export function parseSearch(text: string): SearchQuery {
  const query: SearchQuery = { terms: [], conditions: [] }
  const typed = text.normalize('NFC').slice(0, 1_000)
  for (const match of typed.matchAll(part)) {
    const [whole, minus = '', sign = '', name = '', phrase, word = ''] = match
    const isExcluded = minus === '-'
    const value = phrase ?? word
    const isTag = sign === '#' && name === ''
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
        tags: isTag ? [value] : [],
      })
      if (!isTag && !isExcluded && !column && phrase === undefined) goOnWithTag(query.terms)
    }
  }
  return query
}

/** The term at the end may be one more word of a category that began before it. */
function goOnWithTag(terms: Term[]): void {
  for (let back = 1; back < mostTagWords; back++) {
    const before = terms.at(-1 - back)
    if (!before || before.isExcluded) return
    if (before.tags.length > 0) {
      const rest = terms.slice(-back).map(({ typed }) => typed)
      if (before.tags.length === back) before.tags.push([before.tags[0], ...rest].join(' '))
      return
    }
  }
}

/** One or two letters begin half the words there are; as a word of their own ('EU', 'AI') they are what is meant. */
function isBeginning(word: string): boolean {
  return word.length > 2 || isUnspaced(word)
}

/** How a volume is asked (store/search/index.ts); by `marks`, if any of each list is there, and `notMarks`, if none is. */
export type Asking = { isFolded?: boolean; marks?: string[][]; notMarks?: string[]; hasMarks?: boolean }

/**
 * The FTS5 expression of the words, every one quoted, so that nothing typed is taken for syntax. Null where nothing is to be
 * found in the index.
 */
export function toMatch({ terms }: SearchQuery, asking: Asking = {}): string | null {
  const { marks = [], notMarks = [] } = asking
  const excluded = terms.filter(term => term.isExcluded).map(term => expressionOf(term, asking))
  const sought = terms.filter(term => !term.isExcluded)
  const wanted = marks.map(anyOf)
  for (let at = 0; at < sought.length; ) {
    const run = sought.slice(at, at + Math.max(1, sought[at]!.tags.length))
    wanted.push(expressionOfRun(run, asking))
    at += run.length
  }
  if (wanted.length === 0) return null
  return [`(${wanted.join(' AND ')})`, ...excluded, ...notMarks.map(quoted)].join(' NOT ')
}

/** A word, or several that may be one category: the words, or the category of the first of them and the other words... */
function expressionOfRun(run: Term[], asking: Asking): string {
  const words = run.map(term => expressionOf(term, asking))
  const { tags } = run[0]!
  if (run.length === 1 || asking.hasMarks === false) return words.join(' AND ')
  const tagged = tags.map((tag, index) => [anyOf(tagMarksOf(tag)), ...words.slice(index + 1)])
  return `(${[words, ...tagged].map(all => `(${all.join(' AND ')})`).join(' OR ')})`
}

function expressionOf(
  { words, typed, isPrefix, column, tags }: Term,
  { isFolded = true, hasMarks = true }: Asking,
): string {
  const end = isPrefix ? '*' : ''
  const spellings = [forQuery(words.join(' '))]
  if (!isFolded) spellings.push(spelledBefore(typed))
  const phrases = [...new Set(spellings.map(spelling => `${quoted(spelling.trim().replaceAll('"', ''))}${end}`))]
  if (tags[0] !== undefined && hasMarks) phrases.push(...tagMarksOf(tags[0]).map(quoted))
  const any = phrases.length > 1 ? `(${phrases.join(' OR ')})` : phrases[0]!
  return column ? `{${column}} : ${any}` : any
}

function anyOf(marks: string[]): string {
  return `(${marks.map(quoted).join(' OR ')})`
}

function quoted(word: string): string {
  return `"${word}"`
}

function readCondition(name: string, value: string, isExcluded: boolean): Condition | null {
  const folded = fold(value)
  if (value === '') return null
  if (name === 'feed' || name === 'folder') return { field: name, text: folded, isExcluded }
  if (name === 'tag') return { field: name, text: value, isExcluded }
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
