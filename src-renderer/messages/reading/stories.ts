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
  /** After that: the story is followed, and sources have joined it. */
  newSources: 'new ones since you last looked',
  /** On an article, and in a row. */
  new: 'New',
  /** 'Covered by 3 of your sources, new ones since you last looked' */
  coveredAnew: (sources: number) => `${words.covered(sources)}, ${words.newSources}`,
  sinceLooked: 'New since you last looked',
  newCount: (count: number) => `${some(count, 'article', 'articles')} since you last looked.`,
  showNew: 'Go to the first',
  /** Before names and figures: 'Adds: Red Cross, 40,000 people'. */
  adds: 'Adds:',
  addsHint: 'Names and figures that are in no headline or summary before this one',
  addArticle: 'Add an article to this story…',
  followedStories: 'Followed stories',
  noneFollowed: {
    title: 'You follow no story',
    text: 'Open a story with x and press ‘Follow this story’: you are told when another of your sources writes about it.',
  },
  /** `ago` is '2 hours ago'. */
  latest: (ago: string) => `latest ${ago}`,
  joined: 'New:',
  unfollow: 'Stop following',
  unfollowOf: (title: string) => `Stop following: ${title}`,
  show: 'Show',
  grown: (title: string, [first = '', ...others]: string[]) =>
    others.length === 0
      ? `${first} has joined the story “${title}”.`
      : `${first} and ${some(others.length, 'more source', 'more sources')} have joined the story “${title}”.`,
  grownMany: (stories: number) => `Sources have joined ${formatNumber(stories)} of the stories that you follow.`,
  same: {
    menu: 'Same story as…',
    title: 'Same story',
    intro: (title: string) => `Which other article is about the same event as “${title}”?`,
    search: 'Search your articles',
    likely: 'Likely, then the latest:',
    found: (count: number) => (count === 0 ? 'Nothing found.' : `${some(count, 'article', 'articles')} found:`),
    list: 'Articles to choose from',
    failed: 'Your articles could not be read.',
  },
  page: 'Story',
  tools: 'Story tools',
  back: 'Back',
  follow: 'Follow this story',
  markRead: 'Mark all of it read',
  allRead: 'All of it is read.',
  /** '3 articles in 2 hours. First: Courier, 27 November 2026 at 14:27', whatever the letters of its name; `span` in ms. */
  covering: (articles: number, span: number, feedTitle: string, at: string) =>
    `${some(articles, 'article', 'articles')} ${spanText(span)}. First: \u2068${feedTitle}\u2069, ${at}`,
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
    same: (title: string, other: string): DeedWords => ({
      done: `One story now: ${title}, and ${other}`,
      undone: `Two stories again: ${title}, and ${other}`,
    }),
    followed: { done: 'This story is followed.', undone: 'The story is no longer followed.' } satisfies DeedWords,
    unfollowed: {
      done: 'This story is no longer followed.',
      undone: 'The story is followed again.',
    } satisfies DeedWords,
  },
}
