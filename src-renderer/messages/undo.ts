/** What was done, and what was taken back. */
import type { ChainEnding } from '../../src-main/api/contract/calls.ts'
import { feeds, some } from './common.ts'

/** A deed in words: when it is done, and when it is taken back. */
export type DeedWords = { done: string; undone: string }

/** `file`: the name of what was imported. */
const ends: Record<ChainEnding, (file: string) => string> = {
  restoreBackup: () => 'A backup was restored.',
  importEverything: file => `${file} was taken in, with feeds, saved articles and settings.`,
}

export const words = {
  nothing: 'There is nothing to undo.',

  end: (call: ChainEnding, file: string) => `${ends[call](file)} That can’t be taken back.`,

  left: (count: number) =>
    count === 1
      ? 'One thing was changed again since, and stays so.'
      : `${count} things were changed again since, and stay so.`,

  tooLate: {
    'changed-since': (done: string) => `Too late to undo “${done}”: it was changed again since.`,
    gone: (done: string) => `Too late to undo “${done}”: what it was done to is no longer there.`,
    'too-old': (done: string) => `Too late to undo “${done}”.`,
  },

  read: (title: string): DeedWords => ({ done: `Marked read: ${title}`, undone: `Unread again: ${title}` }),

  unread: (title: string): DeedWords => ({ done: `Marked unread: ${title}`, undone: `Read again: ${title}` }),

  saved: (title: string): DeedWords => ({ done: `Saved: ${title}`, undone: `No longer saved: ${title}` }),

  unsaved: (title: string): DeedWords => ({ done: `No longer saved: ${title}`, undone: `Saved again: ${title}` }),

  readAll: (count: number): DeedWords => ({
    done: `Marked ${some(count, 'article', 'articles')} read.`,
    undone: `Unread again: ${some(count, 'article', 'articles')}`,
  }),

  followed: (title: string, done: string): DeedWords => ({ done, undone: `No longer followed: ${title}` }),

  followedMany: (count: number, done: string): DeedWords => ({ done, undone: `No longer followed: ${feeds(count)}` }),

  imported: (count: number): DeedWords => ({ done: `Imported ${feeds(count)}.`, undone: 'The import was undone.' }),

  unsubscribed: (title: string): DeedWords => ({
    done: `Unsubscribed from ${title}. Saved articles were kept.`,
    undone: `Followed again: ${title}`,
  }),

  renamed: (title: string, before: string): DeedWords => ({
    done: `Renamed to ${title}.`,
    undone: `Name restored: ${before}`,
  }),

  moved: (count: number, title: string, to: string): DeedWords => ({
    done: `Moved ${count === 1 ? title : feeds(count)} to ${to}.`,
    undone: count === 1 ? `Back where it was: ${title}` : `Back where they were: ${feeds(count)}`,
  }),

  topLevel: 'the top level',

  paused: (title: string): DeedWords => ({ done: `${title} is paused.`, undone: `No longer paused: ${title}` }),

  resumed: (title: string): DeedWords => ({ done: `${title} is no longer paused.`, undone: `Paused again: ${title}` }),

  newAddress: (title: string, address: string): DeedWords => ({
    done: `${title} is now fetched from ${address}`,
    undone: `Back at its address: ${title}`,
  }),

  access: (title: string): DeedWords => ({
    done: `Changed how ${title} is asked.`,
    undone: `Asked as before: ${title}`,
  }),

  newFolder: (title: string): DeedWords => ({
    done: `Made the folder ${title}.`,
    undone: `Folder removed again: ${title}`,
  }),

  removedFolder: (title: string): DeedWords => ({
    done: `Removed the folder ${title}. Its feeds moved up.`,
    undone: `Folder is back: ${title}`,
  }),

  /** What was deleted meanwhile is gone: nobody is told otherwise. */
  feedRule: (title: string): DeedWords => ({
    done: `Changed how long articles of ${title} are kept.`,
    undone: `Kept as before: ${title}. What was deleted meanwhile stays deleted.`,
  }),

  rules: {
    done: 'Changed how long articles are kept.',
    undone: 'Articles are kept as before. What was deleted meanwhile stays deleted.',
  } satisfies DeedWords,

  backupFolder: {
    done: 'Changed where backups go.',
    undone: 'Backups go where they went before.',
  } satisfies DeedWords,
}
