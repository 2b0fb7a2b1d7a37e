/**
 * Makes an article's HTML fit to be stored and shown: the last step of the intake, and the only maker of SafeHtml.
 * Nothing may change the HTML or an address in it afterwards, or what was checked is not what is shown.
 */
import { decodeHTML } from 'entities'
import library from 'sanitize-html'
import type { SafeHtml } from '../../api/model.ts'
import { escapeText } from '../../lib/escape.ts'
import { embedTags } from '../pictures/embeds.ts'
import { areSame, type Findings, nothingFound } from './findings.ts'
import { guessedPlaces } from './guess.ts'
import { Pass } from './pass.ts'
import { readable, withBareLinks } from './source.ts'
import { allowedTags, droppedWhole, mathTags, renamedTags, voidTags } from './tags.ts'
import type { AddressContext } from './urls.ts'

const largest = 5_000_000

export type Sanitized = {
  html: SafeHtml
  /** Plain text for the index, at most about 100,000 characters; blocks are set apart by a space. */
  text: string
  /** Addresses of the images, audio and video that `html` shows, in their order, each once. */
  media: string[]
  /** The beginning of the words, with those that are not shown, where there are such. */
  said?: string
}

/**
 * Sanitises one piece of HTML. `base` resolves relative addresses; `privateHost` (host:port) is where media may come from
 * although it is not public. At most 5 million characters are read, and about as many given back.
 */
export function sanitizeHtml(html: string, context: AddressContext): Sanitized {
  const sanitized = sanitize(html, context)
  const linked = withBareLinks(sanitized.html)
  return linked === null ? sanitized : { ...sanitized, ...sanitize(linked, context) }
}

/**
 * In one pass; in another one where something was found that only the end of an article tells (feeds/sanitize/findings.ts), other
 * than it was guessed.
 */
function sanitize(html: string, context: AddressContext): Sanitized {
  const source = readable(html.length > largest ? html.slice(0, largest) : html)
  if (!/[<&]/.test(source)) return sanitizedText(source, context)
  const options = listFor(source)
  const hasFormulas = options === allowList && mathStart.test(source)
  const guess = guessedPlaces(source, context) ?? nothingFound
  let { pass: last, written } = sanitizeOnce(source, context, guess, hasFormulas, options)
  const found = last.findings()
  if (!areSame(found ?? nothingFound, guess)) {
    ;({ pass: last, written } = sanitizeOnce(source, context, found ?? nothingFound, hasFormulas, options))
  }
  const isEmpty = last.text === '' && last.media.size === 0
  if (isEmpty && last.finder.hasHidden) {
    const findings = { ...(found ?? nothingFound), showsHidden: true }
    ;({ pass: last, written } = sanitizeOnce(source, context, findings, hasFormulas, options))
  }
  const sanitized = { html: written as SafeHtml, text: last.text, media: [...last.media] }
  return last.said === null ? sanitized : { ...sanitized, said: last.said }
}

/** What has neither tags nor references is one run of text to the library, which would only hand it back to us escaped. */
function sanitizedText(text: string, context: AddressContext): Sanitized {
  const words = new Pass(context, nothingFound, false)
  const html = text === '' ? '' : words.writes(escapeText(text))
  return { html: html as SafeHtml, text: words.text, media: [] }
}

/** The text that an article with this HTML would show: without hidden elements, for summaries. */
export function shownText(html: string): string {
  if (!html.includes('<')) return html.includes('&') ? decodeHTML(html) : html
  return sanitizeHtml(html, { base: 'http://localhost/' }).text
}

function sanitizeOnce(
  html: string,
  context: AddressContext,
  findings: Findings,
  hasFormulas: boolean,
  options: library.IOptions,
): { pass: Pass; written: string } {
  pass = new Pass(context, findings, hasFormulas)
  return { pass, written: library(html, options) }
}

/** The one that the library is at: it copies its options for each call, which takes as long as a short article. */
let pass = new Pass({ base: '' }, nothingFound, false)

/** All that most articles are made of, the most frequent first. */
const commonTags = [
  ...['p', 'a', 'br', 'img', 'strong', 'em', 'span', 'div', 'li', 'code', 'b', 'i', 'h2', 'h3', 'ul', 'blockquote'],
  ...['figure', 'figcaption', 'td', 'tr', 'pre', 'hr', 'ol', 'h1', 'h4', 'table', 'tbody'],
]
const ownTags = Object.keys(allowedTags)
const usualTags = [...ownTags, ...Object.keys(renamedTags)]
const rareTags = [...mathTags, ...embedTags, 'param']
const mathStart = /<(?:\w{1,20}:)?math/i
/** A tag that is none of those, as far as a parser can take it for one. */
const uncommon = new RegExp(`<(?!(?:${commonTags.join('|')})[\\s/>])[a-z]`, 'i')
const rare = new RegExp(`<(?:(?:\\w{1,20}:)?math|(?:${[...embedTags, 'param'].join('|')})[\\s/>])`, 'i')

/** The shortest list that has all tags of an article: the library goes through the whole of it for each call. */
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
  return Object.fromEntries([['*', ['dir', 'lang', 'title', 'id']], ...own.filter(([, names]) => names.length > 0)])
}

/** The allow-list: no tag, attribute or scheme that is not named here gets through, whatever our rules decide. */
const allowList: library.IOptions & { allowedEmptyAttributes: string[] } = {
  allowedTags: [...new Set([...commonTags, ...ownTags, ...mathTags])],
  allowedAttributes: attributesOf(ownTags),
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
  nonTextTags: droppedWhole,
  selfClosing: voidTags,
  parseStyleAttributes: false,
  // Feeds come from XHTML, too: `<a name="x"/>` must not make a link of all that follows.
  parser: { decodeEntities: true, recognizeSelfClosing: true },
  transformTags: decidingOn([...usualTags, ...rareTags]),
  onOpenTag: (name, attribs) => pass.opens(name, attribs),
  onCloseTag: () => pass.closes(),
  textFilter: text => pass.writes(text),
  // Its types don't have this answer: the tag goes, and what is in it stays.
  exclusiveFilter: (() => (pass.takesBack() ? 'excludeTag' : false)) as () => boolean,
}

/** The same for articles without formulas and players, and for those with common tags only, in half the time where they are short. */
const usualList = {
  ...allowList,
  allowedTags: [...new Set([...commonTags, ...ownTags])],
  transformTags: decidingOn(usualTags),
}
const commonList = {
  ...usualList,
  allowedTags: commonTags,
  allowedAttributes: attributesOf(commonTags),
  transformTags: decidingOn(commonTags),
}
