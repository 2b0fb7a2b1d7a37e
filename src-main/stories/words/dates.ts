/** Dates in titles: two articles with 'March 10, 2014' in them have nothing in common by that. */
import { foldText } from '../../api/search/letters.ts'

const names = new Map<string, { months: Set<string>; weekdays: Set<string> }>()

/** The long names only: 'sun', 'mar' and 'sat' are words. Inflected as in a date ('3 марта') and as they stand alone. */
function namesOf(language: string) {
  const known = names.get(language)
  if (known) return known
  const list = (count: number, form: Intl.DateTimeFormatOptions, step: number) => {
    const format = new Intl.DateTimeFormat(language, { ...form, timeZone: 'UTC' })
    return Array.from({ length: count }, (_, index) =>
      format
        .formatToParts(Date.UTC(2024, 0, 7) + index * step)
        .find(({ type }) => type === 'month' || type === 'weekday'),
    ).map(part => foldText(part?.value ?? ''))
  }
  const month = 30.4 * 24 * 60 * 60 * 1_000
  const made = {
    months: new Set([...list(12, { month: 'long' }, month), ...list(12, { month: 'long', day: 'numeric' }, month)]),
    weekdays: new Set(list(7, { weekday: 'long' }, 24 * 60 * 60 * 1_000)),
  }
  names.set(language, made)
  return made
}

const year = /^(?:19|20)\d\d$/
const dayOfMonth = /^\d{1,2}(?:st|nd|rd|th)?$/

/** Which of these words, folded and in their order, belong to a date: years, months with their days, days of the week. */
export function dateWords(words: string[], language: string | null): boolean[] {
  const { months, weekdays } = namesOf(language ?? 'en')
  const isMonth = (at: number) => months.has(words[at] ?? '')
  return words.map(
    (word, at) =>
      year.test(word) ||
      months.has(word) ||
      weekdays.has(word) ||
      (dayOfMonth.test(word) && (isMonth(at - 1) || isMonth(at + 1))),
  )
}
