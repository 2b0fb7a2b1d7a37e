/** How often the publisher wants to be polled: RSS ttl, skipHours and skipDays, and the syndication module of RSS 1.0. */

import { children, type Fields, first, firstText, textOf } from '../xml/fields.ts'
import { wholeNumber } from './media.ts'

const periods = new Map([
  ['hourly', 60],
  ['daily', 24 * 60],
  ['weekly', 7 * 24 * 60],
  ['monthly', 30 * 24 * 60],
  ['yearly', 365 * 24 * 60],
])
const days = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']

export type Polling = { ttl: number | null; skipHours: number[]; skipDays: number[] }

/** `ttl` in minutes; hours 0 to 23 UTC; days from Sunday = 0. */
export function polling(fields: Fields): Polling {
  const ttl = wholeNumber(firstText(fields, 'ttl'))
  return { ttl: ttl ?? updatePeriod(fields), skipHours: skipHours(fields), skipDays: skipDays(fields) }
}

/** sy:updatePeriod divided by sy:updateFrequency. Defaults: daily, once. */
function updatePeriod(fields: Fields): number | null {
  const period = firstText(fields, 'sy:updateperiod').toLowerCase()
  const frequency = wholeNumber(firstText(fields, 'sy:updatefrequency'))
  if (period === '' && frequency === null) return null
  const minutes = periods.get(period || 'daily')
  return minutes === undefined ? null : Math.max(1, Math.round(minutes / Math.max(1, frequency ?? 1)))
}

/** RSS 0.91 counts hours from 1 to 24, RSS 2.0 from 0 to 23: 24 and 0 are the same hour. */
function skipHours(fields: Fields): number[] {
  const list = first(fields, 'skiphours')
  const hours = list ? children(list, 'hour').map(node => wholeNumber(textOf(node))) : []
  return unique(hours.flatMap(hour => (hour !== null && hour <= 24 ? [hour % 24] : [])))
}

function skipDays(fields: Fields): number[] {
  const list = first(fields, 'skipdays')
  const named = list ? children(list, 'day').map(node => days.indexOf(textOf(node).trim().toLowerCase())) : []
  return unique(named.filter(day => day >= 0))
}

function unique(numbers: number[]): number[] {
  return [...new Set(numbers)].sort((a, b) => a - b)
}
