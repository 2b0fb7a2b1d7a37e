/** Whether this computer is on any network, as far as it knows. */
import { isIPv4 } from 'node:net'
import type { NetworkInterfaceInfo } from 'node:os'
import type { Failure } from '../api/model.ts'

/** As `os.networkInterfaces()` answers: those that are up, with their addresses. */
export type Networks = NodeJS.Dict<Pick<NetworkInterfaceInfo, 'address' | 'internal'>[]>

/**
 * Whether no interface has an address that could reach another network. A virtual one (of containers, of a VPN) may have one
 * without a cable: then we cannot know, and it is false.
 */
export function isOffline(networks: Networks): boolean {
  return !Object.values(networks).some(addresses =>
    addresses?.some(({ address, internal }) => !internal && !isLinkLocal(address)),
  )
}

/** An interface without any other address has one of these (RFC 3927, RFC 4291). */
function isLinkLocal(address: string): boolean {
  return isIPv4(address) ? address.startsWith('169.254.') : /^fe[89ab]/i.test(address)
}

/** Failures that are as likely ours as the server's: no name found, no route to it. */
export function isConnectivity({ reason }: Failure): boolean {
  return ['dns', 'unreachable', 'offline', 'sign-in'].includes(reason)
}

/** No server has answered, which may be the network's fault. */
export function isSilence({ reason }: Failure): boolean {
  return ['dns', 'refused', 'unreachable', 'offline', 'sign-in', 'timeout'].includes(reason)
}
