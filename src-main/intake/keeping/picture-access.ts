/** How the pictures of a source are asked for. */
import type { ReadingValues } from '../../api/settings.ts'
import { hostPort } from '../../http/private-address.ts'
import type { Secrets } from '../../lib/secrets.ts'
import type { ReadDb } from '../../store/db/open.ts'
import { accessOf } from '../../store/feeds/access.ts'
import { feedById } from '../../store/feeds/feeds.ts'
import { privateHostAt } from '../../store/feeds/pages.ts'
import { openProxy } from '../../store/feeds/proxy-address.ts'
import { readingOf } from '../../store/reading.ts'

export type PictureAccess = {
  /** Whether the reader wants them loaded, as is set for the source. */
  pictures: ReadingValues['pictures']
  /** As a MediaRequest has it, for a picture at this address. */
  privateHostFor(url: string): string | null
  proxy: string | null
}

export function pictureAccess(db: ReadDb, secrets: Secrets, feedId: number): PictureAccess {
  const feed = feedById(db, feedId)
  return {
    pictures: readingOf(db, feedId).pictures.value,
    privateHostFor: url => feed && privateHostAt(db, feed, hostPort(new URL(url))),
    proxy: openProxy(secrets, accessOf(db, feedId)?.proxy ?? null),
  }
}
