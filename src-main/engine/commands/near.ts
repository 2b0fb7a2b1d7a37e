/** The permission to fetch a feed from the user's own network: when it is given, and when the user has to be asked. */

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
