/** From feeds on a server to stories in a window: the whole engine with all of its threads. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { connect, type EngineClient } from '../../src-main/api/contract/rpc.ts'
import { portOfNodePort } from '../../src-main/api/ports.ts'
import { startEngine } from '../../src-main/host/engine-host.ts'
import { type FeedServer, startFeedServer } from '../support/feed-server.ts'
import { feedOf, papers, titlesOf } from '../support/news-day.ts'

let server: FeedServer
let dataDir: string
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'broadsheet-stories-'))
  server = await startFeedServer({ feeds: new Map(papers.map(paper => feedOf(paper, Date.now()))) })
})
afterEach(async () => {
  await server.close()
  rmSync(dataDir, { recursive: true, force: true })
})

async function start(): Promise<{ client: EngineClient; close(): Promise<void> }> {
  const started = await startEngine({ dataDir })
  if (started.kind === 'unusable') throw new Error(started.detail)
  const client = connect(portOfNodePort(started.engine.connect()))
  return { client, close: () => started.engine.close() }
}

/** The titles of each story, oldest first, and of how many sources it is. */
async function stories(client: EngineClient): Promise<Record<number, string[]>> {
  const { rows } = await client.headlines({ view: { kind: 'all' }, limit: 100 })
  const ids = new Set(rows.flatMap(({ story }) => story?.id ?? []))
  const answers = await Promise.all([...ids].map(storyId => client.story({ storyId })))
  return Object.fromEntries(answers.flatMap(one => (one ? [[one.id, one.articles.map(({ title }) => title)]] : [])))
}

const threeStories = expect.arrayContaining([titlesOf('dam'), titlesOf('strike'), titlesOf('comet')])

test('five papers that report three events in two languages make three stories, which a restart leaves as they are', async () => {
  const first = await start()
  const told: number[] = []
  first.client.on('stories-changed', ({ articles }) => told.push(...articles.map(({ id }) => id)))
  const text = `<opml version="2.0"><body>${papers
    .map(paper => `<outline type="rss" text="${paper}" xmlUrl="${server.url}${feedOf(paper, 0)[0]}"/>`)
    .join('')}</body></opml>`
  await first.client.importOpml({ text, allowPrivate: true })
  await expect.poll(async () => Object.values(await stories(first.client)), { timeout: 20_000 }).toEqual(threeStories)

  const { rows } = await first.client.headlines({ view: { kind: 'all' }, limit: 100 })
  const covered = rows.filter(({ story }) => story)
  expect(covered.map(({ title, story }) => [title, story?.sources])).toEqual(
    expect.arrayContaining([
      ...titlesOf('dam').map(title => [title, 3]),
      ...titlesOf('strike').map(title => [title, 2]),
    ]),
  )
  expect(covered).toHaveLength(8)
  expect(new Set(told)).toEqual(new Set(covered.map(({ id }) => id)))
  const { stories: trending } = await first.client.trending({ hours: 24 })
  // The strike has two sources, one too few.
  expect(trending.map(({ sources, first: { feedTitle } }) => [sources, feedTitle])).toEqual([
    [3, 'Herald'],
    [3, 'Courier'],
  ])
  const before = await stories(first.client)
  await first.close()

  const second = await start()
  server.addArticle('/abendblatt.xml', {
    id: 'late',
    title: 'Streik in Nordmark: Lokführer und Bahn verhandeln',
    url: 'https://www.abendblatt.example/late',
    html: '<p>Die Lokführer in Nordmark streiken weiter, verhandelt wird heute.</p>',
    publishedAt: Date.now(),
  })
  await second.client.refresh({ isForced: true })
  await expect
    .poll(async () => Object.values(await stories(second.client)).flat(), { timeout: 20_000 })
    .toContain('Streik in Nordmark: Lokführer und Bahn verhandeln')
  expect(await stories(second.client)).toMatchObject(
    Object.fromEntries(Object.entries(before).map(([id, titles]) => [id, expect.arrayContaining(titles)])),
  )
  await second.close()
}, 60_000)

test('feeds that name no language are read in the one they are written in', async () => {
  const paper = (name: string, title: string, text: string) => {
    const url = `https://www.${name}.example/weimar`
    const items = [{ id: title, title, url, html: `<p>${text}</p>`, publishedAt: Date.now() }]
    server.publish(`/${name}.xml`, { format: 'rss', title: name, siteUrl: url, description: '', items })
    return `<outline type="rss" text="${name}" xmlUrl="${server.url}/${name}.xml"/>`
  }
  const german = 'Orsolya Brandner und Emeric Dumont treffen Tadeusz Walk in Weimar'
  const english = 'Orsolya Brandner and Emeric Dumont meet Tadeusz Walk in Weimar'
  const third = 'In Weimar, Tadeusz Walk meets Emeric Dumont and Orsolya Brandner'
  const outlines = [
    paper('ohne', german, 'Die drei wollen sich am Abend über die neue Brücke einigen, heißt es in der Stadt.'),
    paper('without', english, 'The three want to agree on the new bridge by the evening, it is said in the town.'),
    paper('nameless', third, 'They are to agree on the new bridge before the evening, people in the town say.'),
  ]
  const { client, close } = await start()
  await client.importOpml({ text: `<opml version="2.0"><body>${outlines.join('')}</body></opml>`, allowPrivate: true })
  await expect.poll(async () => Object.values(await stories(client)), { timeout: 20_000 }).not.toEqual([])
  const [found] = Object.values(await stories(client))
  expect(found?.toSorted()).toEqual([third, english].toSorted())
  await close()
}, 60_000)
