/** The catalogue of well-known feeds in the program, and the search for a name in it. */

export type CatalogueFeed = { title: string; url: string; siteUrl: string; language: string; description: string }
export type CatalogueTopic = { id: string; title: string; feeds: CatalogueFeed[] }
export type Catalogue = { topics: CatalogueTopic[] }

export type CatalogueHit = { feed: CatalogueFeed; topic: string }
/** `isGuess`: nothing has that name; these have similar ones. */
export type CatalogueSearch = { hits: CatalogueHit[]; isGuess: boolean }

type Known = CatalogueHit & {
  title: string[]
  /** Other names in one word: its site's, its initials, its title without spaces. */
  names: string[]
  topicWords: string[]
  description: string[]
}

const most = 20
const known = new WeakMap<Catalogue, Known[]>()

/** Every word of the query is the beginning of a word of the feed's title, site, topic or description; best first. */
export function searchCatalogue(
  catalogue: Catalogue,
  query: string,
  languages: readonly string[] = [],
): CatalogueSearch {
  const words = queryWords(query)
  if (words.length === 0) return { hits: [], isGuess: false }
  const feeds = knownFeeds(catalogue)
  const exact = ranked(feeds, words, languages, matchWord)
  if (exact.length > 0) return { hits: exact, isGuess: false }
  // 'nytimes.com': the words of an address are one name.
  const bySite = ranked(feeds, [siteOf(query)], languages, matchWord)
  if (bySite.length > 0) return { hits: bySite, isGuess: false }
  return { hits: ranked(feeds, words, languages, guessWord), isGuess: true }
}

/** The one with that title, or the only one; null where several may be meant. */
export function clearHit({ hits, isGuess }: CatalogueSearch, query: string): CatalogueHit | null {
  const [first, ...others] = hits
  if (!first || isGuess) return null
  const hasThatTitle = (hit: CatalogueHit) => queryWords(hit.feed.title).join(' ') === queryWords(query).join(' ')
  return others.length === 0 ? first : (hits.find(hasThatTitle) ?? null)
}

type Matcher = (word: string, feed: Known) => number

function ranked(feeds: Known[], words: string[], languages: readonly string[], match: Matcher): CatalogueHit[] {
  const matches = feeds.flatMap(feed => {
    const scores = words.map(word => match(word, feed))
    if (scores.includes(0)) return []
    const isSpoken = languages.some(language => baseOf(language) === baseOf(feed.feed.language))
    const isWhole = feed.title.join(' ') === words.join(' ')
    const sum = scores.reduce((total, one) => total + one, 0)
    const score = sum / words.length + (isSpoken ? 1.5 : 0) + (isWhole ? 1 : 0)
    return [{ hit: { feed: feed.feed, topic: feed.topic }, score }]
  })
  return matches
    .sort((one, other) => other.score - one.score)
    .slice(0, most)
    .map(({ hit }) => hit)
}

/** The score of a word for a feed; 0: no match. */
function matchWord(word: string, { title, names, topicWords, description }: Known): number {
  if (title[0] === word || names.includes(word)) return 10
  if (title.includes(word)) return 9
  if (title.some(one => one.startsWith(word))) return 7
  // 'nyt' begins 'nytimes'; a single letter would begin half of all sites.
  if (word.length > 1 && names.some(one => one.startsWith(word))) return 6
  if (topicWords.some(one => one.startsWith(word))) return 3
  return word.length > 2 && description.some(one => one.startsWith(word)) ? 2 : 0
}

/** With one typing error in a word that is long enough to be recognised. */
function guessWord(word: string, feed: Known): number {
  const exact = matchWord(word, feed)
  if (exact > 0 || word.length < 4) return exact
  return [...feed.title, ...feed.names].some(one => one.length > 3 && isOneTypoAway(word, one)) ? 5 : 0
}

/** One letter more, less or different, or two swapped. */
function isOneTypoAway(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 1) return false
  let start = 0
  while (start < one.length && one[start] === other[start]) start++
  const [a, b] = [one.slice(start), other.slice(start)]
  const isSwapped = a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2)
  return isSwapped || a.slice(1) === b.slice(1) || a.slice(1) === b || a === b.slice(1)
}

function knownFeeds(catalogue: Catalogue): Known[] {
  const before = known.get(catalogue)
  if (before) return before
  const feeds = catalogue.topics.flatMap(topic =>
    topic.feeds.map(feed => ({
      ...{ feed, topic: topic.title },
      title: wordsOf(feed.title),
      names: namesOf(feed),
      topicWords: wordsOf(topic.title),
      description: wordsOf(feed.description),
    })),
  )
  known.set(catalogue, feeds)
  return feeds
}

function namesOf({ title, siteUrl }: CatalogueFeed): string[] {
  const host = URL.parse(siteUrl)?.hostname.replace(/^www\d?\./, '') ?? ''
  // Without the top-level domain, which many have in common.
  const labels = host.split('.').slice(0, -1)
  const site = labels.flatMap(label => (/^the.{4}/.test(label) ? [label, label.slice(3)] : [label]))
  // The paper, without the section: 'The New York Times: World' is the 'nyt', and 'thenewyorktimes'.
  const paper = wordsOf(title.split(':')[0]!)
  const named = paper[0] === 'the' ? paper.slice(1) : paper
  const initials = named.map(word => word[0]).join('')
  return [host, ...site, paper.join(''), named.join(''), ...(named.length > 1 ? [initials] : [])]
}

function siteOf(query: string): string {
  return fold(query.trim().slice(0, 200)).replace(/^www\./, '')
}

/** Without 'the', unless that is the whole query. */
function queryWords(query: string): string[] {
  const words = wordsOf(query.slice(0, 200)).slice(0, 8)
  const others = words.filter(word => word !== 'the')
  return others.length > 0 ? others : words
}

function wordsOf(text: string): string[] {
  return fold(text)
    .split(/[^\p{L}\p{N}\p{M}']+/u)
    .map(word => word.replaceAll("'", ''))
    .filter(word => word !== '')
}

const noMarks: Record<string, string> = { ß: 'ss', ł: 'l', ø: 'o', đ: 'd', æ: 'ae', œ: 'oe', ı: 'i' }

/** Not everyone types capitals and accents, and nobody typographic apostrophes. */
function fold(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('’', "'")
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[ßłøđæœı]/g, letter => noMarks[letter]!)
}

const baseOf = (language: string): string => language.split('-')[0]!.toLowerCase()
