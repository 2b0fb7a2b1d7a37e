/** Parts of dates: calendar, years of two digits, zones by name and by number. */
import { minute } from '../../lib/time.ts'

/** Names of zones by hours from UTC. Of two zones with one name, the one that publishers mean. */
const zones = new Map(
  Object.entries({
    '-10': 'hst',
    '-9': 'akt akst',
    '-8': 'pst pt akdt',
    '-7': 'mst mt pdt',
    '-6': 'cst ct mdt',
    '-5': 'est et cdt cot',
    '-4': 'edt at ast clt',
    '-3.5': 'nt nst',
    '-3': 'adt brt art',
    '-2.5': 'ndt',
    '0': 'z ut utc gmt wet',
    '1': 'west bst cet mez met wat',
    '2': 'cest mesz mest eet sast cat',
    '3': 'eest eat trt msk',
    '4': 'msd gst',
    '5': 'pkt',
    '5.5': 'ist',
    '7': 'wib ict',
    '8': 'sgt hkt pht awst',
    '9': 'kst jst',
    '9.5': 'acst',
    '10': 'aest',
    '10.5': 'acdt',
    '11': 'aedt',
    '12': 'nzst',
    '13': 'nzdt',
  }).flatMap(([hours, names]) => names.split(' ').map((name): [string, number] => [name, Number(hours)])),
)

/** Military letters, whose signs are wrong in RFC 822; RFC 2822, 4.3, reads all of them as UTC. */
const letter = /^[a-ik-z]$/

/** Minutes east of UTC of `EST`, `+0200`, `-01:01`, `GMT+2`; 0 for ''; null if it is no zone. */
export function offsetMinutes(zone: string): number | null {
  const name = zone.trim().toLowerCase()
  if (name === '') return 0
  const named = zones.get(name)
  if (named !== undefined) return named * 60
  if (letter.test(name)) return 0
  const numeric = /^(?:gmt|utc|ut|z)?\s?([+-])(\d{1,2})(?::?(\d{2}))?$/.exec(name)
  if (!numeric) return null
  const size = Number(numeric[2]) * 60 + Number(numeric[3] ?? 0)
  return numeric[1] === '-' ? -size : size
}

/** RFC 2822, 4.3: 00 to 49 are this century, 50 to 99 the last; three digits count from 1900. */
export function fullYear(text: string): number {
  const year = Number(text)
  if (text.length > 3) return year
  if (text.length === 3) return 1900 + year
  return year < 50 ? 2000 + year : 1900 + year
}

/** Hour, minute, second. */
export type TimeOfDay = [number, number, number]

/** Ms since 1970, or null if there is no such date. Months from 0, `offset` in minutes. Leap seconds and 24:00 roll over. */
export function dateAt(y: number, month: number, day: number, [h, m, s]: TimeOfDay, offset: number): number | null {
  if (month < 0 || month > 11 || day < 1 || day > daysIn(y, month) || h > 24 || m > 59 || s > 61) return null
  if (h === 24 && (m > 0 || s > 0)) return null
  const date = new Date(0)
  date.setUTCFullYear(y, month, day)
  date.setUTCHours(h, m, s)
  return date.getTime() - offset * minute
}

export function dayOfYear(year: number, day: number): number | null {
  const date = new Date(0)
  date.setUTCFullYear(year, 0, day)
  return day >= 1 && date.getUTCFullYear() === year ? date.getTime() : null
}

function daysIn(year: number, month: number): number {
  const date = new Date(0)
  date.setUTCFullYear(year, month + 1, 0)
  return date.getUTCDate()
}
