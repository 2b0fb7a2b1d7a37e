/** What comes along with an item besides files: pictures, categories, playing time, the number of comments. */

import { collapse } from '../../lib/text.ts'
import { all, attribute, children, type Fields, fieldsOf, firstText, localAttribute, textOf } from '../xml/fields.ts'
import type { XmlNode } from '../xml/reader.ts'
import { linkParts } from './people.ts'
import { plainLabel } from './title.ts'
import { absolute, baseOf, isWebAddress } from './urls.ts'

/** SAFETY: what one item may bring along. */
const mostCategories = 500

/** media:content, in the item itself or in its groups. */
export function mediaContents(fields: Fields): XmlNode[] {
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

/** Who wrote it, not what it is about: WordPress names it among an item's media. */
const portrait = /^https?:\/\/(?:[a-z\d-]{1,30}\.)?gravatar\.com\//i
const pictureNames = [
  ...['media:thumbnail', 'media:content', 'media:group', 'itunes:image', 'itunes:link', 'googleplay:image', 'image'],
]

/** The picture an item is shown with: media:thumbnail, itunes:image, then a picture among its media. */
export function picture(fields: Fields, base: string): string | null {
  if (!pictureNames.some(name => fields.has(name))) return null
  const pictures = mediaContents(fields).filter(isPicture)
  const thumbnails = mediaElements(fields, 'media:thumbnail')
  const largest = sized(thumbnails)
  // Among several pictures, and before any thumbnail, the one that its publisher named.
  const named = pictures.filter(node => attribute(node, 'isdefault').toLowerCase() === 'true')
  const shown = [...named, ...largest, ...thumbnails]
  return (
    pictureAt([...shown, ...all(fields, 'itunes:image', 'googleplay:image', 'itunes:link')], base) ??
    ownImage(fields, base) ??
    pictureAt(pictures, base)
  )
}

/** The largest of thumbnails that tell their sizes; their publisher's order where the first does not. */
function sized(thumbnails: XmlNode[]): XmlNode[] {
  const [first] = thumbnails
  return first && area(first) > 0 ? [thumbnails.reduce((best, node) => (area(node) > area(best) ? node : best))] : []
}

/** A feed's own picture: what a podcast says of itself before a thumbnail, which may be of its latest film. */
export function feedPicture(fields: Fields, base: string): string | null {
  return pictureAt(all(fields, 'itunes:image', 'googleplay:image', 'itunes:link'), base) ?? picture(fields, base)
}

function pictureAt(nodes: XmlNode[], base: string): string | null {
  for (const node of nodes) {
    if (node.name === 'itunes:link' && attribute(node, 'rel') !== 'image') continue
    const address = attribute(node, 'url') || attribute(node, 'href') || textOf(node)
    const url = isCounter(node) ? null : absolute(address, baseOf(node, base))
    if (url && !portrait.test(url)) return url
  }
  return null
}

function ownImage(fields: Fields, base: string): string | null {
  for (const node of all(fields, 'image')) {
    const address =
      firstText(fieldsOf(node), 'url') || attribute(node, 'href') || attribute(node, 'url') || textOf(node).trim()
    const url = isWebAddress(address) ? absolute(address, baseOf(node, base)) : null
    if (url) return url
  }
  return null
}

function isPicture(node: XmlNode): boolean {
  return attribute(node, 'medium') === 'image' || attribute(node, 'type').startsWith('image/')
}

function area(node: XmlNode): number {
  return (wholeNumber(attribute(node, 'width')) ?? 0) * (wholeNumber(attribute(node, 'height')) ?? 0)
}

/** One pixel, loaded to count readers. */
function isCounter(node: XmlNode): boolean {
  return ['width', 'height'].some(name => (wholeNumber(attribute(node, name)) ?? 9) <= 2)
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
  if (told !== null || !(fields.has('link') || fields.has('atom:link'))) return told
  const counts = all(fields, 'link', 'atom:link')
    .filter(node => linkParts(node).rel === 'replies')
    .map(node => wholeNumber(localAttribute(node, 'count')) ?? -1)
  const most = counts.reduce((a, b) => Math.max(a, b), -1)
  return most < 0 ? null : most
}

export function wholeNumber(text: string): number | null {
  return /^\s{0,9}\d{1,15}(\.0{1,9})?\s{0,9}$/.test(text) ? Math.floor(Number(text)) : null
}
