import { describe, expect, test } from 'vitest'
import type { Enclosure } from '../../src-main/api/model.ts'
import { canonicalUrl } from '../../src-main/feeds/prepare/identity-keys.ts'
import { copyLink } from '../../src-main/stories/copies/copy-link.ts'
import { isCopyUnderOneLink } from '../../src-main/stories/copies/is-copy.ts'

const keyOf = (address: string) => copyLink(canonicalUrl(address) ?? '')

describe('links to one page have one key', () => {
  test.each([
    'http://gazette.example/2026/ferry',
    'https://www.gazette.example/2026/ferry/',
    'https://m.gazette.example/2026/ferry',
    'https://amp.gazette.example/2026/ferry',
    'https://gazette.example/amp/2026/ferry',
    'https://gazette.example/2026/ferry/amp/',
    'https://gazette.example/2026/ferry.amp?utm_source=rss&outputType=amp',
    'https://gazette.example/2026/ferry?utm_medium=feed&fbclid=x',
    'https://gazette.example/2026/ferry#comments',
    'https://gazette.example/2026/ferry#xtor=RSS-1',
  ])('%s', address => {
    expect(keyOf(address)).toBe('gazette.example/2026/ferry')
  })
})

test.each([
  ['two articles that a parameter tells apart', 'https://gazette.example/?p=1', 'https://gazette.example/?p=2'],
  ['two entries of one changelog', 'https://gazette.example/changes#v2', 'https://gazette.example/changes#v1'],
  ['two pages that a fragment tells apart', 'https://gazette.example/#/post/1', 'https://gazette.example/#/post/2'],
  ['one path on two sites', 'https://gazette.example/about', 'https://herald.example/about'],
  ['a host that only begins like a telephone’s', 'https://m.example/ferry', 'https://example/ferry'],
])('%s have two keys', (_, one, other) => {
  expect(keyOf(one)).not.toBe(keyOf(other))
})

test('the address of a whole site is no article’s', () => {
  expect(keyOf('https://www.gazette.example/')).toBeNull()
  expect(keyOf('https://gazette.example/amp')).toBeNull()
})

const report = `The ferry across the harbour is to run again from Monday, the port authority said on Thursday, eleven weeks after
  its engine had caught fire at the eastern pier. Nobody was hurt then, but three thousand commuters a day had to take the
  bridge, which had been built for carts. “We have replaced the engine, the cables and the man who smoked,” said the
  authority's director, Ines Faro. The first boat leaves at half past five. Tickets bought for August remain valid until the
  end of the year, and whoever has thrown theirs away may show a photograph of it.`
const comment = `Finally. I have walked over that bridge every morning since the summer and counted the planks that move: there are
  forty. What the report leaves out is that the authority had been told of the engine twice, in letters that hang in the bakery
  for all to read, and that the director, asked about them in June, said she did not read bakeries. The line about photographs
  of tickets is the best thing this authority has ever put its name to, and I mean to hold them to it on Monday at half past five.`
const teaser = 'The ferry across the harbour is to run again from Monday, the port authority said on Thursday.'
const title = 'Harbour ferry runs again'

const article = (part: Partial<Parameters<typeof isCopyUnderOneLink>[0]>) => ({
  title,
  text: report,
  enclosures: [] as Enclosure[],
  ...part,
})

describe('under one link, these are one article', () => {
  test.each([
    ['the same in two sections of a paper', {}],
    ['with signs and case of the title otherwise', { title: 'Harbour Ferry – runs again!' }],
    [
      'with the source behind a longer title',
      { title: 'Harbour ferry runs again from Monday | The Gazette', from: 'Harbour ferry runs again from Monday' },
    ],
    ['its teaser', { text: teaser }],
    ['its beginning', { text: report.slice(0, report.length / 2) }],
    [
      'with an advertisement before and after it',
      { text: `Subscribe for a year and get a bag. ${report} Read more in our app.` },
    ],
    ['with another first line', { text: `HARBOUR CITY, Thursday. ${report.slice(60)}` }],
    ['under the title that it has on the front page', { title: 'Boat back, bridge breathes' }],
    ['as a list of links has it, with points and no text', { text: 'Points: 12. Comments: 3.' }],
    ['without any text', { text: '' }],
  ])('%s', (_, { from = title, ...part }: { from?: string; title?: string; text?: string }) => {
    expect(isCopyUnderOneLink(article({ title: from }), article(part))).toBe(true)
  })
})

describe('under one link, these are two', () => {
  const sound: Enclosure = { url: 'https://show.example/12.mp3', type: 'audio/mpeg', length: null }
  const film: Enclosure = { url: 'https://show.example/12.mp4', type: 'video/mp4', length: null }
  test.each([
    ['the article, and what a linkblog writes about it under its title', {}, { text: comment }],
    ['the same under a title of its own', {}, { title: 'Boat back, bridge breathes', text: comment }],
    ['two titles without a text', { text: '' }, { title: 'The bakery’s letters', text: '' }],
    [
      'a title and its beginning, where that is short',
      { title: 'Ferry', text: '' },
      { title: 'Ferry burns', text: '' },
    ],
    ['an episode as sound, and as film', { enclosures: [sound] }, { enclosures: [film] }],
    ['two without a title or text', { title: '', text: '' }, { title: '', text: '' }],
  ])('%s', (_, one, other) => {
    expect(isCopyUnderOneLink(article(one), article(other))).toBe(false)
  })
})

test('an episode whose file is behind another counter is one', () => {
  const file = (url: string) => article({ enclosures: [{ url, type: 'audio/mpeg', length: null }] })
  expect(
    isCopyUnderOneLink(file('https://count.example/r/show.example/12.mp3?a=1'), file('https://show.example/12.mp3')),
  ).toBe(true)
})

test('texts without spaces between words are compared, too', () => {
  const ferry =
    '港の渡し船が月曜日から再び運航すると港湾局が木曜日に発表した。機関が東桟橋で燃えてから十一週間になる。けが人はなかった。'
  const bridge =
    '橋を毎朝歩いて渡り、動く板を数えた。四十枚ある。報告が伏せているのは、機関のことを局が二度も知らされていたという事実である。'
  expect(isCopyUnderOneLink(article({ title: '渡し船', text: ferry }), article({ title: '渡し船', text: ferry }))).toBe(
    true,
  )
  expect(
    isCopyUnderOneLink(article({ title: '渡し船', text: ferry }), article({ title: '渡し船', text: bridge })),
  ).toBe(false)
})
