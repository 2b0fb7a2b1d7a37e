/** What articles link to elsewhere brings them together where their words alone don't, and what says nothing of them does not. */
import { beforeEach, expect, test } from 'vitest'
import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import { prepareFeed } from '../../src-main/feeds/prepare/prepare.ts'
import { createGrouper, type Grouper } from '../../src-main/grouping/group.ts'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import { packArticles } from '../../src-main/store/articles/pack.ts'
import { addFeed, someNoon } from '../support/articles.ts'
import { makeEngine, type TestEngine } from '../support/engine.ts'
import { noFeed, noItem } from '../support/parsed.ts'

let engine: TestEngine
let client: EngineClient
let grouper: Grouper
beforeEach(() => {
  engine = makeEngine()
  client = engine.connect()
  start()
  return () => engine[Symbol.asyncDispose]()
})

/** What the thread has in memory is built from the store again. */
function start(): void {
  grouper = createGrouper(engine.db, () => someNoon)
}

type Told = { title: string; links?: string[]; id?: string }

/** One document of a paper's feed comes, as it stands now. */
function publish(paper: string, told: Told[]): void {
  const site = `https://www.${paper}.example`
  const known = engine.db.prepare<[string], number>('SELECT id FROM feeds WHERE url = ?').pluck().get(`${site}/feed`)
  const feedId = known ?? addFeed(engine.db, `${site}/feed`, { title: paper })
  const items = told.map(({ title, links = [], id = title }) => ({
    ...noItem,
    id,
    title,
    link: `${site}/${told.findIndex(one => one.title === title)}`,
    contentHtml: `<p>${title}.</p>${links.map(link => `<p><a href="${link}">More</a></p>`).join('')}`,
    publishedAt: new Date(someNoon - 60_000).toISOString(),
  }))
  const { articles } = prepareFeed({ format: 'rss', feed: noFeed, items }, { url: `${site}/feed` })
  storeArticles(engine.db, feedId, packArticles(articles, known === undefined), someNoon)
  while (grouper.step(() => 'en').isMore);
}

/** The titles of each story, sorted. */
async function stories(): Promise<string[][]> {
  const { rows } = await client.headlines({ view: { kind: 'all' }, limit: 100 })
  const told = rows.filter(({ story }) => story)
  return Object.values(Object.groupBy(told, ({ story }) => story!.id)).map(one =>
    one!.map(({ title }) => title).toSorted(),
  )
}

const [map, fog] = ['What the map shows of the grounding', 'A map of eleven minutes in thick fog'] as const
const report = 'https://www.seatracks.example/brannoc?utm_source=feed'
const sameReport = 'http://seatracks.example/brannoc/'

test('articles in different words that link to one report are one story, also after a restart', async () => {
  publish('courier', [{ title: map, links: [report] }])
  start()
  publish('herald', [{ title: fog, links: ['https://other.example/a', sameReport] }])
  expect(await stories()).toEqual([[fog, map]])
})

test('so are the report and the article that links to it', async () => {
  publish('courier', [{ title: map }])
  publish('herald', [{ title: fog, links: ['https://courier.example/0'] }])
  expect(await stories()).toEqual([[fog, map]])
})

test('the links of an edited article are those that it has now', async () => {
  publish('courier', [{ title: map, id: 'a' }])
  publish('courier', [{ title: map, id: 'a', links: [report] }])
  start()
  publish('herald', [{ title: fog, links: [report] }])
  expect(await stories()).toEqual([[fog, map]])
})

test.each([
  ['no links', []],
  ['a front page', ['https://seatracks.example/', 'https://www.weather.example']],
  [
    'buttons for sharing',
    ['https://www.facebook.com/sharer/sharer.php?u=x', 'https://twitter.com/intent/tweet?text=x'],
  ],
  [
    'someone to follow',
    ['https://x.com/seatracks', 'https://www.youtube.com/@seatracks', 'https://instagram.com/sea/'],
  ],
  ['pages of one of both', ['https://live.courier.example/', 'https://courier.example/about']],
  ['an address for letters', ['mailto:sea@tracks.example']],
])('what says nothing of either joins no two: %s', async (_, links) => {
  publish('courier', [{ title: map, links }])
  publish('herald', [{ title: fog, links }])
  expect(await stories()).toEqual([])
})

test('what stands below every article of three feeds joins none', async () => {
  const links = ['newsletter', 'podcast', 'jobs'].map(page => `https://network.example/${page}`)
  const titles = [
    [map, 'Pears to prune in winter', 'Lifeboat crew honoured', 'Ten cookery books'],
    [fog, 'Chess final drawn', 'Winter timetable of trams', 'Honoured at last'],
    ['The map room reopens', 'Trams to be longer', 'Books that came back', 'Crew of four wanted'],
  ]
  for (const [at, paper] of ['courier', 'herald', 'ledger'].entries())
    publish(
      paper,
      titles[at]!.map(title => ({ title, links })),
    )
  expect(await stories()).toEqual([])
})
