/** Words that are said in several parts of the window. */
import type { EngineErrorCode } from '../../src-main/api/errors.ts'
import { formatNumber } from './format.ts'

/** '1 feed', '1,200 feeds'. */
export const some = (count: number, one: string, many: string): string =>
  `${formatNumber(count)} ${count === 1 ? one : many}`
export const feeds = (count: number): string => some(count, 'feed', 'feeds')
export const articles = (count: number): string => some(count, 'article', 'articles')

const errors: Record<EngineErrorCode, string> = {
  'invalid-input': 'Broadsheet did not understand that. Nothing was changed.',
  'unknown-name': 'This window is older than the program behind it. Reload it.',
  'not-found': 'That is no longer there.',
  superseded: 'Another search took the place of this one.',
  'storage-full': 'The disk is full, so nothing could be kept. Make some room and try again.',
  'storage-read-only': 'The data folder cannot be written to, so nothing was changed.',
  'storage-damaged': 'The data file is damaged, so nothing was changed.',
  closed: 'The connection was interrupted before Broadsheet could confirm that. What you see is how things are now.',
  internal: 'Something went wrong inside Broadsheet. Nothing was changed.',
}

/** Why the engine refused something; empty for null. */
export const errorText = (code: EngineErrorCode | null): string => (code ? errors[code] : '')

export const words = {
  appName: 'Broadsheet',

  errors,

  close: 'Close',
  cancel: 'Cancel',
  done: 'Done',
  undo: 'Undo',
  dismiss: 'Dismiss',
  moreToasts: (count: number): string => `${formatNumber(count)} more`,
  fewerToasts: 'Fewer',
  tryAgain: 'Try again',
}
