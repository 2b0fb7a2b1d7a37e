/**
 * Sanitises an article's HTML: the last step before storing, and the only function that makes SafeHtml. Nothing may change the
 * HTML or an address in it afterwards, or what is shown is not what was checked.
 */
import { decodeHTML } from 'entities'
import library from 'sanitize-html'
import type { SafeHtml } from '../../api/model.ts'
import { escapeText } from '../../lib/escape.ts'
import { mathAttributeNames, mathTags } from '../../maths/elements.ts'
import { embedTags } from '../pictures/embeds.ts'
import { Findings } from './findings.ts'
import { Pass } from './pass.ts'
import { readable, withBareLinks } from './source.ts'
import { allowedTags, droppedWhole, renamedTags, voidTags } from './tags.ts'
import type { AddressContext } from './urls.ts'

const largest = 5_000_000

type Sanitized = {
  html: SafeHtml
  /** Plain text for the index, at most about 100,000 characters; blocks are separated by a space. */
  text: string
  /** Addresses of the images, audio and video in `html`, in order, each once. */
  media: string[]
  /** Where its links lead, in order, each once; within the article as `#…`. */
  links: string[]
  /** The beginning of the text with hidden words, if there are any. */
  textWithHidden?: string
}

/** At most 5 million characters are read, and about as many returned. */
export function sanitizeHtml(html: string, context: AddressContext): Sanitized {
  const sanitized = sanitize(html, context)
  const linked = withBareLinks(sanitized.html)
  return linked === null ? sanitized : { ...sanitized, ...sanitize(linked, context) }
}

/** One pass, and another one where its findings change the result (feeds/sanitize/findings.ts). */
function sanitize(html: string, context: AddressContext): Sanitized {
  const source = readable(html.length > largest ? html.slice(0, largest) : html)
  if (!/[<&]/.test(source)) return sanitizedText(source, context)
  const options = listFor(source)
  let { last, written } = sanitizeOnce(source, context, nothing, options)
  const { found } = last
  if (!found.isEmpty) ({ last, written } = sanitizeOnce(source, context, found, options))
  if (found.hasHidden && last.text === '' && last.media.size === 0) {
    found.showsHidden = true
    ;({ last, written } = sanitizeOnce(source, context, found, options))
  }
  const sanitized = { html: written as SafeHtml, text: last.text, media: [...last.media], links: [...last.links] }
  const { textWithHidden } = last
  return textWithHidden === null ? sanitized : { ...sanitized, textWithHidden }
}

const nothing = new Findings()

function sanitizeOnce(html: string, context: AddressContext, given: Findings, options: library.IOptions) {
  pass = new Pass(context, given, options === allowList)
  const written = library(html, options)
  pass.ends()
  return { last: pass, written }
}

/** A shortcut for text without tags and references, of which the library would make one escaped run of text. */
function sanitizedText(text: string, context: AddressContext): Sanitized {
  const words = new Pass(context, nothing, false)
  const html = text === '' ? '' : words.writes(escapeText(text))
  return { html: html as SafeHtml, text: words.text, media: [], links: [] }
}

/** The text that an article with this HTML would show: without hidden elements, for summaries. */
export function shownText(html: string): string {
  if (!html.includes('<')) return html.includes('&') ? decodeHTML(html) : html
  return sanitizeHtml(html, { base: 'http://localhost/' }).text
}

/** The current pass. Module state, since options with callbacks for each pass would be as expensive as a short article. */
let pass = new Pass({ base: '' }, nothing, false)

/** The only tags of most articles, the most frequent first. */
const commonTags = [
  ...['p', 'a', 'br', 'img', 'strong', 'em', 'span', 'div', 'li', 'code', 'b', 'i', 'h2', 'h3', 'ul', 'blockquote'],
  ...['figure', 'figcaption', 'td', 'tr', 'pre', 'hr', 'ol', 'h1', 'h4', 'table', 'tbody'],
]
const ownTags = Object.keys(allowedTags)
const usualTags = [...ownTags, ...renamedTags.keys()]
const rareTags = [...mathTags, ...embedTags, 'param']
/** Any other tag. */
const uncommon = new RegExp(`<(?!(?:${commonTags.join('|')})[\\s/>])[a-z]`, 'i')
const rare = new RegExp(`<(?:(?:\\w{1,20}:)?math|(?:${[...embedTags, 'param'].join('|')})[\\s/>])`, 'i')

/** The shortest list with all tags of an article, since the library's setup for each call is linear in the list. */
function listFor(html: string): library.IOptions {
  if (!uncommon.test(html)) return commonList
  return rare.test(html) ? allowList : usualList
}

function decidingOn(tags: string[]): library.IOptions['transformTags'] {
  return {
    ...Object.fromEntries(tags.map(tag => [tag, () => pass.decide()])),
    '*': (name, attribs) => pass.name(name, attribs),
  }
}

function attributesOf(tags: string[]): Record<string, string[]> {
  const own = tags.map((tag): [string, string[]] => [tag, allowedTags[tag] ?? []])
  return Object.fromEntries([
    ['*', ['dir', 'lang', 'title', 'id', 'data-writing']],
    ...own.filter(([, names]) => names.length > 0),
  ])
}

/** The allow-list. No other tag, attribute or scheme passes, whatever our rules decide. */
const allowList: library.IOptions & { allowedEmptyAttributes: string[] } = {
  allowedTags: [...new Set([...commonTags, ...ownTags, ...mathTags])],
  allowedAttributes: { ...attributesOf(ownTags), ...mathAttributeNames },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowedSchemesByTag: {
    img: ['http', 'https', 'data'],
    video: ['http', 'https', 'data'],
    audio: ['http', 'https'],
    source: ['http', 'https'],
  },
  allowProtocolRelative: false,
  allowedEmptyAttributes: ['alt'],
  disallowedTagsMode: 'discard',
  nonTextTags: [...droppedWhole],
  selfClosing: [...voidTags],
  parseStyleAttributes: false,
  // In feeds from XHTML, `<a name="x"/>` must not make a link of all that follows.
  parser: { decodeEntities: true, recognizeSelfClosing: true },
  transformTags: decidingOn([...usualTags, ...rareTags]),
  onOpenTag: (name, attribs) => pass.opens(name, attribs),
  onCloseTag: () => pass.closes(),
  textFilter: text => pass.writes(text),
  // Removes the tag and keeps its content; the library's types lack this value.
  exclusiveFilter: (() => (pass.isTakenBack ? 'excludeTag' : false)) as () => boolean,
}

/** For articles without formulas and embeds, and for those with common tags only: half the time for short ones. */
const usualList = {
  ...allowList,
  allowedTags: [...new Set([...commonTags, ...ownTags])],
  allowedAttributes: attributesOf(ownTags),
  transformTags: decidingOn(usualTags),
}
const commonList = {
  ...usualList,
  allowedTags: commonTags,
  allowedAttributes: attributesOf(commonTags),
  transformTags: decidingOn(commonTags),
}
