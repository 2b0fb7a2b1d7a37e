/** Where each row of the virtual list lies. Heights are in px of a 16 px root. */
import type { HeadlineRow } from '../../src-main/api/model.ts'
import type { Settings } from '../../src-main/api/settings.ts'
import { startOfDay } from '../messages/format.ts'

export type Density = Settings['density']

/** Rows are of one height per density, so that any place in a list of 100,000 is known without measuring. */
const rowHeights: Record<Density, number> = { compact: 36, normal: 106, roomy: 148 }
export const dayHeight = 34

/** The first row of a day. */
type DayStart = { index: number; at: number }

/** Where the days begin. Needs rows in order of time, either way. */
export function dayStarts(rows: HeadlineRow[]): DayStart[] {
  const starts: DayStart[] = []
  let from = Number.NaN
  let until = Number.NaN
  for (const [index, { publishedAt }] of rows.entries()) {
    // Most rows lie in the day of the one before: no calendar needed.
    if (publishedAt >= from && publishedAt < until) continue
    from = startOfDay(publishedAt)
    until = startOfDay(from + 36 * 3_600_000)
    starts.push({ index, at: publishedAt })
  }
  return starts
}

export class ListLayout {
  readonly rowHeight: number
  readonly dayHeight: number
  readonly count: number
  readonly days: DayStart[]
  readonly height: number

  constructor(count: number, days: DayStart[], density: Density, scale: number) {
    this.rowHeight = Math.round(rowHeights[density] * scale)
    this.dayHeight = Math.round(dayHeight * scale)
    this.count = count
    this.days = days
    this.height = count * this.rowHeight + days.length * this.dayHeight
  }

  /** The last day that begins at or before a row; -1 where there are none. */
  dayOf(index: number): number {
    let low = 0
    let high = this.days.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.days[middle]!.index <= index) low = middle + 1
      else high = middle
    }
    return low - 1
  }

  topOf(index: number): number {
    return index * this.rowHeight + (this.dayOf(index) + 1) * this.dayHeight
  }

  topOfDay(day: number): number {
    return this.days[day]!.index * this.rowHeight + day * this.dayHeight
  }

  /** The row at a height, or the next one below where a day's heading lies there. */
  indexAt(y: number): number {
    let low = 0
    let high = Math.max(0, this.count - 1)
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.topOf(middle) + this.rowHeight > y) high = middle
      else low = middle + 1
    }
    return low
  }

  /** Indexes to draw for a window onto the list, `spare` px more on either side; `to` is exclusive. */
  range(top: number, height: number, spare: number): { from: number; to: number } {
    if (this.count === 0) return { from: 0, to: 0 }
    return { from: this.indexAt(top - spare), to: this.indexAt(top + height + spare) + 1 }
  }
}
