/** What a row of `feeds` stands for, by its address. Feeds of the web are polled; the articles of the others come otherwise. */
import type { FeedKind } from '../../api/model.ts'
import { pagesUrl } from './pages.ts'

/** Begins the address of a newsletter; what follows is its sender's key (store/mail/senders.ts). */
export const mailScheme = 'mail:'

/** In place of the address of the source whose articles are digests of the others. */
export const digestUrl = 'broadsheet:digest'

export function kindOf(url: string): FeedKind {
  if (url.startsWith(mailScheme)) return 'newsletter'
  if (url === digestUrl) return 'digest'
  return url === pagesUrl ? 'pages' : 'web'
}

/** A condition on rows of `feeds`: those that have a server to be asked. */
export const isAtTheWeb = `feeds.url NOT GLOB '${mailScheme}*' AND feeds.url <> '${digestUrl}'`
