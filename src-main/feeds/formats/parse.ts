/**
 * Parses the text of a feed into the neutral form of parsed.ts: our XML reader makes the tree, rss-parser selects the fields
 * it knows, and rss.ts and atom.ts add what it loses.
 */
import { withoutC1 } from '../../lib/text-marks.ts'
import { baseOf } from '../fields/urls.ts'
import type { ParsedFeed, ParseOptions, ParseResult } from '../parsed.ts'
import { attribute, children, fieldsOf, firstText } from '../xml/fields.ts'
import { localName } from '../xml/names.ts'
import { scanXml, type XmlNode } from '../xml/reader.ts'
import { normalizeAtom } from './atom.ts'
import { documentEnd } from './document-end.ts'
import { disambiguateDates } from './item-dates.ts'
import { parseJsonFeed } from './json.ts'
import { normalizeRss } from './rss.ts'
import type { Structure } from './rss-parser.ts'

/** Characters that XML does not allow. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const forbidden = /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g
/** These, and those that withoutC1 replaces, in one test: most feeds have neither. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const unusual = /[\x00-\x08\x0b\x0c\x0e-\x1f\x80-\x9f\ufffe\uffff]/

/** JSON, also after a comment, as an argument of a function (JSONP), or after a prefix against its use as a script. */
const maybeJson = /^(?:\/\*[^*]*\*\/\s*|\/\/[^\n]*\n\s*)?(?:\)\]\}'?,?\s*|[\w.$]{1,80}\s?\(\s*)?[{[]/

/**
 * Reads RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, JSON Feed 1.0 and 1.1. Synchronous, never fetches, takes time linear
 * in the text. Bad input is an outcome: 'not-a-feed', 'malformed' (with the line where known) or 'unsafe'.
 */
export function parseFeed(text: string, options: ParseOptions): ParseResult {
  const clean = unusual.test(text) ? withoutC1(text.replace(forbidden, '')) : text
  const start = clean.trimStart().slice(0, 1_000)
  if (maybeJson.test(start)) return parseJsonFeed(clean, options)
  if (start === '') return { ok: false, failure: { reason: 'malformed', detail: 'empty', line: null } }
  const scanned = scanXml(clean, isFeedRoot)
  if (!scanned.ok) return scanned
  const root = scanned.roots.find(node => isFeedRoot(node.name) && looksLikeFeed(node))
  if (!root) return noFeed(scanned.roots, options.contentType)
  const { end, openItem } = documentEnd(clean, root, scanned.open)
  return { ok: true, feed: feedOf(root, options, openItem), end }
}

const rootNames = new Set(['rss', 'rdf:rdf', 'feed', 'channel', 'entry'])

function isFeedRoot(name: string): boolean {
  return rootNames.has(name)
}

/** RDF is also used for other things: a feed has a channel or items. */
function looksLikeFeed(root: XmlNode): boolean {
  if (root.name !== 'rdf:rdf') return true
  return children(root, 'channel').length > 0 || children(root, 'item').length > 0
}

function noFeed(roots: XmlNode[], contentType: string | null): ParseResult {
  const expected = contentType !== null && /xml|rss|atom/i.test(contentType)
  if (roots.length === 0 && expected) {
    return { ok: false, failure: { reason: 'malformed', detail: 'no XML element', line: 1 } }
  }
  return { ok: false, failure: { reason: 'not-a-feed', found: [] } }
}

function feedOf(root: XmlNode, { url, maxItems, onlyWholeItems }: ParseOptions, openItem: XmlNode | null): ParsedFeed {
  const structure = structureOf(root, baseOf(root, url))
  if (onlyWholeItems) structure.items = structure.items.filter(item => item !== openItem)
  if (maxItems !== undefined) structure.items.length = Math.min(structure.items.length, maxItems)
  const { items, fields, channel } = structure
  disambiguateDates(items, firstText(fields, 'language', 'dc:language') || attribute(channel, 'xml:lang'))
  return structure.format === 'atom' ? normalizeAtom(structure) : normalizeRss(structure, root)
}

function structureOf(root: XmlNode, base: string): Structure {
  const atom = { format: 'atom', channel: root, base } as const
  if (root.name === 'feed') return { ...atom, fields: fieldsOf(root), items: children(root, 'entry') }
  // An Atom entry document (RFC 4287, 2): a feed of one.
  if (root.name === 'entry') return { ...atom, fields: new Map(), items: [root] }
  // Without a channel its elements are in the root.
  const channel = children(root, 'channel')[0] ?? root
  const format = localName(root.name) === 'rdf' ? 'rdf' : 'rss'
  const fields = fieldsOf(channel)
  return { format, channel, fields, base: baseOf(channel, base), items: itemsOf(root, channel) }
}

/** RSS 1.0 has its items beside the channel, and so have some feeds of other versions. */
function itemsOf(root: XmlNode, channel: XmlNode): XmlNode[] {
  const inside = children(channel, 'item')
  const listed = children(channel, 'items').flatMap(list => children(list, 'item'))
  const beside = root === channel ? [] : children(root, 'item')
  return [...inside, ...listed, ...beside]
}
