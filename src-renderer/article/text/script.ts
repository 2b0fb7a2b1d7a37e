/** In which script an article is written: told from its letters, since many feeds name a language that is not theirs. */

export type Script = 'cjk' | 'rtl' | 'other'
type Written = { script: Script; direction: 'ltr' | 'rtl' }

/** Letters that are looked at. */
const sample = 3_000
const fromRight = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/gu
const eastAsian = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}]/gu
/** A letter of Chinese says as much as two or three of an alphabet: a few English names make no text English. */
const eastAsianWeight = 2.5

/** By what most of the letters are. */
export function scriptOf(text: string): Written {
  const start = text.slice(0, sample)
  const letters = count(start, /\p{L}/gu)
  const rtl = count(start, fromRight)
  const cjk = count(start, eastAsian)
  if (rtl > letters / 2) return { script: 'rtl', direction: 'rtl' }
  return { script: cjk > 0 && cjk * eastAsianWeight > letters - cjk ? 'cjk' : 'other', direction: 'ltr' }
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0
}
