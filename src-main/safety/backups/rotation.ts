/** Which backups may be deleted. */
import type { Backup } from '../../api/storage-model.ts'
import { day } from '../../lib/time.ts'

/** Daily backups that are kept: one for each of so many days, weeks and months that have one. */
const periodsKept = { days: 7, weeks: 4, months: 3 }
/** Of the others, so many of each reason. */
const keptForReason = { 'by-user': 5, 'before-update': 2, 'before-restore': 3 }
/** However large: without them there would be no backup. */
const alwaysKept = 2

/**
 * A week's or month's copy is the newest of those that are older than the days or weeks kept. `mostBytes`: the oldest expire
 * until the rest is no larger, but for the two newest.
 */
export function expiredBackups(backups: Backup[], mostBytes: number): Backup[] {
  const newestFirst = backups.toSorted((a, b) => b.at - a.at)
  const keep = new Set<Backup>()
  for (const [reason, count] of Object.entries(keptForReason)) {
    for (const backup of newestFirst.filter(backup => backup.reason === reason).slice(0, count)) keep.add(backup)
  }
  const daily = newestFirst.filter(backup => backup.reason === 'daily')
  const periods: [count: number, periodOf: (at: number) => number | string][] = [
    [periodsKept.days, at => Math.floor(at / day)],
    // The first day of 1970 was a Thursday: weeks begin on Monday.
    [periodsKept.weeks, at => Math.floor((at / day + 3) / 7)],
    [periodsKept.months, at => new Date(at).toISOString().slice(0, 7)],
  ]
  let rest = daily
  for (const [count, periodOf] of periods) {
    const chosen = newestOfEach(rest, periodOf).slice(0, count)
    for (const backup of chosen) keep.add(backup)
    const last = chosen.at(-1)
    rest = last ? rest.filter(backup => periodOf(backup.at) < periodOf(last.at)) : []
  }
  return newestFirst.filter(backup => !keep.has(backup) || isTooMuch(backup, newestFirst, keep, mostBytes))
}

function newestOfEach(newestFirst: Backup[], periodOf: (at: number) => number | string): Backup[] {
  const seen = new Set<number | string>()
  return newestFirst.filter(backup => {
    const period = periodOf(backup.at)
    if (seen.has(period)) return false
    seen.add(period)
    return true
  })
}

function isTooMuch(backup: Backup, newestFirst: Backup[], keep: Set<Backup>, mostBytes: number): boolean {
  const kept = newestFirst.filter(other => keep.has(other))
  const place = kept.indexOf(backup)
  if (place < alwaysKept) return false
  return kept.slice(0, place + 1).reduce((sum, { bytes }) => sum + bytes, 0) > mostBytes
}
