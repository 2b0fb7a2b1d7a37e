import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type Catalogue, clearHit, searchCatalogue } from '../../src-main/api/names/catalogue.ts'
import { readAddress } from '../../src-main/api/names/typed-address.ts'
import { namedPlaces } from '../../src-main/api/names/typed-names.ts'

describe('a name of a channel, a community or a person becomes an address', () => {
  test.each([
    ['@veritasium', 'https://www.youtube.com/@veritasium'],
    ['  @Veritasium ', 'https://www.youtube.com/@Veritasium'],
    ['youtube @veritasium', 'https://www.youtube.com/@veritasium'],
    ['YouTube: veritasium', 'https://www.youtube.com/@veritasium'],
    ['@größe', 'https://www.youtube.com/@gr%C3%B6%C3%9Fe'],
    ['medium @ev', 'https://medium.com/@ev'],
    ['@someone.bsky.social', 'https://bsky.app/profile/someone.bsky.social'],
    ['bluesky someone', 'https://bsky.app/profile/someone.bsky.social'],
    ['r/linux', 'https://www.reddit.com/r/linux/'],
    ['/r/linux/', 'https://www.reddit.com/r/linux/'],
    ['R/Linux', 'https://www.reddit.com/r/Linux/'],
    ['reddit linux', 'https://www.reddit.com/r/linux/'],
    ['reddit /r/linux', 'https://www.reddit.com/r/linux/'],
    ['u/spez', 'https://www.reddit.com/user/spez/'],
    ['@Gargron@mastodon.social', 'https://mastodon.social/@Gargron'],
    ['mastodon Gargron@mastodon.social', 'https://mastodon.social/@Gargron'],
    ['@name@social.münchen.example', 'https://social.xn--mnchen-3ya.example/@name'],
    ['github nodejs/node', 'https://github.com/nodejs/node'],
  ])('%j', (typed, url) => {
    expect(readAddress(typed)).toEqual({ url: readAddress(url)?.url, otherwise: null })
    expect(readAddress(url)?.url).toBe(url.includes('münchen') ? readAddress(url)?.url : url)
  })

  test.each([
    ['@someone', ['youtube', 'medium']],
    ['@someone.example', ['bluesky', 'youtube']],
    ['r/linux', ['reddit']],
    ['nodejs/node', ['github']],
  ])('%j may be at %j, likeliest first', (typed, sites) => {
    expect(namedPlaces(typed).map(place => place.site)).toEqual(sites)
  })

  test.each([
    'someone@example.org',
    '@',
    '@a',
    '@user@',
    '@user@host',
    'r/',
    'r/a b',
    'the guardian',
    'constructor theory',
    'example.com',
    'nas/feed.xml',
    'localhost/node',
    'example.com/node',
    'https://www.youtube.com/@x',
    'me: @x@y.example',
  ])('%j is no such name', typed => {
    expect(namedPlaces(typed)).toEqual([])
  })

  test('what may be a repository or a machine at home stays the address it was', () => {
    expect(readAddress('nodejs/node')?.url).toBe('https://nodejs/node')
  })
})

const catalogue = JSON.parse(
  readFileSync(new URL('../../resources/catalogue.json', import.meta.url), 'utf8'),
) as Catalogue
const search = (query: string, languages: string[] = []) =>
  searchCatalogue(catalogue, query, languages).hits.map(hit => hit.feed.title)

describe('the catalogue is searched by name', () => {
  test.each([
    ['BBC', 'BBC News: World'],
    ['the guardian', 'The Guardian: World'],
    ['Guardian sport', 'The Guardian: Sport'],
    ['theguardian', 'The Guardian: World'],
    ['sport guard', 'The Guardian: Sport'],
    ['nyt', 'The New York Times: World'],
    ['new york times business', 'The New York Times: Business'],
    ['nytimes.com', 'The New York Times: World'],
    ['hacker', 'Hacker News'],
    ['hn', 'Hacker News'],
    ['el pais', 'El País'],
    ['EL PAÍS', 'El País'],
    ['lequipe', "L'Équipe"],
    ['suddeutsche', 'Süddeutsche Zeitung'],
    ['xkcd', 'xkcd'],
    ['the xkcd', 'xkcd'],
    ['The Verge', 'The Verge'],
    ['99', '99% Invisible'],
    ['ニュース', 'NHK ニュース'],
  ])('%j finds first %j', (query, title) => {
    const { hits, isGuess } = searchCatalogue(catalogue, query)
    expect([hits[0]?.feed.title, isGuess]).toEqual([title, false])
  })

  test('every feed of a name is found, in the languages one reads first', () => {
    const all = search('bbc')
    expect(all).toEqual(
      expect.arrayContaining(['BBC News: World', 'BBC News: Business', 'BBC Sport', 'BBC News Mundo']),
    )
    expect(search('bbc', ['es-MX'])[0]).toBe('BBC News Mundo')
  })

  test('a topic finds what is in it, after what is called so', () => {
    const found = search('science')
    expect(found[0]).toBe('Science: News')
    expect(found).toEqual(expect.arrayContaining(['ScienceDaily', 'Quanta Magazine']))
    expect(found.indexOf('ScienceDaily')).toBeLessThan(found.indexOf('Quanta Magazine'))
  })

  test.each([
    ['gaurdian', 'The Guardian: World'],
    ['techcrunh', 'TechCrunch'],
    ['econonist', 'The Economist: Finance'],
  ])('one slip in a word is put up with, and said to be a guess: %j', (query, title) => {
    const found = searchCatalogue(catalogue, query)
    expect([found.isGuess, found.hits[0]?.feed.title]).toEqual([true, title])
  })

  test.each(['', '  ', '…', 'zzzzqq', 'guardian zzzzqq'])('%j finds nothing', query => {
    expect(search(query)).toEqual([])
  })

  test('it is clear which one is meant where there is one, or where one is called just so', () => {
    const clear = (query: string) => clearHit(searchCatalogue(catalogue, query), query)?.feed.title
    expect(clear('xkcd')).toBe('xkcd')
    expect(clear('nature')).toBe('Nature')
    expect(clear('the verge')).toBe('The Verge')
    expect(clear('bbc')).toBeUndefined()
    expect(clear('techcrunh')).toBeUndefined()
  })
})
