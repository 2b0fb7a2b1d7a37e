/** Times and numbers as this user's locale writes them. The time 'now' is always passed in. */

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

const numbers = new Intl.NumberFormat()
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto', style: 'short' })
const clockTime = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' })
const monthDay = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' })
const shortDate = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' })
const longDay = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' })
const longDate = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'long' })
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'short' })
const dayDate = new Intl.DateTimeFormat(undefined, { dateStyle: 'long' })
const dateAndTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'long', timeStyle: 'short' })

export const formatNumber = (value: number): string => numbers.format(value)

/** '18 min', '3 hr', '14:05 yesterday' is too long for a row: within a day relative, then the date. */
export function rowTime(at: number, now: number): string {
  const age = now - at
  if (age < minute) return relative.format(0, 'second')
  if (age < hour) return relative.format(-Math.floor(age / minute), 'minute')
  if (age < day) return relative.format(-Math.floor(age / hour), 'hour')
  if (age < 7 * day) return relative.format(-Math.floor(age / day), 'day')
  const isThisYear = new Date(at).getFullYear() === new Date(now).getFullYear()
  return (isThisYear ? monthDay : shortDate).format(at)
}

/** '3 hours ago', however long it is. */
export function agoText(at: number, now: number): string {
  const age = Math.max(0, now - at)
  const long = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' })
  if (age < minute) return long.format(0, 'second')
  if (age < hour) return long.format(-Math.floor(age / minute), 'minute')
  if (age < day) return long.format(-Math.floor(age / hour), 'hour')
  if (age < 60 * day) return long.format(-Math.floor(age / day), 'day')
  if (age < 730 * day) return long.format(-Math.floor(age / (30.44 * day)), 'month')
  return long.format(-Math.floor(age / (365.25 * day)), 'year')
}

/** 'in 9 minutes', in whole ones; 'now' for what is due. */
export function inText(at: number, now: number): string {
  const wait = at - now
  const long = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' })
  if (wait <= 0) return long.format(0, 'second')
  if (wait < hour) return long.format(Math.max(1, Math.round(wait / minute)), 'minute')
  return long.format(Math.round(wait / hour), 'hour')
}

export const absoluteTime = (at: number): string => dateAndTime.format(at)
export const fullTime = (at: number): string => full.format(at)
export const timeOfDay = (at: number): string => clockTime.format(at)

/** '14:30' of today, else with its date. */
export const timeText = (at: number, now: number): string =>
  startOfDay(at) === startOfDay(now) ? timeOfDay(at) : absoluteTime(at)

/** 'Friday'. */
export const weekdayOf = (at: number): string => weekday.format(at)

/** The line under the nameplate. */
export const dateline = (at: number): string => longDate.format(at)

/** Midnight at the start of the local day that `at` falls in. */
export function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0)
}

/** The heading of a day's articles: 'Today', 'Yesterday', 'Monday 3 May', with the year when it is another. */
export function dayTitle(at: number, now: number, words: { today: string; yesterday: string }): string {
  const start = startOfDay(at)
  const today = startOfDay(now)
  if (start >= today) return words.today
  // A day may have 23 or 25 hours: go by the calendar.
  if (start >= startOfDay(today - 1)) return words.yesterday
  return (new Date(at).getFullYear() === new Date(now).getFullYear() ? longDay : longDate).format(at)
}

/** '12 March 2026'. */
export const dayOf = (at: number): string => dayDate.format(at)

/** '1:02:03' or '4:05' of seconds. */
export function playingTime(seconds: number): string {
  const [hours, minutes, rest] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, Math.floor(seconds) % 60]
  const two = (value: number) => String(value).padStart(2, '0')
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`
}

/** '4.2 MB' of so many bytes. */
export function byteSize(bytes: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte']
  const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  return new Intl.NumberFormat(undefined, {
    style: 'unit',
    unit: units[step],
    // '0 byte' is no English.
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: step > 1 ? 1 : 0,
  }).format(bytes / 1_000 ** step)
}
