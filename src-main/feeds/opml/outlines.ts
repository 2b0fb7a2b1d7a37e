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

export type Outlines = OpmlList & { isList: boolean; isTooLong: boolean; isTooDeep: boolean }

/** Linear in the text, but for the depth, which is limited. */
export function readOutlines(text: string): Outlines {
  const reader = new OutlineReader()
  const parser = new Parser(
    {
      onopentag(tag, attributes) {
        reader.open(localName(tag), attributes)
        if (reader.isStopped) parser.pause()
      },
      ontext: text => reader.addText(text),
      onclosetag: (tag, isImplied) => reader.close(localName(tag), isImplied),
    },
    { xmlMode: true, decodeEntities: true },
  )
  parser.end(text)
  return reader.result()
}

type FoundFeed = { outline: Outline; entry: OpmlEntry }

class OutlineReader {
  readonly #outlines: Outline[] = []
  readonly #feeds = new Map<string, FoundFeed>()
  readonly #problems: OpmlProblem[] = []
  /** Names of the elements that have an end tag. */
  readonly #closed = new Set<string>()
  #current: Outline | null = null
  #title = ''
  #isInTitle = false
  #depth = 0
  #isList = false
  #hasBody = false
  #isTooLong = false
  #isTooDeep = false

  get isStopped(): boolean {
    return this.#isTooLong || this.#isTooDeep
  }

  open(tag: string, attributes: Record<string, string>): void {
    // The parser's time grows with the square of the depth.
    this.#isTooDeep ||= ++this.#depth > opmlLimits.nesting
    if (tag === 'opml') this.#isList = true
    else if (tag === 'body') this.#hasBody = true
    else if (tag === 'title') this.#isInTitle = this.#title === ''
    else if (tag === 'outline') this.#openOutline(normalizedAttributes(attributes))
  }

  addText(text: string): void {
    if (this.#isInTitle && this.#title.length < 500) this.#title += text
  }

  close(tag: string, isImplied: boolean): void {
    this.#depth--
    if (tag === 'title') this.#isInTitle = false
    if (tag === 'outline') this.#closeOutline(isImplied)
    else if (!isImplied) this.#closed.add(tag)
  }

  result(): Outlines {
    setPaths(this.#outlines)
    const feeds = [...this.#feeds.values()]
    for (const { outline } of feeds) markAncestors(outline)
    const isUnclosed = !this.#closed.has('opml') && !this.#closed.has('body')
    return {
      title: this.#title,
      entries: feeds.map(withPath),
      emptyFolders: emptyFolders(this.#outlines),
      problems: this.#problems,
      isCutOff: this.#isList && isUnclosed && (this.#hasBody || this.#closed.size > 0),
      isList: this.#isList,
      isTooLong: this.#isTooLong,
      isTooDeep: this.#isTooDeep,
    }
  }

  #openOutline(attributes: Attributes): void {
    const outline = newOutline(attributes, this.#current)
    if (this.#current) this.#current.hasChildren = true
    this.#current = outline
    this.#outlines.push(outline)
    if (outline.kind === 'feed') this.#addFeed(outline, attributes)
  }

  #addFeed(outline: Outline, attributes: Attributes): void {
    this.#isList = true
    const entry = entryOf(attributes, outline)
    if (!entry) {
      this.#report(outline.problem)
      outline.problem = null
      return
    }
    const known = this.#feeds.get(entry.url)
    if (known) merge(known, { outline, entry })
    else {
      this.#isTooLong = this.#feeds.size >= opmlLimits.entries
      this.#feeds.set(entry.url, { outline, entry })
    }
  }

  #closeOutline(isImplied: boolean): void {
    const closing = this.#current
    if (!closing) return
    closing.isClosed = !isImplied
    if (!closing.hasChildren) this.#report(closing.problem)
    this.#current = closing.parent
  }

  #report(problem: OpmlProblem | null): void {
    if (problem && this.#problems.length < opmlLimits.problems) this.#problems.push(problem)
  }
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
