import { isLocalNetworkName } from '../../src-main/api/names/private-names.ts'

const privateHost =
  /^(127\..*|10\..*|192\.168\..*|169\.254\..*|172\.(1[6-9]|2\d|3[01])\..*|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\..*|0\..*|\[(::1?|f[cd].*|fe[89ab].*|::ffff:.*)\])$/

/**
 * Whether an address plainly names this machine or a private network, so that the user can be asked before importing it.
 * Only for marking: the engine checks every address where it connects, and refuses by itself.
 */
export function looksPrivate(address: string): boolean {
  const url = URL.parse(address)
  return url !== null && (privateHost.test(url.hostname) || isLocalNetworkName(url.hostname))
}
