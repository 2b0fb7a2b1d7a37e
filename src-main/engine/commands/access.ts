/** What a feed is fetched with where the user said so: credentials, a proxy, a user agent. */
import type { Checked, Output } from '../../api/contract/contract.ts'
import type { Credentials } from '../../api/model.ts'
import { openCredentials, sealCredentials } from '../../http/credentials.ts'
import { NotFound } from '../../lib/refused.ts'
import { accessOf, type StoredAccess, saveAccess } from '../../store/feeds/access.ts'
import { sealProxy, shownProxy } from '../../store/feeds/proxy-address.ts'
import type { FeedColumn } from '../../store/feeds/states.ts'
import type { Context } from '../context/context.ts'
import { changeFeeds } from '../context/sources.ts'

/** With the address: undo must not give one server's credentials to another. */
const columns: { asked: FeedColumn[]; beside: FeedColumn[] } = {
  asked: ['url', 'credentials', 'proxy', 'userAgent'],
  beside: ['nextCheckAt'],
}

export function makeAccessCommands(context: Context) {
  const { db, intake, secrets, now } = context

  return {
    feedAccess({ feedId }: Checked<'feedAccess'>): Output<'feedAccess'> {
      const { credentials, proxy, userAgent } = requireAccess(feedId)
      const userName = openCredentials(secrets, credentials)?.userName ?? null
      return { userName, ...shownProxy(secrets, proxy), userAgent }
    },

    setFeedAccess({ feedId, ...changes }: Checked<'setFeedAccess'>): Output<'setFeedAccess'> {
      const known = requireAccess(feedId)
      const credentials = changes.credentials && sealCredentials(secrets, changes.credentials)
      const access = {
        credentials: credentials === undefined ? known.credentials : credentials,
        proxy: changes.proxy === undefined ? known.proxy : changes.proxy && sealProxy(secrets, changes.proxy),
        userAgent: changes.userAgent === undefined ? known.userAgent : changes.userAgent,
      }
      const save = () => saveAccess(db, feedId, access, now())
      const undoId = changeFeeds(context, [feedId], columns, save)
      void intake.scheduleChanged()
      return { undoId }
    },
  }

  function requireAccess(feedId: number): StoredAccess {
    const access = accessOf(db, feedId)
    if (!access) throw new NotFound(`feed ${feedId}`)
    return access
  }
}

/** Stores the credentials of an address that the user typed. */
export function setCredentials({ db, secrets, now }: Context, feedId: number, credentials: Credentials): void {
  const known = accessOf(db, feedId)
  if (known) saveAccess(db, feedId, { ...known, credentials: sealCredentials(secrets, credentials) }, now())
}
