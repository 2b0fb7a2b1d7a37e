/** HTML of feeds: XML elements serialised as HTML, and relative addresses resolved. */
import { decodeHTMLAttribute } from 'entities'
import { escapeHtml, escapeText } from '../../lib/escape.ts'
import type { XmlNode } from '../xml/reader.ts'
import { absolute, baseOf } from './urls.ts'

const voidElements = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '))
/** Attributes that hold one address. */
const addressAttributes = new Set(
  'href src action cite longdesc poster background data usemap classid codebase profile formaction xlink:href'.split(
    ' ',
  ),
)

/**
 * The content of an element as HTML. `isMarkup`: text may contain markup (RSS, where publishers forget to escape some of it);
 * otherwise text is escaped (Atom's xhtml). Only addresses below an inner xml:base are resolved; the caller resolves the others
 * with `base`.
 */
export function innerHtml(node: XmlNode, isMarkup: boolean, base: string, inside = base): string {
  if (!node.parts) return isMarkup ? node.text : escapeText(node.text)
  let html = ''
  for (const part of node.parts) {
    if (typeof part === 'string') html += isMarkup ? part : escapeText(part)
    else html += outerHtml(part, isMarkup, base, inside)
  }
  return html
}

/** `base` is the one that the caller resolves with, `outer` the one around this element. */
function outerHtml(node: XmlNode, isMarkup: boolean, base: string, outer: string): string {
  const inside = baseOf(node, outer)
  // HTML has no namespace prefixes.
  const tag = node.name.startsWith('xhtml:') ? node.tag.slice(node.tag.indexOf(':') + 1) : node.tag
  let html = `<${tag}`
  for (let at = 0; at < node.attributes.length; at += 2) {
    const name = node.attributes[at]!
    if (name === 'xml:base' || name.startsWith('xmlns:')) continue
    if (name === 'xmlns' && !node.name.startsWith('svg:') && !node.name.startsWith('math:')) continue
    // Below an inner xml:base, addresses are resolved here: later steps do not know it.
    const value = node.attributes[at + 1]!
    const resolved = inside !== base && addressAttributes.has(name.toLowerCase()) ? absolute(value, inside) : value
    html += ` ${name}="${escapeHtml(resolved ?? value)}"`
  }
  const inner = innerHtml(node, isMarkup, base, inside)
  return voidElements.has(tag.toLowerCase()) ? `${html}>${inner}` : `${html}>${inner}</${tag}>`
}

/** A comment, or the beginning of a tag. */
const tagStart = /<!--.*?(?:-->|$)|<[a-z][^\s/>]*/gis
/** The next attribute of a tag: its name, and its value with quotation marks. */
const attribute = /[\s/]*([^\s/>][^\s/>=]*)(?:\s*=\s*("[^"]*"|'[^']*'|(?!["'])[^\s>]*))?/y

/** Resolves relative addresses in HTML, in one pass. Fragments stay, since they point into the article. */
export function resolveAddresses(html: string, base: string): string {
  if (base === '' || !html.includes('<')) return html
  let out = ''
  let copied = 0
  tagStart.lastIndex = 0
  for (let tag = tagStart.exec(html); tag; tag = tagStart.exec(html)) {
    if (tag[0].startsWith('<!')) continue
    attribute.lastIndex = tagStart.lastIndex
    for (let found = attribute.exec(html); found; found = attribute.exec(html)) {
      tagStart.lastIndex = attribute.lastIndex
      const [, written = '', quoted] = found
      const name = quoted && written.length <= 10 ? written.toLowerCase() : ''
      if (!quoted || (name !== 'srcset' && !addressAttributes.has(name))) continue
      const value = /^["']/.test(quoted) ? quoted.slice(1, -1) : quoted
      const changed = name === 'srcset' ? resolveSet(value, base) : resolveOne(value, name, base)
      if (changed === null) continue
      const from = attribute.lastIndex - (quoted.length + value.length) / 2
      out += html.slice(copied, from) + changed
      copied = from + value.length
    }
  }
  return copied === 0 ? html : out + html.slice(copied)
}

function resolveOne(written: string, name: string, base: string): string | null {
  if (isAbsolute(written)) return null
  const value = decodeHTMLAttribute(written).trim()
  if (value === '' || isAbsolute(value) || name === 'usemap') return null
  const resolved = absolute(value, base)
  return resolved === null ? null : escapeHtml(resolved).replaceAll("'", '&#39;').replaceAll(' ', '%20')
}

/** Also fragments, and `//host/path`, which gets the scheme of the article's own address when it is sanitised. */
function isAbsolute(value: string): boolean {
  return (
    value.startsWith('http://') ||
    value.startsWith('https://') ||
    value.startsWith('#') ||
    value.startsWith('//') ||
    /^[a-z][a-z0-9+.-]{0,30}:/i.test(value)
  )
}

/** `small.jpg 1x, big.jpg 2x`. A comma separates only beside white space, since addresses may contain commas. */
function resolveSet(written: string, base: string): string | null {
  if (written.length > 20_000) return null
  let hasChanged = false
  const candidates = written.split(/,\s+|\s+,/).map(candidate => {
    const trimmed = candidate.trim()
    const space = trimmed.search(/\s/)
    const address = space < 0 ? trimmed : trimmed.slice(0, space)
    const resolved = resolveOne(address, 'srcset', base)
    if (resolved === null) return trimmed
    hasChanged = true
    return resolved + (space < 0 ? '' : trimmed.slice(space))
  })
  return hasChanged ? candidates.join(', ') : null
}
