/** The outlines of an OPML document: which are feeds, and in which folders they are. */
import { Parser } from 'htmlparser2'
import type { OpmlProblem } from '../../api/model.ts'
import type { OpmlEntry, OpmlList, opmlLimits } from './read.ts'
import { isName, opmlAddress, opmlName } from './values.ts'

type Limits = typeof opmlLimits

export type Outlines = OpmlList & { isList: boolean; isTooLong: boolean; isTooDeep: boolean }

/** One that is open, or was. */
type Outline = {
  parent: Outline | null
  name: string
  /** What it is by its own attributes; a name with nothing else is a folder where something is in it. */
  kind: 'folder' | 'feed' | 'other'
  /** A folder even with nothing in it: an outliner's notes have no title and no type. */
  isMeant: boolean
  hasChildren: boolean
  /** Closed by a tag of its own: what is in it was meant to be. */
  isClosed: boolean
  /** Told where nothing is in it: a feed without an address. */
  problem: OpmlProblem | null
  hasFeeds: boolean
  path: string[]
}

type Found = { url: string; outline: Outline; entry: OpmlEntry }

/** Linear in the text, but for the depth, which is limited. */
export function readOutlines(text: string, limits: Limits): Outlines {
  const outlines: Outline[] = []
  const found = new Map<string, Found>()
  const problems: OpmlProblem[] = []
  const closed = new Set<string>()
  let title = ''
  let isInTitle = false
  let depth = 0
  let current: Outline | null = null
  const list = { isList: false, isTooLong: false, isTooDeep: false, hasBody: false }

  function open(raw: Record<string, string>): void {
    const attributes = attributesOf(raw)
    const outline = newOutline(attributes, current)
    if (current) current.hasChildren = true
    current = outline
    outlines.push(outline)
    if (outline.kind !== 'feed') return
    list.isList = true
    const entry = entryOf(attributes, outline)
    if (!entry) {
      tell(outline.problem)
      outline.problem = null
      return
    }
    const known = found.get(entry.url)
    // In two folders, or once outside any: where it is in one is where its reader looks for it.
    if (known) merge(known, { url: entry.url, outline, entry })
    else {
      list.isTooLong = found.size >= limits.entries
      found.set(entry.url, { url: entry.url, outline, entry })
    }
  }

  function close(isImplied: boolean): void {
    if (!current) return
    const { problem, hasChildren, parent } = current
    current.isClosed = !isImplied
    if (!hasChildren) tell(problem)
    current = parent
  }

  function tell(problem: OpmlProblem | null): void {
    if (problem && problems.length < limits.problems) problems.push(problem)
  }

  const parser = new Parser(
    {
      onopentag(name, attributes) {
        // The parser's time grows with the square of the depth.
        list.isTooDeep ||= ++depth > limits.nesting
        if (list.isTooDeep) parser.pause()
        const tag = localName(name)
        if (tag === 'opml') list.isList = true
        else if (tag === 'body') list.hasBody = true
        else if (tag === 'title') isInTitle = title === ''
        else if (tag === 'outline') {
          open(attributes)
          if (list.isTooLong) parser.pause()
        }
      },
      ontext(text) {
        if (isInTitle && title.length < 500) title += text
      },
      onclosetag(name, isImplied) {
        depth--
        const tag = localName(name)
        if (tag === 'title') isInTitle = false
        if (tag === 'outline') close(isImplied)
        else if (!isImplied) closed.add(tag)
      },
    },
    { xmlMode: true, decodeEntities: true },
  )
  parser.end(text)

  placeAll(outlines, limits.depth)
  const feeds = [...found.values()]
  for (const { outline } of feeds) markAbove(outline)
  const entries = feeds.map(({ outline, entry }) => placed(entry, outline))
  const emptyFolders = emptyOf(outlines, limits.emptyFolders)
  const isCutOff = list.isList && !closed.has('opml') && !closed.has('body') && (list.hasBody || closed.size > 0)
  return { ...list, title, entries, emptyFolders, problems, isCutOff }
}

type Attributes = ReadonlyMap<string, string>

function newOutline(attributes: Attributes, parent: Outline | null): Outline {
  const value = (name: string) => attributes.get(name) ?? ''
  const type = value('type').trim().toLowerCase()
  const isFeedType = /^(?:rss|atom|rdf|feed|json ?feed|pie)/.test(type)
  const address = value('xmlurl') || value('feedurl') || value('rssurl') || urlOfFeed(value('url'), type, isFeedType)
  const name = opmlName(value('text')) || opmlName(value('title'))
  const isOther = ['url', 'htmlurl', 'enclosureurl'].some(one => value(one) !== '')
  const shared = { parent, name, hasChildren: false, isClosed: false, hasFeeds: false, path: [] }
  if (address !== '') return { ...shared, kind: 'feed', isMeant: false, problem: problemOf(name, address) }
  // A folder may say that it is a feed (Flym); a feed that lost its address has still something else of one.
  const isLost = isOther || attributes.has('xmlurl') || name === ''
  const problem = isFeedType && isLost ? problemOf(name, '') : null
  const isMeant =
    !isOther && !problem && (value('title') !== '' || /^(?:folder|group|category)$/.test(type) || isFeedType)
  return { ...shared, kind: name === '' || (isOther && !isFeedType) ? 'other' : 'folder', isMeant, problem }
}

/** OPML 2.0 keeps `url` for links; some programs name feeds by it. */
function urlOfFeed(url: string, type: string, isFeedType: boolean): string {
  return isFeedType || (type === '' && /[/.=](?:feeds?|rss2?|atom|xml|rdf)(?:\b|\d)/i.test(url)) ? url : ''
}

function problemOf(name: string, address: string): OpmlProblem | null {
  if (opmlAddress(address) !== null) return null
  const shown = opmlName(address)
  return { title: name || shown, url: shown, failure: { reason: 'bad-address' } }
}

function entryOf(attributes: Attributes, outline: Outline): OpmlEntry | null {
  const value = (name: string) => attributes.get(name) ?? ''
  const url = opmlAddress(value('xmlurl') || value('feedurl') || value('rssurl') || value('url'))
  if (url === null) return null
  const isNamed = isName(outline.name, url)
  const second = opmlName(value('title'))
  return {
    url,
    title: isNamed ? outline.name : isName(second, url) ? second : new URL(url).hostname,
    publisherTitle: isNamed && second !== outline.name && isName(second, url) ? second : null,
    isNamed: isNamed || isName(second, url),
    siteUrl: opmlAddress(value('htmlurl')),
    path: categoryOf(value('category')),
  }
}

function merge(known: Found, again: Found): void {
  if (!isInFolder(known.outline) && isInFolder(again.outline)) known.outline = again.outline
  const { title, isNamed, publisherTitle } = again.entry
  if (!known.entry.isNamed && isNamed) Object.assign(known.entry, { title, isNamed, publisherTitle })
}

function isInFolder({ parent }: Outline): boolean {
  return parent?.kind === 'folder'
}

/** Paths from the outside in. Deeper folders than we keep fold into the last one kept. */
function placeAll(outlines: Outline[], deepest: number): void {
  for (const outline of outlines) {
    const above = outline.parent?.path ?? []
    outline.path = isFolder(outline) && above.length < deepest ? [...above, outline.name] : above
  }
}

/** What is within a feed is in a folder of its name; where a tag is only not closed, it is beside it. */
function isFolder({ kind, name, isClosed, hasChildren }: Outline): boolean {
  if (name === '') return false
  return kind === 'folder' || (kind === 'feed' && isClosed && hasChildren)
}

/** A category with slashes is a path, for lists without folders (OPML 2.0). */
function placed(entry: OpmlEntry, { parent }: Outline): OpmlEntry {
  const path = parent?.path ?? []
  return path.length > 0 ? { ...entry, path } : entry
}

function markAbove(outline: Outline): void {
  for (let at = outline.parent; at && !at.hasFeeds; at = at.parent) at.hasFeeds = true
}

function emptyOf(outlines: Outline[], most: number): string[][] {
  const empty = new Map<string, string[]>()
  for (const { kind, isMeant, hasFeeds, hasChildren, parent, path } of outlines) {
    const isEmpty = kind === 'folder' && isMeant && !hasFeeds && !hasChildren
    if (!isEmpty || parent?.kind === 'feed' || path.length === 0) continue
    if (empty.size < most) empty.set(JSON.stringify(path), path)
  }
  return [...empty.values()]
}

function categoryOf(category: string): string[] {
  const all = category
    .slice(0, 2_000)
    .split(',')
    .map(one => one.trim())
  const path = all.find(one => one.startsWith('/')) ?? all.find(one => one.includes('/')) ?? ''
  return path
    .split('/')
    .map(opmlName)
    .filter(name => name !== '')
    .slice(0, 8)
}

/** By name in any spelling: xmlUrl, XMLURL, xml-url. */
function attributesOf(raw: Record<string, string>): Attributes {
  return new Map(Object.entries(raw).map(([name, value]) => [localName(name).replace(/[-_]/g, ''), value.trim()]))
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1).toLowerCase()
}
