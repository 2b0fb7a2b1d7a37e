/** Reads lists of subscriptions (OPML). Tolerant of bad XML; takes address, name and folders, and nothing else. */
import { Parser } from 'htmlparser2'
import type { Failure, OpmlProblem } from '../../api/model.ts'
import { opmlAddress, opmlName, opmlText } from './opml-values.ts'

export { type OpmlFeed, type OpmlFolder, writeOpml } from './opml-write.ts'

/** One subscription; `path` are the folders above it, outermost first, at most 8. */
export type OpmlEntry = { url: string; title: string; path: string[] }
/** Each address once. `problems` are outlines that name a feed whose address cannot be used. */
export type OpmlReading =
  | { kind: 'read'; title: string; entries: OpmlEntry[]; problems: OpmlProblem[] }
  | { kind: 'failed'; failure: Failure }

export const opmlLimits = { bytes: 20_000_000, entries: 200_000, depth: 8, nesting: 12_000, problems: 1_000 }

type Outline = { folder: string | null }
type List = {
  title: string
  entries: OpmlEntry[]
  problems: OpmlProblem[]
  seen: Set<string>
  isList: boolean
  isTooLong: boolean
  isTooDeep: boolean
}

/** Pure; runs in a worker. Limits: 20 MB, 200,000 entries. Text, or bytes whose encoding is found out. */
export function readOpml(input: string | Uint8Array): OpmlReading {
  if (input.length > opmlLimits.bytes) return failed({ reason: 'too-large', megabytes: opmlLimits.bytes / 1_000_000 })
  const text = typeof input === 'string' ? input : opmlText(input)
  if (hasInternalSubset(text)) return failed({ reason: 'unsafe', detail: 'it defines entities of its own' })
  const list = collect(text)
  if (list.isTooLong) return failed({ reason: 'unsafe', detail: `it lists more than ${opmlLimits.entries} feeds` })
  if (list.isTooDeep) return failed({ reason: 'unsafe', detail: `it nests more than ${opmlLimits.nesting} deep` })
  if (!list.isList) return failed({ reason: 'malformed', detail: 'it is no OPML list', line: null })
  return { kind: 'read', title: opmlName(list.title), entries: list.entries, problems: list.problems }
}

function failed(failure: Failure): OpmlReading {
  return { kind: 'failed', failure }
}

function collect(text: string): List {
  const list: List = {
    title: '',
    entries: [],
    problems: [],
    seen: new Set(),
    isList: false,
    isTooLong: false,
    isTooDeep: false,
  }
  const above: Outline[] = []
  let isInTitle = false
  let depth = 0
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        // The parser's time grows with the square of the depth.
        list.isTooDeep ||= ++depth > opmlLimits.nesting
        if (list.isTooDeep) parser.pause()
        const tag = localName(name)
        if (tag === 'opml') list.isList = true
        else if (tag === 'title') isInTitle = list.title === ''
        else if (tag === 'outline') {
          above.push(readOutline(list, attributes, above))
          if (list.isTooLong) parser.pause()
        }
      },
      ontext(text) {
        if (isInTitle && list.title.length < 500) list.title += text
      },
      onclosetag(name) {
        depth--
        const tag = localName(name)
        if (tag === 'title') isInTitle = false
        if (tag === 'outline') above.pop()
      },
    },
    { xmlMode: true, decodeEntities: true },
  )
  parser.end(text)
  return list
}

/** Keeps the outline's feed, if it names one, and says which folder it is to what stands below it. */
function readOutline(list: List, raw: Record<string, string>, above: Outline[]): Outline {
  const attributes = new Map(Object.entries(raw).map(([name, value]) => [localName(name), value]))
  const type = attributes.get('type')?.trim().toLowerCase() ?? ''
  const isFeedType = /^(?:rss|atom|rdf|feed|jsonfeed)/.test(type)
  const address = attributes.get('xmlurl') ?? (isFeedType ? attributes.get('url') : undefined)
  const name = opmlName(attributes.get('text') || attributes.get('title') || '')
  if (address === undefined && !isFeedType) return { folder: name || null }

  list.isList = true
  const url = opmlAddress(address ?? '')
  if (url === null) {
    const shown = opmlName(address ?? '')
    if (list.problems.length < opmlLimits.problems) {
      list.problems.push({ title: name || shown, url: shown, failure: { reason: 'bad-address' } })
    }
  } else if (!list.seen.has(url)) {
    list.isTooLong = list.entries.length >= opmlLimits.entries
    list.seen.add(url)
    const path = foldersOf(above)
    list.entries.push({
      url,
      title: name || new URL(url).hostname,
      path: path.length > 0 ? path : category(attributes),
    })
  }
  return { folder: null }
}

/** Deeper folders than we keep fold into the last one kept. */
function foldersOf(above: Outline[]): string[] {
  const path: string[] = []
  for (const { folder } of above) {
    if (folder !== null && path.push(folder) === opmlLimits.depth) break
  }
  return path
}

/** OPML 2.0: a category with slashes is a path, for lists without folders. */
function category(attributes: Map<string, string>): string[] {
  const first = (attributes.get('category') ?? '').slice(0, 2_000).split(',', 1)[0]!.trim()
  if (!first.startsWith('/')) return []
  return first
    .split('/')
    .map(opmlName)
    .filter(name => name !== '')
    .slice(0, opmlLimits.depth)
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1).toLowerCase()
}

/** Entities that a document defines are how a small file becomes a huge one, or another file. */
function hasInternalSubset(text: string): boolean {
  const start = text.slice(0, 100_000).search(/<!DOCTYPE/i)
  if (start < 0) return false
  const end = text.indexOf('>', start)
  return text.slice(start, end < 0 ? undefined : end).includes('[')
}
