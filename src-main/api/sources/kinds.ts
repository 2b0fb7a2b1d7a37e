/** What each kind of source offers. Windows show nothing else of it. */
import type { FeedKind } from '../model.ts'
import { type ReadingName, readingNames } from '../settings.ts'

type Offers = {
  /** Who is asked when the reader wants to know what is new; null: what is new comes at times of its own. */
  asks: 'server' | 'mailboxes' | null
  /** It has an address that others could follow, and that can be changed. */
  hasAddress: boolean
  /** Two of them can be made one. */
  canJoin: boolean
  /** Reading options that say something of its articles. */
  reading: readonly ReadingName[]
}

export const offers: Record<FeedKind, Offers> = {
  web: { asks: 'server', hasAddress: true, canJoin: false, reading: readingNames },
  newsletter: { asks: 'mailboxes', hasAddress: false, canJoin: true, reading: readingNames },
  // What was saved by its address stays as it was saved.
  pages: { asks: null, hasAddress: false, canJoin: false, reading: [] },
  // Text of our own: it has no page in the web, and its direction is ours.
  digest: { asks: null, hasAddress: false, canJoin: false, reading: ['pictures', 'notify', 'inBadge'] },
}
