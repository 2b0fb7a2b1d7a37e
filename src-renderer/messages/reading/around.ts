/** What stands around an article's text: its author, how long it takes, and what to read after it. */
import { formatNumber } from '../format.ts'

export const words = {
  minutes: (count: number) => `${formatNumber(count)} min read`,
  showAuthor: (name: string) => `Show articles by ${name}`,
  latest: (feedTitle: string) => `Latest from ${feedTitle}`,
  related: 'Related',
  readMore: 'Read more',
  readMoreOf: (title: string) => `Read more: ${title}`,
  unread: 'Unread',
  backTo: (title: string) => `Back to “${title}”`,
}
