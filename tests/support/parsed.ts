/** A feed and an item that declare nothing. */
import type { ParsedItem } from '../../src-main/feeds/parsed.ts'

export { emptyFeed as noFeed } from '../../src-main/feeds/parsed.ts'

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
