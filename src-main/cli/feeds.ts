/** `add`, `feeds` and `remove`. */
import catalogue from '../../resources/catalogue.json' with { type: 'json' }
import type { EngineClient } from '../api/contract/rpc.ts'
import type { Discovery, Failure, Feed, Folder } from '../api/model.ts'
import { type CatalogueFeed, clearHit, searchCatalogue } from '../api/names/catalogue.ts'
import { readAddress } from '../api/names/typed-address.ts'
import { explain, explainInOneLine } from '../api/reasons.ts'
import { isoOrNull } from '../lib/time.ts'
import type { Command } from './base/command.ts'
import { fail, oneLine, print, printJson } from './base/output.ts'

type Added = { address: string } & (
  | { outcome: 'added'; feedId: number; title: string; url: string; newArticles: number; otherFeeds: string[] }
  | { outcome: 'already-there'; feedId: number }
  | { outcome: 'failed'; code: Failure['reason']; message: string; failure: Failure }
)

/** Each address by itself: one that fails does not stop the others. */
export async function addFeeds(engine: EngineClient, command: Command): Promise<number> {
  const { words, isJson, isPrivateAllowed } = command
  const results: Added[] = []
  for (const address of words) {
    const isAddress = readAddress(address) !== null
    const result = isAddress ? await addAtAddress(engine, address, isPrivateAllowed) : await addByName(engine, address)
    results.push(result)
    if (!isJson) tell(result)
  }
  if (isJson) printJson(results)
  return results.some(result => result.outcome === 'failed') ? 1 : 0
}

/** Nobody can choose here: where several feeds have the name, it fails with a list of them. */
async function addByName(engine: EngineClient, name: string): Promise<Added> {
  const found = searchCatalogue(catalogue, name)
  const hit = clearHit(found, name)
  if (hit) return await follow(engine, name, hit.feed, [])
  const matches = found.hits.map(({ feed: { title, url } }) => ({ title, url }))
  return failed(name, matches.length > 0 ? { reason: 'unclear-name', name, matches } : { reason: 'unknown-name', name })
}

async function addAtAddress(engine: EngineClient, address: string, allowPrivate: boolean): Promise<Added> {
  const discovery: Discovery = await engine.discover({ address, allowPrivate })
  if (discovery.kind === 'failed') return failed(address, discovery.failure)
  const [first, ...others] = discovery.feeds
  if (!first) return failed(address, { reason: 'not-a-feed', found: [] })
  if (first.subscribedId !== null) return { address, outcome: 'already-there', feedId: first.subscribedId }
  return await follow(
    engine,
    address,
    { url: first.url, allowPrivate },
    others.map(other => other.url),
  )
}

type Wanted = Pick<CatalogueFeed, 'url'> & Partial<CatalogueFeed> & { allowPrivate?: boolean }

async function follow(engine: EngineClient, address: string, wanted: Wanted, otherFeeds: string[]): Promise<Added> {
  const added = await engine.addFeed({ url: wanted.url, title: wanted.title, allowPrivate: wanted.allowPrivate })
  if (added.kind === 'failed') return failed(address, added.failure)
  if (added.kind === 'already-there') return { address, outcome: 'already-there', feedId: added.feedId }
  const { feed, newArticles } = added
  return { address, outcome: 'added', feedId: feed.id, title: feed.title, url: feed.url, newArticles, otherFeeds }
}

function failed(address: string, failure: Failure): Added {
  const { what, next } = explain(failure)
  return { address, outcome: 'failed', code: failure.reason, message: `${what} ${next}`, failure }
}

function tell(result: Added): void {
  if (result.outcome === 'failed') {
    fail({ code: result.code, message: `${result.address}: ${result.message}` }, false)
  } else if (result.outcome === 'already-there') {
    print(`Followed already: ${oneLine(result.address)} is feed ${result.feedId}`)
  } else {
    print(`Added ${result.feedId}  ${oneLine(result.title)}  ${result.url}  (${result.newArticles} articles)`)
    for (const url of result.otherFeeds) print(`  there is also ${url}`)
  }
}

export async function listFeeds(engine: EngineClient, { isJson }: Command): Promise<number> {
  const { feeds, folders, counts } = await engine.sources({})
  const unread = (feed: Pick<Feed, 'id'>) => counts.unreadByFeed[feed.id] ?? 0
  if (isJson) {
    return printJson(
      feeds.map(({ iconUrl: _, ...feed }) => ({
        ...feed,
        folder: pathOf(feed.folderId, folders),
        unread: unread(feed),
        addedAt: isoOrNull(feed.addedAt),
        lastCheckedAt: isoOrNull(feed.lastCheckedAt),
        lastSuccessAt: isoOrNull(feed.lastSuccessAt),
        nextCheckAt: isoOrNull(feed.nextCheckAt),
        failingSince: isoOrNull(feed.failingSince),
        message: feed.failure && explainInOneLine(feed.failure),
      })),
    )
  }
  for (const feed of feeds) {
    const folder = pathOf(feed.folderId, folders)
    const note = feed.failure ? `  ! ${explainInOneLine(feed.failure)}` : feed.paused ? '  (paused)' : ''
    const place = folder === '' ? '' : `${oneLine(folder)} / `
    print(
      `${String(feed.id).padStart(5)}  ${String(unread(feed)).padStart(5)} unread  ${place}${oneLine(feed.title)}  ${feed.url}${note}`,
    )
  }
  return 0
}

/** Folder names from the outermost on, with ' / ' between them; '' for none. */
function pathOf(folderId: number | null, folders: Folder[]): string {
  const names: string[] = []
  for (let id = folderId; id !== null && names.length < 32; ) {
    const folder = folders.find(folder => folder.id === id)
    if (!folder) break
    names.unshift(folder.title)
    id = folder.parentId
  }
  return names.join(' / ')
}

export async function removeFeeds(engine: EngineClient, { words, isJson }: Command): Promise<number> {
  const { feeds } = await engine.sources({})
  const known = new Map(feeds.map(feed => [feed.id, feed]))
  const ids = words.map(Number)
  const missing = ids.filter(id => !known.has(id))
  if (missing.length > 0) return fail({ code: 'not-found', message: `There is no feed ${missing.join(', ')}.` }, isJson)
  await engine.unsubscribe({ feedIds: ids })
  if (isJson) return printJson({ removed: ids })
  for (const id of ids) print(`Unsubscribed from ${oneLine(known.get(id)?.title ?? '')}`)
  return 0
}
