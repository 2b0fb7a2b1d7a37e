/**
 * Recognises HTML that is so plain that every parser reads it alike and sanitize-html would give it back letter for letter:
 * allowed tags and attributes only, in one spelling, each closed where it belongs, web addresses, nothing that hides. What
 * we write is that plain; it is read here once, by rules that know nothing of how it was written.
 */
import { allowedTags, closedBy, mathTags, mathWords, voidTags } from './sanitize-tags.ts'

const deepest = 256
/** What may stand in a tag of each kind, besides what may stand in all. */
const attributes = new Map(
  [...Object.entries(allowedTags), ...mathTags.map((tag): [string, string[]] => [tag, []])].map(([tag, names]) => [
    tag,
    new Set([...names, 'dir', 'lang', 'title']),
  ]),
)
const voids = new Set(voidTags)
const math = new Set(mathTags)
const wordsOfMath = new Set(mathWords)
const closers = new Map(Object.entries(closedBy).map(([tag, open]) => [tag, new Set(open)]))
const switches = new Set(['controls', 'reversed', 'open'])

/** References to the characters that would else be markup, and no other. */
const oddReference = /&(?!(?:amp|lt|gt);)/
const oddQuotedReference = /&(?!(?:amp|lt|gt|quot);)/
const attribute = / ([a-z-]+)(?:="([^"<>]*)")?/y
const webAddress = /^https?:\/\//
const inlineImage = /^data:image\/(?!svg)[a-z.+-]+[;,]/

/** Whether this may be shown as it is. Takes linear time; in doubt the answer is no. */
export function isPlain(html: string): boolean {
  const open: string[] = []
  let at = 0
  let reference = html.indexOf('&')
  for (;;) {
    const start = html.indexOf('<', at)
    const end = html.indexOf('>', at)
    // Looked for once, since it may be far away.
    if (reference >= 0 && reference < at) reference = html.indexOf('&', at)
    if (reference >= 0 && !isPlainText(html, reference, start < 0 ? html.length : start)) return false
    if (start < 0) return end < 0 && open.length === 0
    if (end < start) return false
    if (html.charCodeAt(start + 1) === slash) {
      const last = open.pop()
      if (last === undefined || end - start !== last.length + 2 || !html.startsWith(last, start + 2)) return false
    } else if (!isPlainTag(html, start, end, open)) return false
    at = end + 1
  }
}

const slash = 0x2f
const space = 0x20

function isPlainText(html: string, reference: number, end: number): boolean {
  return reference >= end || !oddReference.test(html.slice(reference, end))
}

/** A start tag in its place; puts it on the stack of those that are open. */
function isPlainTag(html: string, start: number, end: number, open: string[]): boolean {
  let nameEnd = start + 1
  while (nameEnd < end && html.charCodeAt(nameEnd) > space) nameEnd++
  const tag = html.slice(start + 1, nameEnd)
  const allowed = attributes.get(tag)
  if (!allowed || !fits(tag, open)) return false
  if (!voids.has(tag)) {
    open.push(tag)
    return open.length <= deepest && (nameEnd === end || areAllPlain(html, nameEnd, end, tag, allowed))
  }
  return html.startsWith(' /', end - 2) && areAllPlain(html, nameEnd, end - 2, tag, allowed)
}

/** Whether no parser closes what is open when this tag comes, and math holds math only. */
function fits(tag: string, open: string[]): boolean {
  const parent = open.at(-1)
  if (parent === undefined) return !math.has(tag)
  const isInMath = parent === 'math' || math.has(parent)
  return isInMath === math.has(tag) && !wordsOfMath.has(parent) && !closers.get(tag)?.has(parent)
}

function areAllPlain(html: string, from: number, to: number, tag: string, allowed: Set<string>): boolean {
  const seen: string[] = []
  let at = from
  while (at < to) {
    attribute.lastIndex = at
    const match = attribute.exec(html)
    const name = match?.[1]
    if (!match || name === undefined || !allowed.has(name) || seen.includes(name)) return false
    if (!isPlainValue(tag, name, match[2])) return false
    seen.push(name)
    at = attribute.lastIndex
  }
  return at === to
}

function isPlainValue(tag: string, name: string, value: string | undefined): boolean {
  if (value === undefined) return switches.has(name)
  if (value === '') return name === 'alt'
  if (value.includes('&') && oddQuotedReference.test(value)) return false
  if (name === 'href') return webAddress.test(value) || value.startsWith('mailto:')
  if (name === 'src' && tag === 'img') return webAddress.test(value) || inlineImage.test(value)
  if (name === 'poster') return webAddress.test(value) || inlineImage.test(value)
  return name !== 'src' || webAddress.test(value)
}
