/** Limits combining marks, since a browser takes minutes to lay out text that no language has; repairs C1 characters. */

/**
 * Combining marks on one letter. Hebrew with vowels and cantillation has up to five, Tibetan and Vietnamese fewer. A hundred
 * thousand on one letter take Chromium 20 s.
 */
const mostMarks = 8

/** Marks, joiners and invisible characters, none of which begins a letter. */
const attached = '(?:\\p{M}|\\u200c|\\u200d|\\u2060|\\ufeff)'
const manyAttached = new RegExp(`(${attached}{${mostMarks}})${attached}+`, 'gu')
/** A quick test. */
const mayBeAttached = new RegExp(
  '[\\u0300-\\u036f\\u0483-\\u1fff\\u20d0-\\u20ff\\u2cef-\\u302f\\u3099\\u309a\\ua66f-\\uabed\\ud800-\\udfff\\ufb1e-\\ufeff]' +
    '|\\u200c|\\u200d|\\u2060',
)

const leading = new RegExp(`^${attached}+`, 'u')
const trailing = new RegExp(`${attached}+$`, 'u')

/** `text` within the limit. `before`: marks on the letter that precedes it. */
export function withFewMarks(text: string, before = 0): string {
  if (text.length + before <= mostMarks || !mayBeAttached.test(text)) return text
  const first = before > 0 ? (leading.exec(text)?.[0] ?? '') : ''
  const kept =
    before + first.length <= mostMarks
      ? text
      : first.slice(0, Math.max(0, mostMarks - before)) + text.slice(first.length)
  return kept.replace(manyAttached, '$1')
}

/** Marks on the last letter; those of `before` count if the text is all marks. */
export function marksAtEnd(text: string, before = 0): number {
  const end = text.slice(-2 * mostMarks)
  const marks = mayBeAttached.test(end) ? (trailing.exec(end)?.[0].length ?? 0) : 0
  return marks === text.length ? Math.min(before + marks, mostMarks) : marks
}

/** Whether `char` belongs to the letter before it. */
export function isAttached(char: string): boolean {
  return beginsAttached.test(char)
}

const beginsAttached = new RegExp(`^(?:${attached}|[\\udc00-\\udfff])`, 'u')

/** The characters of windows-1252 at U+0080 to U+009F, where Unicode has control characters; \0 for none. */
const windows1252 = '€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ'
const c1 = /[\x80-\x9f]/g

/** Replaces U+0080 to U+009F: bytes of windows-1252 that were decoded as Latin-1 (HTML reads `&#150;` so, too). */
export function withoutC1(text: string): string {
  return text.replace(c1, char => windows1252[char.charCodeAt(0) - 0x80]?.replace('\0', '') ?? '')
}
