/** Stories: what several of the reader's sources have written about one event. */
import { some } from '../common.ts'
import { formatNumber } from '../format.ts'
import type { DeedWords } from '../undo.ts'

const hour = 3_600_000

/** 'in 9 hours', of the time between the first article and the last (ms). */
export function spanText(ms: number): string {
  if (ms <= hour) return 'within an hour'
  const hours = Math.ceil(ms / hour)
  return hours <= 48 ? `in ${some(hours, 'hour', 'hours')}` : `in ${some(Math.ceil(hours / 24), 'day', 'days')}`
}

export const words = {
  covered: (sources: number) => `Covered by ${formatNumber(sources)} of your sources`,
  /** In a row, beside the time; and where there is room for the number alone. */
  sources: (sources: number) => some(sources, 'source', 'sources'),
  number: (sources: number) => formatNumber(sources),
  /** As part of a row's name. */
  spoken: (sources: number) => `covered by ${formatNumber(sources)} of your sources`,
  page: 'Story',
  tools: 'Story tools',
  back: 'Back',
  follow: 'Follow this story',
  markRead: 'Mark all of it read',
  allRead: 'All of it is read.',
  /** '3 articles in 2 hours. First: Courier, 27 November 2026 at 14:27'; `span` in ms. */
  covering: (articles: number, span: number, feedTitle: string, at: string) =>
    `${some(articles, 'article', 'articles')} ${spanText(span)}. First: ${feedTitle}, ${at}`,
  timeline: 'Articles, the oldest first',
  unread: 'Unread',
  apart: 'Not the same story',
  apartOf: (title: string) => `Not the same story: ${title}`,
  none: 'None of your other sources has written about this.',
  ended: { title: 'This story is no more', text: 'Its articles are not of one event, or have been deleted.' },
  failed: 'This story could not be read',
  deeds: {
    apart: (title: string): DeedWords => ({
      done: `Not of this story: ${title}`,
      undone: `Of the story again: ${title}`,
    }),
    followed: { done: 'This story is followed.', undone: 'The story is no longer followed.' } satisfies DeedWords,
    unfollowed: {
      done: 'This story is no longer followed.',
      undone: 'The story is followed again.',
    } satisfies DeedWords,
  },
}
