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

/** What rss-parser selects of an item. */
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
  items: ParsedItem[]
}

export type Structure = {
  format: 'rss' | 'rdf' | 'atom'
  version: string
  channel: XmlNode
  fields: Fields
  /** The base of the channel's addresses. */
  base: string
  items: XmlNode[]
}

/** An item: what rss-parser selected, and its elements. */
export type ItemToComplete = { picked: PickedItem; node: XmlNode; fields: Fields; base: string }
type CompleteItem = (item: ItemToComplete) => ParsedItem

type Shape = Record<string, unknown>
/** Methods that rss-parser does not declare in its types. */
type Builders = {
  buildRSS2(tree: Shape): PickedFeed
  buildRSS1(tree: Shape): PickedFeed
  buildRSS0_9(tree: Shape): PickedFeed
  buildAtomFeed(tree: Shape): PickedFeed
  parseItemRss(shape: Shape, itemFields: unknown): PickedItem
  parseItemAtom(shape: Shape): PickedItem
}
const builders = Parser.prototype as unknown as Builders

/**
 * One per feed, since an rss-parser keeps state after a failure; it cannot fetch. Each item is converted and completed when
 * rss-parser comes to it, so that a feed of 100,000 items needs no memory for intermediate forms.
 */
class TreeParser extends Parser {
  private readonly base: string
  private readonly complete: CompleteItem

  constructor(base: string, complete: CompleteItem) {
    super()
    this.base = base
    this.complete = complete
  }

  override parseURL(): never {
    throw new Error('feeds are fetched by http/client.ts only')
  }

  parseItemRss(node: XmlNode, itemFields: unknown): ParsedItem {
    const fields = fieldsOf(node)
    const base = baseOf(node, this.base)
    const picked = builders.parseItemRss.call(this, rssItemShape(node, fields, base), itemFields)
    return this.complete({ picked, node, fields, base })
  }

  parseItemAtom(node: XmlNode): ParsedItem {
    const fields = fieldsOf(node)
    const base = baseOf(node, this.base)
    const picked = builders.parseItemAtom.call(this, atomItemShape(fields, base))
    return this.complete({ picked, node, fields, base })
  }
}

/** Runs rss-parser over a feed; `complete` makes each item. */
export function pick({ format, version, fields, base, items }: Structure, complete: CompleteItem): PickedFeed {
  const parser = new TreeParser(base, complete) as unknown as Builders
  if (format === 'atom') return parser.buildAtomFeed({ feed: { ...atomFeedShape(fields, base), entry: items } })
  const channel = rssChannelShape(fields, base)
  if (format === 'rdf') return parser.buildRSS1({ 'rdf:RDF': { channel: [channel], item: items } })
  const rss = { channel: [{ ...channel, item: items }] }
  return version.startsWith('0.9') ? parser.buildRSS0_9({ rss }) : parser.buildRSS2({ rss })
}

/** Keys are constants, never from a feed, so plain objects are safe. */
function rssChannelShape(fields: Fields, base: string): Shape {
  const shape: Shape = {}
  for (const name of ['dc:title', 'language', 'copyright', 'generator', 'ttl'])
    addText(shape, name, firstText(fields, name))
  addText(shape, 'title', titleOf(fields))
  addText(shape, 'link', rssLink(fields, base))
  const self = all(fields, 'atom:link', 'link').find(node => linkParts(node).rel === 'self')
  if (self) shape['atom:link'] = [{ $: { rel: 'self', href: href(self, base) } }]
  return shape
}

const publishedNames = [
  'pubdate',
  'dc:date',
  'dcterms:issued',
  'dcterms:created',
  'dcterms:date',
  'atom:published',
  'date',
]

function rssItemShape(node: XmlNode, fields: Fields, base: string): Shape {
  const shape: Shape = {}
  const aboutItem = localAttribute(node, 'about')
  if (aboutItem !== '') shape.$ = { 'rdf:about': aboutItem }
  addText(shape, 'dc:title', firstText(fields, 'dc:title'))
  addText(shape, 'title', titleOf(fields))
  addText(shape, 'link', rssLink(fields, base))
  addText(shape, 'comments', firstText(fields, 'comments'))
  addText(shape, 'guid', verbatim(first(fields, 'guid')))
  addText(shape, 'pubDate', readableDate(fields, ...publishedNames) ?? '')
  return shape
}

function atomFeedShape(fields: Fields, base: string): Shape {
  const shape: Shape = { link: atomLinks(all(fields, 'link', 'atom:link'), base) }
  addText(shape, 'title', titleOf(fields))
  return shape
}

function atomItemShape(fields: Fields, base: string): Shape {
  const shape: Shape = { link: atomLinks(all(fields, 'link'), base) }
  addText(shape, 'title', titleOf(fields))
  addText(shape, 'id', verbatim(first(fields, 'id', 'guid')))
  const names = ['published', 'issued', 'created', 'dc:date', 'dcterms:issued', 'dcterms:created', 'pubdate']
  addText(shape, 'published', readableDate(fields, ...names) ?? '')
  return shape
}

function addText(shape: Shape, name: string, text: string): void {
  if (text !== '') shape[name] = [text]
}

/** Ids are compared, never shown: markup in one is part of it. */
function verbatim(node: XmlNode | undefined): string {
  return node ? innerHtml(node, true, '').trim() : ''
}

/** The first title that is not empty, with its markup. */
function titleOf(fields: Fields): string {
  for (const node of fields.get('title') ?? []) {
    const text = elementTitle(node)
    if (text.trim() !== '') return text
  }
  return ''
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
  for (const node of fields.get('link') ?? []) {
    const text = textOf(node).trim()
    if (text !== '') return absolute(text, baseOf(node, base)) ?? ''
  }
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
