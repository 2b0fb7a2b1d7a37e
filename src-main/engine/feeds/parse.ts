/**
 * Text of any feed in the world to what its publisher says: the neutral form of parsed.ts. Our own reader makes the
 * elements, rss-parser picks, and the normalize files complete what it loses.
 */
import type { Failure } from '../../api/model.ts'
import { parseJsonFeed } from './json-feed.ts'
import { normalizeAtom } from './normalize-atom.ts'
import { normalizeRss } from './normalize-rss.ts'
import { baseOf } from './normalize-urls.ts'
import { attribute, children, fieldsOf } from './parse-fields.ts'
import { localName } from './parse-names.ts'
import type { Structure } from './parse-rss-parser.ts'
import { scanXml, type XmlNode } from './parse-xml.ts'
import type { ParsedFeed } from './parsed.ts'

export type Parsed = { ok: true; feed: ParsedFeed } | { ok: false; failure: Failure }

/** `maxItems` keeps the first so many items; without it all of them are read. */
export type AboutFeed = { url: string; contentType: string | null; maxItems?: number }

/** Characters that XML knows no way to write, and that no reader of feeds has a use for. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const forbidden = /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g

/**
 * Reads RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, JSON Feed 1.0 and 1.1. Synchronous, never fetches, takes time linear
 * in the text. Bad input is an outcome: 'not-a-feed', 'malformed' (with the line where known) or 'unsafe'.
 */
export function parseFeed(text: string, { url, contentType, maxItems }: AboutFeed): Parsed {
  const clean = forbidden.test(text) ? text.replace(forbidden, '') : text
  forbidden.lastIndex = 0
  const start = firstCharacter(clean)
  if (start === '{' || start === '[') return parseJsonFeed(clean, { url, maxItems })
  if (start === '') return { ok: false, failure: { reason: 'malformed', detail: 'empty', line: null } }
  const scanned = scanXml(clean, isFeedRoot)
  if (!scanned.ok) return scanned
  const root = scanned.roots.find(node => isFeedRoot(node.name) && looksLikeFeed(node))
  if (!root) return noFeed(scanned.roots, contentType)
  return { ok: true, feed: feedOf(root, url, maxItems) }
}

function firstCharacter(text: string): string {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code > 0x20 && code !== 0xfeff && code !== 0xa0) return text[at]!
  }
  return ''
}

const rootNames = new Set(['rss', 'rdf:rdf', 'feed', 'channel', 'entry'])

function isFeedRoot(name: string): boolean {
  return rootNames.has(name)
}

/** RDF says many things; a feed is what has a channel or items. */
function looksLikeFeed(root: XmlNode): boolean {
  if (root.name !== 'rdf:rdf') return true
  return children(root, 'channel').length > 0 || children(root, 'item').length > 0
}

function noFeed(roots: XmlNode[], contentType: string | null): Parsed {
  const expected = contentType !== null && /xml|rss|atom/i.test(contentType)
  if (roots.length === 0 && expected) {
    return { ok: false, failure: { reason: 'malformed', detail: 'no XML element', line: 1 } }
  }
  return { ok: false, failure: { reason: 'not-a-feed', found: [] } }
}

function feedOf(root: XmlNode, url: string, maxItems: number | undefined): ParsedFeed {
  const structure = structureOf(root, baseOf(root, url), maxItems)
  return structure.format === 'atom' ? normalizeAtom(structure) : normalizeRss(structure, root)
}

function structureOf(root: XmlNode, base: string, maxItems: number | undefined): Structure {
  const version = attribute(root, 'version')
  const limit = (items: XmlNode[]) => (maxItems === undefined ? items : items.slice(0, maxItems))
  if (root.name === 'feed') {
    return {
      format: 'atom',
      version,
      channel: root,
      fields: fieldsOf(root),
      base,
      items: limit(children(root, 'entry')),
    }
  }
  if (root.name === 'entry') {
    // An Atom entry document (RFC 4287, 2): a feed of one.
    return { format: 'atom', version, channel: root, fields: new Map(), base, items: [root] }
  }
  // A channel forgotten: its elements stand in the root.
  const channel = children(root, 'channel')[0] ?? root
  const format = localName(root.name) === 'rdf' ? 'rdf' : 'rss'
  const fields = fieldsOf(channel)
  return { format, version, channel, fields, base: baseOf(channel, base), items: limit(itemsOf(root, channel)) }
}

/** RSS 1.0 has its items beside the channel, and so do some feeds of the other versions. */
function itemsOf(root: XmlNode, channel: XmlNode): XmlNode[] {
  const inside = children(channel, 'item')
  const listed = children(channel, 'items').flatMap(list => children(list, 'item'))
  const beside = root === channel ? [] : children(root, 'item')
  return [...inside, ...listed, ...beside]
}
