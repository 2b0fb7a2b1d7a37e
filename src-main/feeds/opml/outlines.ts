/** Reads the outlines of an OPML document: feeds, and the folders they are in. */
import { Parser } from 'htmlparser2'
import type { OpmlProblem } from '../../api/model.ts'
import { localName } from '../xml/names.ts'
import type { OpmlEntry, OpmlList } from './read.ts'
import { isName, opmlAddress, opmlLimits, opmlName } from './values.ts'

/** An `<outline>`, open or closed. */
type Outline = {
  parent: Outline | null
  name: string
  /** By its own attributes. A name with nothing else is a folder if it has children. */
  kind: 'folder' | 'feed' | 'other'
  /** A folder also without children: a note of an outliner has neither title nor type. */
  isFolderWhenEmpty: boolean
  hasChildren: boolean
  /** Closed by an end tag: its children were meant to be inside of it. */
  isClosed: boolean
  /** Reported if it has no children: it is a feed without a usable address. */
  problem: OpmlProblem | null
  hasFeeds: boolean
  path: string[]
}

/** `isList`: it has an element of OPML or a feed. `unsafe` says which limit was exceeded, after which nothing was read. */
type Outlines = { list: OpmlList; isList: boolean; unsafe: string | null }
type FoundFeed = { outline: Outline; entry: OpmlEntry }

/** Linear in the text, but for the depth, which is limited: the parser's time grows with its square. */
export function readOutlines(text: string): Outlines {
  const outlines: Outline[] = []
  const feeds = new Map<string, FoundFeed>()
  const problems: OpmlProblem[] = []
  /** Names of elements that begin, and of those with an end tag. */
  const opened = new Set<string>()
  const closed = new Set<string>()
  let current: Outline | null = null
  let title = ''
  let isInTitle = false
  let depth = 0
  let unsafe: string | null = null

  function report(problem: OpmlProblem | null): void {
    if (problem && problems.length < opmlLimits.problems) problems.push(problem)
  }

  function addFeed(outline: Outline, attributes: Attributes): void {
    const entry = entryOf(attributes, outline)
    if (!entry) {
      report(outline.problem)
      outline.problem = null
      return
    }
    const known = feeds.get(entry.url)
    if (known) merge(known, { outline, entry })
    else if (feeds.size < opmlLimits.entries) feeds.set(entry.url, { outline, entry })
    else unsafe = `it lists more than ${opmlLimits.entries} feeds`
  }

  const parser = new Parser(
    {
      onopentag(written, raw) {
        const tag = localName(written)
        opened.add(tag)
        if (++depth > opmlLimits.nesting) unsafe = `it nests more than ${opmlLimits.nesting} deep`
        if (tag === 'title') isInTitle = title === ''
        if (tag === 'outline') {
          const attributes = normalizedAttributes(raw)
          const outline: Outline = newOutline(attributes, current)
          if (current) current.hasChildren = true
          current = outline
          outlines.push(outline)
          if (outline.kind === 'feed') addFeed(outline, attributes)
        }
        if (unsafe !== null) parser.pause()
      },
      ontext(text) {
        if (isInTitle && title.length < 500) title += text
      },
      onclosetag(written, isImplied) {
        const tag = localName(written)
        depth--
        if (!isImplied) closed.add(tag)
        if (tag === 'title') isInTitle = false
        if (tag !== 'outline' || !current) return
        current.isClosed = !isImplied
        if (!current.hasChildren) report(current.problem)
        current = current.parent
      },
    },
    { xmlMode: true, decodeEntities: true },
  )
  parser.end(text)

  const isList = opened.has('opml') || outlines.some(({ kind }) => kind === 'feed')
  const isUnclosed = !closed.has('opml') && !closed.has('body')
  const isCutOff = isList && isUnclosed && (opened.has('body') || closed.size > 0)
  const list = { title: opmlName(title), ...inFolders(outlines, [...feeds.values()]), problems, isCutOff }
  return { list, isList, unsafe }
}

/** Feeds with their folders, once all outlines are closed. */
function inFolders(outlines: Outline[], feeds: FoundFeed[]): Pick<OpmlList, 'entries' | 'emptyFolders'> {
  setPaths(outlines)
  for (const { outline } of feeds) markAncestors(outline)
  return { entries: feeds.map(withPath), emptyFolders: emptyFolders(outlines) }
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
  if (address !== '') return { ...shared, kind: 'feed', isFolderWhenEmpty: false, problem: problemOf(name, address) }
  // Flym writes a feed's type on folders; a feed that lost its address still has another attribute of a feed.
  const isLost = isOther || attributes.has('xmlurl') || name === ''
  const problem = isFeedType && isLost ? problemOf(name, '') : null
  const isFolderWhenEmpty =
    !isOther && !problem && (value('title') !== '' || /^(?:folder|group|category)$/.test(type) || isFeedType)
  return { ...shared, kind: name === '' || (isOther && !isFeedType) ? 'other' : 'folder', isFolderWhenEmpty, problem }
}

/** In OPML 2.0 `url` is the address of a link; some programs write that of a feed there. */
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

/** The same feed again: the folder and the name of the first outline that has one count. */
function merge(known: FoundFeed, again: FoundFeed): void {
  if (!isInFolder(known.outline) && isInFolder(again.outline)) known.outline = again.outline
  const { title, isNamed, publisherTitle } = again.entry
  if (!known.entry.isNamed && isNamed) Object.assign(known.entry, { title, isNamed, publisherTitle })
}

function isInFolder({ parent }: Outline): boolean {
  return parent?.kind === 'folder'
}

/** Sets paths, outermost folder first. Folders deeper than the limit are merged into the last one above it. */
function setPaths(outlines: Outline[]): void {
  for (const outline of outlines) {
    const above = outline.parent?.path ?? []
    outline.path = isFolder(outline) && above.length < opmlLimits.depth ? [...above, outline.name] : above
  }
}

/** A feed that has children is a folder of its name, unless only its end tag is missing: then they are its siblings. */
function isFolder({ kind, name, isClosed, hasChildren }: Outline): boolean {
  if (name === '') return false
  return kind === 'folder' || (kind === 'feed' && isClosed && hasChildren)
}

/** The path of its folder; without a folder, that of its category. */
function withPath({ outline, entry }: FoundFeed): OpmlEntry {
  const path = outline.parent?.path ?? []
  return path.length > 0 ? { ...entry, path } : entry
}

function markAncestors(outline: Outline): void {
  for (let at = outline.parent; at && !at.hasFeeds; at = at.parent) at.hasFeeds = true
}

function emptyFolders(outlines: Outline[]): string[][] {
  const empty = new Map<string, string[]>()
  for (const { kind, isFolderWhenEmpty, hasFeeds, hasChildren, parent, path } of outlines) {
    const isEmpty = kind === 'folder' && isFolderWhenEmpty && !hasFeeds && !hasChildren
    if (!isEmpty || parent?.kind === 'feed' || path.length === 0) continue
    if (empty.size < opmlLimits.emptyFolders) empty.set(JSON.stringify(path), path)
  }
  return [...empty.values()]
}

/** A category with slashes is a path, for lists without folders (OPML 2.0). */
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
    .slice(0, opmlLimits.depth)
}

/** By one spelling of their names: xmlUrl, XMLURL and xml-url are the same attribute. */
function normalizedAttributes(raw: Record<string, string>): Attributes {
  return new Map(Object.entries(raw).map(([name, value]) => [localName(name).replace(/[-_]/g, ''), value.trim()]))
}
