/** Parses dates of no standard: other languages, am and pm, ordinals, slashes. Each word is identified by itself. */
import { dateAt, fullYear, offsetMinutes, type TimeOfDay } from './parts.ts'

/**
 * Prefixes of month names in the languages of feeds, without accents and case, each long enough to match no other word of a
 * date. Polish comes before Croatian, in which `lip` and `lis` are other months.
 */
const monthBeginnings = [
  'jan gen ene janv styc sty led янв січ ιαν sij oca tammi',
  'feb fev fevr lut unor úno фев лют φεβ φεβρ velj şub sub helmi',
  'mar mär mrz maa mrt brez bře мар бер μαρ μάρ ozu маа',
  'apr avr abr kwi dub dube апр кві απρ tra nis huhti',
  'may mai mag mei maj kve май мая тра μαι svi touko',
  'jun juin giu cze čer červen июн чер ιουν lipnja lipanj haz kesa',
  'jul juil lug lip červenec июл лип ιουλ srp tem heina',
  'aug aou ago sie srpen авг сер αυγ kol agu elo',
  'sep sept set wrz zari zář сен вер σεπ ruj eyl syys',
  'oct okt ott out paz říj окт жов οκτ eki loka',
  'nov lis listopad ноя лис νοε νοέ stu kas marras',
  'dec dez dic déc gru pros дек гру δεκ pro ara joulu des',
].map(line => line.split(' ').map(bare))

/** Longer beginnings are tried first, so that `lipc` (Polish July) is not `lip`. */
const monthByBeginning = monthBeginnings
  .flatMap((beginnings, month) => beginnings.map(beginning => ({ beginning, month })))
  .sort((a, b) => b.beginning.length - a.beginning.length)

/** Words between the parts of a date. */
const particles = new Set('t de del of at um uhr kl a la le den the г год года в р'.split(' '))
const afternoon = /^(?:pm|p\.m|오후|午後|下午|μμ)$/
const morning = /^(?:am|a\.m|오전|午前|上午|πμ)$/

type DateParts = {
  day?: number
  month?: number
  year?: number
  clock?: TimeOfDay
  half?: 'a' | 'p'
}

/** Ms since 1970, or null, of a text of at most 100 characters. */
export function parseFreeDate(text: string): number | null {
  const unix = /^(\d{9,10})(\d{3})?$/.exec(text)
  if (unix) return Number(unix[1]) * 1000 + Number(unix[2] ?? 0)

  const found: DateParts = {}
  // The C library's form has the zone before the year: `Sun Jan  4 16:29:06 PST 2004`.
  const zone = takeZone(text.replace(/(:\d\d)\s{1,3}([A-Z]{1,5}|[+-]\d{2}:?\d{2})\s{1,3}(\d{4})$/, '$1 $3 $2'))
  if (zone.offset === null) return null
  const rest = takeNumbers(takeClock(zone.rest, found), found)
  for (const word of rest.split(/[\s,.;/|()-]+/)) if (!takeWord(word, found)) return null
  // Of "Nov. 2020" it is the first day.
  const { day = 1, month, year } = found
  if (month === undefined || year === undefined) return null
  let [hour, minute, second] = found.clock ?? [0, 0, 0]
  if (found.half === 'p' && hour < 12) hour += 12
  if (found.half === 'a' && hour === 12) hour = 0
  return dateAt(year, month, day, [hour, minute, second], zone.offset)
}

/** The zone is at the end: a number, a name in capitals, or one of the IANA database. */
function takeZone(text: string): { rest: string; offset: number | null } {
  const korean = /[년월일]|오[전후]/.test(text) ? 9 * 60 : 0
  const numeric =
    /\s?\(?((?:GMT|UTC|Z)?\s?[+-]\d{2}:?\d{2}|(?:GMT|UTC)[+-]\d{1,2})Z?\)?(?:\s\([A-Za-z ]{1,40}\))?$/.exec(text)
  // "2018-12-12" ends like a zone, but zones follow a time.
  if (numeric && text.slice(0, numeric.index).includes(':')) {
    return { rest: text.slice(0, numeric.index), offset: offsetMinutes(numeric[1]!.replace(/\s/, '')) }
  }
  const named = /\s?\(?\b([A-Z]{1,5})\)?$/.exec(text)
  const offset = named && named[1] !== 'AM' && named[1] !== 'PM' ? offsetMinutes(named[1]!) : null
  if (named && offset !== null) return { rest: text.slice(0, named.index), offset }
  const place = /\s([A-Z][A-Za-z_]{1,20}\/[A-Z][A-Za-z_]{1,20})$/.exec(text)
  if (place) return { rest: text.slice(0, place.index), offset: offsetAtPlace(place[1]!, text.slice(0, place.index)) }
  return { rest: text, offset: korean }
}

/** The offset on that day, with daylight saving time. */
function offsetAtPlace(place: string, date: string): number | null {
  const at = parseFreeDate(date)
  if (at === null) return null
  try {
    const name = new Intl.DateTimeFormat('en', { timeZone: place, timeZoneName: 'longOffset' })
      .formatToParts(at)
      .find(part => part.type === 'timeZoneName')?.value
    return offsetMinutes(name ?? '')
  } catch {
    // Not a place of the IANA database.
    return null
  }
}

function takeClock(text: string, found: DateParts): string {
  const clock = /(?:T|\b)(\d{1,2})\s?[:h]\s?(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?(?:\s?([ap])\.?m\b\.?)?/i.exec(text)
  if (!clock) return text
  found.clock = [Number(clock[1]), Number(clock[2]), Number(clock[3] ?? 0)]
  if (clock[4]) found.half = clock[4].toLowerCase() === 'p' ? 'p' : 'a'
  return without(clock, text)
}

/** Takes a date in numbers: year first, or day and month in the order that their values and separators imply. */
function takeNumbers(text: string, found: DateParts): string {
  const yearFirst = /(?<!\d)(\d{4})\s?[-/.년年]\s?(\d{1,2})\s?[-/.월月]\s?(\d{1,2})(?:일|日)?/.exec(text)
  const yearLast = /\b(\d{1,2})(\/|\.|-|\s)\s?(\d{1,2})\2\s?(\d{4}|\d{2})\b/.exec(text)
  if (yearFirst) {
    setDay(found, Number(yearFirst[3]), Number(yearFirst[2]), yearFirst[1]!)
    return without(yearFirst, text)
  }
  if (!yearLast) return takeMonth(text, found)
  const [first, second] = [Number(yearLast[1]), Number(yearLast[3])]
  // Month first only with slashes, and only if the numbers allow it.
  const isMonthFirst = second > 12 || (yearLast[2] === '/' && first <= 12)
  setDay(found, isMonthFirst ? second : first, isMonthFirst ? first : second, yearLast[4]!)
  return without(yearLast, text)
}

function without(match: RegExpExecArray, text: string): string {
  return `${text.slice(0, match.index)} ${text.slice(match.index + match[0].length)}`
}

/** A month without a day, in numbers: `11/2020`, `2020年11月`. It means its first day. */
function takeMonth(text: string, found: DateParts): string {
  const match = /^(?:(\d{1,2})[/.-](\d{4})|(\d{4})\s?[/.年년]\s?(\d{1,2})[月월]?)$/.exec(text.trim())
  if (!match) return text
  setDay(found, 1, Number(match[1] ?? match[4]), match[2] ?? match[3] ?? '')
  return ''
}

function setDay(found: DateParts, day: number, month: number, year: string): void {
  found.day = day
  found.month = month - 1
  found.year = fullYear(year)
}

/** Whether the word is part of a date, or may be a weekday. */
function takeWord(word: string, found: DateParts): boolean {
  const lower = bare(word)
  if (lower === '' || particles.has(lower)) return true
  if (afternoon.test(lower)) found.half = 'p'
  else if (morning.test(lower)) found.half = 'a'
  else if (/^\d/.test(lower)) return takeNumber(lower, found)
  else if (found.month === undefined && found.day !== undefined && monthOf(lower) === undefined) return false
  // Before the day comes the weekday or the month ("March 30 2020"); a later month overrides it.
  else if (found.year === undefined || found.month === undefined) found.month = monthOf(lower) ?? found.month
  return true
}

function takeNumber(word: string, found: DateParts): boolean {
  const match = /^(\d{1,4})(?:st|nd|rd|th|er|e|o|º|ª)?$/.exec(word)
  if (!match) return false
  if (match[1]!.length < 3 && found.day === undefined) found.day = Number(match[1])
  else if (found.year === undefined) found.year = fullYear(match[1]!)
  else return false
  return true
}

function monthOf(word: string): number | undefined {
  return monthByBeginning.find(({ beginning }) => word.startsWith(beginning))?.month
}

/** Lower case without accents: "Déc." and "dec" are one. */
function bare(word: string): string {
  // Composed again, since Korean is decomposed into letters.
  return word.normalize('NFD').replace(/\p{M}/gu, '').normalize('NFC').toLowerCase().replace(/\.$/, '')
}
