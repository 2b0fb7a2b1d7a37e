/**
 * Which addresses are on this machine or a private network. A feed, a redirect or an image must not make us knock on the
 * reader's router, on a cloud's metadata service or on our own window's port (server-side request forgery).
 */
import type { LookupAddress, LookupOptions } from 'node:dns'
import type { LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'

/** The name resolved to nothing but addresses we don't go to. */
export class PrivateAddress extends Error {}

export type Resolve = (
  hostname: string,
  options: LookupOptions & { all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void

/** `host:port` with the scheme's own port filled in: how the user's permission for a private host is remembered. */
export function hostPort(url: URL): string {
  return `${url.hostname}:${url.port || (url.protocol === 'https:' ? '443' : '80')}`
}

/** The IP address a URL names literally, or null for a name. */
export function literalAddress(url: URL): string | null {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  return ipaddr.isValid(host) ? host : null
}

/** Whether a name always means this machine (RFC 6761, 6.3); a proxy would resolve it to its own. */
export function isLocalName(hostname: string): boolean {
  const name = hostname.replace(/\.$/, '').toLowerCase()
  return name === 'localhost' || name.endsWith('.localhost')
}

/** Whether an address is plainly on this machine or a private network, without asking for its name. */
export function isOwnNetwork(url: URL): boolean {
  const literal = literalAddress(url)
  if (literal !== null) return isPrivateAddress(literal)
  const name = url.hostname.replace(/\.$/, '')
  return isLocalName(name) || !name.includes('.') || /\.(local|lan|home\.arpa|internal|localdomain)$/.test(name)
}

/** The same, asking for the name where only that can tell. A name that is not known is not private. */
export async function isPrivateHost(url: URL, resolve: Resolve): Promise<boolean> {
  if (isOwnNetwork(url)) return true
  if (literalAddress(url) !== null) return false
  return new Promise(answer => {
    resolve(url.hostname, { all: true }, (error, addresses) => {
      answer(!error && addresses.length > 0 && addresses.every(entry => isPrivateAddress(entry.address)))
    })
  })
}

/** Anything that is not a public unicast address; what cannot be read counts as private. */
export function isPrivateAddress(address: string): boolean {
  // A zone id (fe80::1%eth0) is not part of the address.
  const bare = address.replace(/%.*$/, '')
  if (!ipaddr.isValid(bare)) return true
  // IPv4 inside IPv6 (::ffff:127.0.0.1) is judged as the IPv4 address it reaches.
  const parsed = ipaddr.process(bare)
  if (parsed.kind() === 'ipv4') return parsed.range() !== 'unicast'
  const v6 = parsed as ipaddr.IPv6
  const embedded = embeddedIPv4(v6)
  if (embedded) return embedded.range() !== 'unicast'
  return v6.range() !== 'unicast'
}

/** NAT64 (RFC 6052) is how IPv6-only networks reach the IPv4 internet; 6to4 (RFC 3056) likewise carries an IPv4 address. */
function embeddedIPv4(address: ipaddr.IPv6): ipaddr.IPv4 | null {
  const bytes = address.toByteArray()
  const range = address.range()
  if (range === 'rfc6052') return new ipaddr.IPv4(bytes.slice(12, 16))
  if (range === '6to4') return new ipaddr.IPv4(bytes.slice(2, 6))
  // ::a.b.c.d, deprecated yet still understood by some systems.
  if (bytes.slice(0, 12).every(byte => byte === 0)) return new ipaddr.IPv4(bytes.slice(12, 16))
  return null
}

/** A lookup for sockets that answers public addresses only, so that what was checked is what is connected to. */
export function publicLookup(resolve: Resolve): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, [])
      const open = addresses.filter(entry => !isPrivateAddress(entry.address))
      const first = open[0]
      if (!first) return callback(new PrivateAddress(hostname), [])
      if (options.all) return callback(null, open)
      callback(null, first.address, first.family)
    })
  }
}

/** The same without the check, for the one host the user allowed. */
export function anyLookup(resolve: Resolve): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, [])
      const first = addresses[0]
      if (options.all || !first) return callback(null, addresses)
      callback(null, first.address, first.family)
    })
  }
}
