/** What begins with an address that the user typed: finding feeds there, following one, saving the page. */
import type { ArticleDocument, Document, ExtractedPage, FeedDocument } from '../feeds/documents.ts'
import { isOwnNetwork } from '../http/private-address.ts'
import type { RefreshDeps } from '../polling/refresh-feed.ts'
import { addFeed } from './add-feed.ts'
import { createDiscoveryCache } from './discovery-cache.ts'
import { findFeeds } from './find-feeds.ts'
import type { IntakeParts } from './parts.ts'
import type { Intake } from './protocol.ts'
import { savePage } from './save-page.ts'

type Deps = IntakeParts & { steps: RefreshDeps; onFollowed(feedId: number, icon: string | null): void }

export function callsByAddress(deps: Deps): Pick<Intake, 'discover' | 'addFeed' | 'savePage'> {
  const { pool, signal } = deps
  const options = { signal, isUrgent: true }
  const parts = {
    ...deps,
    discovered: createDiscoveryCache(deps.clock),
    mayBePrivate: permissionBy(deps),
    readFeed: (document: FeedDocument) => pool.run('readFeed', document, options),
    readPage: (page: Document) => pool.run('readPage', page, options),
    extract: (page: ArticleDocument) => pool.run('extractPage', page, options),
    prepare: (page: ExtractedPage, url: string) => pool.run('preparePage', { page, url }, options),
  }
  return {
    discover: request => findFeeds(parts, request),
    addFeed: request => addFeed(parts, request),
    savePage: request => savePage(parts, request),
  }
}

/**
 * An address that is visibly private (192.168.1.1, printer.local) is meant as typed. A name that only resolves to a private
 * address needs the user's confirmation: anyone can have a name of theirs resolve to the reader's router.
 */
function permissionBy({ isPrivateHost }: IntakeParts): (url: URL, isAllowed?: boolean) => Promise<boolean> {
  return async (url, isAllowed = false) => isOwnNetwork(url) || (isAllowed && (await isPrivateHost(url)))
}
