/** Whether this computer is on any network, as far as it knows itself. */
import { isIPv4 } from 'node:net'
import type { NetworkInterfaceInfo } from 'node:os'
import type { Failure } from '../api/model.ts'

/** As `os.networkInterfaces()` answers: those that are up, with their addresses. */
export type Networks = NodeJS.Dict<Pick<NetworkInterfaceInfo, 'address' | 'internal'>[]>

/**
 * No interface has an address by which it could reach another network. A virtual one (of containers, of a VPN) may have such
 * an address without a cable: then we don't know, and say no.
 */
export function isOffline(networks: Networks): boolean {
  return !Object.values(networks).some(addresses =>
    addresses?.some(({ address, internal }) => !internal && !isLinkLocal(address)),
  )
}

/** An interface that got no other address gives itself such a one (RFC 3927, RFC 4291). */
function isLinkLocal(address: string): boolean {
  return isIPv4(address) ? address.startsWith('169.254.') : /^fe[89ab]/i.test(address)
}

/** The way to a server broke off, and not at its end as far as one can see from here. */
export function mayBeOurWay({ reason }: Failure): boolean {
  return reason === 'dns' || reason === 'unreachable'
}
