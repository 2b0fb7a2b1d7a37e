/**
 * Text of any feed in the world to what its publisher says: the neutral form of parsed.ts. Our own reader makes the
 * elements, rss-parser picks, and the normalize files complete what it loses.
 */
import type { Failure } from '../../api/model.ts'
import { baseOf } from '../fields/urls.ts'
import type { FeedEnd, ParsedFeed } from '../parsed.ts'
import { attribute, children, fieldsOf, firstText } from '../xml/fields.ts'
import { localName } from '../xml/names.ts'
import { scanXml, type XmlNode } from '../xml/reader.ts'
import { withoutC1 } from '../xml/references.ts'
import { normalizeAtom } from './atom.ts'
import { documentEnd } from './document-end.ts'
import { settleDates } from './item-dates.ts'
import { parseJsonFeed } from './json.ts'
import { normalizeRss } from './rss.ts'
import type { Structure } from './rss-parser.ts'

export type Parsed = { ok: true; feed: ParsedFeed; end: FeedEnd } | { ok: false; failure: Failure }

/**
 * `maxItems` keeps the first so many items; without it all of them are read. `onlyWholeItems` leaves out the item in whose
 * middle the text ends.
 */
export type AboutFeed = { url: string; contentType: string | null; maxItems?: number; onlyWholeItems?: boolean }

/** Characters that XML knows no way to write, and that no reader of feeds has a use for. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const forbidden = /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g
/** These, and what withoutC1 replaces, looked for in one go: most feeds have none of it. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const unusual = /[\x00-\x08\x0b\x0c\x0e-\x1f\x80-\x9f\ufffe\uffff]/

/** JSON behind a comment, as an argument of a function (JSONP), or behind what keeps scripts from running it. */
const wrappedJson = /^[\s\ufeff]*(?:\/\*[^*]*\*\/\s*|\/\/[^\n]*\n\s*)?(?:\)\]\}'?,?\s*|[\w.$]{1,80}\s?\(\s*)?[{[]/

/**
 * Reads RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, JSON Feed 1.0 and 1.1. Synchronous, never fetches, takes time linear
 * in the text. Bad input is an outcome: 'not-a-feed', 'malformed' (with the line where known) or 'unsafe'.
 */
export function parseFeed(text: string, about: AboutFeed): Parsed {
  const { contentType } = about
  const clean = unusual.test(text) ? withoutC1(text.replace(forbidden, '')) : text
  const start = firstCharacter(clean)
  if (start === '{' || start === '[' || wrappedJson.test(clean.slice(0, 1_000))) return parseJsonFeed(clean, about)
  if (start === '') return { ok: false, failure: { reason: 'malformed', detail: 'empty', line: null } }
  const scanned = scanXml(clean, isFeedRoot)
  if (!scanned.ok) return scanned
  const root = scanned.roots.find(node => isFeedRoot(node.name) && looksLikeFeed(node))
  if (!root) return noFeed(scanned.roots, contentType)
  const { end, openItem } = documentEnd(clean, root, scanned.open)
  return { ok: true, feed: feedOf(root, about, openItem), end }
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

function feedOf(root: XmlNode, { url, maxItems, onlyWholeItems }: AboutFeed, openItem: XmlNode | null): ParsedFeed {
  const structure = structureOf(root, baseOf(root, url))
  if (onlyWholeItems) structure.items = structure.items.filter(item => item !== openItem)
  if (maxItems !== undefined) structure.items.length = Math.min(structure.items.length, maxItems)
  const { items, fields, channel } = structure
  settleDates(items, firstText(fields, 'language', 'dc:language') || attribute(channel, 'xml:lang'))
  return structure.format === 'atom' ? normalizeAtom(structure) : normalizeRss(structure, root)
}

function structureOf(root: XmlNode, base: string): Structure {
  const version = attribute(root, 'version')
  if (root.name === 'feed') {
    return {
      format: 'atom',
      version,
      channel: root,
      fields: fieldsOf(root),
      base,
      items: children(root, 'entry'),
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
  return { format, version, channel, fields, base: baseOf(channel, base), items: itemsOf(root, channel) }
}

/** RSS 1.0 has its items beside the channel, and so do some feeds of the other versions. */
function itemsOf(root: XmlNode, channel: XmlNode): XmlNode[] {
  const inside = children(channel, 'item')
  const listed = children(channel, 'items').flatMap(list => children(list, 'item'))
  const beside = root === channel ? [] : children(root, 'item')
  return [...inside, ...listed, ...beside]
}
