/** Gives a feed another address; the undo record holds what was remembered of the server before. */
import type { Input, Output } from '../../api/contract/contract.ts'
import { readAddress } from '../../api/names/typed-address.ts'
import { offers } from '../../api/sources/kinds.ts'
import { splitCredentials } from '../../http/credentials.ts'
import { NotFound } from '../../lib/refused.ts'
import { accessOf } from '../../store/feeds/access.ts'
import * as store from '../../store/feeds/feeds.ts'
import type { FeedColumn } from '../../store/feeds/states.ts'
import type { Context } from '../context/context.ts'
import { announceFeed, changeFeeds, requireFeed } from '../context/sources.ts'
import { setCredentials } from './access.ts'
import { permissionFor } from './near.ts'

/** Columns that undo restores with the address: the publisher's, those of the poll memory, credentials. */
const besideUrl: FeedColumn[] = [
  'title',
  'siteUrl',
  'description',
  'language',
  'movedFrom',
  'failure',
  'failingSince',
  'paused',
  'memory',
  'credentials',
  'lastCheckedAt',
  'lastSuccessAt',
  'nextCheckAt',
]

export async function changeFeedUrl(context: Context, input: Input<'changeFeedUrl'>): Promise<Output<'changeFeedUrl'>> {
  const { feedId, url, allowPrivate } = input
  const { db, intake, chunks, now } = context
  const feed = requireFeed(db, feedId)
  if (!offers[feed.kind].hasAddress) throw new NotFound(`feed of the web ${feedId}`)
  const { address: bare, credentials } = splitCredentials(url)
  const address = readAddress(bare)
  if (!address) return { kind: 'failed', failure: { reason: 'bad-address' } }
  const taken = store.feedByUrl(db, address.url)
  if (taken && taken.id !== feedId) return { kind: 'taken', feedId: taken.id }
  const typed = new URL(address.url)
  const proxy = accessOf(db, feedId)?.proxy ?? null
  const asked = { isAllowed: allowPrivate === true, before: feed.privateHost, proxy }
  const permission = await permissionFor(typed, asked, context.isPrivateHost)
  if (permission.kind === 'to-ask') {
    return { kind: 'failed', failure: { reason: 'private-address', host: typed.hostname } }
  }
  const privateHost = permission.kind === 'given' ? permission.host : null
  let undoId: number | null = null
  const change = () => {
    store.changeFeedUrl(db, { feedId, url: address.url, privateHost }, now())
    if (credentials) setCredentials(context, feedId, credentials)
  }
  await chunks.run('changeFeedUrl', { isWrite: true }, () => {
    const columns = { asked: ['url', 'privateHost'] satisfies FeedColumn[], beside: besideUrl }
    undoId = changeFeeds(context, [feedId], columns, change)
    return false
  })
  announceFeed(context, feedId)
  void intake.scheduleChanged()
  return { kind: 'changed', undoId }
}
