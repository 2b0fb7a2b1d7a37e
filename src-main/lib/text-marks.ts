/** Text that no language is written in, but that takes a browser minutes to lay out, made into text that it lays out at once. */

/**
 * How many marks one letter keeps. Hebrew with vowels and cantillation has up to five, Tibetan stacks and Vietnamese fewer;
 * no script needs more than this. A hundred thousand of them on one letter take Chromium 20 s.
 */
const mostMarks = 8

/** Marks, and what joins letters without being one: none of these begins a letter of its own. */
const attached = '(?:\\p{M}|\\u200c|\\u200d|\\u2060|\\ufeff)'
const manyAttached = new RegExp(`(${attached}{${mostMarks}})${attached}+`, 'gu')
/** Whether there can be any of it. */
const mayBeAttached = new RegExp(
  '[\\u0300-\\u036f\\u0483-\\u1fff\\u20d0-\\u20ff\\u2cef-\\u302f\\u3099\\u309a\\ua66f-\\uabed\\ud800-\\udfff\\ufb1e-\\ufeff]' +
    '|\\u200c|\\u200d|\\u2060',
)

const leading = new RegExp(`^${attached}+`, 'u')
const trailing = new RegExp(`${attached}+$`, 'u')

/** `text` with at most so many marks on each letter. `before`: how many the letter has that it continues. */
export function withFewMarks(text: string, before = 0): string {
  if (text.length + before <= mostMarks || !mayBeAttached.test(text)) return text
  const first = before > 0 ? (leading.exec(text)?.[0] ?? '') : ''
  const kept =
    before + first.length <= mostMarks
      ? text
      : first.slice(0, Math.max(0, mostMarks - before)) + text.slice(first.length)
  return kept.replace(manyAttached, '$1')
}

/** How many marks the last letter has; `before` where the text has none but marks. */
export function marksAtEnd(text: string, before = 0): number {
  const end = text.slice(-2 * mostMarks)
  const marks = mayBeAttached.test(end) ? (trailing.exec(end)?.[0].length ?? 0) : 0
  return marks === text.length ? Math.min(before + marks, mostMarks) : marks
}

/** Whether `char` goes with the letter before it. */
export function isAttached(char: string): boolean {
  return beginsAttached.test(char)
}

const beginsAttached = new RegExp(`^(?:${attached}|[\\udc00-\\udfff])`, 'u')

/** What windows-1252 has where Unicode has control characters that no text contains; empty where it has nothing. */
const windows1252 = '€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ'
const c1 = /[\x80-\x9f]/g

/** Characters U+0080 to U+009F are bytes of windows-1252 that someone took for Latin 1 (HTML reads `&#150;` so, too). */
export function withoutC1(text: string): string {
  return text.replace(c1, char => windows1252[char.charCodeAt(0) - 0x80]?.replace('\0', '') ?? '')
}
