/**
 * Adapter from our XML tree to rss-parser, which selects a feed's title, link, id, date and so on. It gets these elements in
 * the form that xml2js would give it. Article text is kept from it, since its `contentSnippet` takes quadratic time, and so are
 * dates that cannot be parsed, one of which makes it fail a whole Atom feed.
 */
import Parser from 'rss-parser'
import { parseDate } from '../dates/dates.ts'
import { innerHtml } from '../fields/html.ts'
import { linkParts } from '../fields/people.ts'
import { elementTitle } from '../fields/title.ts'
import { absolute, baseOf } from '../fields/urls.ts'
import type { ParsedItem } from '../parsed.ts'
import { all, type Fields, fieldsOf, first, firstText, localAttribute, textOf } from '../xml/fields.ts'
import type { XmlNode } from '../xml/reader.ts'

/** What rss-parser selects of an item; '' and absent mean the same. */
type PickedItem = {
  title?: string
  link?: string
  guid?: string
  id?: string
  'rdf:about'?: string
  isoDate?: string
  comments?: string
}

type PickedFeed = {
  title?: string
  link?: string
  feedUrl?: string
  language?: string
  copyright?: string
  generator?: string
}

export type Structure = {
  format: 'rss' | 'rdf' | 'atom'
  channel: XmlNode
  fields: Fields
  /** The base of the channel's addresses. */
  base: string
  items: XmlNode[]
}

/** An item: what rss-parser selected, and its elements. */
export type ItemToComplete = { picked: PickedItem; node: XmlNode; fields: Fields; base: string }

type Shape = Record<string, unknown>

/** Its methods that read a tree, which its types do not declare. They keep no state; those that fetch or read text are not called. */
const parser = new Parser() as unknown as {
  buildRSS(channel: Shape, items: []): PickedFeed
  buildAtomFeed(tree: { feed: Shape }): PickedFeed
  parseItemRss(shape: Shape, fields: string[]): PickedItem
  parseItemAtom(shape: Shape): PickedItem
}
const rssItemFields = ['title', 'link', 'comments', 'pubDate']

/**
 * Runs rss-parser over a feed; `complete` makes each item. They are converted one by one, so that a feed of 100,000 needs no
 * memory for intermediate forms.
 */
export function pick(
  { format, fields: channel, base: outerBase, items }: Structure,
  complete: (item: ItemToComplete) => ParsedItem,
): PickedFeed & { items: ParsedItem[] } {
  const isAtom = format === 'atom'
  const feed = isAtom
    ? parser.buildAtomFeed({ feed: { link: atomLinks(all(channel, 'link', 'atom:link'), outerBase) } })
    : parser.buildRSS(rssChannelShape(channel, outerBase), [])
  const completed = items.map(node => {
    const fields = fieldsOf(node)
    const base = baseOf(node, outerBase)
    const picked = isAtom
      ? parser.parseItemAtom(atomItemShape(fields, base))
      : parser.parseItemRss(rssItemShape(node, fields, base), rssItemFields)
    return complete({ picked, node, fields, base })
  })
  return { ...feed, items: completed }
}

/** Keys of these shapes are constants, never from a feed, so plain objects are safe. */
function rssChannelShape(fields: Fields, base: string): Shape {
  return {
    title: [titleOf(fields)],
    link: [rssLink(fields, base)],
    language: [firstText(fields, 'language')],
    copyright: [firstText(fields, 'copyright')],
    generator: [firstText(fields, 'generator')],
    'atom:link': atomLinks(all(fields, 'atom:link', 'link'), base).slice(1),
  }
}

function rssItemShape(node: XmlNode, fields: Fields, base: string): Shape {
  const names = ['pubdate', 'dc:date', 'dcterms:issued', 'dcterms:created', 'dcterms:date', 'atom:published', 'date']
  return {
    $: { 'rdf:about': localAttribute(node, 'about') },
    title: [titleOf(fields)],
    link: [rssLink(fields, base)],
    comments: [firstText(fields, 'comments')],
    guid: [verbatim(first(fields, 'guid'))],
    pubDate: [readableDate(fields, ...names)],
  }
}

function atomItemShape(fields: Fields, base: string): Shape {
  const names = ['published', 'issued', 'created', 'dc:date', 'dcterms:issued', 'dcterms:created', 'pubdate']
  return {
    link: atomLinks(all(fields, 'link'), base),
    id: [verbatim(first(fields, 'id', 'guid'))],
    published: [readableDate(fields, ...names) ?? ''],
  }
}

/** Ids are compared, never shown: markup in one is part of it. */
function verbatim(node: XmlNode | undefined): string {
  return node ? innerHtml(node, true, '').trim() : ''
}

/** The first title that is not empty, with its markup. */
function titleOf(fields: Fields): string {
  const titles = fields.get('title')?.map(elementTitle)
  return titles?.find(title => title.trim() !== '') ?? firstText(fields, 'dc:title')
}

/** The first date that can be parsed, in the order of these names. */
export function readableDate(fields: Fields, ...names: string[]): string | null {
  for (const name of names) {
    for (const node of fields.get(name) ?? []) {
      const date = parseDate(textOf(node))
      if (date) return date
    }
  }
  return null
}

function href(node: XmlNode, base: string): string {
  const inside = baseOf(node, base)
  const link = linkParts(node)
  // An empty reference is the document itself (RFC 3986, 4.4), which only a feed's own address can mean.
  return link.href === '' && link.rel === 'self' ? inside : (absolute(link.href, inside) ?? '')
}

/** RSS has the address as text; some publishers use Atom's links instead, with or without its prefix. */
function rssLink(fields: Fields, base: string): string {
  const written = fields.get('link')?.find(node => textOf(node).trim() !== '')
  if (written) return absolute(textOf(written), baseOf(written, base)) ?? ''
  return atomLinks(all(fields, 'link', 'atom:link'), base)[0]?.$.href ?? ''
}

/** rss-parser takes the first alternate and the first self, and guesses if one is missing: so it gets both, maybe empty. */
function atomLinks(nodes: XmlNode[], base: string): { $: { rel: string; href: string | undefined } }[] {
  let page: XmlNode | undefined
  let self: XmlNode | undefined
  for (const node of nodes) {
    const { rel, type, href } = linkParts(node)
    if (href === '' && rel !== 'self') continue
    if (rel === 'alternate' && (!page || (!isPage(linkParts(page).type) && isPage(type)))) page = node
    if (rel === 'self') self ??= node
  }
  return [
    { $: { rel: 'alternate', href: page && href(page, base) } },
    { $: { rel: 'self', href: self && href(self, base) } },
  ]
}

function isPage(type: string): boolean {
  return type === '' || type.includes('html')
}
