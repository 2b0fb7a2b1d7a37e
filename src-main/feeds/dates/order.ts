/**
 * Whether `03/11/2026` is in March or in November. One date seldom shows it, but all dates of a feed together mostly do, since
 * they are written in one order.
 */
import { fullYear } from './parts.ts'

/** Two numbers of one or two digits and a year. With hyphens and a short year, the year is first (ISO 8601, 1988). */
const numeric = /(?<![\d/.-])(\d{1,2})(?:\/(\d{1,2})\/(\d{4}|\d{2})|-(\d{1,2})-(\d{4}))(?![\d/-])/
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']
const weekdayName = /\b(sun|mon|tue|wed|thu|fri|sat)/i
const longest = 100

/** As written: the day is `first` or `second`. */
type NumericDate = { first: number; second: number; year: number; hasSlash: boolean; weekday: number }
type Order = 'day-first' | 'month-first'

/** From all dates of a feed, makes a function that rewrites ambiguous ones (`2026-11-03`) and returns others unchanged. */
export function dateOrder(texts: string[], language: string): (text: string) => string {
  const dates = texts.map(numericDate).filter(date => date !== null)
  if (dates.length === 0) return text => text
  const slashed = orderOf(
    dates.filter(date => date.hasSlash),
    orderIn(language),
    'month-first',
  )
  const hyphened = orderOf(
    dates.filter(date => !date.hasSlash),
    'day-first',
    'day-first',
  )
  return text => {
    const date = numericDate(text)
    if (!date || !isAmbiguous(date)) return text
    const { first, second, year, hasSlash } = date
    const [day, month] = (hasSlash ? slashed : hyphened) === 'day-first' ? [first, second] : [second, first]
    return text.replace(numeric, `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`)
  }
}

function two(number: number): string {
  return String(number).padStart(2, '0')
}

function numericDate(text: string): NumericDate | null {
  const match = text.length > longest ? null : numeric.exec(text)
  if (!match) return null
  const [, first, slashed, slashYear, hyphened, hyphenYear] = match
  return {
    first: Number(first),
    second: Number(slashed ?? hyphened),
    year: fullYear(slashYear ?? hyphenYear ?? ''),
    hasSlash: slashed !== undefined,
    weekday: weekdays.indexOf(weekdayName.exec(text)?.[1]?.toLowerCase() ?? ''),
  }
}

function isAmbiguous({ first, second }: NumericDate): boolean {
  return first <= 12 && second <= 12
}

/** By unambiguous dates, then by the order of the items, the language, and the number that changes more slowly. */
function orderOf(dates: NumericDate[], inLanguage: Order | null, otherwise: Order): Order {
  let votes = 0
  for (const date of dates) votes += vote(date)
  if (votes !== 0) return votes > 0 ? 'day-first' : 'month-first'
  return orderOfItems(dates) ?? inLanguage ?? slowerNumber(dates) ?? otherwise
}

/** 1 if the date can only be day first, -1 if it can only be month first, 0 if both are possible. */
function vote(date: NumericDate): number {
  const { first, second, weekday } = date
  if (first > 12 || second > 12) return first > 12 ? (second > 12 ? 0 : 1) : -1
  if (weekday < 0 || first === second) return 0
  const isDayFirst = new Date(timeOf(date, 'day-first')).getUTCDay() === weekday
  const isMonthFirst = new Date(timeOf(date, 'month-first')).getUTCDay() === weekday
  return Number(isDayFirst) - Number(isMonthFirst)
}

function timeOf({ first, second, year }: NumericDate, order: Order): number {
  return order === 'day-first' ? Date.UTC(year, second - 1, first) : Date.UTC(year, first - 1, second)
}

/** Items are sorted by date, so the order in which they are is the right one. */
function orderOfItems(dates: NumericDate[]): Order | null {
  if (dates.length < 3) return null
  const difference = breaks(dates, 'day-first') - breaks(dates, 'month-first')
  return difference === 0 ? null : difference < 0 ? 'day-first' : 'month-first'
}

/** Steps against the prevailing direction in time. */
function breaks(dates: NumericDate[], order: Order): number {
  let up = 0
  let down = 0
  for (let at = 1; at < dates.length; at++) {
    const step = timeOf(dates[at]!, order) - timeOf(dates[at - 1]!, order)
    if (step > 0) up++
    if (step < 0) down++
  }
  return Math.min(up, down)
}

/** Days change from item to item while the month stays. */
function slowerNumber(dates: NumericDate[]): Order | null {
  const firsts = new Set(dates.map(date => date.first)).size
  const seconds = new Set(dates.map(date => date.second)).size
  if (Math.max(firsts, seconds) < 3 || firsts === seconds) return null
  return firsts > seconds ? 'day-first' : 'month-first'
}

/** The usual order of a language: month first in the United States, and where dates begin with the year. */
function orderIn(language: string): Order | null {
  const [name = '', ...rest] = language.trim().toLowerCase().split(/[-_]/)
  if (!/^[a-z]{2,3}$/.test(name)) return null
  if (['zh', 'ja', 'ko'].includes(name)) return 'month-first'
  if (name !== 'en') return 'day-first'
  const place = rest.find(part => /^[a-z]{2}$/.test(part))
  if (place === undefined || place === 'ca') return null
  return ['us', 'ph', 'pr', 'um'].includes(place) ? 'month-first' : 'day-first'
}
