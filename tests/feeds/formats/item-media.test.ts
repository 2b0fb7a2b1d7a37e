import { describe, expect, test } from 'vitest'
import { enclosureKind } from '../../../src-main/api/enclosures.ts'
import { parseFeed } from '../../../src-main/feeds/formats/parse.ts'
import type { ParsedFeed, ReadyArticle } from '../../../src-main/feeds/parsed.ts'
import { prepareFeed } from '../../../src-main/feeds/prepare/prepare.ts'

const url = 'https://paper.example/feeds/all.xml'

function feedOf(text: string): ParsedFeed {
  const parsed = parseFeed(text, { url, contentType: null })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.failure))
  return parsed.feed
}

function article(text: string): ReadyArticle {
  const [first] = prepareFeed(feedOf(text), { url }).articles
  if (!first) throw new Error('no article')
  return first
}

const modules =
  'xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:atom="http://www.w3.org/2005/Atom"'
const rss = (inner: string) => article(`<rss ${modules}><channel><item>${inner}</item></channel></rss>`)
const atom = (inner: string) =>
  article(`<feed xmlns="http://www.w3.org/2005/Atom" ${modules}><entry>${inner}</entry></feed>`)
const at = (name: string) => `https://paper.example/${name}`
const content = (name: string, attributes: string) => `<media:content url="${at(name)}" ${attributes}/>`
const names = ({ enclosures }: ReadyArticle) => enclosures.map(file => file.url.replace('https://paper.example/', ''))

const film = (height: number, more = '') => content(`${height}.mp4`, `type="video/mp4" height="${height}" ${more}`)

describe('a film in several versions is one', () => {
  test.each([
    ['the default', film(720) + film(1080, 'isDefault="true"') + film(480), ['1080.mp4']],
    ['the best that fits, without a default', film(360) + film(2160) + film(720) + film(1080), ['1080.mp4']],
    ['the smallest of those that are too large', film(2160) + film(1440), ['1440.mp4']],
    [
      'one that is played, whatever is the default',
      content('a.m3u8', 'type="application/x-mpegURL" isDefault="true"') + film(720),
      ['720.mp4'],
    ],
    ['the film, where its poster is in the group', content('p.jpg', 'medium="image"') + film(720), ['720.mp4']],
    [
      'by bitrate, where that is all there is',
      content('a.mp3', 'type="audio/mpeg" bitrate="64"') + content('b.mp3', 'type="audio/mpeg" bitrate="192"'),
      ['b.mp3'],
    ],
  ])('of a group: %s', (_, inside, files) => {
    expect(names(rss(`<media:group>${inside}</media:group>`))).toEqual(files)
    expect(names(atom(`<media:group>${inside}</media:group>`))).toEqual(files)
  })

  test('an enclosure that is in the group is told with it', () => {
    const group = `<media:group>${film(720)}${film(1080)}</media:group>`
    expect(names(rss(`${group}<enclosure url="${at('720.mp4')}" type="video/mp4" length="5"/>`))).toEqual(['1080.mp4'])
    expect(names(rss(`${group}<enclosure url="${at('480.mp4')}" type="video/mp4" length="5"/>`))).toEqual(['1080.mp4'])
  })

  test('without a group: by name, and by size', () => {
    expect(
      names(
        rss(
          content('talk-720p.mp4', 'type="video/mp4" height="720"') +
            content('talk-1080p.webm', 'type="video/webm" height="1080"'),
        ),
      ),
    ).toEqual(['talk-1080p.webm'])
    expect(
      names(
        rss(`<enclosure url="${at('play?id=1')}" type="audio/mpeg" length="5000000"/>
             <atom:link rel="enclosure" href="${at('direct.mp3')}" type="audio/mpeg" length="5000000"/>`),
      ),
    ).toEqual(['play?id=1'])
  })

  test('two groups are two films, and other files stay', () => {
    const groups = `<media:group>${film(720)}</media:group><media:group>${content('other.mp4', 'type="video/mp4"')}</media:group>`
    const files = ['part1.mp3', 'part2.mp3', 'get?id=5', 'get?id=6', 'notes.pdf']
    const enclosures = files.map(
      name => `<enclosure url="${at(name)}" type="${name.endsWith('pdf') ? 'application/pdf' : 'audio/mpeg'}"/>`,
    )
    expect(names(rss(enclosures.join('') + groups))).toEqual([...files, '720.mp4', 'other.mp4'])
  })

  test('its title and playing time are kept', () => {
    const group = `<media:group><media:content url="${at('a.mp4')}" type="video/mp4" duration="65"><media:title>A talk</media:title></media:content></media:group>`
    expect(rss(group).enclosures).toEqual([
      { url: at('a.mp4'), type: 'video/mp4', length: null, duration: 65, title: 'A talk' },
    ])
  })
})

describe('pictures', () => {
  test('one picture in several sizes is one', () => {
    const sizes =
      content('cat-300x200.jpg', 'medium="image" width="300"') +
      content('cat-1200x800.jpg', 'medium="image" width="1200"')
    expect(names(rss(sizes))).toEqual(['cat-1200x800.jpg'])
    expect(
      names(
        rss(
          content('cat.jpg?width=140', 'medium="image" width="140"') +
            content('cat.jpg?width=700', 'medium="image" width="700"'),
        ),
      ),
    ).toEqual(['cat.jpg?width=700'])
  })

  test('a gallery stays a gallery, in a group or not', () => {
    const gallery = ['a.jpg', 'b.jpg', 'c.jpg'].map(name => content(name, 'type="image/jpeg" width="800"')).join('')
    expect(names(rss(gallery))).toEqual(['a.jpg', 'b.jpg', 'c.jpg'])
    expect(names(rss(`<media:group>${gallery}</media:group>`))).toEqual(['a.jpg', 'b.jpg', 'c.jpg'])
  })

  test.each([
    [
      'the default of a group',
      `<media:group>${content('a.jpg', 'medium="image"')}${content('b.jpg', 'medium="image" isDefault="true"')}</media:group>`,
      'b.jpg',
    ],
    [
      'the default before a thumbnail',
      `<media:thumbnail url="${at('t.jpg')}"/>${content('b.jpg', 'medium="image" isDefault="true"')}`,
      'b.jpg',
    ],
    [
      'the largest thumbnail',
      `<media:thumbnail url="${at('s.jpg')}" width="100" height="60"/><media:thumbnail url="${at('l.jpg')}" width="480" height="360"/>`,
      'l.jpg',
    ],
    [
      'the first of thumbnails that say no size',
      `<media:thumbnail url="${at('1.jpg')}"/><media:thumbnail url="${at('2.jpg')}"/>`,
      '1.jpg',
    ],
    [
      'none of one pixel',
      `<media:thumbnail url="${at('p.gif')}" width="1" height="1"/>${content('b.jpg', 'medium="image"')}`,
      'b.jpg',
    ],
    [
      'not the portrait of who wrote it',
      `<media:content url="https://0.gravatar.com/avatar/1?s=96" medium="image"/>${content('b.jpg', 'medium="image"')}`,
      'b.jpg',
    ],
  ])("an item's picture is %s", (_, inside, name) => expect(rss(inside).image).toBe(at(name)))

  test('a portrait is no file of the article', () => {
    expect(rss('<media:content url="https://0.gravatar.com/avatar/1?s=96" medium="image"/>').enclosures).toEqual([])
  })

  test("a feed's own picture is what a podcast says, before a thumbnail", () => {
    const inside = `<media:thumbnail url="${at('t.jpg')}"/><itunes:image href="${at('cover.jpg')}"/>`
    expect(feedOf(`<rss ${modules}><channel>${inside}</channel></rss>`).feed.image).toBe(at('cover.jpg'))
    expect(feedOf(`<feed xmlns="http://www.w3.org/2005/Atom" ${modules}>${inside}</feed>`).feed.image).toBe(
      at('cover.jpg'),
    )
  })
})

describe('Flash is not offered', () => {
  const id = 'abcdefghijk'
  const dead = `<media:content url="https://www.youtube.com/v/${id}?version=3" type="application/x-shockwave-flash" width="640"/>`

  test("and YouTube's thumbnail is the picture", () => {
    const thumbnail = `<media:thumbnail url="https://i1.ytimg.com/vi/${id}/hqdefault.jpg" width="480" height="360"/>`
    expect(atom(`<media:group>${dead}${thumbnail}</media:group>`)).toMatchObject({
      enclosures: [],
      image: `https://i1.ytimg.com/vi/${id}/hqdefault.jpg`,
    })
    expect(atom(`<media:group>${dead}</media:group>`).image).toBe(`https://i.ytimg.com/vi/${id}/hqdefault.jpg`)
  })

  test('whatever it calls itself', () => {
    expect(
      rss(
        `<enclosure url="${at('game.swf')}" type="video/mp4"/><enclosure url="${at('x')}" type="application/x-shockwave-flash"/>`,
      ).enclosures,
    ).toEqual([])
  })
})

test('a page that plays it is offered where no file is', () => {
  const page = `<media:content><media:player url="${at('embed/5')}"/></media:content>`
  expect(rss(page).enclosures).toEqual([{ url: at('embed/5'), type: 'text/html', length: null }])
  expect(names(rss(page + film(720)))).toEqual(['720.mp4'])
  expect(rss(`<link>${at('embed/5')}</link>${page}`).enclosures).toEqual([])
})

describe('an enclosure of an odd type is known for what it is', () => {
  const kinds = ({ enclosures }: ReadyArticle) => enclosures.map(enclosureKind)
  const enclosure = (type: string, name = 'play?id=5') => `<enclosure url="${at(name)}" type="${type}" length="100"/>`

  test.each([
    ['mp3', 'play?id=5'],
    ['audio', 'play?id=5'],
    ['audio/mp3', 'play?id=5'],
    ['x-audio/mpeg', 'play?id=5'],
    ['', 'a.mp3'],
    ['application/octet-stream', 'a.m4a'],
  ])('audio of type "%s": %s', (type, name) => expect(kinds(rss(enclosure(type, name)))).toEqual(['audio']))

  test.each(['', 'application/octet-stream', 'foo', 'binary/octet-stream'])('an episode of type "%s"', type => {
    const episode = rss(`${enclosure(type)}<itunes:duration>1:05</itunes:duration>`)
    expect(kinds(episode)).toEqual(['audio'])
    expect(episode.enclosures[0]?.duration).toBe(65)
    expect(kinds(rss(`${enclosure(type)}<itunes:episode>3</itunes:episode>`))).toEqual(['audio'])
  })

  test('what Media RSS says it is', () => {
    expect(kinds(rss(content('play?id=5', 'medium="video"')))).toEqual(['video'])
    expect(kinds(rss(content('play?id=5', 'medium="audio" type=""')))).toEqual(['audio'])
    expect(rss(content('a.mp4', 'medium="video" type="video/mp4"')).enclosures[0]).not.toHaveProperty('medium')
  })

  test('a document of an episode is no sound', () => {
    const notes = enclosure('application/pdf', 'notes.pdf')
    expect(kinds(rss(`${notes}<itunes:duration>65</itunes:duration>`))).toEqual(['other'])
    expect(kinds(rss(enclosure('')))).toEqual(['other'])
  })
})

test('JSON Feed and Atom say titles and playing times, too', () => {
  const attachments = [{ url: at('a.mp3'), mime_type: 'audio/mpeg', title: 'Part one', duration_in_seconds: 65.4 }]
  expect(article(JSON.stringify({ items: [{ id: '1', attachments }] })).enclosures).toEqual([
    { url: at('a.mp3'), type: 'audio/mpeg', length: null, duration: 65, title: 'Part one' },
  ])
  expect(atom(`<link rel="enclosure" href="${at('a.mp3')}" type="audio/mpeg" title="Part one"/>`).enclosures).toEqual([
    { url: at('a.mp3'), type: 'audio/mpeg', length: null, title: 'Part one' },
  ])
})
