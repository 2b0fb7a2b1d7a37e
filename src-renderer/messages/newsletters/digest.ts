/** Settings > Digest. */
import type { DigestFileFailure } from '../../../src-main/api/digest/calls.ts'
import type { DigestFileKind, DigestPartName } from '../../../src-main/api/settings.ts'
import { timeOfDay } from '../format.ts'
import type { DeedWords } from '../undo.ts'

/** From Sunday on. */
const dayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

export const words = {
  title: 'Digest',
  intro:
    'Once a day Broadsheet can write a digest of what your own sources said: an article of a source of its own, made on this computer. Nothing is marked read by it.',
  isMade: 'Make a digest',
  isMadeHint: 'It is a source in the list. Unsubscribing that source ends it, too.',
  when: 'When',
  days: 'Days',
  dayNames,
  /** From Sunday on. */
  shortDays: ['Su', 'Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa'],
  at: 'Time',
  missed: 'One that was missed, because the computer slept or Broadsheet was not running, is made afterwards, once.',
  oneDay: 'At least one day stays chosen.',
  what: 'What it tells',
  onePart: 'At least one of them stays chosen.',
  parts: {
    stories: {
      label: 'Top stories',
      hint: 'What most of your sources report. Where there are no stories, the newest of each folder.',
    },
    saved: { label: 'What you saved', hint: 'Of what is not read yet, what was saved since the last digest.' },
    quiet: { label: 'Quiet feeds that spoke', hint: 'Feeds that had said nothing for a month.' },
    newsletters: { label: 'Newsletters', hint: 'What came by mail.' },
  } satisfies Record<DigestPartName, { label: string; hint: string }>,
  most: 'Articles at most',
  mostRange: (least: number, most: number) => `A whole number from ${least} to ${most}.`,
  notify: 'Tell me when it is there',
  notifyHint: 'By a notice of the system, outside of quiet hours.',

  /** Of its source in the list. */
  details: {
    isMade: 'A digest is made of what your other sources said, on this computer.',
    change: 'Change in Settings…',
    days: 'Made on',
    daysOf: (days: readonly number[]): string =>
      days.length === dayNames.length
        ? 'Every day'
        : fromMonday(days)
            .map(day => dayNames[day])
            .join(', '),
    /** As this computer writes times of the day. */
    timeOf: (at: string): string => timeOfDay(new Date(`2026-01-01T${at}`).getTime()),
    last: 'Last digest',
    since: 'Made since',
  },

  file: 'As a file',
  fileHint:
    'Each digest is written into this folder, too, as a web page or as an EPUB for a reading device. Left empty, none is.',
  folder: 'Folder',
  folderPlaceholder: 'For example /home/ada/Digests',
  useFolder: 'Use this folder',
  notAPath: 'The whole path of a folder is needed, from the root or the drive on.',
  fileKind: 'Written as',
  fileKinds: { html: 'Web page', epub: 'EPUB', both: 'Both' } satisfies Record<DigestFileKind, string>,
  fileFailed: (ago: string) => `The last digest could not be written (${ago}).`,
  fileFailures: {
    'no-folder': { what: 'The folder is not there.', next: 'Connect the drive it is on, or name another folder.' },
    'not-writable': {
      what: 'The folder may not be written to.',
      next: 'Change its permissions, or name another folder.',
    },
    'no-space': {
      what: 'There is not enough room on the disk.',
      next: 'Make room there, or name a folder on another disk.',
    },
    failed: { what: 'The file could not be written.', next: 'It is tried again every ten minutes.' },
  } satisfies Record<DigestFileFailure['reason'], { what: string; next: string }>,

  wanted: { done: 'A digest is made from now on.', undone: 'No digest is made.' } satisfies DeedWords,
  unwanted: { done: 'No digest is made any more.', undone: 'A digest is made again.' } satisfies DeedWords,
}

/** Sunday ends the week, as where they are chosen. */
const fromMonday = (days: readonly number[]): number[] => days.toSorted((a, b) => (a || 7) - (b || 7))
