/** Health, backups and storage of a library of some years, for tests of the pages that show them. */
import type { Backup, Backups, DiskUsage, Health, Recovery } from '../../src-main/api/storage-model.ts'

const day = 86_400_000
const gigabyte = 1_000_000_000

export const allWell: Health = { storage: 'ok', isSafeMode: false, recovery: null, backupFailure: null }

export const aRecovery: Recovery = {
  at: Date.UTC(2026, 2, 14, 8, 2),
  cause: 'damaged',
  backupAt: Date.UTC(2026, 2, 12, 9, 30),
  feeds: 128,
  articles: 48_210,
  saved: 312,
  fromJournal: 17,
  keptAt: '/home/ada/.local/share/broadsheet/damaged-2026-03-14/broadsheet.db',
}

/** Of some weeks, one of them made by hand; `now` in ms since 1970. */
export function someBackups(now: number): Backups {
  const backup = (age: number, reason: Backup['reason'], articles: number): Backup => ({
    name: `broadsheet-${age}-${reason}.db`,
    at: now - age,
    bytes: articles * 4_300,
    reason,
    feeds: 128,
    articles,
    saved: 312,
  })
  const folder = '/home/ada/.local/share/broadsheet/backups'
  const backups = [
    backup(5 * 3_600_000, 'daily', 48_210),
    backup(day, 'by-user', 47_902),
    backup(2 * day, 'daily', 47_600),
    backup(9 * day, 'before-update', 45_120),
    backup(38 * day, 'daily', 39_870),
  ]
  return { folder, isFallback: false, isRunning: false, backups, lastFailure: null }
}

/** `feedIds` are those of feeds that are followed. */
export function someDiskUsage(feeds: { feedId: number; title: string }[]): DiskUsage {
  const databaseBytes = 1.24 * gigabyte
  const share = (part: number): number => Math.round(databaseBytes * part)
  return {
    databaseBytes,
    parts: [
      { kind: 'texts', bytes: share(0.42) },
      { kind: 'full-texts', bytes: share(0.1) },
      { kind: 'lists', bytes: share(0.11) },
      { kind: 'search', bytes: share(0.24) },
      { kind: 'identities', bytes: share(0.05) },
      { kind: 'icons', bytes: share(0.002) },
      { kind: 'earlier-versions', bytes: share(0.03) },
      { kind: 'free', bytes: share(0.038) },
      { kind: 'other', bytes: share(0.01) },
    ],
    kept: { textBytes: 2_400_000, pictureBytes: 318_000_000, pictures: 912, pageBytes: 410_000, pages: 17 },
    mediaBytes: 212_000_000,
    backupBytes: 3.1 * gigabyte,
    journalBytes: 41_000,
    freeBytes: 182 * gigabyte,
    articles: 288_410,
    saved: 312,
    unread: 4_120,
    feeds: feeds.map((feed, index) => ({ ...feed, articles: 24_000 - index * 1_730, bytes: 98_000_000 - index * 7e6 })),
  }
}
