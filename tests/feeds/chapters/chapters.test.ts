/** Where chapters are given: in the feed, in a file that it names, in the sound itself. */
import { expect, test } from 'vitest'
import { readJsonChapters } from '../../../src-main/feeds/chapters/json-chapters.ts'
import { tagBytes } from '../../../src-main/feeds/chapters/tag-bytes.ts'
import { readTagChapters } from '../../../src-main/feeds/chapters/tag-chapters.ts'
import { parseFeed } from '../../../src-main/feeds/formats/parse.ts'
import { prepareFeed } from '../../../src-main/feeds/prepare/prepare.ts'
import { taggedWithChapters } from '../../support/sounds.ts'

const url = 'https://cast.example/feed.xml'
const namespaces =
  'xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:psc="http://podlove.org/simple-chapters"'

function chaptersIn(item: string): unknown {
  const text = `<rss version="2.0" ${namespaces}><channel><title>Cast</title><item><guid>1</guid>${item}</item></channel></rss>`
  const parsed = parseFeed(text, { url, contentType: null })
  if (!parsed.ok) throw new Error('not read')
  return prepareFeed(parsed.feed, { url }).articles[0]?.enclosures.map(({ chapters }) => chapters)
}

const sound = '<enclosure url="https://cast.example/1.mp3" type="audio/mpeg" length="1"/>'
const podlove = `<psc:chapters version="1.2">
  <psc:chapter start="00:01:30.5" title="The  harbour" href="/harbour" image="https://cast.example/h.png"/>
  <psc:chapter start="0" title="Hello"/><psc:chapter start="soon" title="never"/></psc:chapters>`

test('chapters in the feed are those of its sound, in order', () => {
  expect(chaptersIn(`<enclosure url="https://cast.example/1.pdf" type="application/pdf"/>${sound}${podlove}`)).toEqual([
    undefined,
    [
      { start: 0, title: 'Hello' },
      { start: 90.5, title: 'The harbour', url: 'https://cast.example/harbour', image: 'https://cast.example/h.png' },
    ],
  ])
})

test('a file of chapters goes before those in the feed', () => {
  const file = '<podcast:chapters url="/1.json" type="application/json+chapters"/>'
  expect(chaptersIn(`${podlove}${file}${sound}`)).toEqual(['https://cast.example/1.json'])
})

test.each([
  ['an item without chapters', ''],
  ['a file of another type', '<podcast:chapters url="/1.vtt" type="text/vtt"/>'],
  ['a list of nothing', '<psc:chapters/>'],
])('%s has none', (_, item) => {
  expect(chaptersIn(`${item}${sound}`)).toEqual([undefined])
})

test('of a file, those for the table of contents are taken', () => {
  const file = {
    version: '1.2.0',
    chapters: [
      { startTime: 60, title: 'Bridge', url: 'https://cast.example/b', img: 'https://cast.example/b.png' },
      { startTime: 0, title: 'Hello' },
      { startTime: 30, title: 'A picture only', toc: false },
      { startTime: -1, title: 'before the beginning' },
      { title: 'without a time' },
      { startTime: 90, url: 'javascript:alert(1)' },
      null,
    ],
  }
  expect(readJsonChapters(Buffer.from(JSON.stringify(file)))).toEqual([
    { start: 0, title: 'Hello' },
    { start: 60, title: 'Bridge', url: 'https://cast.example/b', image: 'https://cast.example/b.png' },
    { start: 90, title: '' },
  ])
})

test.each(['', 'null', '[]', '{"chapters":{}}', '<html>not found</html>'])('%j has no chapters', text => {
  expect(readJsonChapters(Buffer.from(text))).toEqual([])
})

test('chapters within a sound are read from the beginning of it', async () => {
  const head = taggedWithChapters([
    { start: 0, title: 'Hello' },
    { start: 61.5, title: 'The harbour' },
  ])
  expect(tagBytes(head)).toBe(head.length)
  expect(await readTagChapters(head)).toEqual([
    { start: 0, title: 'Hello' },
    { start: 61.5, title: 'The harbour' },
  ])
})

test.each([
  ['a sound without a tag', Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0]), Buffer.alloc(2_000)])],
  ['half a tag', taggedWithChapters([{ start: 0, title: 'Hello' }]).subarray(0, 30)],
  ['a page', Buffer.from('<!doctype html><title>Log in</title>')],
  ['nothing', Buffer.alloc(0)],
])('%s has none', async (_, head) => {
  expect(await readTagChapters(head)).toEqual([])
})
