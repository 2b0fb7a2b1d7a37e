/** Host names that only resolve in a home or office network. */

/** Reserved (RFC 6761, RFC 6762, RFC 8375, ICANN's .internal, home, corp) or never delegated in the public DNS. */
const suffixes = [
  ...['localhost', 'local', 'localdomain', 'lan', 'internal', 'intranet', 'private', 'home', 'home.arpa', 'corp'],
  // A common home router's own name.
  'fritz.box',
]
const localName = new RegExp(
  `^(?:[^.]+|(?:.*\\.)?(?:${suffixes.map(suffix => suffix.replace('.', '\\.')).join('|')}))$`,
)

/** Whether a host name (as URL.hostname has it, no IP address) is private by its form. */
export function isLocalNetworkName(hostname: string): boolean {
  return localName.test(hostname.replace(/\.+$/, '').toLowerCase())
}
