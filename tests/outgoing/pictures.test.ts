/** The pictures of a digest that is sent: within the letter, small, and none of a feed that lets none load. */
import PostalMime from 'postal-mime'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import { noResource } from '../../src-main/api/engine-thread.ts'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import { addFeed, makeArticle } from '../support/articles.ts'
import { day, hour, type MailWorld, makeMailWorld, serverOf } from '../support/digest-mail.ts'
import { colourOf, plainPng } from '../support/pictures.ts'
import { type Smtp, startSmtp } from '../support/smtp.ts'

const boat = plainPng(600, 400, colourOf('boat'))

let world: MailWorld
let client: EngineClient
let smtp: Smtp
let asked: string[]
beforeEach(async () => {
  asked = []
  smtp = await startSmtp()
  world = makeMailWorld(undefined, undefined, async ({ url }) => {
    asked.push(url)
    return url.endsWith('boat.png')
      ? { status: 200, type: 'image/png', maxAgeSeconds: 0, bytes: boat }
      : noResource(404)
  })
  client = world.connect()
  world.now -= day
  await client.followDigest({})
  world.now += day
  await client.setDigestMail(serverOf(smtp))
})
afterEach(async () => {
  await world.end()
  await world[Symbol.asyncDispose]()
  await smtp.stop()
})

/** An article of a feed of its own; answers the feed's id. */
function report(title: string, picture: string): number {
  const feedId = addFeed(world.db, `https://${title}.example/feed`)
  const article = makeArticle({
    title,
    image: `https://${title}.example/${picture}.png`,
    publishedAt: world.now - hour,
  })
  storeArticles(world.db, feedId, [article], world.now - 1_000)
  return feedId
}

test('a letter has them in it, those that could be had, and shows nothing from elsewhere', async () => {
  report('ferry', 'boat')
  report('bridge', 'gone')
  const quiet = report('lamp', 'boat')
  await client.setReading({ of: { kind: 'feeds', feedIds: [quiet] }, reading: { pictures: 'ask' } })
  expect(await world.makeDueDigest()).toBe(true)
  await world.sendDigest()

  const mail = await PostalMime.parse(smtp.received[0]!.raw)
  const [picture, ...others] = mail.attachments
  expect(others).toEqual([])
  expect(Buffer.from(picture!.content as ArrayBuffer).equals(boat)).toBe(true)
  const cid = picture!.contentId!.slice(1, -1)
  const images = [...mail.html!.matchAll(/<img [^>]*>/g)].map(([tag]) => tag)
  expect(images).toHaveLength(1)
  expect(images[0]).toContain(`src="cid:${cid}" alt width="160"`)
  expect(mail.html!.match(/<figure/g)).toHaveLength(1)
  expect(asked.sort()).toEqual(['https://bridge.example/gone.png', 'https://ferry.example/boat.png'])
})
