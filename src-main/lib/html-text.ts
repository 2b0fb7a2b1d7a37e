/** HTML as plain text: in one line for lists and the search index, in several for a terminal. */
import { decodeHTML } from 'entities'
import { collapse } from './text.ts'

/** Elements that separate the words before and after them. */
export const blockTags = new Set(
  'address article aside audio blockquote br caption center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr img li main nav ol p pre section summary table tbody td tfoot th thead tr ul video'.split(
    ' ',
  ),
)

/**
 * Elements without text of the document, and where they end. `annotation` holds the TeX of a formula that is there as MathML
 * already.
 */
const hiddenTags = new Map([
  ['script', /<\/script/gi],
  ['style', /<\/style/gi],
  ['annotation', /<\/annotation/gi],
])

/** One line: no markup, references decoded, white space collapsed. Linear; a `<` that begins no tag is text. */
export function htmlToText(html: string): string {
  let out = ''
  readHtml(html, {
    text(raw) {
      out += raw
    },
    tag(name) {
      if (blockTags.has(name)) out += ' '
    },
  })
  return collapse(decoded(out))
}

/** Lines as a terminal shows them: paragraphs, list items and table cells apart, and no character that moves the cursor. */
export function htmlToLines(html: string): string {
  let out = ''
  let preformatted = 0
  readHtml(html, {
    text(raw) {
      const text = decoded(raw)
      out += preformatted > 0 ? text : text.replace(/\s+/g, ' ')
    },
    tag(name, isEnd, start) {
      if (name === 'pre') preformatted += isEnd ? -1 : 1
      if (name === 'br') out += '\n'
      else if (name === 'li') out += isEnd ? '' : '\n- '
      else if (name === 'td' || name === 'th') out += isEnd ? '' : '\t'
      else if (name === 'img') out += altText(html, start)
      else if (blockTags.has(name)) out += '\n\n'
    },
  })
  return out
    .replace(/[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/gu, '')
    .replace(/[ \t]*\n[ \t]*/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

function altText(html: string, start: number): string {
  const alt = /\salt="([^"]+)"/.exec(html.slice(start, html.indexOf('>', start)))?.[1]
  return alt === undefined ? '' : `[${decoded(alt)}]`
}

/** Whether a place in sanitised HTML lies within a tag. */
export function isInTag(html: string, at: number): boolean {
  const opened = html.lastIndexOf('<', at)
  return opened >= 0 && html.indexOf('>', opened) >= at
}

/** The start of sanitised HTML, at most `length` characters of it, without a tag that this would cut in two. */
export function htmlStart(html: string, length: number): string {
  return html.slice(0, isInTag(html, length) ? html.lastIndexOf('<', length) : length)
}

function decoded(text: string): string {
  return text.includes('&') ? decodeHTML(text) : text
}

type HtmlReader = {
  /** Text between tags, references not decoded. */
  text(raw: string): void
  /** A start or end tag at `start`, or a comment, whose name is ''. */
  tag(name: string, isEnd: boolean, start: number): void
}

/** Calls back for text and tags in their order. What is inside hidden elements is left out. */
function readHtml(html: string, { text, tag }: HtmlReader): void {
  let at = 0
  // A tag that is never closed is text: "x<y" keeps its y.
  const lastEnd = html.lastIndexOf('>')
  for (let lt = html.indexOf('<'); lt >= 0 && lt < lastEnd; lt = html.indexOf('<', at)) {
    const end = endOfTag(html, lt)
    if (end < 0) {
      text(html.slice(at, lt + 1))
      at = lt + 1
      continue
    }
    if (lt > at) text(html.slice(at, lt))
    const isEnd = html.charCodeAt(lt + 1) === 0x2f
    const name = tagName(html, isEnd ? lt + 2 : lt + 1)
    tag(name, isEnd, lt)
    const hiddenEnd = isEnd ? undefined : hiddenTags.get(name)
    at = hiddenEnd ? placeFrom(html, hiddenEnd, end) : end
  }
  text(html.slice(at))
}

/** Where a tag or comment ends; -1 where `<` is only a character. */
function endOfTag(html: string, lt: number): number {
  const code = html.charCodeAt(lt + 1)
  const letter = (code === 0x2f ? html.charCodeAt(lt + 2) : code) | 0x20
  if (html.startsWith('<!--', lt)) return endAfter(html, '-->', lt + 4)
  if (code === 0x21 || code === 0x3f) return endAfter(html, '>', lt + 2)
  if (letter < 0x61 || letter > 0x7a) return -1
  for (let at = lt + 2; at < html.length; at++) {
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

function tagName(html: string, start: number): string {
  let end = start
  while (end < start + 12 && isLetterOrDigit(html.charCodeAt(end))) end++
  return html.slice(start, end).toLowerCase()
}

function isLetterOrDigit(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a)
}

/** Where a pattern is first found from `from` on, or the end. */
function placeFrom(html: string, pattern: RegExp, from: number): number {
  pattern.lastIndex = from
  return pattern.exec(html)?.index ?? html.length
}
