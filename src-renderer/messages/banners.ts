/** What is said above everything else. */
import type { Health, Recovery } from '../../src-main/api/storage-model.ts'
import { articles, feeds, some } from './common.ts'
import { absoluteTime, formatNumber } from './format.ts'

const storage: Record<Exclude<Health['storage'], 'ok'>, { title: string; text: string }> = {
  full: {
    title: 'The disk is full.',
    text: 'Reading works; nothing new is stored and no change is kept until there is room again. Broadsheet notices by itself.',
  },
  'read-only': {
    title: 'The data folder cannot be written to.',
    text: 'Reading works; nothing new is stored and no change is kept. Look at the permissions of the folder, or at the disk it is on.',
  },
}

const causes: Record<Recovery['cause'], string> = {
  damaged: 'The database was damaged, and has been put together again.',
  missing: 'The database was gone, and has been put together again.',
  foreign:
    'Something that Broadsheet never puts there was in the database, and could do harm. What is yours was copied into a new one.',
}

export const words = {
  banner: {
    label: 'Notice',
    storage,
    recovered: (recovery: Recovery): string => causes[recovery.cause],
    kept: ({ feeds: feedCount, articles: articleCount, saved: savedCount }: Recovery): string =>
      `Kept: ${feeds(feedCount)}, ${articles(articleCount)}, ${formatNumber(savedCount)} of them saved.`,
    fromBackup: (at: number): string => `What could not be read came from the backup of ${absoluteTime(at)}.`,
    noBackup: 'There was no backup to fill the rest from.',
    fromJournal: (count: number): string =>
      `${some(count, 'thing', 'things')} you did after that ${count === 1 ? 'was' : 'were'} brought back from the journal.`,
    keptAt: 'The damaged file was kept at ',
    understood: 'Understood',
    safeMode: 'Broadsheet ended unexpectedly several times as it started.',
    safeModeText:
      'This is safe mode: no feed is fetched and the last article is not opened. Reading, saving and exporting work.',
    startNormally: 'Start normally',
    startedNormally: 'Feeds are fetched again.',
    backupTitle: 'There has been no backup for some days.',
    showBackups: 'Show backups',
    dismiss: 'Dismiss for now',
    next: (at: number, of: number): string => `Next notice (${at} of ${of})`,
  },
}
