/**
 * Titles and names as text. Publishers write HTML in them, but also words in angle brackets: 'List<String>', 'The <canvas>
 * element'. Only tags that format text are markup; all others stay.
 */
import { decodeHTML } from 'entities'
import { blockTags } from '../../lib/html-text.ts'
import { collapse } from '../../lib/text.ts'
import type { XmlNode } from '../xml/reader.ts'

/** Markup in any case, closed or not. */
const formatting = new Set(
  'b i em strong u s sup sub span br wbr small big tt font strike nobr ins del mark bdi bdo'.split(' '),
)
/** Markup only with an end tag or attributes: 'The <code> element' names the tag. */
const paired = new Set(
  'a abbr acronym address article blockquote center cite code dd dfn div dl dt figure h1 h2 h3 h4 h5 h6 header kbd label li ol p pre q rb rp rt ruby samp section time ul var'.split(
    ' ',
  ),
)
/** Elements whose content is no text. */
const hidden = new Set(['script', 'style'])

const longestTitle = 500
/** The rest of a longer title is not read: it is cut to 500 characters anyway. */
const longestRead = 20_000

/** Not a tag: `Map<K, V>`, `<b and c>`, `if (a<b && c>d)`. */
const tag = /<(\/?)([a-z][a-z0-9]*)((?:[\s/][^<>]*)?)>/gi
const cdata = /<!\[CDATA\[|\]\]>/g

/** A title as text, at most 500 characters. `isHtml`: in this format titles may have markup. */
export function titleText(raw: string, isHtml: boolean): string {
  const start = raw.length > longestRead ? raw.slice(0, longestRead) : raw
  const text = isHtml ? titleWords(start) : collapse(start)
  return text.length > longestTitle ? text.slice(0, longestTitle).toWellFormed() : text
}

/**
 * A name or category: plain text by every specification, but many publishers write HTML (`Q&amp;amp;A`, `<b>Ann</b>`).
 * Markup that is escaped is not removed: it is meant literally.
 */
export function plainLabel(text: string): string {
  const label = titleWords(text)
  return label.includes('<') && !text.includes('<') ? collapse(text) : label
}

/** The text of a title with XML elements. Tags that format text are left out; others are unescaped words: `List<String>`. */
export function elementTitle(node: XmlNode): string {
  if (!node.parts) return node.text
  return node.parts.map(part => (typeof part === 'string' ? part : tagWord(part) + elementTitle(part))).join('')
}

function tagWord({ name, tag: written, attributes }: XmlNode): string {
  const isWord = !formatting.has(name) && !paired.has(name) && !name.includes(':') && attributes.length === 0
  return isWord && !hidden.has(name) ? `<${written}>` : ''
}

/** The text of a title with markup. Decodes references once. Linear. */
function titleWords(html: string): string {
  const words = withoutFormatting(html)
  // Escaped twice: 'the &lt;em&gt;real&lt;/em&gt; thing'. A single tag may be what the title is about.
  return words.includes('</') && !html.includes('</') && isFormatted(words) ? withoutFormatting(words) : words
}

function withoutFormatting(html: string): string {
  if (!html.includes('<')) return collapse(html.includes('&') ? decodeHTML(html) : html)
  const text = html.includes('<![CDATA[') ? html.replace(cdata, '') : html
  const tags = [...withoutComments(text).matchAll(tag)]
  return collapse(decodeHTML(wordsBetween(withoutComments(text), tags)))
}

function wordsBetween(text: string, tags: RegExpExecArray[]): string {
  const closed = new Set(tags.filter(isEnd).map(nameOf))
  const opened = new Set<string>()
  let out = ''
  let from = 0
  for (const found of tags) {
    if (found.index < from) continue
    const name = nameOf(found)
    const end = found.index + found[0].length
    if (hidden.has(name) && !isEnd(found) && closed.has(name)) {
      out += text.slice(from, found.index)
      from = afterElement(tags, name, end)
      continue
    }
    const isMarkup = isEnd(found) ? formatting.has(name) || opened.has(name) : opens(found, closed, text)
    if (!isMarkup) continue
    if (!isEnd(found)) opened.add(name)
    out += text.slice(from, found.index)
    if (name === 'img') out += altOf(found[3] ?? '')
    else if (blockTags.has(name)) out += ' '
    from = end
  }
  return out + text.slice(from)
}

function opens(found: RegExpExecArray, closed: Set<string>, text: string): boolean {
  const name = nameOf(found)
  const rest = (found[3] ?? '').trim()
  const hasAttributes = rest.includes('=')
  // Words after the name, not attributes: 'a <b and c> d'.
  if (!hasAttributes && rest !== '' && rest !== '/') return false
  // A type parameter: 'Set<S>', 'Vec<u>'.
  if (name.length === 1 && !closed.has(name) && /[\p{L}\p{N}_]/u.test(text[found.index - 1] ?? '')) return false
  if (formatting.has(name)) return true
  if (name === 'img') return hasAttributes
  return paired.has(name) && (hasAttributes || closed.has(name))
}

function isEnd(found: RegExpExecArray): boolean {
  return found[1] === '/'
}

function nameOf(found: RegExpExecArray): string {
  return (found[2] ?? '').toLowerCase()
}

/** Where the element's end tag ends. */
function afterElement(tags: RegExpExecArray[], name: string, from: number): number {
  const close = tags.find(found => found.index >= from && isEnd(found) && nameOf(found) === name)
  return close ? close.index + close[0].length : from
}

function altOf(attributes: string): string {
  const [, double, single] = /(?:^|\s)alt\s?=\s?(?:"([^"]*)"|'([^']*)')/i.exec(attributes) ?? []
  return double ?? single ?? ''
}

function withoutComments(text: string): string {
  if (!text.includes('<!--')) return text
  const [start = '', ...rest] = text.split('<!--')
  return rest.reduce((out, piece) => {
    const end = piece.indexOf('-->')
    return out + (end < 0 ? `<!--${piece}` : piece.slice(end + 3))
  }, start)
}

/** Whether every tag in it formats text and is closed. */
function isFormatted(text: string): boolean {
  const open: string[] = []
  for (const found of text.matchAll(tag)) {
    const name = nameOf(found)
    if (name === 'br' || name === 'wbr') continue
    if (!formatting.has(name) && name !== 'a') return false
    if (!isEnd(found)) open.push(name)
    else if (open.pop() !== name) return false
  }
  return open.length === 0
}
