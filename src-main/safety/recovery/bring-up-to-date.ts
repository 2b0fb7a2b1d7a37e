/** Brings a store of an earlier version into today's form. Loaded only where there is one. */
import { hostPort, isOwnNetwork, literalAddress } from '../../http/private-address.ts'
import { readMeta, writeMeta } from '../../store/db/meta.ts'
import type { WriteDb } from '../../store/db/open.ts'
import { allowPrivateHost, readWithoutPermission } from '../../store/feeds/access.ts'
import { upgradeStore } from '../../store/upgrade/upgrade.ts'

/** Does nothing where all is in today's form. `onProgress` as of upgradeStore. */
export function bringUpToDate(db: WriteDb, onProgress?: (share: number) => void): void {
  if (readMeta(db, 'upgradedTo') === null) return
  if (readMeta(db, 'nearAllowed') === null) allowNearFeeds(db)
  upgradeStore(db, onProgress)
}

/**
 * Before there was a permission for names like wiki.corp, the proxy was asked for them: a feed that was read there, at the
 * address the user gave it, gets one. A move, or a list that brought in a feed which never answered, gives none.
 */
function allowNearFeeds(db: WriteDb): void {
  const near = readWithoutPermission(db).flatMap(({ id, url }) => {
    const address = URL.parse(url)
    const isNear = address !== null && literalAddress(address) === null && isOwnNetwork(address)
    return isNear ? [{ id, privateHost: hostPort(address) }] : []
  })
  if (near.length === 0) return
  db.transaction(() => {
    for (const { id, privateHost } of near) allowPrivateHost(db, id, privateHost)
    // The journal outlives the database: it gets all permissions with its next base.
    writeMeta(db, 'isJournalBehind', true)
  }).immediate()
}
