/** The user's permission for a feed in the reader's own network: when he gave it, and when he has to be asked. */

import { hostPort, isOwnNetwork } from '../../http/private-address.ts'
import { type Environment, proxyFor } from '../../http/proxy.ts'
import type { Context } from '../context/context.ts'

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
 * What an address that the user typed for a feed may do. One that says itself that it is near is meant; a name that only
 * turns out to be is asked about: anybody's name can be made to lead to the reader's router.
 */
export async function permissionFor(
  typed: URL,
  { isAllowed, before, proxy }: Asked,
  isPrivateHost: Context['isPrivateHost'],
  environment: Environment = process.env,
): Promise<Permission> {
  const host = hostPort(typed)
  if (isOwnNetwork(typed) || before === host) return { kind: 'given', host }
  // Looking a name up would tell the network what is read, where that is what the proxy is for.
  const isProxied = proxy !== 'direct' && (proxy ?? proxyFor(typed, environment)) !== null
  if ((isProxied && !isAllowed) || !(await isPrivateHost(typed))) return { kind: 'none' }
  return isAllowed ? { kind: 'given', host } : { kind: 'to-ask' }
}
