/** Whether a line says who wrote an article and when, and nothing else. */

export type Byline = { author: string; publishedAt: number; language: string }

/** Between a name and a date, in the languages that most feeds are in. */
const linking =
  'by von par por di da de av af door przez od posted published written on at in the am um uhr le el il a à um del du en'

const longest = 140

/** `line` repeats it: the author's name or the day, and no other word or number. */
export function isByline(line: string, { author, publishedAt, language }: Byline): boolean {
  const text = line.trim()
  if (text === '' || text.length > longest) return false
  const names = new Set(wordsIn(author))
  const { words, numbers, isOfDay } = datesOf(publishedAt, language)
  const found = wordsIn(text)
  const isNamed = names.size > 0 && [...names].every(name => found.includes(name))
  if (!isNamed && !isOfDay(found)) return false
  // A time of day is one, whatever the zone.
  const rest = wordsIn(text.replace(/\b\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?\b/g, ' '))
  const known = new Set([...names, ...words, ...linking.split(' '), 'pm', 'utc', 'gmt', 'est', 'edt', 'cet', 'cest'])
  return rest.every(word => known.has(word) || numbers.has(Number(word)))
}

/** Of the day and those beside it, for it may be another one where the publisher is. */
function datesOf(at: number, language: string) {
  const days = [-1, 0, 1].map(by => new Date(at + by * 86_400_000))
  const words = days.flatMap(day => ['en', language || 'en'].flatMap(tag => dayWords(day, tag)))
  const numbers = new Set(days.flatMap(day => [day.getUTCFullYear(), day.getUTCMonth() + 1, day.getUTCDate()]))
  const isOfDay = (found: string[]) =>
    days.some(
      day => found.includes(String(day.getUTCFullYear())) && found.some(word => Number(word) === day.getUTCDate()),
    )
  return { words, numbers, isOfDay }
}

function dayWords(day: Date, language: string): string[] {
  try {
    return (['long', 'short'] as const).flatMap(length =>
      wordsIn(new Intl.DateTimeFormat(language, { weekday: length, month: length, timeZone: 'UTC' }).format(day)),
    )
  } catch {
    // No language of a feed is trusted to be one.
    return []
  }
}

/** Ordinals as numbers: '3rd' is 3. */
function wordsIn(text: string): string[] {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/(\d)(?:st|nd|rd|th)\b/g, '$1')
  return plain.match(/\p{L}[\p{L}\p{M}']*|\d+/gu) ?? []
}
