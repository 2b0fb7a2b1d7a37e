/** The attributes that a tag keeps, each rebuilt from a checked value: nothing is copied unseen. */

import { withFewMarks, withoutC1 } from '../../lib/text-marks.ts'
import { isInvisible } from '../../lib/tracking.ts'
import { embedHost } from '../pictures/embeds.ts'
import { imageCandidates, isLazy } from '../pictures/images.ts'
import { codeAttribute, codeLanguage } from './code-language.ts'
import { texOfPicture } from './tex-sources.ts'
import { type AddressContext, linkAddress, mediaAddress } from './urls.ts'

export type Attributes = Record<string, string>
/** Null removes the tag. `around`: see `imageCandidates`. */
type Rule = (given: Attributes, context: AddressContext, around: Attributes[]) => Attributes | null

const rules: Record<string, Rule> = {
  a: link,
  img: image,
  audio: (given, context) => ({ ...sound(given, context), controls: '', preload: 'none' }),
  video: (given, context) => ({
    ...sound(given, context),
    ...poster(given, context),
    ...sizes(given),
    controls: '',
    preload: 'none',
  }),
  source(given, context) {
    const kept = sound(given, context)
    if (!kept.src) return null
    return { ...kept, ...matching(given, 'type', /^[\w.+-]+\/[\w.+-]+(?:\s*;\s*codecs="?[\w., -]+"?)?$/) }
  },
  pre: code,
  code,
  ol: given => ({
    ...matching(given, 'start', /^-?\d{1,9}$/),
    ...('reversed' in given ? { reversed: '' } : {}),
    ...matching(given, 'type', /^[1aAiI]$/),
  }),
  li: given => matching(given, 'value', /^-?\d{1,9}$/),
  td: cell,
  th: given => ({ ...cell(given), ...matching(given, 'scope', /^(?:col|row|colgroup|rowgroup)$/i) }),
  col: given => span(given, 'span'),
  colgroup: given => span(given, 'span'),
  details: (given): Attributes => ('open' in given ? { open: '' } : {}),
  math: given => matching(given, 'display', /^block$/),
  time: dated,
  del: dated,
  ins: dated,
}

/** The attributes that `tag` keeps; null if it has no use without those that are removed. */
export function keptAttributes(
  tag: string,
  given: Attributes,
  context: AddressContext,
  around: Attributes[] = [],
): Attributes | null {
  const rule = Object.hasOwn(rules, tag) ? rules[tag] : undefined
  const kept = rule ? rule(given, context, around) : {}
  if (kept === null) return null
  if (given.dir) Object.assign(kept, matching(given, 'dir', /^(?:ltr|rtl|auto)$/i))
  if (given.lang) Object.assign(kept, matching(given, 'lang', /^[a-z]{1,8}(?:-[a-z0-9]{1,8}){0,6}$/i))
  if (blocks.has(tag) && isVertical(given)) kept['data-writing'] = 'vertical'
  if (given.title) {
    const title = words(given.title)
    if (title.trim()) kept.title = title
  }
  return kept
}

const blocks = new Set(['div', 'p', 'blockquote'])

/** In columns from right to left, by a style or by a class of the makers of Japanese books; a second gate has none of both. */
function isVertical({ style, class: names, 'data-writing': mark }: Attributes): boolean {
  return (
    mark === 'vertical' ||
    (style !== undefined && /(?:^|[;\s])(?:-epub-|-webkit-)?writing-mode\s*:\s*vertical-(?:rl|lr)/i.test(style)) ||
    (names !== undefined && /(?:^|\s)(?:vrtl|tategaki|vertical-rl)(?:\s|$)/.test(names))
  )
}

function link(given: Attributes, context: AddressContext): Attributes | null {
  const href = given.href === undefined ? null : linkAddress(given.href, context)
  if (!href) return null
  const kept: Attributes = { href, rel: 'noopener noreferrer nofollow', target: '_blank' }
  const host = given['data-embed'] === undefined ? null : embedHost(href)
  if (host) kept['data-embed'] = host
  return kept
}

function image(given: Attributes, context: AddressContext, around: Attributes[]): Attributes | null {
  if (isInvisible(given) && !isLazy(given)) return null
  let src: string | null = null
  for (const candidate of imageCandidates(given, around)) src ??= mediaAddress(candidate, context)
  if (!src) return null
  const kept: Attributes = { src }
  Object.assign(kept, texOfPicture(given))
  if (kept.alt !== undefined || given.alt !== undefined) kept.alt = words(kept.alt ?? given.alt ?? '')
  // The size of smileys is in style sheets, which are not kept.
  const isEmoji = given.class && /(?:^|\s)(?:wp-smiley|emoji|emojione|twemoji)(?:\s|$)/.test(given.class)
  Object.assign(kept, isEmoji ? { width: '18', height: '18' } : sizes(given))
  kept.loading = 'lazy'
  kept.referrerpolicy = 'no-referrer'
  return kept
}

function code(given: Attributes, _: AddressContext, around: Attributes[]): Attributes {
  const language = codeLanguage(given, around)
  return language === null ? {} : { [codeAttribute]: language }
}

function sound(given: Attributes, context: AddressContext): Attributes {
  // An empty `src` would resolve to the page itself.
  const written = given.src || given['data-src']
  const src = written ? mediaAddress(written, context, 'sound') : null
  return src ? { src } : {}
}

function poster(given: Attributes, context: AddressContext): Attributes {
  const address = given.poster ? mediaAddress(given.poster, context) : null
  return address ? { poster: address } : {}
}

function sizes(given: Attributes): Attributes {
  const kept: Attributes = {}
  for (const name of ['width', 'height']) {
    const written = given[name]
    if (!written) continue
    const length = /^\s*(\d{1,5})(?:\.\d+)?(?:px)?\s*$/.exec(written)?.[1]
    if (length && Number(length) > 1) kept[name] = String(Number(length))
  }
  return kept
}

function cell(given: Attributes): Attributes {
  return {
    ...span(given, 'colspan'),
    ...span(given, 'rowspan'),
    ...matching(given, 'align', /^(?:left|center|right)$/i),
  }
}

/** 3,000 rows with a cell that spans 9,999 take a browser minutes. */
const longestSpan = 200

function span(given: Attributes, name: string): Attributes {
  const length = /^\s*([1-9]\d{0,4})/.exec(given[name] ?? '')?.[1]
  return length ? { [name]: String(Math.min(Number(length), longestSpan)) } : {}
}

function dated(given: Attributes): Attributes {
  return matching(given, 'datetime', /^[\w:.+ -]{1,40}$/)
}

function matching(given: Attributes, name: string, pattern: RegExp): Attributes {
  const value = given[name]?.trim()
  return value && pattern.test(value) ? { [name]: value } : {}
}

/** Anything but letters and punctuation of European languages. */
const uncommon = /[^ -~\xa0-\u02ff\u2010-\u2027]/

function words(value: string): string {
  if (value.length <= 1_000 && !uncommon.test(value)) return value
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what has to go
  return withFewMarks(withoutC1(value.slice(0, 1_000)).replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/g, ''))
}
