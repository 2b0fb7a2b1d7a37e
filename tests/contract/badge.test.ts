/** The number in the title and on the program's icon: of all feeds, of those that are chosen, or none. */
import { expect, test } from 'vitest'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import { perStep } from '../../src-main/store/feeds/visibility.ts'
import { addFeed, makeArticle, someNoon } from '../support/articles.ts'
import { makeEngine, type TestEngine } from '../support/engine.ts'

test('feeds are chosen by their own option, their folder’s or the settings’; a copy counts once; windows are told', async () => {
  await using engine = makeEngine()
  const client = engine.connect()
  const { folderId } = await client.createFolder({ title: 'World' })
  const [gazette, herald, courier] = ['gazette', 'herald', 'courier'].map(name =>
    addFeed(engine.db, `https://${name}.example/feed`, name === 'courier' ? {} : { folderId }),
  ) as [number, number, number]
  store(engine, gazette, ['Ferry', 'Bridge'])
  store(engine, herald, ['Ferry', 'Harbour', 'Mole'])
  store(engine, courier, ['Ferry', 'Tide'])
  const told = toldTo(client)
  const badge = async () => (await client.counts({})).badge
  const choose = (of: Parameters<typeof client.setReading>[0]['of'], inBadge: 'yes' | 'no' | null) =>
    client.setReading({ of, reading: { inBadge } })

  expect(await badge()).toBe(5)
  await client.changeSettings({ badge: 'chosen' })
  expect(await badge()).toBe(0)
  expect(told.at(-1)).toBe(0)

  await choose({ kind: 'folder', folderId }, 'yes')
  expect(told.at(-1)).toBe(4)
  await choose({ kind: 'feeds', feedIds: [herald] }, 'no')
  expect(told.at(-1)).toBe(2)
  const { undoId } = await choose({ kind: 'feeds', feedIds: [courier] }, 'yes')
  expect(told.at(-1)).toBe(3)
  await client.undo({ undoId: undoId! })
  expect(told.at(-1)).toBe(2)
  await client.changeSettings({ inBadge: 'yes' })
  expect(told.at(-1)).toBe(3)
  await client.unsubscribe({ feedIds: [gazette] })
  expect(await badge()).toBe(2)
  await client.changeSettings({ badge: 'none' })
  expect(told.at(-1)).toBe(0)
})

test('moving a feed or a folder, or removing one, tells the number at once: what a folder says is not said any more', async () => {
  await using engine = makeEngine()
  const client = engine.connect()
  const { folderId: world } = await client.createFolder({ title: 'World' })
  const { folderId: coast } = await client.createFolder({ title: 'Coast', parentId: world })
  const gazette = addFeed(engine.db, 'https://gazette.example/feed')
  const herald = addFeed(engine.db, 'https://herald.example/feed', { folderId: coast })
  store(engine, gazette, ['Ferry'])
  store(engine, herald, ['Harbour', 'Mole'])
  await client.changeSettings({ badge: 'chosen' })
  await client.setReading({ of: { kind: 'folder', folderId: world }, reading: { inBadge: 'yes' } })
  const told = toldTo(client)

  await client.moveFeeds({ feedIds: [gazette], folderId: coast })
  expect(told.at(-1)).toBe(3)
  await client.moveFolder({ folderId: coast, parentId: null })
  expect(told.at(-1)).toBe(0)
  const { undoId } = await client.moveFolder({ folderId: coast, parentId: world })
  expect(told.at(-1)).toBe(3)
  await client.undo({ undoId: undoId! })
  expect(told.at(-1)).toBe(0)
  await client.moveFeeds({ feedIds: [herald], folderId: world })
  expect(told.at(-1)).toBe(2)
  await client.removeFolder({ folderId: world })
  expect(told.at(-1)).toBe(0)
})

test('where copies are listed each, each is counted; what is read is not', async () => {
  await using engine = makeEngine()
  const client = engine.connect()
  const [gazette, herald] = ['gazette', 'herald'].map(name => addFeed(engine.db, `https://${name}.example/feed`)) as [
    number,
    number,
  ]
  store(engine, gazette, ['Ferry', 'Bridge'])
  store(engine, herald, ['Ferry'])
  await client.changeSettings({ badge: 'chosen', inBadge: 'yes' })
  const told = toldTo(client)
  expect((await client.counts({})).badge).toBe(2)

  await client.changeSettings({ foldsCopies: false })
  expect(told.at(-1)).toBe(3)
  await client.changeSettings({ foldsCopies: true })
  expect(told.at(-1)).toBe(2)
  await client.markViewRead({ view: { kind: 'feed', feedId: herald }, newestId: 99 })
  expect(told.at(-1)).toBe(1)
})

test('a feed that takes several steps to hide is counted no more from the first number told, chosen or not', async () => {
  await using engine = makeEngine()
  const client = engine.connect()
  const feedIds = ['gazette', 'herald', 'courier'].map(name => addFeed(engine.db, `https://${name}.example/feed`))
  const many = Array.from({ length: perStep + 10 }, (_, index) => index)
  for (const feedId of feedIds) {
    store(
      engine,
      feedId,
      many.map(index => `Ferry ${feedId}.${index}`),
    )
  }
  const told = toldTo(client)
  await client.unsubscribe({ feedIds: feedIds.slice(0, 1) })
  expect(told[0]).toBe(2 * many.length)
  await client.changeSettings({ badge: 'chosen', inBadge: 'yes' })
  told.splice(0)
  await client.unsubscribe({ feedIds: feedIds.slice(1, 2) })
  expect(told[0]).toBe(many.length)
})

/** The numbers that a window, or the host's icons, hear of from now on. */
function toldTo(client: ReturnType<TestEngine['connect']>): number[] {
  const told: number[] = []
  client.on('counts-changed', ({ counts }) => told.push(counts.badge))
  return told
}

function store({ db }: TestEngine, feedId: number, titles: string[]): void {
  storeArticles(
    db,
    feedId,
    titles.map(title => makeArticle({ title, publishedAt: someNoon })),
    someNoon,
  )
}
