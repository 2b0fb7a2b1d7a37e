import { expect, test } from 'vitest'
import { hour, intakeWorld, sendFeed } from './intake-world.ts'

const world = intakeWorld()
const { add, asked, pass, rss } = world
const day = 24 * hour

test('an icon is looked for once a week, however often its feed is asked', async () => {
  let stories = 0
  world.answer = (request, response) =>
    request.url === '/feed' ? sendFeed(response, rss(`Story ${stories++}`)) : response.writeHead(404).end()
  const searches = () => asked('/favicon.ico').length
  await add()
  await expect.poll(searches).toBe(1)

  world.intake.start()
  for (let days = 1; days <= 6; days++) await pass(day)
  expect(asked('/feed').length).toBeGreaterThan(6)
  expect(searches()).toBe(1)

  await pass(2 * day)
  await expect.poll(searches).toBe(2)
})
