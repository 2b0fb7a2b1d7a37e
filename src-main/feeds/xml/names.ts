/**
 * Normalises element names, whatever prefix a publisher chose for a namespace: `title` for the format's own elements,
 * `dc:creator`, `media:content` and so on for the modules, all in lower case.
 */

/** The meaning of prefixes at one place in the document. `names` and `inner` are caches. */
export type Scope = { prefixes: Map<string, string>; names: Map<string, Name>; inner: Map<string, Scope> }

/** As written, and normalised. One object for all elements that share it. */
export type Name = { tag: string; name: string }

/** Elements that contain only elements. */
export const containers = new Set(['rss', 'rdf:rdf', 'channel', 'feed', 'item', 'entry'])

const core = ''
const unknown = 'x'

/** By address in lower case, without scheme, `www.` and trailing slash, which publishers vary. */
const namespaces = new Map([
  ['purl.org/rss/1.0', core],
  ['my.netscape.com/rdf/simple/0.9', core],
  ['channel.netscape.com/rdf/simple/0.9', core],
  ['my.netscape.com/publish/formats/rss-0.91.dtd', core],
  ['backend.userland.com/rss', core],
  ['backend.userland.com/rss2', core],
  ['backend.userland.com/rss091', core],
  ['backend.userland.com/rss092', core],
  ['blogs.law.harvard.edu/tech/rss', core],
  ['cyber.law.harvard.edu/rss/rss.html', core],
  ['w3.org/2005/atom', 'atom'],
  ['purl.org/atom/ns#', 'atom'],
  ['w3.org/1999/02/22-rdf-syntax-ns#', 'rdf'],
  ['purl.org/dc/elements/1.1', 'dc'],
  ['purl.org/dc/elements/1.0', 'dc'],
  ['purl.org/dc/terms', 'dcterms'],
  ['purl.org/rss/1.0/modules/content', 'content'],
  ['purl.org/rss/1.0/modules/syndication', 'sy'],
  ['purl.org/rss/1.0/modules/slash', 'slash'],
  ['purl.org/syndication/thread/1.0', 'thr'],
  ['webns.net/mvcb', 'admin'],
  ['purl.oclc.org/net/rss_2.0/enc#', 'enc'],
  ['itunes.com/dtds/podcast-1.0.dtd', 'itunes'],
  ['example.com/dtds/podcast-1.0.dtd', 'itunes'],
  ['search.yahoo.com/mrss', 'media'],
  ['video.search.yahoo.com/mrss', 'media'],
  ['rssnamespace.org/feedburner/ext/1.0', 'feedburner'],
  ['pheedo.com/namespace/pheedo', 'pheedo'],
  ['xmlns.ezrss.it/0.1/dtd', 'torrent'],
  ['xmlns.ezrss.it/0.1', 'torrent'],
  ['google.com/schemas/play-podcasts/1.0', 'googleplay'],
  ['podcastindex.org/namespace/1.0', 'podcast'],
  ['podlove.org/simple-chapters', 'psc'],
  ['w3.org/1999/xhtml', 'xhtml'],
  ['w3.org/2000/svg', 'svg'],
  ['w3.org/1998/math/mathml', 'math'],
])

function namespaceOf(address: string): string | undefined {
  const bare = address
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/^www\./, '')
  return namespaces.get(bare.endsWith('/') ? bare.slice(0, -1) : bare)
}

export function outermostScope(): Scope {
  return { prefixes: new Map([['rss', core]]), names: new Map(), inner: new Map() }
}

/**
 * The scope inside of an element that declares namespaces. The root's own namespace is the format's, known or not, and so is
 * an unknown default namespace on elements that structure a feed.
 */
export function innerScope(outer: Scope, tag: string, declarations: string[], isRoot: boolean): Scope {
  const key = `${isRoot || isContainer(tag) ? '' : '.'}${declarations.join('\n')}`
  const known = outer.inner.get(key)
  if (known) return known

  const prefixes = new Map(outer.prefixes)
  const colon = tag.indexOf(':')
  const ownPrefix = colon < 0 ? '' : tag.slice(0, colon).toLowerCase()
  const isAtom = isRoot && isAtomRoot(tag)
  if (isAtom) prefixes.set('atom', core)
  for (let at = 0; at < declarations.length; at += 2) {
    const prefix = declarations[at]!.slice(6).toLowerCase()
    const address = declarations[at + 1]!
    const space = namespaceOf(address)
    const isFormats = isRoot && prefix === ownPrefix && space !== 'rdf'
    if (isFormats || (space === 'atom' && outer.prefixes.get('atom') === core) || (isAtom && space === 'atom')) {
      prefixes.set(prefix, core)
    } else if (space !== undefined) {
      prefixes.set(prefix, space)
    } else if (prefix === '') {
      prefixes.set('', address.trim() === '' || isRoot || isContainer(tag) ? core : unknown)
    } else {
      // Unknown namespace: the usual meaning of the prefix counts.
      prefixes.delete(prefix)
    }
  }
  const scope = { prefixes, names: new Map<string, Name>(), inner: new Map<string, Scope>() }
  outer.inner.set(key, scope)
  return scope
}

export function nameOf(tag: string, scope: Scope): Name {
  let known = scope.names.get(tag)
  if (!known) {
    known = { tag, name: resolve(tag.toLowerCase(), scope) }
    scope.names.set(tag, known)
  }
  return known
}

function resolve(tag: string, scope: Scope): string {
  const colon = tag.indexOf(':')
  const prefix = colon < 0 ? '' : tag.slice(0, colon)
  const local = colon < 0 ? tag : tag.slice(colon + 1)
  const space = scope.prefixes.get(prefix) ?? prefix
  if (local === 'rdf') return 'rdf:rdf'
  return space === core ? local : `${space}:${local}`
}

function isAtomRoot(tag: string): boolean {
  const local = localName(tag)
  return local === 'feed' || local === 'entry'
}

function isContainer(tag: string): boolean {
  return containers.has(localName(tag)) || localName(tag) === 'rdf'
}

export function localName(tag: string): string {
  return tag.slice(tag.indexOf(':') + 1).toLowerCase()
}
