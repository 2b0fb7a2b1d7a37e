/** The files that an item names: RSS enclosures, Atom links, Media RSS, torrents. */

import { collapse } from '../../lib/text.ts'
import type { MediaVariant, ParsedEnclosure } from '../parsed.ts'
import { all, attribute, children, type Fields, firstText, localAttribute, textOf } from '../xml/fields.ts'
import type { XmlNode } from '../xml/reader.ts'
import { mediaContents, wholeNumber } from './media.ts'
import { linkParts } from './people.ts'
import { absolute, baseOf } from './urls.ts'

/** SAFETY: what one item may bring along. */
const mostEnclosures = 200

const enclosureNames = ['enclosure', 'enc:enclosure', 'atom:link', 'media:content', 'media:group', 'torrent:magneturi']

function hasAttributes(nodes: XmlNode[] | undefined): boolean {
  return nodes?.some(({ attributes }) => attributes.length > 0) ?? false
}

/** Enclosures in order, each address once. */
export function enclosures(fields: Fields, base: string): ParsedEnclosure[] {
  // Most items have none, and a feed may have 100,000 items.
  if (!enclosureNames.some(name => fields.has(name)) && !hasAttributes(fields.get('link'))) return []
  const found = new Map<string, ParsedEnclosure>()
  const add = (address: string, outer: string, told: Omit<ParsedEnclosure, 'url'>) => {
    const url = absolute(address, outer)
    if (!url) return
    const known = found.get(url)
    // The same file again, by another vocabulary that says more of it.
    if (known) found.set(url, { ...told, ...known, type: known.type || told.type, length: known.length ?? told.length })
    else if (found.size < mostEnclosures) found.set(url, { url, ...told })
  }
  for (const node of all(fields, 'enclosure', 'enc:enclosure')) {
    const address = localAttribute(node, 'url') || localAttribute(node, 'resource')
    const title = localAttribute(node, 'title')
    const length = wholeNumber(localAttribute(node, 'length'))
    add(address, baseOf(node, base), { type: localAttribute(node, 'type'), length, ...(title && { title }) })
  }
  for (const node of all(fields, 'link', 'atom:link')) {
    const { rel, href } = linkParts(node)
    if (rel !== 'enclosure') continue
    const title = attribute(node, 'title')
    const length = wholeNumber(attribute(node, 'length'))
    add(href, baseOf(node, base), { type: attribute(node, 'type'), length, ...(title && { title }) })
  }
  add(firstText(fields, 'torrent:magneturi'), base, { type: 'application/x-bittorrent', length: null })
  for (const node of all(fields, 'media:content')) add(attribute(node, 'url'), baseOf(node, base), mediaOf(node, null))
  all(fields, 'media:group').forEach((group, index) => {
    for (const node of children(group, 'media:content'))
      add(attribute(node, 'url'), baseOf(node, baseOf(group, base)), mediaOf(node, index))
  })
  return [...found.values()]
}

function mediaOf(node: XmlNode, group: number | null): Omit<ParsedEnclosure, 'url'> {
  const said = attribute(node, 'medium').toLowerCase()
  const type = attribute(node, 'type')
  const medium = said === 'audio' || said === 'video' || said === 'image' ? said : null
  const duration = wholeNumber(attribute(node, 'duration'))
  const named = children(node, 'media:title')[0]
  const title = named ? collapse(textOf(named)) : ''
  return {
    type,
    length: wholeNumber(attribute(node, 'filesize')),
    // Where the type tells it, it is not told again.
    ...(medium && !type.startsWith(`${medium}/`) && { medium }),
    ...(duration && { duration }),
    ...(title && { title }),
    variant: variantOf(node, group),
  }
}

function variantOf(node: XmlNode, group: number | null): MediaVariant {
  return {
    group,
    isDefault: attribute(node, 'isdefault').toLowerCase() === 'true',
    width: wholeNumber(attribute(node, 'width')),
    height: wholeNumber(attribute(node, 'height')),
    bitrate: wholeNumber(attribute(node, 'bitrate')),
  }
}

/** A page that plays what the item is about. */
export function player(fields: Fields, base: string): string | null {
  if (!fields.has('media:player') && !fields.has('media:content') && !fields.has('media:group')) return null
  const nodes = [
    ...all(fields, 'media:player'),
    ...all(fields, 'media:group').flatMap(group => children(group, 'media:player')),
    ...mediaContents(fields).flatMap(content => children(content, 'media:player')),
  ]
  const node = nodes.find(found => attribute(found, 'url') !== '')
  return node ? absolute(attribute(node, 'url'), baseOf(node, base)) : null
}

const episodeNames = [
  ...['itunes:duration', 'itunes:episode', 'itunes:episodetype', 'itunes:season', 'itunes:explicit', 'itunes:author'],
  ...['itunes:summary', 'itunes:subtitle', 'itunes:image'],
]

/** Whether a podcast's vocabulary says anything of the item. */
export function isEpisode(fields: Fields): boolean {
  return episodeNames.some(name => fields.has(name))
}
