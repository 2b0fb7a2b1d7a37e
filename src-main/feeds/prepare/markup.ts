/**
 * What a publisher gave as HTML, made HTML: many give plain text, and many escape once too often or name a wrong type. Told
 * by what stands there, since the type says nothing reliable.
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
/** Markup also where they stand alone: publishers leave out the end tag, or there is none. */
const loneTags = new Set(['br', 'hr', 'p', 'li', 'dd', 'dt', 'td', 'th', 'tr'])

const deepest = 256
/** So many characters within blocks are a text, and no example of how to write a tag. */
const tellingLength = 40

/** A start or end tag as far as it goes: end mark, name, what follows, whether it is closed. */
const tags = /<(\/?)([a-z][a-z0-9]*(?:[:-][a-z0-9:-]*)?)([^<>]*)(>?)/gi

/** The HTML that is meant: freed from what was escaped once too often, plain text written as HTML. */
export function readableHtml(given: string): string {
  let html = withoutCdata(given)
  if (html === '' || hasMarkup(html)) return html
  for (let times = 0; times < 2; times++) {
    const text = html.includes('&') ? decodeHTMLStrict(html) : html
    if (isWholeMarkup(text)) return withoutCdata(text)
    if (times === 0) html = text
    // Only what is markup in the end was escaped twice.
    else break
    if (!/&(?:amp;)?lt;/.test(html)) break
  }
  return textToHtml(html)
}

/** The marks of CDATA where they were escaped with what they hold: '&lt;![CDATA[&lt;p&gt;…', or an end left over. */
function withoutCdata(html: string): string {
  const end = html.trimEnd()
  const whole = /\]\](?:>|&gt;)$/.test(end.slice(-6)) ? end.slice(0, end.lastIndexOf(']]')) : html
  if (!whole.includes('![CDATA[')) return whole
  // How XML writes its end within it.
  return whole
    .split(']]]]><![CDATA[>')
    .map(part => part.replace(/(?:<|&lt;)!\[CDATA\[|\]\](?:>|&gt;)/g, ''))
    .join(']]&gt;')
    .trim()
}

/** Whether there is any tag of HTML in it that can't be a mere word in angle brackets. Linear, mostly at the first tag. */
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

/** Null for what is no tag of HTML, or of an element somebody made up (`my-element`). */
function tagOf(found: RegExpExecArray): Tag | null {
  const [, slash = '', written = '', rest = '', close = ''] = found
  const name = written.toLowerCase()
  if (rest !== '' && !/^[\s/]/.test(rest)) return null
  if (!knownTags.has(name) && !/[:-]/.test(name)) return null
  return { name, isEnd: slash !== '', hasAttributes: rest.includes('='), isClosed: close !== '', rest }
}

/** `Func<P>`: a word before it, and a capital. */
function isTypeParameter(found: RegExpExecArray, html: string): boolean {
  return found[2] === 'P' && /\w/.test(html[found.index - 1] ?? '')
}

/**
 * Whether text is HTML from end to end: every tag known and closed, and something in it that an example in running text
 * would not have.
 */
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
  // A summary may be cut off within its first block.
  const isCut = startsWithBlock && pairs > 0
  return (open.length === 0 || isCut) && (hasEvidence || (trimmed.endsWith('>') && inBlocks >= tellingLength))
}

/** 'one<br>two', and not 'the <br> tag'. */
function isTight(text: string, start: number, end: number): boolean {
  return !(/[^\S\n]/.test(text[start - 1] ?? '') && /[^\S\n]/.test(text[end] ?? ''))
}

/** A link or a picture with a whole address. */
function pointsSomewhere({ name, rest }: Tag): boolean {
  const attribute = name === 'a' ? 'href' : name === 'img' || name === 'iframe' ? 'src' : null
  return attribute !== null && rest.includes(`${attribute}=`) && /=\s?["']?(?:https?:)?\/\//i.test(rest)
}

/** References within words and beside them, where nobody writes one to show it; `<` and `>` stay what they are. */
const references =
  /(?<=[\p{L}\p{N}])&(?:#\d{2,5}|#x[\da-f]{2,4}|[a-z]{2,8});|&(?:#\d{2,5}|#x[\da-f]{2,4}|[a-z]{2,8});(?=[\p{L}\p{N}])|(?<=[\p{L}\p{N}] )&amp;(?= [\p{L}\p{N}])/giu

/** A title whose references were escaped once too often: 'Don&#8217;t', 'Tom &amp; Jerry'. */
export function withoutReferences(title: string): string {
  if (!title.includes('&')) return title
  return title.replace(references, reference => {
    const character = decodeHTMLStrict(reference)
    return character === '<' || character === '>' ? reference : character
  })
}
