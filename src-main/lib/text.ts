/** Text fields of feeds: one line, without control characters and without marks that change the writing direction. */

import { withFewMarks, withoutC1 } from './text-marks.ts'

/** Control characters, and the marks that override writing direction (a title could write backwards over what follows). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what has to go
const unwanted = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff\ufff9-\ufffb]/g
const longestTitle = 500
/** Whether any of that, or white space other than single spaces, is there at all: mostly it is not. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const uncommon = /[\0-\x1f\x7f-\xa0\u1680\u2000-\u200a\u2028-\u202f\u205f\u2066-\u2069\u3000\ufeff\ufff9-\ufffb]| {2}/

/** White space that is not one plain space. */
const uneven = /[^\S ]|\s\s/

/** Each run of white space, no-break spaces included, as one space; none at the ends. */
export function collapse(text: string): string {
  return (uneven.test(text) ? text.replace(/\s+/g, ' ') : text).trim()
}

/** A text field as it may be shown: one line of at most `longest` characters. */
export function cleanText(text: string, longest = longestTitle): string {
  const start = text.slice(0, longest * 8)
  const line = uncommon.test(start) ? withoutC1(start).replace(/\s+/g, ' ').replace(unwanted, '') : start
  return shortened(withFewMarks(line).trim(), longest).toWellFormed()
}

/** The beginning of a text, cut between words and marked with an ellipsis; at most `longest` characters. */
export function shortened(text: string, longest: number): string {
  if (text.length <= longest) return text
  const cut = text.slice(0, longest - 1)
  const space = cut.lastIndexOf(' ')
  // A text without spaces (Chinese, a long address) is cut where it has to be, though not within a character.
  const end = space > longest * 0.6 ? space : longest - 1
  return `${cut
    .slice(0, end)
    .replace(/[\ud800-\udbff]$/, '')
    .replace(/[\s,;:.–—-]+$/, '')}…`
}
