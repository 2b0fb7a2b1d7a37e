/** An article's HTML as a tree, and small questions about it. */
import { type AnyNode, Element, isTag, isText, Text } from 'domhandler'
import { parseDocument } from 'htmlparser2'

export { type AnyNode, Element, isTag, isText }

/** The nodes of sanitised HTML; comments and the like have gone when it was sanitised. */
export function nodesOf(html: string): AnyNode[] {
  return parseDocument(html).children
}

export function textOf(nodes: AnyNode[]): string {
  return nodes.map(node => (isText(node) ? node.data : isTag(node) ? textOf(node.children) : '')).join('')
}

export function isBlank(node: AnyNode): boolean {
  return isText(node) && node.data.trim() === ''
}

export function element(name: string, attributes: Record<string, string>, children: AnyNode[]): Element {
  return new Element(name, attributes, children)
}

export function text(data: string): Text {
  return new Text(data)
}

/** Every element below, in the order of the text. */
export function* elementsOf(nodes: AnyNode[]): Generator<Element> {
  for (const node of nodes) {
    if (!isTag(node)) continue
    yield node
    yield* elementsOf(node.children)
  }
}

/** Of the pictures that a text shows, each once. */
export function pictureAddresses(html: string): string[] {
  const images = [...elementsOf(nodesOf(html))].filter(({ name }) => name === 'img')
  return [...new Set(images.map(({ attribs }) => attribs.src ?? '').filter(src => /^https?:/i.test(src)))]
}

const mathNames = 'math mrow mi mn mo ms mtext'
const inlineNames =
  'b strong i em u s small mark sub sup abbr cite q dfn code kbd samp var span bdi bdo wbr ruby rb rt rp rtc br img audio video a time del ins ' +
  mathNames
const inline = new Set(inlineNames.split(' '))

/** Whether it begins a line of its own. */
export function isBlock(node: AnyNode): node is Element {
  return isTag(node) && !inline.has(node.name)
}

export function holdsBlock(node: Element): boolean {
  return node.name !== 'math' && node.children.some(child => isTag(child) && (isBlock(child) || holdsBlock(child)))
}

/** Its picture is not in the file, and there are no words for it. One with an id may be linked to. */
export function isEmptyFigure({ name, attribs }: Element, children: AnyNode[]): boolean {
  return name === 'figure' && !attribs.id && children.every(isBlank)
}

/** Where a player's sound or film is to be had: players mean nothing in a file. */
export function mediumAddress(player: Element): string | null {
  const source = player.children.find((child): child is Element => isTag(child) && child.name === 'source')
  return player.attribs.src ?? source?.attribs.src ?? null
}
