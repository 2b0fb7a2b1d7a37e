/**
 * Which addresses are on this machine or a private network. A feed, a redirect or an image must not make us send requests to
 * the reader's router, a cloud's metadata service or our own window's port (server-side request forgery).
 */
import type { LookupAddress, LookupOptions } from 'node:dns'
import type { LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'
import { isLocalNetworkName } from '../api/names/private-names.ts'

/** The name resolves to private addresses only. */
export class PrivateAddress extends Error {}

export type Resolve = (
  hostname: string,
  options: LookupOptions & { all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void

/** `host:port`, always with a port: how the user's permission for a private host is stored. */
export function hostPort(url: URL): string {
  return `${url.hostname}:${url.port || (url.protocol === 'https:' ? '443' : '80')}`
}

/** The IP address a URL names literally, or null for a name. */
export function literalAddress(url: URL): string | null {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  return ipaddr.isValid(host) ? host : null
}

/** Whether a name always means this machine (RFC 6761, 6.3); a proxy would take it for its own. */
export function isLocalName(hostname: string): boolean {
  const name = hostname.replace(/\.+$/, '').toLowerCase()
  return name === 'localhost' || name.endsWith('.localhost')
}

/**
 * Whether an address is plainly on this machine or a private network, without a lookup of its name: for addresses in articles
 * and lists, and for all that goes through a proxy, which looks names up itself.
 */
export function isOwnNetwork(url: URL): boolean {
  const literal = literalAddress(url)
  return literal === null ? isLocalNetworkName(url.hostname) : isPrivateAddress(literal)
}

/** The same with a lookup of the name. An unknown name is not private. */
export async function isPrivateHost(url: URL, resolve: Resolve): Promise<boolean> {
  if (isOwnNetwork(url)) return true
  if (literalAddress(url) !== null) return false
  return new Promise(answer => {
    resolve(url.hostname, { all: true }, (error, addresses) => {
      answer(!error && addresses.length > 0 && addresses.every(entry => isPrivateAddress(entry.address)))
    })
  })
}

/** Anything but a public unicast address; what cannot be parsed counts as private. */
export function isPrivateAddress(address: string): boolean {
  // A zone id (fe80::1%eth0) is not part of the address.
  const bare = address.replace(/%.*$/, '')
  if (!ipaddr.isValid(bare)) return true
  // IPv4 inside IPv6 (::ffff:127.0.0.1) is judged as the IPv4 address it reaches.
  const parsed = ipaddr.process(bare)
  if (parsed.kind() === 'ipv4') return parsed.range() !== 'unicast'
  const v6 = parsed as ipaddr.IPv6
  const embedded = embeddedIPv4(v6)
  if (embedded.length > 0) return embedded.some(inner => inner.range() !== 'unicast')
  // All global addresses assigned so far lie in 2000::/3 (RFC 4291, 2.4).
  return v6.range() !== 'unicast' || v6.toByteArray()[0]! >> 5 !== 1
}

/**
 * The IPv4 addresses that an IPv6 address may stand for: NAT64 (RFC 6052) is how IPv6-only networks reach the IPv4 internet;
 * 6to4 (RFC 3056) likewise carries one.
 */
function embeddedIPv4(address: ipaddr.IPv6): ipaddr.IPv4[] {
  const bytes = address.toByteArray()
  if (bytes[0] === 0x20 && bytes[1] === 0x02) return [new ipaddr.IPv4(bytes.slice(2, 6))]
  if (bytes[0] === 0 && bytes[1] === 0x64 && bytes[2] === 0xff && bytes[3] === 0x9b) return behindNat64(bytes)
  // ::a.b.c.d is deprecated, but some systems still understand it.
  if (bytes.slice(0, 12).every(byte => byte === 0)) return [new ipaddr.IPv4(bytes.slice(12, 16))]
  return []
}

/** The places of the four bytes after prefixes of 48, 56, 64 and 96 bits (RFC 6052, 2.2). Byte 8 is never one. */
const nat64Places = [
  [6, 7, 9, 10],
  [7, 9, 10, 11],
  [9, 10, 11, 12],
  [12, 13, 14, 15],
]

/**
 * 64:ff9b::/96 is the well-known prefix; each network divides 64:ff9b:1::/48 (RFC 8215) with a prefix length of its own. What
 * follows the four bytes is zero, which mostly leaves one reading. A further one that ends in .0 only has the last bytes of
 * the first. The rest of 64:ff9b::/32 is nobody's.
 */
function behindNat64(bytes: number[]): ipaddr.IPv4[] {
  const isZero = (byte: number) => byte === 0
  if (bytes.slice(4, 12).every(isZero)) return [new ipaddr.IPv4(bytes.slice(12))]
  if (bytes[4] !== 0 || bytes[5] !== 1) return []
  return nat64Places
    .filter(places => bytes.slice(places[3]! + 1).every(isZero) && (places[0] === 12 || bytes[8] === 0))
    .map(places => places.map(place => bytes[place]!))
    .filter((four, index) => index === 0 || four[3] !== 0)
    .map(four => new ipaddr.IPv4(four))
}

/** A lookup for sockets: unless private addresses are allowed, it answers only public ones, so that no other is connected to. */
export function lookup(resolve: Resolve, isPrivateAllowed: boolean): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, [])
      const open = isPrivateAllowed ? addresses : addresses.filter(entry => !isPrivateAddress(entry.address))
      const first = open[0]
      if (!first) return callback(new PrivateAddress(hostname), [])
      if (options.all) return callback(null, open)
      callback(null, first.address, first.family)
    })
  }
}
