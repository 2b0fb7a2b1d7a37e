/** A feed that a browser or a file manager gives as a file: what is followed is its address, not the file. */
import { webAddress } from './web-address.ts'

/** By the start of the file, after comments and style sheets. */
export function isFeed(start: string): boolean {
  return /<(?:rss|feed|(?:\w+:)?RDF)[\s>]/.test(start)
}

/**
 * The address that a feed gives as its own, else that of its site, where Broadsheet finds it; null where there is neither. The text
 * is of one character for each byte.
 */
export function addressInFeed(text: string): string | null {
  // What articles link to is not meant.
  const [head = ''] = text.split(/<(?:\w+:)?(?:item|entry)[\s>]/, 1)
  const links = [...head.matchAll(/<(?:\w+:)?link\b([^<>]*)>/g)].map(([, attributes]) => attributes!)
  const own = links.find(link => attribute(link, 'rel') === 'self')
  const site = links.find(link => /^(?:alternate)?$/.test(attribute(link, 'rel')) && attribute(link, 'href'))
  const channel = /<link>(?:\s|<!\[CDATA\[)*([^<\s\]]+)/.exec(head)?.[1]
  const found = [own && attribute(own, 'href'), site && attribute(site, 'href'), channel]
  return found.map(address => webAddress((address ?? '').replaceAll('&amp;', '&'))).find(Boolean) ?? null
}

function attribute(attributes: string, name: string): string {
  return new RegExp(`(?:^|\\s)${name}\\s*=\\s*["']\\s*([^"'\\s]*)`).exec(attributes)?.[1] ?? ''
}
