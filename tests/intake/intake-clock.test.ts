import { expect, test } from 'vitest'
import { someNoon } from '../support/articles.ts'
import { intakeWorld } from './intake-world.ts'

const world = intakeWorld()
const hour = 60 * 60_000

test('a server whose clock agrees with ours settles a doubt about it; one whose clock differs does not', async () => {
  let theirs = someNoon + 400 * 24 * hour
  world.answer = (_, response) => {
    response.writeHead(200, { date: new Date(theirs).toUTCString(), 'content-type': 'application/rss+xml' })
    response.end(world.rss('One'))
  }
  await world.discover(`${world.server.base}/feed`)
  expect(world.events.filter(({ event }) => event === 'clock-confirmed')).toEqual([])
  theirs = world.time.clock.now() - hour
  await world.discover(`${world.server.base}/other`)
  expect(world.events).toContainEqual({ event: 'clock-confirmed', payload: {} })
})
