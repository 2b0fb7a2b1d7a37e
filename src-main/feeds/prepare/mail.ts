/** An e-mail message as the only item of a feed, so that it is prepared as any article is. */
import { emptyFeed, type ParsedItem, type ReadyArticle } from '../parsed.ts'
import { prepareFeed } from './prepare.ts'

/**
 * Characters of one picture that a message brings along: with its text and its other pictures it stays below what the sanitiser
 * reads (feeds/mail/pictures.ts).
 */
const longestInlineImage = 3_000_000

/** Addresses without a host lead nowhere, but within the message's page on the web. */
const base = 'about:blank'

export function prepareMail(item: ParsedItem): ReadyArticle {
  const feed = { format: 'json' as const, feed: emptyFeed, items: [item] }
  const { articles } = prepareFeed(feed, { url: base, isOwn: true, longestInlineImage })
  const article = articles[0]!
  // What the text holds itself need not be known by its address as well, in another million letters.
  return { ...article, media: article.media.filter(address => !address.startsWith('data:')) }
}
