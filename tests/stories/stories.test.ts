import { readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { linkNumber } from '../../src-main/stories/copies/link-number.ts'
import type { Change, Correction, Headline } from '../../src-main/stories/headline.ts'
import { createStories, type Stories } from '../../src-main/stories/stories.ts'
import '../support/properties.ts'

const hour = 60 * 60 * 1_000
const begin = Date.UTC(2026, 2, 3)

type Told = Partial<Headline> & { title: string; hours?: number }

function headlines(told: Told[]): Headline[] {
  return told.map(({ hours = 0, ...given }, index) => ({
    id: index + 1,
    text: '',
    language: 'en',
    url: `https://site${index}.example/${index}`,
    host: `site${index}.example`,
    publishedAt: begin + hours * hour,
    ...given,
  }))
}

function addEach(stories: Stories, all: Headline[]): Change[] {
  return all.flatMap(headline => stories.add([headline], headline.publishedAt))
}

function storiesOf(told: Told[]): (number | null)[] {
  const all = headlines(told)
  const stories = createStories()
  addEach(stories, all)
  return all.map(({ id }) => stories.storyOf(id))
}

const file = path.join(import.meta.dirname, '../fixtures/stories/day.jsonl')
const day: (Headline & { event: string | null })[] = readFileSync(file, 'utf8')
  .trim()
  .split('\n')
  .map(line => JSON.parse(line))

test.each([
  { name: 'with their text', given: day },
  { name: 'by their titles alone', given: day.map(headline => ({ ...headline, text: '' })) },
])('a day of five papers comes to the stories that are in it, $name', ({ given }) => {
  const stories = createStories()
  addEach(stories, given)
  const byEvent = Map.groupBy(given, ({ event }) => event)
  for (const [event, group] of byEvent) {
    const found = new Set(group.map(({ id }) => stories.storyOf(id)))
    expect({ event, stories: found.size }).toEqual({ event, stories: 1 })
    expect(found.has(null)).toBe(event === null)
  }
})

test('it makes no difference how many articles come at once', () => {
  const [one, other] = [createStories(), createStories()]
  addEach(one, day)
  other.add(day, day.at(-1)!.publishedAt)
  for (const { id } of day) expect(other.storyOf(id)).toBe(one.storyOf(id))
})

test('what changed is told, of articles that came before, too', () => {
  const [first, second, third] = headlines([
    { title: 'Ferry Saint Brannoc aground off Kelder Point' },
    { title: 'Coffee dearer than ever' },
    { title: 'Saint Brannoc: ferry freed from Kelder Point', hours: 2 },
  ])
  const stories = createStories()
  expect(stories.add([first!, second!], begin)).toEqual([])
  expect(stories.add([third!], begin + 2 * hour)).toEqual([
    { id: 3, story: 1 },
    { id: 1, story: 1 },
  ])
})

test('a title that a site prints again with another date makes no story, and leaves the one it was in', () => {
  const briefing = { title: 'The Courier briefing: 2 March', host: 'courier.example' }
  const other = { title: 'The Courier briefing is wrong', hours: 1 }
  const again = { ...briefing, title: 'The Courier briefing: 3 March', hours: 24 }
  expect(storiesOf([briefing, other])).toEqual([1, 1])
  expect(storiesOf([briefing, other, again])).toEqual([null, null, null])
})

test('after a restart nothing joins a title that recurred', () => {
  const known = headlines([
    { title: 'The Courier briefing: 2 March', host: 'courier.example' },
    { title: 'The Courier briefing: 3 March', host: 'courier.example', hours: 24 },
    { title: 'The Courier briefing is wrong', hours: 25 },
  ])
  const later = known.pop()!
  const stories = createStories()
  stories.restore(
    known.map(headline => ({ headline, story: null })),
    [],
    begin + 24 * hour,
  )
  expect(stories.add([later], later.publishedAt)).toEqual([])
})

test.each(['Daily briefing', 'Open thread', 'Weather for Tuesday, 3 March', 'Morning roundup', 'Wetter am Dienstag'])(
  'what is headed "%s" at two sites is no story',
  title => {
    const language = title.startsWith('Wetter') ? 'de' : 'en'
    expect(
      storiesOf([
        { title, language },
        { title, language, hours: 1 },
      ]),
    ).toEqual([null, null])
  },
)

test('what the reader says is one story is one, whatever its title is', () => {
  const stories = createStories()
  stories.restore([], [{ kind: 'same', article: 1, other: 2 }], begin)
  addEach(stories, headlines([{ title: 'Daily briefing' }, { title: 'Open thread', hours: 1 }]))
  expect([stories.storyOf(1), stories.storyOf(2)]).toEqual([1, 1])
})

test('a title that is printed again within hours is the same article, not a heading', () => {
  const title = 'Ferry Saint Brannoc aground off Kelder Point'
  expect(
    storiesOf([
      { title, host: 'a.example' },
      { title, host: 'a.example', hours: 2 },
    ]),
  ).toEqual([1, 1])
})

test('articles in two languages are never one story', () => {
  const title = 'Olaf Scholz, Emmanuel Macron, Donald Tusk: Weimar'
  expect(
    storiesOf([
      { title, language: 'de' },
      { title, language: 'fr' },
    ]),
  ).toEqual([null, null])
  expect(
    storiesOf([
      { title, language: 'de' },
      { title, language: 'de-AT' },
    ]),
  ).toEqual([1, 1])
})

test.each([
  {
    language: 'zh',
    same: ['台风海燕登陆广东沿海,数万人撤离', '广东沿海迎来台风海燕,居民撤离'],
    other: '央行宣布下调存款利率',
  },
  {
    language: 'ja',
    same: ['北海道で震度6強の地震、津波の心配なし', '地震で北海道が停電、震度6強を観測'],
    other: '新型の電車が東京で公開された',
  },
  {
    language: 'th',
    same: ['แผ่นดินไหวรุนแรงในเชียงใหม่ อาคารเสียหาย', 'เชียงใหม่แผ่นดินไหว ประชาชนอพยพจากอาคาร'],
    other: 'ราคาทองคำวันนี้ปรับตัวสูงขึ้น',
  },
])('titles in a script without spaces come together: $language', ({ language, same, other }) => {
  expect(storiesOf([...same, other].map(title => ({ title, language })))).toEqual([1, 1, null])
})

test('a link to the same place, or to one another, brings articles nearer', () => {
  const [one, other] = ['What the map shows of the grounding', 'A map of eleven minutes in thick fog']
  const filler = day.map(({ title, language }) => ({ title, language: language ?? 'en' }))
  const links = [linkNumber(new URL('https://www.seatracks.example/brannoc?utm_source=feed'))!]
  const alone = storiesOf([...filler, { title: one }, { title: other }]).slice(-2)
  const linked = storiesOf([
    ...filler,
    { title: one, links },
    { title: other, url: 'http://seatracks.example/brannoc/' },
  ]).slice(-2)
  expect(alone[0] === null || alone[0] !== alone[1]).toBe(true)
  expect(linked[0]).not.toBeNull()
  expect(linked[0]).toBe(linked[1])
})

test('what the address says counts, where the title says little', () => {
  const told = [
    { title: 'Ferry Saint Brannoc aground off Kelder Point' },
    { title: 'Eleven minutes', url: 'https://a.example/2026/03/ferry-saint-brannoc-aground-1182664.html' },
    { title: 'Eleven hours', url: 'https://b.example/2026/03/1182664.html' },
  ]
  expect(storiesOf(told)).toEqual([1, 1, null])
})

test('articles older than the window when they come are left out', () => {
  const stories = createStories()
  const title = 'Ferry aground'
  const [old, other, recent] = headlines([{ title }, { title }, { title, hours: 121 }])
  expect(stories.add([old!, other!, recent!], begin + 121 * hour)).toEqual([])
  expect([old!, other!, recent!].map(({ id }) => stories.storyOf(id))).toEqual([null, null, null])
})

test('the reader makes no story that is longer than the window', () => {
  const all = headlines([{ title: 'Ferry aground' }, { title: 'Harbour closed', hours: 121 }])
  const stories = createStories()
  stories.restore([], [{ kind: 'same', article: 1, other: 2 }], begin)
  expect(addEach(stories, all)).toEqual([])
})

test.each([
  { name: 'are forgotten', leaves: false },
  { name: 'are forgotten, and one has left', leaves: true },
])('a story grows no longer than the window when the first of it $name', ({ leaves }) => {
  const title = 'Ferry Saint Brannoc aground off Kelder Point'
  const filler = (which: string, hours: number) => ({ title: `${which}bel ${which}dor ${which}fen`, hours })
  const letters = [...'abcdefghijklmnopqrstuvwxyz']
  const told: Told[] = [
    { title },
    ...letters.map(letter => filler(letter, 0)),
    { title: `${title}: 7 March`, host: 'courier.example', hours: 60 },
    { title, hours: 100 },
    { title, hours: 101 },
    // More than the window later, so that what came first is forgotten.
    ...letters.map(letter => filler(`${letter}${letter}`, 121)),
    ...(leaves ? [{ title: `${title}: 8 March`, host: 'courier.example', hours: 122 }] : []),
    { title, hours: 123 },
  ]
  const all = headlines(told)
  const stories = createStories()
  const last = new Map(addEach(stories, all).map(({ id, story }) => [id, story]))
  expect(last.get(1)).toBe(1)
  expect(last.get(all.findIndex(({ publishedAt }) => publishedAt === begin + 60 * hour) + 1)).toBe(leaves ? null : 1)
  expect(last.get(all.length) ?? null).not.toBe(1)
})

test('the order in which a day of news comes changes no story of it', () => {
  const order = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: day.length, maxLength: day.length })
  const storiesBy = (all: Headline[]) => {
    const stories = createStories()
    addEach(stories, all)
    const groups = Map.groupBy(
      day.filter(({ id }) => stories.storyOf(id) !== null),
      ({ id }) => stories.storyOf(id),
    )
    return [...groups.values()].map(group => group.map(({ id }) => Number(id)))
  }
  const inOrder = storiesBy(day)
  fc.assert(
    fc.property(order, hours => {
      const arrivals = day.map((headline, index) => ({ headline, at: headline.publishedAt + hours[index]! * hour }))
      const shuffled = arrivals.toSorted((one, other) => one.at - other.at).map(({ headline }) => headline)
      expect(storiesBy(shuffled).toSorted((a, b) => a[0]! - b[0]!)).toEqual(inOrder.toSorted((a, b) => a[0]! - b[0]!))
    }),
    { numRuns: 20 },
  )
})

/** Days of headlines of few words, so that many are alike. */
const news = fc
  .array(
    fc.record({
      words: fc.array(
        fc.constantFrom(...'Brannoc Kelder Valmark Marent Nordmark Gleis ferry rate strike bell'.split(' ')),
        {
          minLength: 2,
          maxLength: 6,
        },
      ),
      hours: fc.integer({ min: 0, max: 400 }),
      language: fc.constantFrom('en', 'de', null),
    }),
    { minLength: 2, maxLength: 60 },
  )
  .map(told =>
    headlines(
      told
        .toSorted((one, other) => one.hours - other.hours)
        .map(({ words, ...given }) => ({ title: words.join(' '), ...given })),
    ),
  )

test('no story is longer than the window, or in two languages, whatever comes', () => {
  fc.assert(
    fc.property(news, all => {
      const stories = createStories()
      const last = new Map<unknown, number | null>()
      // What is older is forgotten by the state, and kept by whoever wrote down the changes.
      for (const { id, story } of addEach(stories, all)) last.set(id, story)
      const groups = Map.groupBy(all, ({ id }) => last.get(id) ?? null)
      groups.delete(null)
      for (const group of groups.values()) {
        const times = group.map(({ publishedAt }) => publishedAt)
        expect(Math.max(...times) - Math.min(...times)).toBeLessThanOrEqual(120 * hour)
        expect(new Set(group.flatMap(({ language }) => language ?? [])).size).toBeLessThanOrEqual(1)
      }
    }),
    { numRuns: 60 },
  )
})

test('a state built from what was kept has the same stories, and goes on with them', () => {
  fc.assert(
    fc.property(news, fc.nat(), (all, cut) => {
      const stories = createStories()
      const before = all.slice(0, cut % all.length)
      addEach(stories, before)
      const now = before.at(-1)?.publishedAt ?? begin
      const known = before.filter(({ publishedAt }) => publishedAt >= now - 120 * hour)
      const again = createStories()
      again.restore(
        known.map(headline => ({ headline, story: stories.storyOf(headline.id) })),
        [],
        now,
      )
      for (const { id } of known) expect(again.storyOf(id)).toBe(stories.storyOf(id))
      expect(again.add(known, now)).toEqual([])
    }),
    { numRuns: 60 },
  )
})

const corrections = (most: number) =>
  fc.array(
    fc.record({
      kind: fc.constantFrom('same' as const, 'apart' as const),
      article: fc.integer({ min: 1, max: most }),
      other: fc.integer({ min: 1, max: most }),
    }),
    { maxLength: 8 },
  )

/** Whether the last corrections, which none later contradicts, hold. */
function holds(stories: Stories, { kind, article, other }: Correction): boolean {
  const [one, another] = [stories.storyOf(article), stories.storyOf(other)]
  return article === other || (kind === 'same' ? one !== null && one === another : one === null || one !== another)
}

/** Of days within one window. */
const shortNews = news.map(all =>
  all.map(headline => ({ ...headline, publishedAt: begin + (headline.publishedAt - begin) / 4 })),
)

/** Moves articles to where a correction has them, as the store does. */
function correct(stories: Map<unknown, number | null>, { kind, article, other }: Correction): void {
  const [from, to] = [stories.get(article), stories.get(other)]
  if (article === other) return
  if (kind === 'apart') {
    if (from === to) stories.set(article, null)
    return
  }
  const joined = to ?? from ?? 1 + Math.max(0, ...[...stories.values()].map(Number))
  for (const [id, story] of stories)
    if (id === article || id === other || (story !== null && story === from)) stories.set(id, joined)
}

test('what is corrected is so at once, in a state that goes on as in one that is built anew, and holds for what comes later', () => {
  fc.assert(
    fc.property(shortNews, corrections(30), (all, said) => {
      const before = all.slice(0, Math.ceil(all.length / 2))
      const now = before.at(-1)!.publishedAt
      const known = said.filter(({ article, other }) => Math.max(Number(article), Number(other)) <= before.length)
      const goingOn = createStories()
      addEach(goingOn, before)
      const kept = new Map<unknown, number | null>(before.map(({ id }) => [id, goingOn.storyOf(id)]))
      for (const correction of known) correct(kept, correction)
      for (const stories of [goingOn, createStories()]) {
        stories.restore(
          before.map(headline => ({ headline, story: kept.get(headline.id) ?? null })),
          known,
          now,
        )
        for (const [id, story] of kept) expect(stories.storyOf(id as number)).toBe(story)
        addEach(stories, all)
        expect(known.slice(-1).every(last => holds(stories, last))).toBe(true)
      }
    }),
    { numRuns: 100 },
  )
})

test('the last correction holds when all is grouped again', () => {
  fc.assert(
    fc.property(shortNews, corrections(30), (all, said) => {
      const known = said.filter(({ article, other }) => Math.max(Number(article), Number(other)) <= all.length)
      const stories = createStories()
      stories.restore([], known, begin)
      addEach(stories, all)
      expect(known.slice(-1).every(last => holds(stories, last))).toBe(true)
    }),
    { numRuns: 100 },
  )
})
