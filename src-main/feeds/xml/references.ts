/** Character references of XML text, tolerant of what feeds do to them. */
import { decodeHTMLStrict } from 'entities'
import { withoutC1 } from '../../lib/text-marks.ts'

/** SAFETY: limits of what a document's references may expand to, checked while they are decoded. */
export type ReferenceBudget = {
  /** References still allowed. */
  left: number
  /** Characters that declared entities may still expand to. */
  expansionLeft: number
  /** Entities that the document declares: short plain text only. */
  declared: Map<string, string> | null
}

export function referenceBudget(): ReferenceBudget {
  return { left: 1_000_000, expansionLeft: 1_000_000, declared: null }
}

const longestName = 32

const named = new Map<string, string>([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', '\u00a0'],
])

/**
 * Decodes `&name;` (HTML's names), `&#8217;` and `&#x2019;`. Anything else stays: an unescaped `&` is the most common damage.
 * Spends from the budget; the caller checks what is left.
 */
export function decodeReferences(text: string, budget: ReferenceBudget): string {
  let out = ''
  let from = 0
  let hasSurrogate = false
  for (let amp = text.indexOf('&'); amp >= 0; amp = text.indexOf('&', amp + 1)) {
    const end = endOfName(text, amp + 1)
    if (end < 0) continue
    if (--budget.left < 0) return ''
    const name = text.slice(amp + 1, end)
    const value = name.charCodeAt(0) === 0x23 ? numeric(name) : entity(name, budget)
    if (value === undefined) continue
    if (value.length === 1 && (value.charCodeAt(0) & 0xf800) === 0xd800) hasSurrogate = true
    out += text.slice(from, amp) + value
    from = end + 1
    amp = end
  }
  if (from === 0) return text
  out += text.slice(from)
  return hasSurrogate ? out.toWellFormed() : out
}

/** The index of the `;` that ends a name starting here; -1 if this is no reference. */
function endOfName(text: string, start: number): number {
  const limit = Math.min(text.length, start + longestName)
  for (let at = start; at < limit; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x3b) return at > start ? at : -1
    const isNameCharacter =
      (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39)
    if (!isNameCharacter && !(code === 0x23 && at === start) && code !== 0x5f && code !== 0x2d && code !== 0x2e)
      return -1
  }
  return -1
}

function entity(name: string, budget: ReferenceBudget): string | undefined {
  const declared = budget.declared?.get(name)
  if (declared !== undefined) {
    budget.expansionLeft -= declared.length
    return budget.expansionLeft < 0 ? '' : declared
  }
  const known = named.get(name)
  if (known !== undefined) return known
  const reference = `&${name};`
  const value = decodeHTMLStrict(reference)
  if (value === reference) return undefined
  // HTML's names are finite, so this cache is bounded.
  named.set(name, value)
  return value
}

/** Surrogates are returned as they are, for the caller to join or replace. */
function numeric(name: string): string | undefined {
  const isHex = name.charCodeAt(1) === 0x78 || name.charCodeAt(1) === 0x58
  const digits = name.slice(isHex ? 2 : 1)
  if (!(isHex ? /^[0-9a-f]{1,29}$/i : /^[0-9]{1,30}$/).test(digits)) return undefined
  const code = Number.parseInt(digits, isHex ? 16 : 10)
  if (code > 0x10ffff) return '\ufffd'
  // Publishers write &#146; for windows-1252's quotation mark, and HTML reads it so.
  if (code >= 0x80 && code <= 0x9f) return withoutC1(String.fromCharCode(code))
  if (code >= 0xd800 && code <= 0xdfff) return String.fromCharCode(code)
  if (isForbidden(code)) return ''
  return String.fromCodePoint(code)
}

/** Characters that XML 1.0 does not allow. */
function isForbidden(code: number): boolean {
  return (code < 0x20 && code !== 9 && code !== 10 && code !== 13) || code === 0xfffe || code === 0xffff
}

/**
 * The entities that an internal DTD subset declares. Null if one of them could nest, grow or load something: publishers need
 * none of these, only attacks do.
 */
export function declaredEntities(subset: string): Map<string, string> | null {
  const entities = new Map<string, string>()
  const budget = referenceBudget()
  for (let at = subset.indexOf('<!ENTITY'); at >= 0; at = subset.indexOf('<!ENTITY', at + 8)) {
    const declaration = /^\s{1,99}([\w.-]{1,32})\s{1,99}("[^"<]{0,200}"|'[^'<]{0,200}')/.exec(
      subset.slice(at + 8, at + 500),
    )
    if (!declaration || entities.size >= 1000) return null
    const name = declaration[1]!
    if (named.has(name)) continue
    const value = decodeReferences(declaration[2]!.slice(1, -1), budget)
    if (value.includes('&') || value.includes('<') || value.includes('%')) return null
    entities.set(name, value)
  }
  return entities
}
