/** Parses dates of feeds: RFC 822, RFC 3339, W3CDTF and ISO 8601, then forms of no standard. */
import { parseFreeDate } from './free-form.ts'
import { dateAt, dayOfYear, fullYear, offsetMinutes } from './parts.ts'

/** RFC 3339 and W3CDTF, also with a space for the T, without a zone, with a comma in the seconds. */
const iso =
  /^(\d{4})-(\d{1,3})(?:-(\d{1,3})(?:[Tt\s]{1,3}(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,]\d{1,20})?)?\s{0,3}(Z|z|[+-]\d{1,2}:?\d{2}|[+-]\d{1,2}|[A-Za-z]{1,5})?Z?)?)?$/
/** RFC 822 and 2822: `Wed, 02 Oct 2002 13:00:00 GMT`, the day's name and the seconds optional. */
const rfc822 =
  /^(?:[A-Za-z]{2,9}\.?,?\s{0,3})?(\d{1,2})[\s-]{1,3}([A-Za-z]{3,9})\.?[\s-]{1,3}(\d{4}|\d{2}),?(?:\s{1,3}(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.\d{1,9})?)?\s{0,3}([A-Za-z]{1,5}|(?:GMT|UTC)?\s?[+-]\d{1,2}:?\d{2})?)?$/
const months = new Map(
  [...'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ').entries()].map(([n, m]) => [m, n]),
)

const longest = 100

/**
 * A date as ISO 8601 in UTC, or null. Defaults: zone UTC, time midnight, day and month the first. Years 1 to 9999.
 */
export function parseDate(text: string): string | null {
  const trimmed = text.length > longest ? '' : withSign(text.trim())
  if (trimmed === '') return null
  const time = fromIso(trimmed) ?? fromRfc822(trimmed) ?? fromIso8601(trimmed) ?? parseFreeDate(trimmed)
  if (time === null || !(time >= -62_135_596_800_000 && time < 253_402_300_800_000)) return null
  return new Date(time).toISOString()
}

/** Repairs the sign of a zone: a `+` decoded to a space, as in addresses, or a `-` that became a dash. */
function withSign(text: string): string {
  return text
    .replace(/%2b(?=\d\d:?\d\d$)/i, '+')
    .replace(/(:\d\d\s?)[\u2010-\u2015\u2212](?=\d\d:?\d\d$)/, '$1-')
    .replace(/(:\d\d(?:[.,]\d{1,9})?\s(?:(?:GMT|UTC)\s?)?)((?:0\d|1[0-4]):?(?:00|15|30|45))$/, '$1+$2')
}

function fromIso(text: string): number | null {
  const match = iso.exec(text)
  if (!match) return null
  const [, year, month, day = '1', hour = '0', minute = '0', second = '0', zone] = match
  // "2003-335" is a day of the year; "2003-012-31" has a month with an extra zero.
  if (match[3] === undefined && month!.length === 3) return dayOfYear(Number(year), Number(month))
  const offset = offsetMinutes(zone ?? '')
  if (offset === null) return null
  return dateAt(Number(year), Number(month) - 1, Number(day), [Number(hour), Number(minute), Number(second)], offset)
}

function fromRfc822(text: string): number | null {
  const match = rfc822.exec(text)
  if (!match) return null
  const month = months.get(match[2]!.slice(0, 3).toLowerCase())
  const offset = offsetMinutes(match[7] ?? '')
  if (month === undefined || offset === null) return null
  const [, day, , year, hour = '0', minute = '0', second = '0'] = match
  return dateAt(fullYear(year!), month, Number(day), [Number(hour), Number(minute), Number(second)], offset)
}

/** The short forms of ISO 8601 (1988): 2003, 20031231, 2003335, 03-12-31, 031231, 03335, -0312, -03-12. */
function fromIso8601(text: string): number | null {
  if (!/^-?[\d-]{2,10}(?:T[\d:]{2,8}(?:Z|[+-]\d{2}:?\d{2})?)?$/.test(text)) return null
  const [date = '', clock = ''] = text.split('T')
  const time = clockOf(clock)
  const read = (pattern: RegExp): string[] | null => pattern.exec(date)?.slice(1) ?? null
  const at = (year: string, month = '1', day = '1') => {
    const start = dateAt(fullYear(year), Number(month) - 1, Number(day), [0, 0, 0], 0)
    return start === null || time === null ? null : start + time
  }

  const full = read(/^(\d{4})(\d{2})(\d{2})$/) ?? read(/^(\d{2})-?(\d{2})-(\d{2})$/) ?? read(/^(\d{2})(\d{2})(\d{2})$/)
  if (full) return at(full[0]!, full[1], full[2])
  const short = read(/^(\d{4})$/) ?? read(/^-(\d{2})-?(\d{2})$/) ?? read(/^-(\d{2})$/)
  if (short) return at(short[0]!, short[1])
  const ordinal = read(/^(\d{4}|\d{2})-?(\d{3})$/)
  return ordinal ? dayOfYear(fullYear(ordinal[0]!), Number(ordinal[1])) : null
}

/** Milliseconds since midnight UTC of `10:14:55+01:00`; 0 for ''. */
function clockOf(clock: string): number | null {
  if (clock === '') return 0
  const match = /^(\d{2}):?(\d{2})?:?(\d{2})?(Z|[+-]\d{2}:?\d{2})?$/.exec(clock)
  const offset = match && offsetMinutes(match[4] ?? '')
  if (!match || offset === null) return null
  return (Number(match[1]) * 60 + Number(match[2] ?? 0) - offset) * 60_000 + Number(match[3] ?? 0) * 1000
}
