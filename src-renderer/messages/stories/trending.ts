/** Trending: the stories that most of the reader's sources have written about in the last hours. */
import type { TrendingHours } from '../../../src-main/api/stories/model.ts'
import { some } from '../common.ts'
import { formatNumber, timeOfDay, weekdayOf } from '../format.ts'
import { spanText } from '../reading/stories.ts'

export const words = {
  hours: 'How far back',
  choices: { 6: '6 hours', 24: '24 hours', 168: '7 days' } satisfies Record<TrendingHours, string>,
  asPage: 'Front page',
  markAllRead: 'Mark all of these stories read',
  stories: (unread: number, total: number) => {
    const all = some(total, 'story', 'stories')
    return unread > 0 ? `${formatNumber(unread)} unread of ${all}` : `${all}, all read`
  },
  /** In the tree of sources. */
  unread: (count: number) => some(count, 'unread story', 'unread stories'),
  /** The ranking has changed since it was read. */
  fresh: 'New order',
  showFresh: 'Show the stories in their present order',
  rising: 'rising',
  risingHint: 'Several sources have joined just now',
  /** '5 sources in 9 hours, first: Courier at 08:12'. */
  why: (story: Why, now: number): string => Object.values(whyParts(story, now)).join(' '),
  whyParts,
  empty: {
    title: 'Nothing is being covered by three or more of your sources just now',
    text: (hours: TrendingHours) =>
      `Looked at were the last ${words.choices[hours]}. A source is a site: all feeds of one site count once, and so do copies of one article.`,
    hint: 'The more papers you follow that write about the same things, the more there is to see here.',
    longer: (hours: TrendingHours) => `Look at the last ${words.choices[hours]}`,
    addFeed: 'Add feed',
  },
  grouping: {
    title: 'Articles are being compared',
    text: 'What several of your sources write about appears here in a moment.',
  },
}

type Why = { sources: number; first: { feedTitle: string; publishedAt: number }; latestAt: number }

/** In their order: where there is little room, the name in the middle gives way. */
function whyParts({ sources, first, latestAt }: Why, now: number) {
  return {
    covered: `${some(sources, 'source', 'sources')} ${spanText(latestAt - first.publishedAt)}, first:`,
    name: first.feedTitle,
    moment: momentText(first.publishedAt, now),
  }
}

/** 'at 08:12' of the last 24 hours, 'on Friday at 08:12' before that. */
function momentText(at: number, now: number): string {
  const time = `at ${timeOfDay(at)}`
  return now - at < 24 * 3_600_000 ? time : `on ${weekdayOf(at)} ${time}`
}
