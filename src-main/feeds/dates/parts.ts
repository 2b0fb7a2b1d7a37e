/** The parts of a date: calendar, years of two digits, zones by name and by number. */
import { minute } from '../../lib/time.ts'

/** Hours from UTC by the names feeds use. Where two zones share a name, the one that publishers mean. */
const zones = new Map<string, number>(
  Object.entries({
    z: 0,
    ut: 0,
    utc: 0,
    gmt: 0,
    wet: 0,
    west: 1,
    bst: 1,
    cet: 1,
    mez: 1,
    met: 1,
    cest: 2,
    mesz: 2,
    mest: 2,
    eet: 2,
    eest: 3,
    sast: 2,
    cat: 2,
    wat: 1,
    eat: 3,
    trt: 3,
    msk: 3,
    msd: 4,
    gst: 4,
    ist: 5.5,
    pkt: 5,
    wib: 7,
    ict: 7,
    sgt: 8,
    hkt: 8,
    pht: 8,
    awst: 8,
    kst: 9,
    jst: 9,
    acst: 9.5,
    acdt: 10.5,
    aest: 10,
    aedt: 11,
    nzst: 12,
    nzdt: 13,
    est: -5,
    edt: -4,
    et: -5,
    cst: -6,
    cdt: -5,
    ct: -6,
    mst: -7,
    mdt: -6,
    mt: -7,
    pst: -8,
    pdt: -7,
    pt: -8,
    akt: -9,
    akst: -9,
    akdt: -8,
    hst: -10,
    at: -4,
    ast: -4,
    adt: -3,
    nt: -3.5,
    nst: -3.5,
    ndt: -2.5,
    brt: -3,
    art: -3,
    clt: -4,
    cot: -5,
  }),
)

/** RFC 822's military letters have their sign wrong in the standard itself; RFC 2822 reads all but Z as UTC. */
const letter = /^[a-ik-z]$/

/** Minutes east of UTC of `EST`, `+0200`, `-01:01`, `GMT+2`, `Europe/Brussels`; 0 for ''; null for no zone at all. */
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

/** Milliseconds since 1970, or null where the parts make no date. Months from 0. Leap seconds and 24:00 roll over. */
export function dateAt(
  y: number,
  month: number,
  day: number,
  h: number,
  m: number,
  s: number,
  offset: number,
): number | null {
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
