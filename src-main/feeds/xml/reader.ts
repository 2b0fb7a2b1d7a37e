/**
 * A tolerant XML parser that keeps the order of content. Damage gives a tree: stray `<` and `&`, unclosed and misnested tags,
 * undeclared prefixes, junk around the root, a truncated end. Only attacks fail. It takes linear time: every look-ahead is
 * bounded, or the parser continues where it ended.
 */
import type { Failure } from '../../api/model.ts'
import { containers, innerScope, nameOf, outermostScope, type Scope } from './names.ts'
import { declaredEntities, decodeReferences, type ReferenceBudget, referenceBudget } from './references.ts'

export type XmlNode = {
  /** As written; `name` is normalised by feeds/xml/names.ts. */
  tag: string
  name: string
  /** Name, value, name, value: names as written, values decoded. */
  attributes: string[]
  /** The text of an element without child elements; '' otherwise. */
  text: string
  /** Text and elements in order; null without child elements. */
  parts: (string | XmlNode)[] | null
}

/** `open` are the elements without an end tag, outermost first. */
type ScannedXml = { ok: true; roots: XmlNode[]; open: XmlNode[] } | { ok: false; failure: Failure }

const deepest = 256
const longestTag = 2 * 1024 * 1024
const longestAttribute = 1024 * 1024
/** Text that looked like a tag is parsed again for tags inside of it, up to this length. */
const longestRun = 4_096

/** HTML elements without end tags, none of which a feed format has. */
const voidElements = new Set(
  ['br', 'hr', 'img', 'input', 'wbr', 'area', 'col', 'embed', 'param', 'base', 'meta'].flatMap(name => [
    name,
    `xhtml:${name}`,
  ]),
)

const noAttributes: string[] = []

type Scan = {
  source: string
  /** Cached position of the next `&`; -1 if there is none, -2 before the first search. */
  amp: number
  budget: ReferenceBudget
  stack: XmlNode[]
  scopes: Scope[]
  /** The index in the stack of the open item; -1 outside of items. */
  openItem: number
  roots: XmlNode[]
  isDone: boolean
  unsafe: string | null
}

/** Parses the elements at the top level: several if there is junk before the feed. Stops after the one that `isRoot` accepts. */
export function scanXml(source: string, isRoot: (name: string) => boolean): ScannedXml {
  const scan: Scan = {
    source,
    amp: -2,
    budget: referenceBudget(),
    stack: [],
    scopes: [outermostScope()],
    openItem: -1,
    roots: [],
    isDone: false,
    unsafe: null,
  }
  let at = 0
  while (at < source.length && !scan.isDone && scan.unsafe === null) {
    const lt = source.indexOf('<', at)
    const end = lt < 0 ? source.length : lt
    if (end > at && scan.stack.length > 0) addText(scan, at, end)
    at = lt < 0 ? source.length : readMarkup(scan, lt)
    if (scan.stack.length === 0 && scan.roots.length > 0 && isRoot(scan.roots.at(-1)!.name)) scan.isDone = true
  }
  if (scan.budget.left < 0 || scan.budget.expansionLeft < 0) scan.unsafe = 'more than 1,000,000 character references'
  if (scan.unsafe !== null) return { ok: false, failure: { reason: 'unsafe', detail: scan.unsafe } }
  return { ok: true, roots: scan.roots, open: scan.stack }
}

/** Parses the markup at this `<`; returns where it ends. */
function readMarkup(scan: Scan, lt: number): number {
  const code = scan.source.charCodeAt(lt + 1)
  if (code === 0x2f) return readEndTag(scan, lt)
  if (code === 0x21) return readDeclaration(scan, lt)
  if (code === 0x3f) return after(scan, '>', lt + 2)
  if (isNameStart(code)) return readStartTag(scan, lt)
  append(scan, '<')
  return lt + 1
}

/** A letter, `_`, `:` or anything beyond ASCII. */
function isNameStart(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || code === 0x5f || code === 0x3a || code >= 0x80
  )
}

/** Beyond the end where the mark is missing. */
function after({ source }: Scan, mark: string, from: number): number {
  return indexOrEnd(source, mark, from) + mark.length
}

function addText(scan: Scan, from: number, to: number): void {
  const top = scan.stack[scan.stack.length - 1]!
  const raw = scan.source.slice(from, to)
  // White space between the elements of a channel is no content.
  if (containers.has(top.name) && raw.trim() === '') return
  if (scan.amp < from && scan.amp !== -1) scan.amp = scan.source.indexOf('&', from)
  append(scan, scan.amp !== -1 && scan.amp < to ? decodeReferences(raw, scan.budget) : raw)
}

function append(scan: Scan, text: string): void {
  const top = scan.stack[scan.stack.length - 1]
  if (!top) return
  if (top.parts) top.parts.push(text)
  else top.text += text
}

function readDeclaration(scan: Scan, lt: number): number {
  const { source } = scan
  if (source.startsWith('<!--', lt)) return after(scan, '-->', lt + 4)
  if (source.startsWith('<![CDATA[', lt)) {
    const end = after(scan, ']]>', lt + 9)
    append(scan, source.slice(lt + 9, end - 3))
    return end
  }
  if (scan.stack.length === 0 && /^<!doctype/i.test(source.slice(lt, lt + 9))) return readDoctype(scan, lt)
  return after(scan, '>', lt + 2)
}

/** Of a document type only entities of short plain text are used; others make the document unsafe. */
function readDoctype(scan: Scan, lt: number): number {
  const { source } = scan
  const gt = source.indexOf('>', lt)
  if (gt < 0) return source.length
  const bracket = source.slice(lt, gt).indexOf('[') + lt
  if (bracket < lt) return gt + 1

  const close = source.indexOf(']', bracket)
  const end = close < 0 ? -1 : source.indexOf('>', close)
  const declared = end < 0 ? null : declaredEntities(source.slice(bracket + 1, close))
  if (!declared) {
    scan.unsafe = 'a document type that declares more than plain text'
    return source.length
  }
  scan.budget.declared = declared
  return end + 1
}

function readEndTag(scan: Scan, lt: number): number {
  const gt = scan.source.indexOf('>', lt + 2)
  if (gt < 0) return scan.source.length
  const top = scan.stack[scan.stack.length - 1]
  if (!top) return gt + 1
  if (gt - lt - 2 === top.tag.length && scan.source.startsWith(top.tag, lt + 2)) {
    scan.stack.pop()
    scan.scopes.pop()
    if (scan.openItem === scan.stack.length) scan.openItem = -1
    return gt + 1
  }
  const tag = scan.source
    .slice(lt + 2, Math.min(gt, lt + 2 + 1000))
    .trim()
    .toLowerCase()
  for (let depth = scan.stack.length - 1; depth >= 0; depth--) {
    const open = scan.stack[depth]!.tag
    if (open.length === tag.length && open.toLowerCase() === tag) {
      closeTo(scan, depth)
      break
    }
  }
  return gt + 1
}

/** Closes the element at this depth and all inside of it. */
function closeTo(scan: Scan, depth: number): void {
  scan.stack.length = depth
  scan.scopes.length = depth + 1
  if (scan.openItem >= depth) scan.openItem = -1
}

function readStartTag(scan: Scan, lt: number): number {
  const { source } = scan
  let at = lt + 2
  while (at < source.length && !endsName(source.charCodeAt(at))) at++
  const tag = source.slice(lt + 1, at)
  if (source.charCodeAt(at) === 0x3e) {
    open(scan, tag, noAttributes, false)
    return at + 1
  }

  const attributes: string[] = []
  const end = readAttributes(scan, at, attributes)
  if (end < 0) {
    // Another `<` before the `>`: text like "a <b and c", unless the name is one of a feed's containers.
    if (!containers.has(tag.toLowerCase())) {
      append(scan, '<')
      if (-end - lt <= longestRun) return lt + 1
      // Parsing it again from each `<` inside of it would take quadratic time.
      addText(scan, lt + 1, -end)
      return -end
    }
    open(scan, tag, attributes, false)
    return -end
  }
  if (end - lt > longestTag) scan.unsafe = 'a tag of more than 2 MB'
  else open(scan, tag, attributes, source.charCodeAt(end - 2) === 0x2f)
  return end
}

/** White space, `/`, `>` or `<`. */
function endsName(code: number): boolean {
  return code <= 0x20 || code === 0x2f || code === 0x3e || code === 0x3c
}

/** Returns the end of the tag, or the negated position of a `<` before its `>`. */
function readAttributes(scan: Scan, from: number, attributes: string[]): number {
  const { source } = scan
  let at = from
  for (;;) {
    while (at < source.length && (source.charCodeAt(at) <= 0x20 || source.charCodeAt(at) === 0x2f)) at++
    const code = source.charCodeAt(at)
    if (at >= source.length) return source.length
    if (code === 0x3e) return at + 1
    if (code === 0x3c) return -at

    const nameStart = at
    while (at < source.length && !endsName(source.charCodeAt(at)) && source.charCodeAt(at) !== 0x3d) at++
    const name = source.slice(nameStart, at)
    while (source.charCodeAt(at) <= 0x20) at++
    if (source.charCodeAt(at) !== 0x3d) {
      if (at === nameStart) at++
      continue
    }
    at++
    while (source.charCodeAt(at) <= 0x20) at++
    at = readValue(scan, at, name, attributes)
  }
}

function readValue(scan: Scan, from: number, name: string, attributes: string[]): number {
  const { source } = scan
  const quote = source.charCodeAt(from)
  let start = from
  let end: number
  if (quote === 0x22 || quote === 0x27) {
    start = from + 1
    end = source.indexOf(quote === 0x22 ? '"' : "'", start)
    // A quote that is never closed ends with the tag.
    if (end < 0) end = indexOrEnd(source, '>', start)
  } else {
    end = from
    while (end < source.length && source.charCodeAt(end) > 0x20 && source.charCodeAt(end) !== 0x3e) end++
  }
  if (end - start <= longestAttribute) {
    const raw = source.slice(start, end)
    attributes.push(name, raw.includes('&') ? decodeReferences(raw, scan.budget) : raw)
  }
  const isQuoted = source.charCodeAt(end) === quote
  return isQuoted ? end + 1 : end
}

function indexOrEnd(source: string, mark: string, from: number): number {
  const at = source.indexOf(mark, from)
  return at < 0 ? source.length : at
}

function open(scan: Scan, tag: string, attributes: string[], isClosed: boolean): void {
  const isRoot = scan.stack.length === 0
  let scope = scan.scopes[scan.scopes.length - 1]!
  const declarations = attributes.length > 0 || isRoot ? namespaceDeclarations(attributes) : noAttributes
  if (declarations.length > 0 || isRoot) scope = innerScope(scope, tag, declarations, isRoot)
  const known = nameOf(tag, scope)
  const { name } = known
  const isItem = name === 'item' || name === 'entry'
  // Items do not nest: the end tag of the first is missing.
  if (isItem && scan.openItem >= 0) closeTo(scan, scan.openItem)

  const node: XmlNode = { tag: known.tag, name, attributes, text: '', parts: null }
  const parent = scan.stack[scan.stack.length - 1]
  if (!parent) scan.roots.push(node)
  else if (parent.parts) parent.parts.push(node)
  else {
    parent.parts = parent.text === '' ? [node] : [parent.text, node]
    parent.text = ''
  }
  if (isClosed || voidElements.has(name)) return
  if (scan.stack.length >= deepest) {
    scan.unsafe = `elements nested deeper than ${deepest}`
    return
  }
  if (isItem) scan.openItem = scan.stack.length
  scan.stack.push(node)
  scan.scopes.push(scope)
}

function namespaceDeclarations(attributes: string[]): string[] {
  let declarations = noAttributes
  for (let at = 0; at < attributes.length; at += 2) {
    const name = attributes[at]!
    if (name.charCodeAt(0) !== 0x78 || !name.startsWith('xmlns')) continue
    if (declarations === noAttributes) declarations = []
    declarations.push(name, attributes[at + 1]!)
  }
  return declarations
}
