/** An item's files: RSS enclosures, Atom links, Media RSS, torrents. */

import { enclosureKind } from '../../api/enclosures.ts'
import { collapse } from '../../lib/text.ts'
import type { MediaVariant, ParsedEnclosure } from '../parsed.ts'
import { all, attribute, children, type Fields, firstText, localAttribute, textOf } from '../xml/fields.ts'
import type { XmlNode } from '../xml/reader.ts'
import { chapters } from './chapters.ts'
import { mediaElements, wholeNumber } from './media.ts'
import { linkParts } from './people.ts'
import { absolute, baseOf } from './urls.ts'

/** SAFETY: limit for one item. */
const mostEnclosures = 200

const enclosureNames = ['enclosure', 'enc:enclosure', 'atom:link', 'media:content', 'media:group', 'torrent:magneturi']

function hasAttributes(nodes: XmlNode[] | undefined): boolean {
  return nodes?.some(({ attributes }) => attributes.length > 0) ?? false
}

/** In order, each address once. */
export function enclosures(fields: Fields, base: string): ParsedEnclosure[] {
  // A shortcut for most items: they have none, and a feed may have 100,000 items.
  if (!enclosureNames.some(name => fields.has(name)) && !hasAttributes(fields.get('link'))) return []
  const found = new Map<string, ParsedEnclosure>()
  const add = (address: string, outer: string, file: Omit<ParsedEnclosure, 'url'>) => {
    const url = absolute(address, outer)
    if (!url) return
    const known = found.get(url)
    // The same file in another vocabulary, which may have more properties.
    if (known) found.set(url, { ...file, ...known, type: known.type || file.type, length: known.length ?? file.length })
    else if (found.size < mostEnclosures) found.set(url, { url, ...file })
  }
  for (const node of all(fields, 'enclosure', 'enc:enclosure')) {
    add(localAttribute(node, 'url') || localAttribute(node, 'resource'), baseOf(node, base), fileOf(node))
  }
  for (const node of all(fields, 'link', 'atom:link')) {
    const { rel, href } = linkParts(node)
    if (rel === 'enclosure') add(href, baseOf(node, base), fileOf(node))
  }
  add(firstText(fields, 'torrent:magneturi'), base, { type: 'application/x-bittorrent', length: null })
  for (const node of all(fields, 'media:content')) add(attribute(node, 'url'), baseOf(node, base), mediaOf(node, null))
  all(fields, 'media:group').forEach((group, index) => {
    for (const node of children(group, 'media:content'))
      add(attribute(node, 'url'), baseOf(node, baseOf(group, base)), mediaOf(node, index))
  })
  return withChapters([...found.values()], fields, base)
}

/** They belong to the item: to its first sound or film. */
function withChapters(files: ParsedEnclosure[], fields: Fields, base: string): ParsedEnclosure[] {
  const found = chapters(fields, base)
  const played = found && files.find(file => /^(?:audio|video)$/.test(enclosureKind(file)))
  return played ? files.map(file => (file === played ? { ...file, chapters: found } : file)) : files
}

function fileOf(node: XmlNode): Omit<ParsedEnclosure, 'url'> {
  const title = localAttribute(node, 'title')
  const length = wholeNumber(localAttribute(node, 'length'))
  return { type: localAttribute(node, 'type'), length, ...(title && { title }) }
}

function mediaOf(node: XmlNode, group: number | null): Omit<ParsedEnclosure, 'url'> {
  const declared = attribute(node, 'medium').toLowerCase()
  const type = attribute(node, 'type')
  const medium = declared === 'audio' || declared === 'video' || declared === 'image' ? declared : null
  const duration = wholeNumber(attribute(node, 'duration'))
  const named = children(node, 'media:title')[0]
  const title = named ? collapse(textOf(named)) : ''
  return {
    type,
    length: wholeNumber(attribute(node, 'filesize')),
    // Only where the type does not imply it.
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

/** The address of a page with a player for the item. */
export function player(fields: Fields, base: string): string | null {
  const node = mediaElements(fields, 'media:player').find(found => attribute(found, 'url') !== '')
  return node ? absolute(attribute(node, 'url'), baseOf(node, base)) : null
}

const episodeNames = [
  ...['itunes:duration', 'itunes:episode', 'itunes:episodetype', 'itunes:season', 'itunes:explicit', 'itunes:author'],
  ...['itunes:summary', 'itunes:subtitle', 'itunes:image'],
]

/** Whether the item has any element of the podcast vocabulary. */
export function isEpisode(fields: Fields): boolean {
  return episodeNames.some(name => fields.has(name))
}
