/** Text fields of feeds: one line, without control characters and without marks that change the writing direction. */

import { withFewMarks, withoutC1 } from './text-marks.ts'

/** Control characters, and those that change the writing direction: a title could reverse the text after it. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what has to go
const unwanted = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff\ufff9-\ufffb]/g
const longestTitle = 500
/** A quick test for these, and for white space other than single spaces. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const uncommon = /[\0-\x1f\x7f-\xa0\u1680\u2000-\u200a\u2028-\u202f\u205f\u2066-\u2069\u3000\ufeff\ufff9-\ufffb]| {2}/

/** White space that is not one plain space: replacing these only takes a third of the time of replacing all. */
const uneven = / \s+|[^\S ]\s*/g

/** Each run of white space, no-break spaces included, as one space; none at the ends. */
export function collapse(text: string): string {
  return text.replace(uneven, ' ').trim()
}

/** One line of at most `longest` characters, fit to be shown. */
export function cleanText(text: string, longest = longestTitle): string {
  const start = text.slice(0, longest * 8)
  const line = uncommon.test(start) ? withoutC1(start).replace(/\s+/g, ' ').replace(unwanted, '') : start
  return shortened(withFewMarks(line).trim(), longest).toWellFormed()
}

/** The beginning of a text, cut between words, with an ellipsis; at most `longest` characters. */
export function shortened(text: string, longest: number): string {
  if (text.length <= longest) return text
  const cut = text.slice(0, longest - 1)
  const space = cut.lastIndexOf(' ')
  // Text without spaces (Chinese, a long address) is cut anywhere, but not within a surrogate pair.
  const end = space > longest * 0.6 ? space : longest - 1
  return `${cut
    .slice(0, end)
    .replace(/[\ud800-\udbff]$/, '')
    .replace(/[\s,;:.–—-]+$/, '')}…`
}
