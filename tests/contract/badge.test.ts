/** The number in the title and on the program's icon: of all feeds, of those that are chosen, or none. */
import { expect, test } from 'vitest'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import { addFeed, makeArticle, someNoon } from '../support/articles.ts'
import { makeEngine } from '../support/engine.ts'

test('feeds are chosen by their own option, their folder’s or the settings’; a copy counts once; windows are told', async () => {
  await using engine = makeEngine()
  const client = engine.connect()
  const { folderId } = await client.createFolder({ title: 'World' })
  const [gazette, herald, courier] = ['gazette', 'herald', 'courier'].map(name =>
    addFeed(engine.db, `https://${name}.example/feed`, name === 'courier' ? {} : { folderId }),
  ) as [number, number, number]
  const store = (feedId: number, titles: string[]) =>
    storeArticles(
      engine.db,
      feedId,
      titles.map(title => makeArticle({ title, publishedAt: someNoon })),
      someNoon,
    )
  store(gazette, ['Ferry', 'Bridge'])
  store(herald, ['Ferry', 'Harbour', 'Mole'])
  store(courier, ['Ferry', 'Tide'])
  const told: number[] = []
  client.on('counts-changed', ({ counts }) => told.push(counts.badge))
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
