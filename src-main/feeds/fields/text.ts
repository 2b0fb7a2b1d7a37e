/** Text of HTML for display: no markup, no references, white space collapsed. */
import { decodeHTML } from 'entities'

/** Elements that break a line, so that the words around them don't grow together. */
const blocks = new Set(
  'address article aside blockquote br center dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul'.split(
    ' ',
  ),
)

/** White space that is not one plain space. */
const uneven = /[^\S ]|\s\s/

/** White space, the no-break kinds included, made one space; none at the ends. */
export function collapse(text: string): string {
  return (uneven.test(text) ? text.replace(/\s+/g, ' ') : text).trim()
}

/** The text of HTML. One pass. */
export function htmlToText(html: string): string {
  if (!html.includes('<')) return collapse(html.includes('&') ? decodeHTML(html) : html)
  let out = ''
  let at = 0
  // What is never closed is no tag: "x<y" keeps its y.
  const lastEnd = html.lastIndexOf('>')
  for (let lt = html.indexOf('<'); lt >= 0 && lt < lastEnd; lt = html.indexOf('<', at)) {
    const end = endOfTag(html, lt)
    if (end < 0) {
      out += html.slice(at, lt + 1)
      at = lt + 1
      continue
    }
    out += html.slice(at, lt)
    const name = tagName(html, lt)
    if (blocks.has(name)) out += ' '
    const isHidden = (name === 'script' || name === 'style') && html.charCodeAt(lt + 1) !== 0x2f
    at = isHidden ? afterElement(html, end, name) : end
  }
  out += html.slice(at)
  return collapse(out.includes('&') ? decodeHTML(out) : out)
}

/** Where a tag or comment ends; -1 where `<` is only a character. */
function endOfTag(html: string, lt: number): number {
  const code = html.charCodeAt(lt + 1)
  const letter = (code === 0x2f ? html.charCodeAt(lt + 2) : code) | 0x20
  if (html.startsWith('<!--', lt)) return endAfter(html, '-->', lt + 4)
  if (code === 0x21 || code === 0x3f) return endAfter(html, '>', lt + 2)
  if (letter < 0x61 || letter > 0x7a) return -1
  let at = lt + 2
  for (; at < html.length; at++) {
    const c = html.charCodeAt(at)
    if (c === 0x3e) return at + 1
    if ((c === 0x22 || c === 0x27) && html.charCodeAt(at - 1) === 0x3d) {
      const close = html.indexOf(c === 0x22 ? '"' : "'", at + 1)
      if (close < 0) return endAfter(html, '>', at)
      at = close
    }
  }
  return html.length
}

function endAfter(html: string, mark: string, from: number): number {
  const at = html.indexOf(mark, from)
  return at < 0 ? html.length : at + mark.length
}

function tagName(html: string, lt: number): string {
  const start = html.charCodeAt(lt + 1) === 0x2f ? lt + 2 : lt + 1
  let end = start
  while (end < start + 12 && isWordCharacter(html.charCodeAt(end))) end++
  return html.slice(start, end).toLowerCase()
}

function isWordCharacter(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a)
}

function afterElement(html: string, from: number, name: string): number {
  for (let at = html.indexOf('</', from); at >= 0; at = html.indexOf('</', at + 2)) {
    if (html.slice(at + 2, at + 2 + name.length).toLowerCase() === name) return at
  }
  return html.length
}
