/** An item's pictures, categories, playing time and number of comments. */

import { collapse } from '../../lib/text.ts'
import { all, attribute, children, type Fields, fieldsOf, firstText, localAttribute, textOf } from '../xml/fields.ts'
import type { XmlNode } from '../xml/reader.ts'
import { linkParts } from './people.ts'
import { plainLabel } from './title.ts'
import { absolute, baseOf, isWebAddress } from './urls.ts'

/** SAFETY: limit for one item. */
const mostCategories = 500

/** media:content of the item and of its groups. */
function mediaContents(fields: Fields): XmlNode[] {
  const contents = all(fields, 'media:content')
  const groups = all(fields, 'media:group')
  return groups.length === 0 ? contents : [...contents, ...groups.flatMap(group => children(group, 'media:content'))]
}

/** The elements of one name in all places where Media RSS allows them: item, group, content. */
export function mediaElements(fields: Fields, name: string): XmlNode[] {
  const inItem = all(fields, name)
  if (!fields.has('media:group') && !fields.has('media:content')) return inItem
  return [
    ...inItem,
    ...all(fields, 'media:group').flatMap(group => children(group, name)),
    ...mediaContents(fields).flatMap(content => children(content, name)),
  ]
}

/** Portraits of authors, which WordPress lists among an item's media. */
export const portrait = /^https?:\/\/(?:[a-z\d-]{1,30}\.)?gravatar\.com\//i
const pictureNames = [
  ...['media:thumbnail', 'media:content', 'media:group', 'itunes:image', 'itunes:link', 'googleplay:image', 'image'],
]

/** The picture that represents an item: media:thumbnail, itunes:image, then a picture among its media. */
export function picture(fields: Fields, base: string): string | null {
  if (!pictureNames.some(name => fields.has(name))) return null
  const pictures = mediaContents(fields).filter(isPicture)
  const thumbnails = mediaElements(fields, 'media:thumbnail')
  const largest = sized(thumbnails)
  // The publisher's default among several pictures comes before any thumbnail.
  const named = pictures.filter(node => attribute(node, 'isdefault').toLowerCase() === 'true')
  const shown = [...named, ...largest, ...thumbnails]
  return (
    pictureAt([...shown, ...all(fields, 'itunes:image', 'googleplay:image', 'itunes:link')], base) ??
    ownImage(fields, base) ??
    pictureAt(pictures, base)
  )
}

/** The largest, if the first has a size; otherwise none, and the publisher's order counts. */
function sized(thumbnails: XmlNode[]): XmlNode[] {
  const [first] = thumbnails
  return first && area(first) > 0 ? [thumbnails.reduce((best, node) => (area(node) > area(best) ? node : best))] : []
}

/** A feed's own picture: its cover first, since a thumbnail may be one of its latest episode. */
export function feedPicture(fields: Fields, base: string): string | null {
  return pictureAt(all(fields, 'itunes:image', 'googleplay:image', 'itunes:link'), base) ?? picture(fields, base)
}

/** The first of these elements that has the address of a picture. */
export function pictureAt(nodes: XmlNode[], base: string): string | null {
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

/** A tracking pixel. */
function isCounter(node: XmlNode): boolean {
  return ['width', 'height'].some(name => (wholeNumber(attribute(node, name)) ?? 9) <= 2)
}

const categoryNames = [
  ...['category', 'dc:subject', 'atom:category', 'itunes:category', 'itunes:keywords'],
  ...['media:category', 'media:keywords', 'media:group', 'media:content'],
]

/** Labels, each once. Atom: label, else term. iTunes: nested categories, and keywords separated by commas. */
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

/** slash:comments, thr:total, or thr:count of Atom's links to replies (RFC 4685). */
export function commentsCount(fields: Fields): number | null {
  const total =
    wholeNumber(firstText(fields, 'slash:comments', 'thr:total')) ?? wholeNumber(firstText(fields, 'comments'))
  if (total !== null || !(fields.has('link') || fields.has('atom:link'))) return total
  const counts = all(fields, 'link', 'atom:link')
    .filter(node => linkParts(node).rel === 'replies')
    .map(node => wholeNumber(localAttribute(node, 'count')) ?? -1)
  const most = counts.reduce((a, b) => Math.max(a, b), -1)
  return most < 0 ? null : most
}

export function wholeNumber(text: string): number | null {
  return /^\s{0,9}\d{1,15}(\.0{1,9})?\s{0,9}$/.test(text) ? Math.floor(Number(text)) : null
}
