/** Icons that an earlier version kept as SVGs are drawn before a window is shown them. */
import { expect, test } from 'vitest'
import { iconOf, saveIcon } from '../../../src-main/store/feeds/icons.ts'
import { intakeWorld, sendFeed } from '../../intake/intake-world.ts'
import { monsters } from '../../support/monsters.ts'

const world = intakeWorld()

async function feedWithIcon(svg: string): Promise<number> {
  world.answer = (_, response) => sendFeed(response, world.rss('One'))
  const added = await world.add()
  if (added.kind !== 'added') throw new Error('not added')
  const icon = { type: 'image/svg+xml', bytes: Buffer.from(svg), sourceUrl: 'https://a.test/icon.svg' }
  saveIcon(world.store.db, added.feedId, icon, world.time.clock.now())
  return added.feedId
}

const iconVersion = (feedId: number) =>
  world.store.db.prepare<[number], string | null>('SELECT icon_version FROM feeds WHERE id = ?').pluck().get(feedId)

test('a kept SVG becomes a bitmap, once, under a new address', async () => {
  const feedId = await feedWithIcon(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8z"/></svg>',
  )
  const before = iconVersion(feedId)
  await world.pass(1_000)
  const both = await Promise.all([world.intake.redrawIcon({ feedId }), world.intake.redrawIcon({ feedId })])
  expect(both.map(({ status, type }) => [status, type])).toEqual([
    [200, 'image/png'],
    [200, 'image/png'],
  ])
  expect(iconOf(world.store.db, feedId)).toMatchObject({ type: 'image/png', sourceUrl: 'https://a.test/icon.svg' })
  expect(iconVersion(feedId)).not.toBe(before)
  expect(world.events.filter(({ event }) => event === 'feed-changed').length).toBeGreaterThan(0)
})

test('one that can not be drawn is forgotten, and the feed has a letter', async () => {
  const feedId = await feedWithIcon(monsters[0]![1])
  expect(await world.intake.redrawIcon({ feedId })).toMatchObject({ status: 404 })
  expect(iconOf(world.store.db, feedId)).toMatchObject({ type: '' })
  expect(iconVersion(feedId)).toBeNull()
})
