/** The permission to fetch a feed from the user's own network: when it is given, and when the user has to be asked. */
import { setTimeout as wait } from 'node:timers/promises'
import type { OpmlEntry } from '../../feeds/opml/read.ts'
import { hostPort, isOwnNetwork } from '../../http/private-address.ts'
import { type Environment, proxyFor } from '../../http/proxy.ts'
import type { Context } from '../context/context.ts'

/** DNS queries at once. */
const concurrency = 8
/** Ms. Names that are not resolved by then get no permission: they are refused at the first fetch. */
const timeLimit = 5_000

export type Permission = { kind: 'none' } | { kind: 'given'; host: string } | { kind: 'to-ask' }

type Asked = {
  /** The user was told that the name leads to this machine or a private network, and wants it. */
  isAllowed: boolean
  /** `host:port` that the feed has the permission for already. */
  before: string | null
  /** The feed's own proxy, as in http/types.ts. */
  proxy: string | null
}

/**
 * For an address that the user typed. One that is private by its form (192.168.1.2, nas.local) is meant so; for a name that
 * only resolves to a private address the user is asked, since anybody's domain can point to the user's router.
 */
export async function permissionFor(
  typed: URL,
  { isAllowed, before, proxy }: Asked,
  isPrivateHost: Context['isPrivateHost'],
  environment: Environment = process.env,
): Promise<Permission> {
  const host = hostPort(typed)
  if (isOwnNetwork(typed) || before === host) return { kind: 'given', host }
  // A DNS query would tell the local network which site is read, which the proxy is there to hide.
  const isProxied = proxy !== 'direct' && (proxy ?? proxyFor(typed, environment)) !== null
  if ((isProxied && !isAllowed) || !(await isPrivateHost(typed))) return { kind: 'none' }
  return isAllowed ? { kind: 'given', host } : { kind: 'to-ask' }
}

/** Of the feeds of a list: `host:port` of each in the user's own network; none where the user has not allowed such feeds. */
export async function privateHosts(
  { isPrivateHost }: Pick<Context, 'isPrivateHost'>,
  entries: OpmlEntry[],
  isAllowed: boolean,
): Promise<ReadonlySet<string>> {
  const found = new Set<string>()
  if (!isAllowed) return found
  const open = new Map<string, URL>()
  for (const { url } of entries) {
    const address = new URL(url)
    if (isOwnNetwork(address)) found.add(hostPort(address))
    else open.set(hostPort(address), address)
  }
  const deadline = AbortSignal.timeout(timeLimit)
  const waiting = open.entries()
  const work = async () => {
    for (const [host, address] of waiting) {
      if (deadline.aborted) return
      if (await isPrivateHost(address)) found.add(host)
    }
  }
  await Promise.race([Promise.all(Array.from({ length: concurrency }, work)), wait(timeLimit, null, { ref: false })])
  return new Set(found)
}
