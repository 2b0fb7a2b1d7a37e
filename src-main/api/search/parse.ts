/** Parses what the user typed into the search box into words and conditions. */
import { fold, isUnspaced, words } from './folding.ts'

export type Medium = 'audio' | 'video' | 'image'

/** A word or phrase to look for; the last word of what is being typed is a prefix. */
export type Term = {
  /** Folded. */
  words: string[]
  /** As typed: a category may be made of several terms. */
  typed: string
  isPrefix: boolean
  isExcluded: boolean
  column: 'title' | 'author' | null
  /**
   * '#Open Source', as an article's heading shows a category, finds the category and the words. The categories that may be
   * meant: the first word, the first two...
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
/** Words of a category after a '#', typed without quotation marks. */
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
        isPrefix: isLast && phrase === undefined && mayBePrefix(found.at(-1)?.word ?? ''),
        isExcluded,
        column,
        tags: isTag ? [value] : [],
      })
      if (!isTag && !isExcluded && !column && phrase === undefined) extendTag(query.terms)
    }
  }
  return query
}

/** The last term may be one more word of a category that a term before it began. */
function extendTag(terms: Term[]): void {
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

/** One or two letters begin half the words there are; they are meant as a word of their own ('EU', 'AI'). */
function mayBePrefix(word: string): boolean {
  return word.length > 2 || isUnspaced(word)
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
