/** What comes along with an item: enclosures (RSS, Atom, Media RSS), pictures, categories, playing time. */
import type { Enclosure } from '../../api/model.ts'
import { linkParts } from './normalize-people.ts'
import { collapse } from './normalize-text.ts'
import { plainLabel } from './normalize-title.ts'
import { absolute, baseOf, isWebAddress } from './normalize-urls.ts'
import { all, attribute, children, type Fields, fieldsOf, firstText, localAttribute, textOf } from './parse-fields.ts'
import type { XmlNode } from './parse-xml.ts'

/** SAFETY: what one item may bring along. */
const mostEnclosures = 200
const mostCategories = 500

const enclosureNames = ['enclosure', 'enc:enclosure', 'atom:link', 'media:content', 'media:group', 'torrent:magneturi']

function hasAttributes(nodes: XmlNode[] | undefined): boolean {
  return nodes?.some(({ attributes }) => attributes.length > 0) ?? false
}

/** Enclosures in order, each address once. */
export function enclosures(fields: Fields, base: string): Enclosure[] {
  // Most items have none, and a feed may have 100,000 items.
  if (!enclosureNames.some(name => fields.has(name)) && !hasAttributes(fields.get('link'))) return []
  const found = new Map<string, Enclosure>()
  const add = (address: string, outer: string, type: string, length: string) => {
    const url = absolute(address, outer)
    if (url && !found.has(url) && found.size < mostEnclosures)
      found.set(url, { url, type, length: wholeNumber(length) })
  }
  for (const node of all(fields, 'enclosure', 'enc:enclosure')) {
    add(
      localAttribute(node, 'url') || localAttribute(node, 'resource'),
      baseOf(node, base),
      localAttribute(node, 'type'),
      localAttribute(node, 'length'),
    )
  }
  for (const node of all(fields, 'link', 'atom:link')) {
    const { rel, href } = linkParts(node)
    if (rel === 'enclosure') add(href, baseOf(node, base), attribute(node, 'type'), attribute(node, 'length'))
  }
  add(firstText(fields, 'torrent:magneturi'), base, 'application/x-bittorrent', '')
  for (const node of mediaContents(fields)) {
    add(attribute(node, 'url'), baseOf(node, base), attribute(node, 'type'), attribute(node, 'filesize'))
  }
  return [...found.values()]
}

/** media:content, in the item itself or in its groups. */
function mediaContents(fields: Fields): XmlNode[] {
  const contents = all(fields, 'media:content')
  const groups = all(fields, 'media:group')
  return groups.length === 0 ? contents : [...contents, ...groups.flatMap(group => children(group, 'media:content'))]
}

/** The elements of one name wherever Media RSS allows them: item, group, content. */
export function mediaElements(fields: Fields, name: string): XmlNode[] {
  const inItem = all(fields, name)
  if (!fields.has('media:group') && !fields.has('media:content')) return inItem
  return [
    ...inItem,
    ...all(fields, 'media:group').flatMap(group => children(group, name)),
    ...mediaContents(fields).flatMap(content => children(content, name)),
  ]
}

const pictureNames = [
  ...['media:thumbnail', 'media:content', 'media:group', 'itunes:image', 'itunes:link', 'googleplay:image', 'image'],
]

/** The picture an item is shown with: media:thumbnail, itunes:image, then a picture among its media. */
export function picture(fields: Fields, base: string): string | null {
  if (!pictureNames.some(name => fields.has(name))) return null
  const shown = mediaElements(fields, 'media:thumbnail')
  for (const node of [...shown, ...all(fields, 'itunes:image', 'googleplay:image', 'itunes:link')]) {
    if (node.name === 'itunes:link' && attribute(node, 'rel') !== 'image') continue
    const address = attribute(node, 'url') || attribute(node, 'href') || textOf(node)
    const url = absolute(address, baseOf(node, base))
    if (url) return url
  }
  for (const node of all(fields, 'image')) {
    const address =
      firstText(fieldsOf(node), 'url') || attribute(node, 'href') || attribute(node, 'url') || textOf(node).trim()
    const url = isWebAddress(address) ? absolute(address, baseOf(node, base)) : null
    if (url) return url
  }
  const image = mediaContents(fields).find(
    node => attribute(node, 'medium') === 'image' || attribute(node, 'type').startsWith('image/'),
  )
  return image ? absolute(attribute(image, 'url'), baseOf(image, base)) : null
}

const categoryNames = [
  ...['category', 'dc:subject', 'atom:category', 'itunes:category', 'itunes:keywords'],
  ...['media:category', 'media:keywords', 'media:group', 'media:content'],
]

/** Categories as people read them, each once. Atom: label, else term. iTunes: nested, and keywords between commas. */
export function categories(fields: Fields): string[] {
  if (!categoryNames.some(name => fields.has(name))) return []
  const found = new Set<string>()
  const add = (text: string) => {
    const label = plainLabel(text.slice(0, 1000))
    if (label !== '' && found.size < mostCategories) found.add(label)
  }
  for (const node of all(fields, 'category', 'dc:subject', 'atom:category')) {
    add(attribute(node, 'label') || collapse(textOf(node)) || attribute(node, 'term'))
  }
  for (const node of mediaElements(fields, 'media:category')) add(attribute(node, 'label') || textOf(node))
  for (const node of all(fields, 'itunes:category')) addNested(node, add)
  for (const node of [...all(fields, 'itunes:keywords'), ...mediaElements(fields, 'media:keywords')]) {
    for (const keyword of textOf(node).slice(0, 10_000).split(',')) add(keyword)
  }
  return [...found]
}

function addNested(node: XmlNode, add: (text: string) => void): void {
  add(attribute(node, 'text') || textOf(node))
  for (const inner of children(node, 'itunes:category')) addNested(inner, add)
}

/** itunes:duration (`1:23:45`, `83:45`, `5025`), else the longest media:content; whole seconds, or null. */
export function duration(fields: Fields): number | null {
  const text = firstText(fields, 'itunes:duration').slice(0, 20)
  if (text === '') return longestMedia(fields)
  const parts = text
    .split(':')
    .map(part => (/^\s{0,9}\d{1,9}(\.\d{1,9})?\s{0,9}$/.test(part) ? Number(part) : Number.NaN))
  const seconds = parts.length <= 3 ? parts.reduce((sum, part) => sum * 60 + part, 0) : Number.NaN
  return Number.isFinite(seconds) ? Math.floor(seconds) : longestMedia(fields)
}

function longestMedia(fields: Fields): number | null {
  let longest = 0
  for (const node of mediaContents(fields)) longest = Math.max(longest, wholeNumber(attribute(node, 'duration')) ?? 0)
  return longest > 0 ? longest : null
}

/** How many comments there are: slash:comments, thr:total, thr:count at Atom's links to the replies (RFC 4685). */
export function commentsCount(fields: Fields): number | null {
  const told =
    wholeNumber(firstText(fields, 'slash:comments', 'thr:total')) ?? wholeNumber(firstText(fields, 'comments'))
  if (told !== null) return told
  const counts = all(fields, 'link', 'atom:link')
    .filter(node => linkParts(node).rel === 'replies')
    .map(node => wholeNumber(localAttribute(node, 'count')) ?? -1)
  const most = counts.reduce((a, b) => Math.max(a, b), -1)
  return most < 0 ? null : most
}

export function wholeNumber(text: string): number | null {
  return /^\s{0,9}\d{1,15}(\.0{1,9})?\s{0,9}$/.test(text) ? Math.floor(Number(text)) : null
}
