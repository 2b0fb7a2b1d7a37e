/** Access to the children and attributes of elements. */
import type { XmlNode } from './reader.ts'

/** An element's children by name, in order. A Map, since names come from the feed. */
export type Fields = Map<string, XmlNode[]>

const none: XmlNode[] = []

export function fieldsOf(node: XmlNode): Fields {
  const fields: Fields = new Map()
  for (const part of node.parts ?? none) {
    if (typeof part === 'string') continue
    const same = fields.get(part.name)
    if (same) same.push(part)
    else fields.set(part.name, [part])
  }
  return fields
}

export function children(node: XmlNode, name: string): XmlNode[] {
  return node.parts?.filter((part): part is XmlNode => typeof part !== 'string' && part.name === name) ?? none
}

export function all(fields: Fields, ...names: string[]): XmlNode[] {
  let found = none
  for (const name of names) {
    const nodes = fields.get(name)
    if (nodes) found = found === none ? nodes : [...found, ...nodes]
  }
  return found
}

/** The first of these that has text or children, in the order of the names. */
export function first(fields: Fields, ...names: string[]): XmlNode | undefined {
  for (const name of names) {
    const nodes = fields.get(name)
    if (!nodes) continue
    for (const node of nodes) if (node.parts !== null || node.text.trim() !== '') return node
  }
  return undefined
}

/** The trimmed text of the first of these that has any; '' if none has. */
export function firstText(fields: Fields, ...names: string[]): string {
  const node = first(fields, ...names)
  return node ? textOf(node).trim() : ''
}

/** All text inside of an element, without tags. */
export function textOf(node: XmlNode): string {
  if (!node.parts) return node.text
  return node.parts.map(part => (typeof part === 'string' ? part : textOf(part))).join('')
}

/** An attribute by its lower-case name, in whatever case it was written; '' if absent. */
export function attribute(node: XmlNode, name: string): string {
  return attributeOrNull(node, name) ?? ''
}

export function attributeOrNull(node: XmlNode, name: string): string | null {
  const { attributes } = node
  for (let at = 0; at < attributes.length; at += 2) {
    const written = attributes[at]!
    if (written === name || (written.length === name.length && written.toLowerCase() === name)) {
      return attributes[at + 1]!.trim()
    }
  }
  return null
}

/** An attribute by its local name (about, resource, count), with any prefix or none; '' if absent. */
export function localAttribute(node: XmlNode, local: string): string {
  const { attributes } = node
  for (let at = 0; at < attributes.length; at += 2) {
    const name = attributes[at]!.toLowerCase()
    if (name === local || name.endsWith(`:${local}`)) return attributes[at + 1]!.trim()
  }
  return ''
}
