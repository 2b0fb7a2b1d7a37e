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

/** Resolves relative addresses in HTML, in one pass. Fragments stay, since they point into the article. */
export function resolveAddresses(html: string, base: string): string {
  if (base === '' || !html.includes('<')) return html
  const out: string[] = []
  let copied = 0
  let lt = html.indexOf('<')
  while (lt >= 0) {
    const end = skipUnparsed(html, lt)
    let at = end
    if (end < 0) {
      at = forEachAttribute(html, lt, (name, from, to) => {
        const changed =
          name === 'srcset' ? resolveSet(html.slice(from, to), base) : resolveOne(html.slice(from, to), name, base)
        if (changed === null) return
        out.push(html.slice(copied, from), changed)
        copied = to
      })
    }
    lt = html.indexOf('<', at)
  }
  if (out.length === 0) return html
  out.push(html.slice(copied))
  return out.join('')
}

/** Where to continue after a comment or a `<` that begins no tag; -1 for a tag. */
function skipUnparsed(html: string, lt: number): number {
  const code = html.charCodeAt(lt + 1) | 0x20
  if (html.startsWith('<!--', lt)) {
    const end = html.indexOf('-->', lt + 4)
    return end < 0 ? html.length : end + 3
  }
  return code >= 0x61 && code <= 0x7a ? -1 : lt + 1
}

/** Calls back with the range of each value, without quotes; returns where the tag ends. */
function forEachAttribute(html: string, lt: number, each: (name: string, from: number, to: number) => void): number {
  let at = lt + 2
  while (at < html.length && !endsToken(html.charCodeAt(at))) at++
  for (;;) {
    while (at < html.length && (html.charCodeAt(at) <= 0x20 || html.charCodeAt(at) === 0x2f)) at++
    if (at >= html.length) return html.length
    if (html.charCodeAt(at) === 0x3e) return at + 1
    const nameStart = at
    while (at < html.length && !endsToken(html.charCodeAt(at)) && html.charCodeAt(at) !== 0x3d) at++
    if (at === nameStart) at++
    const nameEnd = at
    while (html.charCodeAt(at) <= 0x20) at++
    if (html.charCodeAt(at) !== 0x3d) continue
    at++
    while (html.charCodeAt(at) <= 0x20) at++
    const quote = html.charCodeAt(at)
    const isQuoted = quote === 0x22 || quote === 0x27
    const from = isQuoted ? at + 1 : at
    let to = from
    if (isQuoted) {
      to = html.indexOf(quote === 0x22 ? '"' : "'", from)
      // A quote that is never closed: nothing after it can be changed safely.
      if (to < 0) return html.length
    } else {
      while (to < html.length && html.charCodeAt(to) > 0x20 && html.charCodeAt(to) !== 0x3e) to++
    }
    if (nameEnd - nameStart <= 10) {
      const name = html.slice(nameStart, nameEnd).toLowerCase()
      if (name === 'srcset' || addressAttributes.has(name)) each(name, from, to)
    }
    at = isQuoted ? to + 1 : to
  }
}

function endsToken(code: number): boolean {
  return code <= 0x20 || code === 0x2f || code === 0x3e
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
