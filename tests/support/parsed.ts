/** What a feed's document says where it says nothing. */
import type { ParsedFeed, ParsedItem } from '../../src-main/feeds/parsed.ts'

export const noFeed: ParsedFeed['feed'] = {
  title: '',
  link: null,
  feedUrl: null,
  description: '',
  language: '',
  icon: null,
  image: null,
  ttl: null,
  skipHours: [],
  skipDays: [],
  copyright: '',
  generator: '',
  updatedAt: null,
  publishedAt: null,
  authors: [],
  categories: [],
}

export const noItem: ParsedItem = {
  id: null,
  title: '',
  link: null,
  originalLink: null,
  authors: [],
  publishedAt: null,
  updatedAt: null,
  summaryHtml: '',
  contentHtml: '',
  categories: [],
  enclosures: [],
  image: null,
  player: null,
  commentsUrl: null,
  commentsCount: null,
  durationSeconds: null,
  isEpisode: false,
}
