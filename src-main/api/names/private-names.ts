/** Names that a home or office network answers, and nobody else: the one place that knows them. */

/** Kept out of the public names (RFC 6761, RFC 6762, RFC 8375, ICANN's .internal, home, corp) or never given out in it. */
const ends = [
  ...['localhost', 'local', 'localdomain', 'lan', 'internal', 'intranet', 'private', 'home', 'home.arpa', 'corp'],
  // What a router common in homes calls itself.
  'fritz.box',
]
const localName = new RegExp(`^(?:[^.]+|(?:.*\\.)?(?:${ends.map(end => end.replace('.', '\\.')).join('|')}))$`)

/** Whether a host's name (as URL.hostname has it, no address) means something in the reader's own network, by its form. */
export function isLocalNetworkName(hostname: string): boolean {
  return localName.test(hostname.replace(/\.+$/, '').toLowerCase())
}
