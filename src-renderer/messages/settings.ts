/** The settings, with storage, retention and backups. */
import type { BackupFailure, BackupReason, StoragePart } from '../../src-main/api/storage-model.ts'
import { articles, feeds, some } from './common.ts'
import { byteSize, formatNumber } from './format.ts'

/** What happened, and what to do. */
export type Trouble = { what: string; next: string }

const failures: Record<BackupFailure['reason'], Trouble> = {
  'no-space': {
    what: 'There is not enough room on the disk for a backup.',
    next: 'Make room there, or name a folder on another disk.',
  },
  'no-folder': {
    what: 'The folder for backups is not there.',
    next: 'Connect the drive it is on, or name another folder.',
  },
  'not-writable': {
    what: 'The folder for backups may not be written to.',
    next: 'Change its permissions, or name another folder.',
  },
  'not-a-backup': {
    what: 'This file is no backup of Broadsheet.',
    next: 'Choose another one. Nothing was changed.',
  },
  damaged: {
    what: 'This backup is damaged and cannot be trusted.',
    next: 'Choose an older one. Nothing was changed.',
  },
  newer: {
    what: 'This backup was made by a newer Broadsheet.',
    next: 'Update Broadsheet, then go back to it. Nothing was changed.',
  },
  foreign: {
    what: 'This file holds more than a backup of Broadsheet does, and could do harm.',
    next: 'Choose one that Broadsheet made. Nothing was changed.',
  },
  'in-use': {
    what: 'Another program is working on the same data folder.',
    next: 'Close it and try again. Nothing was changed.',
  },
  failed: {
    what: 'The backup could not be made.',
    next: 'Try again. If it stays, see whether the disk is well.',
  },
}

const reasons: Record<BackupReason, string> = {
  daily: 'Daily',
  'by-user': 'By you',
  'before-update': 'Before an update',
  'before-restore': 'Before going back',
}

const parts: Record<StoragePart['kind'], string> = {
  texts: 'Article texts',
  'full-texts': 'Full texts',
  lists: 'Headlines',
  search: 'Search index',
  identities: 'What has been seen',
  icons: 'Feed icons',
  'earlier-versions': 'Earlier versions',
  free: 'Free inside the file',
  other: 'Everything else',
}

export const words = {
  settings: {
    title: 'Settings',
    sections: 'Sections of the settings',
    sectionNames: {
      appearance: 'Appearance',
      reading: 'Reading',
      newsletters: 'Newsletters',
      digest: 'Digest',
      sharing: 'Sharing',
      desktop: 'Desktop',
      keeping: 'Keeping',
      storage: 'Storage',
      backups: 'Backups',
      data: 'Import and export',
      about: 'About',
    },
    theme: 'Theme',
    themes: { system: 'As the system', light: 'Light', dark: 'Dark', sepia: 'Sepia', contrast: 'High contrast' },
    density: 'Density of the headlines',
    densities: { compact: 'Compact', normal: 'Normal', roomy: 'Roomy' },
    newestFirst: 'Newest articles first',
    newestFirstHint: 'Otherwise the oldest come first, as in a pile of mail.',
    version: (version: string) => `Version ${version}`,
    promise:
      'No account, no server, no tracking. What you follow and read stays on this computer; the only ones who hear from Broadsheet are the publishers of your feeds, and, if you want to hear of new versions, the server that has them. They learn no more than any reader tells them.',
  },

  keeping: {
    title: 'Keeping',
    intro: 'How long articles stay.',
    age: 'Age',
    ageAll: 'For ever',
    ageSome: 'For',
    ageUnit: 'days',
    perFeed: 'Each feed',
    perFeedAll: 'All its articles',
    perFeedSome: 'The newest',
    perFeedUnit: 'articles',
    size: 'Database',
    sizeAll: 'Any size',
    sizeSome: 'Up to',
    sizeUnit: 'MB',
    unread: 'Delete unread articles, too',
    unreadHint: 'Off: what you have not read yet stays, however old it is.',
    unreadWarning: 'Articles that you have never seen will be deleted as well. There is no way to bring them back.',
    saved: 'Saved articles are never deleted, and what was deleted does not come back with the next refresh.',
    counting: 'Counting…',
    nothing: 'Nothing would be deleted.',
    wouldDelete: (count: number): string => `Would delete ${articles(count)} now.`,
    notYet: 'Not applied yet.',
    wholeNumber: (least: number, most: number): string =>
      `A whole number from ${formatNumber(least)} to ${formatNumber(most)}.`,
    apply: 'Apply',
    revert: 'Leave it as it was',
    applied: 'Applied.',
    appliedDeleting: (count: number): string => `Applied. ${articles(count)} will be deleted within the next minutes.`,
    feedTitle: (title: string): string => `Keep articles of ${title}`,
    asInSettings: 'As in Settings',
    ownRule: 'A rule of its own',
    inForce: 'How long its articles are kept',
    summary: ({ days, perFeed }: { days: number | null; perFeed: number | null }): string => {
      const limits = [
        ...(days === null ? [] : [`for ${some(days, 'day', 'days')}`]),
        ...(perFeed === null ? [] : [`the newest ${formatNumber(perFeed)}`]),
      ]
      return limits.length === 0 ? 'for ever' : limits.join(', ')
    },
    kept: 'Articles are kept',
    ownRules: 'Feeds with a rule of their own',
    change: 'Change…',
  },

  storage: {
    title: 'Storage',
    measuring: 'Measuring…',
    failed: 'The storage could not be measured.',
    again: 'Measure again',
    database: 'Database',
    holds: (all: number, savedCount: number, unread: number): string =>
      `${articles(all)}, ${formatNumber(savedCount)} saved, ${formatNumber(unread)} unread`,
    fills: 'What fills the database',
    parts,
    partsHint: {
      identities: 'So that nothing you have read or deleted comes back.',
      free: 'Left by what was deleted; used again, or given back when idle.',
      other: 'The log of recent writes, feeds, settings and the like.',
    } as Partial<Record<StoragePart['kind'], string>>,
    percent: (part: number, whole: number): string => {
      const share = whole > 0 ? (part / whole) * 100 : 0
      return share > 0 && share < 1 ? '< 1 %' : `${formatNumber(Math.round(share))} %`
    },
    saved: 'What saved articles take',
    savedTexts: 'Texts, in the database',
    savedPictures: (count: number): string =>
      count === 0 ? 'Pictures, kept for good' : `${some(count, 'picture', 'pictures')}, kept for good`,
    savedPages: (count: number): string => (count === 0 ? 'Saved pages' : some(count, 'saved page', 'saved pages')),
    beside: 'Beside the database',
    media: 'Cache of pictures',
    backups: 'Backups',
    journal: 'Journal of what you did',
    free: 'Free on the disk',
    unknown: 'not known',
    largest: 'Largest feeds',
    feed: 'Feed',
    articleCount: 'Articles',
    size: 'Size',
    go: (title: string): string => `Go to ${title}`,
    noFeeds: 'No feed has brought an article yet.',
    makeRoom: 'Change how long articles are kept',
  },

  failures,

  backups: {
    title: 'Backups',
    intro:
      'A copy of everything, made every day and checked after it is made. Kept: seven days, four weeks, three months.',
    now: 'Back up now',
    running: 'Making a backup…',
    made: (bytes: number): string => `The backup is made and checked: ${byteSize(bytes)}.`,
    none: 'No backup has been made yet. The first comes by itself within a day.',
    loading: 'Looking for backups…',
    last: (ago: string): string => `Last backup: ${ago}`,
    lastFailed: (when: string): string => `The last try, ${when}, failed.`,
    folder: 'Folder',
    madeIn: 'Backups are made in',
    notAPath: 'The whole path is needed, such as /media/usb/backups.',
    folderPlaceholder: 'In the data folder',
    folderExplain: 'A path, best on another disk. Empty: in the data folder.',
    useFolder: 'Use this folder',
    fallback: 'Until then backups are made in the data folder.',
    list: 'Backups to go back to',
    reasons,
    elsewhere: 'In the data folder',
    contents: (feedCount: number, articleCount: number, savedCount: number): string =>
      `${feeds(feedCount)}, ${articles(articleCount)}, ${formatNumber(savedCount)} saved`,
    restore: 'Go back…',
    restoreOf: (when: string): string => `Go back to the backup of ${when}`,
  },

  restore: {
    title: 'Go back to a backup?',
    text: (when: string): string =>
      `Everything since ${when} goes back to what it was then: feeds, folders, articles, what you read and saved, and settings.`,
    holds: 'The backup holds',
    safety: 'What is there now is kept as a backup first, so that you can come back to it.',
    button: 'Go back',
    cancel: 'Stay',
    working: 'Keeping what is there now, then going back…',
    done: (when: string): string => `Everything is as it was on ${when}.`,
  },
}
