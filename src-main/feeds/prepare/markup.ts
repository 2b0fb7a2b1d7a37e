/**
 * Makes HTML of what a publisher gave as such: many give plain text, escape it twice or declare a wrong type. Detected by the
 * content, since the type is not reliable.
 */
import { decodeHTMLStrict } from 'entities'
import { textToHtml } from './plain-text.ts'

const blocks =
  'address article aside blockquote center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header li main nav ol p pre section summary table tbody td tfoot th thead tr ul'
const voids = 'area base br col embed hr img input link meta param source track wbr'
const inline =
  'a abbr acronym applet audio b bdi bdo big blink body button canvas caption cite code colgroup data datalist del dfn dir em font frame frameset g head html i iframe ins kbd label legend map mark marquee math menu meter nobr noembed noframes noscript object optgroup option output path picture progress q rb rp rt rtc ruby s samp script select slot small span strike strong style sub sup svg template textarea time title tt u var video'
const blockTags = new Set(blocks.split(' '))
const voidTags = new Set(voids.split(' '))
const knownTags = new Set([...blockTags, ...voidTags, ...inline.split(' ')])
/** Markup also without an end tag: publishers omit it, or there is none. */
const loneTags = new Set(['br', 'hr', 'p', 'li', 'dd', 'dt', 'td', 'th', 'tr'])

const deepest = 256
/** More characters within blocks are a text, not an example of a tag. */
const exampleLength = 40

/** A start or end tag: slash, name, attributes, `>` if it is closed. */
const tags = /<(\/?)([a-z][a-z0-9]*(?:[:-][a-z0-9:-]*)?)([^<>]*)(>?)/gi

/** The intended HTML: double escaping undone, plain text converted. */
export function readableHtml(given: string): string {
  let html = withoutCdata(given)
  if (html === '' || hasMarkup(html)) return html
  for (let times = 0; times < 2; times++) {
    const text = html.includes('&') ? decodeHTMLStrict(html) : html
    if (isWholeMarkup(text)) return withoutCdata(text)
    if (times === 0) html = text
    // It was escaped twice only if the second decoding gives markup.
    else break
    if (!/&(?:amp;)?lt;/.test(html)) break
  }
  return textToHtml(html)
}

/** Removes CDATA markers that were escaped with their content ('&lt;![CDATA[&lt;p&gt;…'), or an end marker left over. */
function withoutCdata(html: string): string {
  const end = html.trimEnd()
  const whole = /\]\](?:>|&gt;)$/.test(end.slice(-6)) ? end.slice(0, end.lastIndexOf(']]')) : html
  if (!whole.includes('![CDATA[')) return whole
  // XML's way to write an end marker inside of CDATA.
  return whole
    .split(']]]]><![CDATA[>')
    .map(part => part.replace(/(?:<|&lt;)!\[CDATA\[|\]\](?:>|&gt;)/g, ''))
    .join(']]&gt;')
    .trim()
}

/** Whether it has an HTML tag that cannot be a word in angle brackets. Linear, and mostly decided at the first tag. */
function hasMarkup(html: string): boolean {
  if (!html.includes('<')) return false
  for (const found of html.matchAll(tags)) {
    const tag = tagOf(found)
    if (!tag) continue
    if (tag.hasAttributes || (tag.isEnd && tag.isClosed)) return true
    if (loneTags.has(tag.name) && tag.isClosed && !isTypeParameter(found, html)) return true
  }
  return (html.includes('<!--') && html.includes('-->')) || /^\s*<(?:!doctype|\?xml)\b/i.test(html.slice(0, 200))
}

type Tag = { name: string; isEnd: boolean; hasAttributes: boolean; isClosed: boolean; rest: string }

/** Null for anything but a tag of HTML or of a custom element (`my-element`). */
function tagOf(found: RegExpExecArray): Tag | null {
  const [, slash = '', written = '', rest = '', close = ''] = found
  const name = written.toLowerCase()
  if (rest !== '' && !/^[\s/]/.test(rest)) return null
  if (!knownTags.has(name) && !/[:-]/.test(name)) return null
  return { name, isEnd: slash !== '', hasAttributes: rest.includes('='), isClosed: close !== '', rest }
}

/** `Func<P>`: a capital after a word. */
function isTypeParameter(found: RegExpExecArray, html: string): boolean {
  return found[2] === 'P' && /\w/.test(html[found.index - 1] ?? '')
}

/** Whether all of a text is HTML: every tag known and closed, and evidence that it is no example of a tag in running text. */
function isWholeMarkup(text: string): boolean {
  if (!text.includes('<')) return false
  const trimmed = text.trim()
  const open: { name: string; from: number }[] = []
  let hasEvidence = false
  let inBlocks = 0
  let pairs = 0
  let startsWithBlock = false
  for (const found of trimmed.matchAll(tags)) {
    const tag = tagOf(found)
    if (!tag?.isClosed || open.length > deepest) return false
    const end = found.index + found[0].length
    if (tag.isEnd) {
      const start = open.pop()
      if (start?.name !== tag.name) return false
      pairs++
      if (blockTags.has(tag.name) && open.length === 0) inBlocks += found.index - start.from
      continue
    }
    if (tag.name === 'br') hasEvidence ||= isTight(trimmed, found.index, end)
    else if (pointsSomewhere(tag)) hasEvidence = true
    else if (found.index === 0 && blockTags.has(tag.name)) {
      startsWithBlock = true
      hasEvidence = true
    }
    if (!voidTags.has(tag.name) && !tag.rest.endsWith('/')) open.push({ name: tag.name, from: end })
  }
  // A summary may be truncated within its first block.
  const isCut = startsWithBlock && pairs > 0
  return (open.length === 0 || isCut) && (hasEvidence || (trimmed.endsWith('>') && inBlocks >= exampleLength))
}

/** 'one<br>two', but not 'the <br> tag'. */
function isTight(text: string, start: number, end: number): boolean {
  return !(/[^\S\n]/.test(text[start - 1] ?? '') && /[^\S\n]/.test(text[end] ?? ''))
}

/** A link or a picture with an absolute address. */
function pointsSomewhere({ name, rest }: Tag): boolean {
  const attribute = name === 'a' ? 'href' : name === 'img' || name === 'iframe' ? 'src' : null
  return attribute !== null && rest.includes(`${attribute}=`) && /=\s?["']?(?:https?:)?\/\//i.test(rest)
}

/** References that touch a letter or digit, or '&amp;' between words: nobody writes these literally. */
const references =
  /(?<=[\p{L}\p{N}])&(?:#\d{2,5}|#x[\da-f]{2,4}|[a-z]{2,8});|&(?:#\d{2,5}|#x[\da-f]{2,4}|[a-z]{2,8});(?=[\p{L}\p{N}])|(?<=[\p{L}\p{N}] )&amp;(?= [\p{L}\p{N}])/giu

/** Decodes references that were escaped twice: 'Don&#8217;t', 'Tom &amp; Jerry'. Those of `<` and `>` stay. */
export function withoutReferences(title: string): string {
  if (!title.includes('&')) return title
  return title.replace(references, reference => {
    const character = decodeHTMLStrict(reference)
    return character === '<' || character === '>' ? reference : character
  })
}
