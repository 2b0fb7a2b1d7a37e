/** What mail hides from its readers: text for the list of a mail program only, the other version of a layout, and what counts them. */
import type { Element } from 'domhandler'
import { isInvisible } from '../../lib/tracking.ts'

/** Classes and ids that a stylesheet of the message hides, for every screen. */
export type HiddenNames = { classes: Set<string>; ids: Set<string> }

const longestSheet = 200_000
const longestStyle = 2_000

/** Of rules for one class or one id; what is within `@media` is for some screens only. */
export function hiddenNames(sheets: string[]): HiddenNames {
  const names: HiddenNames = { classes: new Set(), ids: new Set() }
  for (const sheet of sheets) {
    for (const { selectors, style } of topRules(withoutComments(sheet.slice(0, longestSheet)))) {
      if (!isHidingStyle(style)) continue
      for (const selector of selectors.split(',').slice(0, 50)) {
        const [, kind, name] = /^\s*(?:[a-z]{1,10}|\*)?([.#])([\w-]{1,100})\s*$/i.exec(selector) ?? []
        if (name) (kind === '.' ? names.classes : names.ids).add(name)
      }
    }
  }
  return names
}

/** Rules outside of any at-rule. */
function* topRules(sheet: string): Generator<{ selectors: string; style: string }> {
  let from = 0
  for (let open = sheet.indexOf('{'); open >= 0; open = sheet.indexOf('{', from)) {
    // Before it there may be a statement, as `@charset "utf-8";`.
    const selectors = sheet.slice(from, open).split(';').at(-1)!.trim()
    const isRule = !selectors.startsWith('@')
    const end = isRule ? sheet.indexOf('}', open) : endOfBlock(sheet, open)
    if (end < 0) return
    if (isRule) yield { selectors, style: sheet.slice(open + 1, end) }
    from = end + 1
  }
}

/** Also without the marks of HTML comments, within which older programs hide a stylesheet from yet older ones. */
function withoutComments(sheet: string): string {
  let kept = ''
  let from = 0
  for (let start = sheet.indexOf('/*'); start >= 0; start = sheet.indexOf('/*', from)) {
    const end = sheet.indexOf('*/', start + 2)
    kept += sheet.slice(from, start)
    from = end < 0 ? sheet.length : end + 2
  }
  return (kept + sheet.slice(from)).replace(/<!--|-->/g, '')
}

function endOfBlock(sheet: string, open: number): number {
  let depth = 0
  for (let at = open; at < sheet.length; at++) {
    if (sheet[at] === '{') depth++
    else if (sheet[at] === '}' && --depth === 0) return at
  }
  return -1
}

export function isHidden({ name, attribs }: Element, names: HiddenNames): boolean {
  if (attribs.hidden !== undefined) return true
  if (attribs.id !== undefined && names.ids.has(attribs.id)) return true
  if (attribs.class !== undefined && names.classes.size > 0) {
    if (attribs.class.split(/\s+/).some(one => names.classes.has(one))) {
      // A style of its own counts for more, as in CSS.
      if (!/(?:^|;)\s*display\s*:\s*(?!none)\w/i.test(attribs.style ?? '')) return true
    }
  }
  return name !== 'img' && attribs.style !== undefined && isHidingStyle(attribs.style)
}

/**
 * Nothing in mail appears later, as in pages: what is transparent, or has no height and shows nothing beyond it, is never seen.
 * `font-size: 0` closes gaps between columns and below pictures, and is no sign by itself; `mso-hide` alone hides from one
 * program only.
 */
function isHidingStyle(written: string): boolean {
  const style = rulesOf(written)
  const is = (name: string, pattern: RegExp) => pattern.test(style.get(name) ?? '')
  if (is('display', /^none/) || is('visibility', /^(?:hidden|collapse)/) || is('opacity', /^0(?:\.0*)?$/)) return true
  const isFlat = ['max-height', 'height'].some(name => is(name, /^[01](?:\.\d+)?(?:px|pt|em|%)?$/))
  const isCut = is('overflow', /^hidden/) || is('mso-hide', /^all/)
  const isClear = is('color', /^(?:transparent$|rgba\(.*,0(?:\.0*)?\)$)/)
  return (isFlat && isCut) || (isTiny(style) && (isClear || is('max-height', /^0/) || is('mso-hide', /^all/)))
}

/** Whether words right within it are too small to be seen. What is in its elements may have a size of its own. */
export function hasTinyWords({ attribs }: Element): boolean {
  return attribs.style?.includes('font-size') === true && isTiny(rulesOf(attribs.style))
}

function isTiny(style: Map<string, string>): boolean {
  return /^[01](?:\.\d+)?(?:px|pt)?$/.test(style.get('font-size') ?? '')
}

/** The last of two counts, as in CSS. */
function rulesOf(written: string): Map<string, string> {
  const rules = new Map<string, string>()
  for (const rule of written.slice(0, longestStyle).split(';')) {
    const colon = rule.indexOf(':')
    if (colon > 0) rules.set(rule.slice(0, colon).trim().toLowerCase(), plainValue(rule.slice(colon + 1)))
  }
  return rules
}

function plainValue(written: string): string {
  return written
    .replace(/!\s*important/i, '')
    .replace(/\s+/g, '')
    .toLowerCase()
}

/** Addresses by which senders of newsletters learn who has opened one. */
const openings =
  /^\/(?:o|oo|wf\/open|e\/o|e\/eo|ss\/o|track\/open(?:\.php)?|trk\/open|opens?|open(?:-?track\w*)?(?:\.(?:php|aspx|gif|png))?|I0|CI0|q|e1o|e2t\/o|pixel|px|beacon|imp|impression|emimp)\/[^?]{6,}$/i
const named =
  /\/(?:open|opened|opening|pixel|beacon|spacer|blank|clear|trans|transparent|1x1|track|tracker|tracking|o)\.(?:gif|png|php|aspx|jpg)$|\/__ptq\.gif$|\/on\.jsp$/i
const openingHosts = /(?:^|\.)(?:awstrack\.me|pstmrk\.it|mailtrack\.io|readnotify\.com|getnotify\.com|emltrk\.com)$/i
const smallest = 2

/** Whether a picture is there to be counted, or to keep two others apart. */
export function isCounting({ attribs }: Element, names: HiddenNames): boolean {
  const { src = '', alt = '', width, height, style = '' } = attribs
  if (isInvisible(attribs as Record<string, string>)) return true
  if (attribs.class?.split(/\s+/).some(one => names.classes.has(one))) return true
  if (alt.trim() !== '') return false
  const sides = [width, height, sideOf(style, 'width'), sideOf(style, 'height')]
  if (sides.some(side => side !== undefined && /^\s*\d/.test(side) && Number.parseFloat(side) <= smallest)) return true
  const url = URL.parse(src.trim())
  if (url === null) return false
  // Photographs lie at addresses of any kind.
  const isPhotograph = /\.(?:jpe?g|png|webp|avif)$/i.test(url.pathname) && !named.test(url.pathname)
  return openingHosts.test(url.hostname) || named.test(url.pathname) || (!isPhotograph && openings.test(url.pathname))
}

function sideOf(style: string, name: string): string | undefined {
  const found = new RegExp(
    `(?:^|;)\\s*(?:max-)?${name}\\s*:\\s*([\\d.]{1,9})(?:px)?\\s*(?:!\\s*important\\s*)?(?:;|$)`,
    'i',
  )
  return found.exec(style.slice(0, longestStyle))?.[1]
}
