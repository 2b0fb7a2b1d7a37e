/** Atom's text constructs and content (RFC 4287, 3.1 and 4.1.3; Atom 0.3's modes), as HTML or as text. */
import { isUtf8 } from 'node:buffer'
import { escapeText } from '../../lib/escape.ts'
import { attribute, textOf } from '../xml/fields.ts'
import type { XmlNode } from '../xml/reader.ts'
import { innerHtml, resolveAddresses } from './html.ts'
import { titleText } from './title.ts'
import { baseOf } from './urls.ts'

type Construct = { kind: 'text' | 'html'; value: string; base: string }

function construct(node: XmlNode, outerBase: string): Construct {
  const base = baseOf(node, outerBase)
  const type = attribute(node, 'type').toLowerCase()
  const mode = attribute(node, 'mode').toLowerCase()
  if (mode === 'base64') return { kind: isHtml(type) ? 'html' : 'text', value: fromBase64(textOf(node)), base }
  // Elements are markup whatever the type is; text between them may be escaped HTML by its type.
  if (node.parts)
    return { kind: 'html', value: innerHtml(unwrapped(node), mode === 'escaped' || type === 'html', base), base }
  // Another kind of XML, escaped.
  if (type.endsWith('xml') && !type.includes('xhtml')) return { kind: 'html', value: node.text, base }
  // XHTML without elements is plain text.
  if (type.includes('xhtml') && mode !== 'escaped') return { kind: 'text', value: node.text, base }
  return { kind: isHtml(type) ? 'html' : 'text', value: node.text, base }
}

function isHtml(type: string): boolean {
  return type.includes('html')
}

/** XHTML is wrapped in a div that is not part of it (RFC 4287, 3.1.1.3). */
function unwrapped(node: XmlNode): XmlNode {
  const parts = node.parts?.filter(part => typeof part !== 'string' || part.trim() !== '') ?? []
  const [only] = parts
  return parts.length === 1 && only && typeof only !== 'string' && only.name === 'xhtml:div' ? only : node
}

function fromBase64(text: string): string {
  return Buffer.from(text, 'base64').toString('utf8')
}

/** Content or a summary as HTML with absolute addresses; '' if there is none, or if it is a binary file. */
export function constructHtml(node: XmlNode | undefined, outerBase: string): string {
  if (!node) return ''
  const type = attribute(node, 'type').toLowerCase()
  const file = fileText(node, type)
  if (file !== null) return resolveAddresses(file, baseOf(node, outerBase))
  const { kind, value, base } = construct(node, outerBase)
  return kind === 'html' ? resolveAddresses(value.trim(), base) : escapeText(value.trim())
}

/** Content of a type that is neither text nor XML, in base64 (RFC 4287, 4.1.3.3): '' unless it is text. Null for other types. */
function fileText(node: XmlNode, type: string): string | null {
  if (!/^[a-z]+\/./.test(type) || type.startsWith('text/') || /xml|html/.test(type)) return null
  if (type.includes('json')) return escapeText(node.text.trim())
  const bytes = Buffer.from(node.text, 'base64')
  const text = bytes.toString('utf8').trim()
  return isUtf8(bytes) && !text.includes('\0') ? text : ''
}

/** A title, rights or generator as plain text. */
export function constructText(node: XmlNode | undefined, outerBase: string): string {
  if (!node) return ''
  const { kind, value } = construct(node, outerBase)
  return titleText(value, kind === 'html')
}
