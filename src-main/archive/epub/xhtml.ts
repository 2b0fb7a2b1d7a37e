/**
 * An article's HTML as XHTML that an EPUB may hold. What a browser shows may break the rules of HTML (a list in a heading, a cell
 * without a row); reading systems may refuse the whole book for it. Such elements become the next best that is allowed.
 */
import render from 'dom-serializer'
import {
  type AnyNode,
  type Element,
  element,
  elementsOf,
  holdsBlock,
  isBlank,
  isBlock,
  isEmptyFigure,
  isTag,
  isText,
  mediumAddress,
  nodesOf,
  text,
} from '../articles/tree.ts'
import { attributesOf, linkAddress } from './xhtml-attributes.ts'
import { mathOf } from './xhtml-math.ts'

export type Xhtml = { body: string; hasMath: boolean }

/** What may stand here. `parent` as it will be written. */
type Place = { isFlow: boolean; parent: string; isInLink: boolean; hasHeadings: boolean }

/** `pictureAt` answers a picture's path in the book, or null where it has none. */
export function toXhtml(html: string, pictureAt: (address: string) => string | null): Xhtml {
  const nodes = nodesOf(html)
  const converter = new Converter(pictureAt, idsIn(nodes))
  const body = converter.all(nodes, { isFlow: true, parent: 'div', isInLink: false, hasHeadings: true })
  return { body: withoutControls(render(body, { xmlMode: true })), hasMath: converter.hasMath }
}

/** Numeric references to characters that XML 1.0 forbids are errors, too. */
function withoutControls(xml: string): string {
  return xml
    .replace(/&#x([0-8bcef]|1[0-9a-f]|7f|fff[ef]|d[89a-f][0-9a-f]{2});/gi, '')
    .replace(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]|\p{Cs}/gu, '')
}

/** An id may be given once, and must be a name in XML. */
function idsIn(nodes: AnyNode[]): Map<string, Element> {
  const ids = new Map<string, Element>()
  for (const found of elementsOf(nodes)) {
    const { id } = found.attribs
    if (id && /^[A-Za-z_][\w.-]*$/.test(id) && !ids.has(id)) ids.set(id, found)
  }
  return ids
}

class Converter {
  hasMath = false
  readonly #pictureAt: (address: string) => string | null
  readonly #ids: Map<string, Element>
  readonly #placed = new Set<string>()

  constructor(pictureAt: (address: string) => string | null, ids: Map<string, Element>) {
    this.#pictureAt = pictureAt
    this.#ids = ids
  }

  all(nodes: AnyNode[], place: Place): AnyNode[] {
    return nodes.flatMap(node => (isText(node) ? [text(node.data)] : isTag(node) ? this.#one(node, place) : []))
  }

  #one(node: Element, place: Place): AnyNode[] {
    const { name } = node
    if (name === 'math') {
      this.hasMath = true
      return [mathOf(node)]
    }
    if (name === 'img') return this.#picture(node)
    if (name === 'audio' || name === 'video') return this.#player(node, place)
    if (name === 'a') return this.#link(node, place)
    if (name === 'ruby') return [this.#ruby(node, place)]
    if (!place.isFlow && isBlock(node)) return this.#flattened(node, place)
    if (name === 'ul' || name === 'ol') return [this.#list(node, place)]
    if (name === 'dl') return [this.#definitions(node, place)]
    if (name === 'table') return this.#table(node, place)
    if (name === 'figure') return this.#figure(node, place)
    if (name === 'details') return [this.#details(node, place)]
    if (name === 'rt' || name === 'rp' || name === 'rb' || name === 'rtc') return this.all(node.children, place)
    if (name === 'source' || name === 'col' || name === 'colgroup') return []
    if (name === 'del' || name === 'ins') return [this.#made(name, node, { ...place, parent: name })]
    return [this.#plain(node, place)]
  }

  /** `from` with another name where it needs one, and its children for a place in it. */
  #made(name: string, from: Element, place: Place): Element {
    return this.#with(name, from, this.all(from.children, { ...place, parent: name }))
  }

  #with(name: string, from: Element, children: AnyNode[]): Element {
    const attributes = attributesOf(name, from)
    const { id } = from.attribs
    if (id && this.#ids.get(id) === from && !this.#placed.has(id)) {
      this.#placed.add(id)
      attributes.id = id
    }
    return element(name, attributes, children)
  }

  #plain(node: Element, place: Place): Element {
    const inside: Place = { ...place, hasHeadings: place.hasHeadings && node.name !== 'th' }
    if (isBlock(node)) {
      const name = blockName(node, place)
      // Text lines that hold blocks are boxes.
      if (isLine(name))
        return this.#made(name === 'p' && holdsBlock(node) ? 'div' : name, node, lineOf(inside, name, node))
      return this.#made(name, node, inside)
    }
    if (place.isFlow && holdsBlock(node)) return this.#made('div', node, inside)
    return this.#made(inlineName(node), node, { ...inside, isFlow: false })
  }

  /** A block where only words may stand: its words, on a line of their own. */
  #flattened(node: Element, place: Place): AnyNode[] {
    if (node.name === 'hr') return [element('br', {}, [])]
    return [...this.all(node.children, place), element('br', {}, [])]
  }

  #picture(node: Element): AnyNode[] {
    const path = this.#pictureAt(node.attribs.src ?? '')
    const alt = node.attribs.alt ?? ''
    if (path === null) return alt === '' ? [] : [element('i', {}, [text(alt)])]
    return [this.#withSource(node, path, alt)]
  }

  #withSource(node: Element, path: string, alt: string): Element {
    const picture = this.#with('img', node, [])
    Object.assign(picture.attribs, { src: path, alt })
    return picture
  }

  #player(node: Element, place: Place): AnyNode[] {
    const href = linkAddress(mediumAddress(node) ?? '')
    if (href === null) return []
    return [place.isInLink ? text(href) : element('a', { href }, [text(href)])]
  }

  #link(node: Element, place: Place): AnyNode[] {
    const href = this.#target(node.attribs.href ?? '')
    if (place.isInLink || href === null) return this.all(node.children, place)
    const children = this.all(node.children, { ...place, isInLink: true })
    const link = this.#with('a', node, children)
    link.attribs.href = href
    return [link]
  }

  #target(href: string): string | null {
    if (href.startsWith('#')) return this.#ids.has(href.slice(1)) ? href : null
    return linkAddress(href)
  }

  /** Reading systems know `rt` alone; `rp` is for those that know no ruby at all. */
  #ruby(node: Element, place: Place): Element {
    const within: Place = { ...place, isFlow: false, parent: 'ruby' }
    const parts = node.children.flatMap(child => (isTag(child) && child.name === 'rtc' ? child.children : [child]))
    const children = parts.flatMap(child => {
      if (!isTag(child)) return isText(child) ? [text(child.data)] : []
      if (child.name === 'rp') return []
      return child.name === 'rt' ? [this.#made('rt', child, within)] : this.#one(child, within)
    })
    const hasReading = children.some(child => isTag(child) && child.name === 'rt')
    return this.#with(hasReading ? 'ruby' : 'span', node, children)
  }

  #list(node: Element, place: Place): Element {
    const items = this.#children(node, child => {
      const isItem = isTag(child) && child.name === 'li'
      return [
        isItem ? this.#made('li', child, place) : element('li', {}, this.all([child], { ...place, parent: 'li' })),
      ]
    })
    return this.#with(node.name, node, items)
  }

  #definitions(node: Element, place: Place): Element {
    const kinds = node.children.filter(child => !isBlank(child)).map(child => (isTag(child) ? child.name : 'text'))
    const isSound = /^(?:(?:dt )+(?:dd )+)+$/.test(kinds.map(kind => `${kind} `).join(''))
    if (!isSound) return this.#made('div', node, place)
    const children = this.#children(node, child =>
      isTag(child)
        ? [this.#made(child.name, child, { ...place, hasHeadings: place.hasHeadings && child.name === 'dd' })]
        : [],
    )
    return this.#with('dl', node, children)
  }

  /** What stands in a table and in none of its cells follows it. */
  #table(node: Element, place: Place): AnyNode[] {
    const named = (name: string) =>
      node.children.filter((child): child is Element => isTag(child) && child.name === name)
    const [caption] = named('caption')
    const columns = named('colgroup').map(group => this.#with('colgroup', group, this.#columns(group.children)))
    const loose = named('col')
    const rows = (from: AnyNode[]) => this.#rows(from, place)
    const sections = [...named('tbody').map(body => this.#with('tbody', body, rows(body.children)))]
    if (named('tr').length > 0) sections.push(element('tbody', {}, rows(named('tr'))))
    const edge = (name: string) =>
      named(name)
        .slice(0, 1)
        .map(part => this.#with(name, part, rows(part.children)))
    const known = new Set(['caption', 'colgroup', 'col', 'thead', 'tbody', 'tfoot', 'tr'])
    const strays = node.children.filter(child => !isBlank(child) && !(isTag(child) && known.has(child.name)))
    const parts = [
      ...(caption ? [this.#made('caption', caption, { ...place, isFlow: false })] : []),
      ...(loose.length > 0 ? [element('colgroup', {}, this.#columns(loose))] : columns),
      ...edge('thead'),
      ...sections,
      ...edge('tfoot'),
    ]
    const after = this.all(strays, place)
    return parts.length === 0 ? after : [this.#with('table', node, parts), ...after]
  }

  #columns(nodes: AnyNode[]): Element[] {
    return nodes
      .filter(isTag)
      .filter(({ name }) => name === 'col')
      .map(column => this.#with('col', column, []))
  }

  #rows(nodes: AnyNode[], place: Place): Element[] {
    return nodes.filter(isTag).map(row => {
      if (row.name !== 'tr') return element('tr', {}, [element('td', {}, this.#one(row, { ...place, parent: 'td' }))])
      const cells = this.#children(row, child => {
        const isCell = isTag(child) && (child.name === 'td' || child.name === 'th')
        return [
          isCell
            ? this.#plain(child, { ...place, parent: 'tr' })
            : element('td', {}, this.all([child], { ...place, parent: 'td' })),
        ]
      })
      return this.#with('tr', row, cells)
    })
  }

  /** One caption, at the end. */
  #figure(node: Element, place: Place): AnyNode[] {
    const caption = node.children.find((child): child is Element => isTag(child) && child.name === 'figcaption')
    const rest = this.all(
      node.children.filter(child => child !== caption),
      { ...place, parent: 'figure' },
    )
    const last = caption ? [this.#made('figcaption', caption, { ...place, parent: 'figure' })] : []
    const children = [...rest, ...last]
    return isEmptyFigure(node, children) ? [] : [this.#with('figure', node, children)]
  }

  #details(node: Element, place: Place): Element {
    const summary = node.children.find((child): child is Element => isTag(child) && child.name === 'summary')
    if (!summary) return this.#made('div', node, place)
    const rest = this.all(
      node.children.filter(child => child !== summary),
      { ...place, parent: 'details' },
    )
    return this.#with('details', node, [this.#made('summary', summary, { ...place, isFlow: false }), ...rest])
  }

  /** Its children that are more than white space, each made anew. */
  #children(node: Element, make: (child: AnyNode) => AnyNode[]): AnyNode[] {
    return node.children.filter(child => !isBlank(child)).flatMap(make)
  }
}

const lines = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'pre'])

function isLine(name: string): boolean {
  return lines.has(name)
}

/** Words only, but in a paragraph that becomes a box for what is in it. */
function lineOf(place: Place, name: string, node: Element): Place {
  return { ...place, isFlow: name === 'p' && holdsBlock(node) }
}

/** Parts of lists and tables mean nothing outside of them. */
const parts: Record<string, string[]> = {
  td: ['tr'],
  th: ['tr'],
  li: ['ul', 'ol'],
}
const neverAlone = new Set(['dt', 'dd', 'caption', 'thead', 'tbody', 'tfoot', 'tr', 'figcaption', 'summary', 'address'])

function blockName({ name }: Element, { parent, hasHeadings }: Place): string {
  if (neverAlone.has(name)) return 'div'
  if (parts[name] && !parts[name].includes(parent)) return 'div'
  return /^h[1-6]$/.test(name) && !hasHeadings ? 'p' : name
}

/** A time must be written as machines read it, and a forced direction must name one. */
function inlineName({ name, attribs }: Element): string {
  if (name === 'time') return 'span'
  return name === 'bdo' && !attribs.dir ? 'span' : name
}
