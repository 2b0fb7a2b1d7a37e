/** What others read in a feed (tests/fixtures/feeds), and whether we read the same. */
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Parser } from 'htmlparser2'
import type { ParsedFeed } from '../../src-main/feeds/parsed.ts'
import { escapeHtml } from '../../src-main/lib/escape.ts'
import { type Corpus, filesEndingIn } from './corpora.ts'

type Fields = Record<string, unknown>

/** Of a feed and its items, the fields that somebody vouches for. */
export type ExpectedFeed = {
  name: string
  /** Its place in the file system. */
  path: string
  /** Where it would come from. */
  url: string
  contentType: string | null
  category: string
  format?: string
  itemCount?: number
  feed?: Fields
  items?: (Fields | null)[]
}

export type ComparedField = { field: string; isRight: boolean }

export function expectedFeeds({ folder }: Corpus): ExpectedFeed[] {
  return filesEndingIn('.expected.json', folder).map(sidecar => {
    const expected = JSON.parse(readFileSync(sidecar, 'utf8')) as ExpectedFeed & { file: string }
    return { ...expected, path: join(dirname(sidecar), expected.file) }
  })
}

/** An entry for each field that is expected. `actual` is null for a feed that could not be read. */
export function compareFeeds(expected: ExpectedFeed, actual: ParsedFeed | null): ComparedField[] {
  const { format, itemCount, feed = {}, items = [] } = expected
  const compared: ComparedField[] = []
  if (format !== undefined) compared.push({ field: 'format', isRight: actual?.format === format })
  if (itemCount !== undefined) compared.push({ field: 'itemCount', isRight: actual?.items.length === itemCount })
  compared.push(...compareFields('feed', feed, actual?.feed))
  for (const [at, item] of items.entries()) {
    if (item) compared.push(...compareFields(`items[${at}]`, item, actual?.items[at]))
  }
  return compared
}

function compareFields(name: string, expected: Fields, actual: Fields | undefined): ComparedField[] {
  return Object.entries(expected)
    .filter(([key]) => !key.endsWith('Raw'))
    .map(([key, value]) => {
      const isSame = comparisons[key] ?? isSameText
      return { field: `${name}.${key}`, isRight: actual !== undefined && isSame(value, actual[key], expected, actual) }
    })
}

/** `of` and `from` are what the two values are fields of. */
type Comparison = (expected: unknown, actual: unknown, of: Fields, from: Fields) => boolean

/** Every other field is text. */
const comparisons: Record<string, Comparison> = {
  link: isSameAddress,
  feedUrl: isSameAddress,
  icon: isSameAddress,
  image: isSameAddress,
  commentsUrl: isSameAddress,
  description: isSameTextOrHtml,
  copyright: isSameTextOrHtml,
  generator: isSameTextOrHtml,
  publishedAt: isSameSecond,
  updatedAt: isSameSecond,
  id: (expected, actual) => typeof actual === 'string' && actual.trim() === String(expected).trim(),
  language: (expected, actual) => languageTag(actual) === languageTag(expected),
  ttl: (expected, actual) => actual === expected,
  durationSeconds: (expected, actual) => actual === expected,
  summaryHtml: (expected, actual, of) => isSameHtml(expected, actual, of.summaryHtmlRaw),
  contentHtml: (expected, actual, of) => isSameHtml(expected, actual, of.contentHtmlRaw),
  categories: (expected, actual) => isSubset(expected, actual) && isSubset(actual, expected),
  categoriesInclude: (expected, _, __, from) => isSubset(expected, from.categories),
  authors: (expected, actual) => isSameList(expected, actual),
  enclosures: (expected, actual) => areAmong(expected, actual),
}

function collapsed(value: unknown): string {
  return String(value ?? '')
    .replace(/[\s\u00a0]+/g, ' ')
    .trim()
}

function isSameText(expected: unknown, actual: unknown): boolean {
  return typeof actual === 'string' && collapsed(actual) === collapsed(expected)
}

function isSameTextOrHtml(expected: unknown, actual: unknown): boolean {
  const { html } = canonicalHtml(String(actual))
  const words = html.replace(spaceAtBlocks, ' ').replace(/<[^>]*>/g, '')
  return isSameText(expected, actual) || collapsed(words) === collapsed(escapeHtml(String(expected)))
}

function isSameAddress(expected: unknown, actual: unknown): boolean {
  const normal = (value: unknown) => URL.parse(String(value ?? '').trim())?.href ?? String(value ?? '').trim()
  return normal(actual) === normal(expected)
}

/** Null stands for no date, '*' for any. */
function isSameSecond(expected: unknown, actual: unknown): boolean {
  if (expected === null) return actual === null
  const seconds = (value: unknown) => Math.floor(Date.parse(String(value)) / 1_000)
  return expected === '*' ? !Number.isNaN(seconds(actual)) : seconds(actual) === seconds(expected)
}

function languageTag(value: unknown): string {
  return collapsed(value).toLowerCase().replaceAll('_', '-')
}

function isSubset(some: unknown, all: unknown): boolean {
  const labels = new Set((all as string[]).map(collapsed))
  return (some as string[]).map(collapsed).every(label => label === '' || labels.has(label))
}

/** Every part that is expected of a person or a file. */
function hasParts(expected: Fields, actual: Fields | undefined): boolean {
  return Object.entries(expected).every(([key, value]) => {
    if (key === 'url') return isSameAddress(value, actual?.url)
    return collapsed(actual?.[key]).toLowerCase() === collapsed(value).toLowerCase()
  })
}

function isSameList(expected: unknown, actual: unknown): boolean {
  return (expected as Fields[]).every((one, at) => hasParts(one, (actual as Fields[])[at]))
}

function areAmong(expected: unknown, actual: unknown): boolean {
  return (expected as Fields[]).every(one => (actual as Fields[]).some(other => hasParts(one, other)))
}

/** `raw` is the HTML before its addresses were made absolute. An address that is a fragment there may stay one. */
function isSameHtml(expected: unknown, actual: unknown, raw: unknown): boolean {
  const [wanted, own, before] = [expected, actual, raw ?? expected].map(html => canonicalHtml(String(html ?? ''))) as [
    CanonicalHtml,
    CanonicalHtml,
    CanonicalHtml,
  ]
  if (own.html !== wanted.html || own.addresses.length !== wanted.addresses.length) return false
  return own.addresses.every((address, at) => {
    const fragment = before.addresses[at]?.startsWith('#') ? before.addresses[at] : null
    return address === fragment || isSameAddress(wanted.addresses[at], address)
  })
}

const blocks =
  'address|article|aside|blockquote|br|center|dd|details|div|dl|dt|figcaption|figure|footer|h[1-6]|header|hr|li|main|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul'
const spaceAtBlocks = new RegExp(`\\s*(</?(?:${blocks})(?: [^>]*)?>)\\s*`, 'g')

type CanonicalHtml = { html: string; addresses: string[] }

/**
 * One spelling for HTML that means the same: names without prefix and in lower case, attributes in order, white space as one
 * space and none beside a block, no comments, no plain `<div>` around it all. The addresses stand beside it.
 */
function canonicalHtml(html: string): CanonicalHtml {
  let written = ''
  const addresses: string[] = []
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        const kept = Object.entries(attributes).filter(([key]) => !/^xml(?:ns)?(?::|$)/.test(key))
        const spelled = kept.map(([key, value]) => {
          if (!/^(?:href|src|cite|poster|action|data|background)$/.test(key))
            return ` ${key}="${escapeHtml(collapsed(value))}"`
          addresses.push(value.trim())
          return ` ${key}`
        })
        written += `<${local(name)}${spelled.sort().join('')}>`
      },
      ontext: text => {
        written += escapeHtml(text)
      },
      onclosetag: name => {
        written += `</${local(name)}>`
      },
    },
    { recognizeSelfClosing: true, recognizeCDATA: true },
  )
  // A closing </br>, which some writers of XHTML make, would be a second one.
  parser.end(html.replace(/<\/br\s*>/gi, ''))
  let canonical = written
    .replace(/[\s\u00a0]+/g, ' ')
    .replace(spaceAtBlocks, '$1')
    .trim()
  while (isInPlainDiv(canonical)) canonical = canonical.slice('<div>'.length, -'</div>'.length).trim()
  return { html: canonical, addresses }
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

function isInPlainDiv(html: string): boolean {
  if (!html.startsWith('<div>') || !html.endsWith('</div>')) return false
  let depth = 0
  for (const { 0: tag, index } of html.matchAll(/<\/?div\b/g)) {
    depth += tag === '<div' ? 1 : -1
    if (depth === 0) return index === html.length - '</div>'.length
  }
  return false
}
