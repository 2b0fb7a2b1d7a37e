/** A digest as mail to the reader: what is sent, when it is tried again, and that it never comes twice. */
import PostalMime from 'postal-mime'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import { renewDatabaseId } from '../../src-main/store/db/meta.ts'
import { startHandingOver } from '../../src-main/store/digest/outbox.ts'
import { makeStore } from '../support/articles.ts'
import {
  day,
  hour,
  type MailWorld,
  makeDigest,
  makeMailWorld,
  minute,
  reader,
  report,
  serverOf,
} from '../support/digest-mail.ts'
import { colourOf, plainPng } from '../support/pictures.ts'
import { type Received, refusal, type Smtp, startSmtp } from '../support/smtp.ts'

let world: MailWorld
let client: EngineClient
let smtp: Smtp
/** What the server says of a message that has all come. */
let onMessage: (message: Received) => void | Promise<void>

beforeEach(async () => {
  onMessage = () => {}
  smtp = await startSmtp({ onMessage: message => onMessage(message) })
  world = makeMailWorld()
  client = world.connect()
  world.now -= day
  await client.followDigest({})
  world.now += day
})
afterEach(async () => {
  await world.end()
  await world[Symbol.asyncDispose]()
  await smtp.stop()
})

async function wantMail(changes: object = {}): Promise<void> {
  await client.setDigestMail({ ...serverOf(smtp), ...changes })
}

const letter = async () => (await client.digestMail({})).letter

test('is sent as text and HTML of the same, from the reader to the reader', async () => {
  await wantMail()
  await makeDigest(world)
  await world.sendDigest()

  expect(smtp.received).toHaveLength(1)
  const [{ from, to, raw }] = smtp.received as [Received]
  expect([from, to]).toEqual([reader, [reader]])
  const mail = await PostalMime.parse(raw)
  expect(mail).toMatchObject({
    subject: 'Digest, Saturday 28 November',
    from: { name: 'Broadsheet', address: reader },
    to: [{ address: reader }],
    messageId: '<digest-2026-11-28.broadsheet@harbour.example>',
    date: new Date(world.now).toISOString(),
  })
  expect(mail.headers.find(({ key }) => key === 'auto-submitted')?.value).toBe('auto-generated')
  expect(mail.text).toContain('Ferry & harbour\nhttps://gazette.example/Ferry%20%26%20harbour')
  expect(mail.html).toContain('href="https://gazette.example/Ferry%20%26%20harbour"')
  expect(mail.html).toContain('Ferry &amp; harbour</a>')
  expect(mail.attachments).toEqual([])
  expect(await letter()).toEqual({ day: '2026-11-28', state: 'sent', at: world.now })
})

test('there are three megabytes of pictures in a letter at most, and it shows no other', async () => {
  await world.end()
  await world[Symbol.asyncDispose]()
  world = makeMailWorld(undefined, world.now - day, async ({ url }) => {
    const bytes = Buffer.concat([plainPng(64, 36, colourOf(url)), Buffer.alloc(900_000)])
    return { status: 200, type: 'image/png', maxAgeSeconds: 0, bytes }
  })
  client = world.connect()
  await client.followDigest({})
  world.now += day
  await wantMail()
  for (const name of ['large-1', 'large-2', 'large-3', 'large-4'])
    report(world.db, name, world.now, `https://gazette.example/${name}.png`)
  expect(await world.makeDueDigest()).toBe(true)
  await world.sendDigest()

  const mail = await PostalMime.parse(smtp.received[0]!.raw)
  const shown = [...(mail.html?.matchAll(/<img [^>]*src="([^"]*)"/g) ?? [])].map(([, src]) => src)
  expect(shown).toEqual(mail.attachments.map(({ contentId }) => contentId?.replace(/^<(.*)>$/, 'cid:$1')))
  expect(mail.attachments.map(({ mimeType, disposition }) => [mimeType, disposition])).toEqual(
    Array.from({ length: 3 }, () => ['image/png', 'inline']),
  )
  expect(smtp.received[0]!.raw.length).toBeLessThan(4_300_000)
})

test('once, however often it is looked, and after another start', async () => {
  await wantMail()
  await makeDigest(world)
  await world.sendDigest()
  await world.sendDigest()
  world.now += 10 * day
  await world.sendDigest()
  expect(smtp.received).toHaveLength(1)
})

test('those who look at the same time send it once', async () => {
  await wantMail()
  await makeDigest(world)
  await Promise.all([world.sendDigest(), world.sendDigest()])
  expect(smtp.received).toHaveLength(1)
  expect(smtp.connections()).toBe(1)
})

test('nothing is sent where nobody wants it, nor what was made before', async () => {
  await makeDigest(world)
  await world.sendDigest()
  await wantMail()
  await world.sendDigest()
  expect(smtp.connections()).toBe(0)
  expect(await letter()).toBeNull()
})

test('what waits is not sent once it is not wanted any more', async () => {
  await wantMail()
  await makeDigest(world)
  await client.stopDigestMail({})
  await world.sendDigest()
  await wantMail()
  await world.sendDigest()
  expect(smtp.connections()).toBe(0)
})

test('none is sent while nothing is polled', async () => {
  await wantMail()
  await makeDigest(world)
  await client.pausePolling({ until: 'in-an-hour' })
  await world.sendDigest()
  expect(smtp.connections()).toBe(0)
  await client.pausePolling({ until: 'now' })
  await world.sendDigest()
  expect(smtp.received).toHaveLength(1)
})

test('one whose source was unsubscribed meanwhile is not sent', async () => {
  await wantMail()
  await makeDigest(world)
  const [feed] = (await client.sources({})).feeds.filter(({ kind }) => kind === 'digest')
  await client.unsubscribe({ feedIds: [feed!.id] })
  await world.sendDigest()
  expect(smtp.connections()).toBe(0)
})

test('a log-in that is refused is told in the server’s words, and not tried again before six hours have passed', async () => {
  await wantMail({ password: 'wrong' })
  await makeDigest(world)
  await world.sendDigest()
  expect(await letter()).toMatchObject({
    state: 'waiting',
    failed: { failure: { reason: 'log-in', host: '127.0.0.1', said: 'Wrong password' }, at: world.now },
  })
  world.now += 6 * hour - minute
  await world.sendDigest()
  expect(smtp.logins).toHaveLength(1)
  world.now += minute
  await world.sendDigest()
  expect(smtp.logins).toHaveLength(2)
})

test('by another password it is sent at once', async () => {
  await wantMail({ password: 'wrong' })
  await makeDigest(world)
  await world.sendDigest()
  await wantMail()
  await expect.poll(() => smtp.received.length).toBe(1)
})

test('the pauses grow: a minute, three, nine; and it is sent once the server takes it', async () => {
  await wantMail()
  await makeDigest(world)
  onMessage = () => {
    throw refusal(451, 'Try again later')
  }
  const tries: number[] = []
  for (let at = 0; at <= 14; at++) {
    const before = smtp.connections()
    await world.sendDigest()
    if (smtp.connections() > before) tries.push(at)
    world.now += minute
  }
  expect(tries).toEqual([0, 1, 4, 13])
  expect(await letter()).toMatchObject({ failed: { failure: { reason: 'too-many', said: 'Try again later' } } })
  onMessage = () => {}
  world.now += hour
  await world.sendDigest()
  expect(smtp.received).toHaveLength(1)
})

test('after three days it is old news', async () => {
  await wantMail({ port: 1 })
  await makeDigest(world)
  await world.sendDigest()
  expect(await letter()).toMatchObject({ failed: { failure: { reason: 'refused', port: 1 } } })
  world.now += 3 * day + minute
  await world.sendDigest()
  expect(await letter()).toBeNull()
})

test('where all was sent and no answer came it is in doubt, and sent again only by the reader', async () => {
  onMessage = () => smtp.breakOff()
  await wantMail()
  await makeDigest(world)
  await world.sendDigest()
  expect(smtp.received).toHaveLength(1)
  expect(await letter()).toEqual({ day: '2026-11-28', state: 'in-doubt', at: world.now })
  world.now += day
  await world.sendDigest()
  expect(smtp.received).toHaveLength(1)

  onMessage = () => {}
  await client.sendDigestAgain({ day: '2026-11-28' })
  await expect.poll(() => smtp.received.length).toBe(2)
  expect(new Set(smtp.received.map(({ raw }) => /^Message-ID: .*$/m.exec(raw)?.[0])).size).toBe(1)
})

test('one that was in doubt and came is not sent again, also not by hand', async () => {
  onMessage = () => smtp.breakOff()
  await wantMail()
  await makeDigest(world)
  await world.sendDigest()
  const doubtedAt = world.now
  world.now += hour
  await client.digestArrived({ day: '2026-11-28' })
  expect(await letter()).toEqual({ day: '2026-11-28', state: 'sent', at: doubtedAt })
  await client.sendDigestAgain({ day: '2026-11-28' })
  await world.sendDigest()
  expect(smtp.received).toHaveLength(1)
})

test('that one came is no word on one that waits', async () => {
  await wantMail()
  await makeDigest(world)
  await client.digestArrived({ day: '2026-11-28' })
  await world.sendDigest()
  expect(smtp.received).toHaveLength(1)
})

test('one that another has handed over meanwhile is not delivered, and stays as the other left it', async () => {
  await wantMail()
  await makeDigest(world)
  await smtp.stop()
  const left = Promise.withResolvers<void>()
  smtp = await startSmtp({
    onClose: () => left.resolve(),
    onRcptTo(_address, _session, done) {
      startHandingOver(world.db, '2026-11-28')
      done()
    },
  })
  await client.setDigestMail(serverOf(smtp))
  await left.promise
  expect(smtp.received).toEqual([])
  expect(await letter()).toMatchObject({ state: 'handing-over' })
})

test('one that a program was handing over as it died is in doubt', async () => {
  await wantMail()
  await makeDigest(world)
  startHandingOver(world.db, '2026-11-28')
  await world.sendDigest()
  expect(smtp.connections()).toBe(0)
  expect(await letter()).toMatchObject({ state: 'in-doubt' })
})

test('one that was sent is not sent again by the reader’s hand', async () => {
  await wantMail()
  await makeDigest(world)
  await world.sendDigest()
  await client.sendDigestAgain({ day: '2026-11-28' })
  await world.sendDigest()
  expect(smtp.received).toHaveLength(1)
})

test('what a backup had waiting is not sent once it was restored', async () => {
  await wantMail()
  await makeDigest(world)
  renewDatabaseId(world.db)
  await world.sendDigest()
  expect(smtp.connections()).toBe(0)
})

test('a program that ends while the server is silent leaves it waiting, with nothing said of a failure', async () => {
  await smtp.stop()
  const asked = Promise.withResolvers<void>()
  // It never answers.
  smtp = await startSmtp({ onMailFrom: () => asked.resolve() })
  await wantMail()
  await makeDigest(world)
  const sending = world.sendDigest()
  await asked.promise
  await world.end()
  await sending
  using store = makeStore(world.dir)
  const again = makeMailWorld(store, world.now)
  expect((await again.connect().digestMail({})).letter).toMatchObject({ state: 'waiting', tries: 0, failed: null })
  await again.end()
})

test('a digest of now is sent by the command line’s call, besides the day’s own', async () => {
  report(world.db, 'Ferry', world.now)
  expect(await client.mailDigest({})).toEqual({ kind: 'no-server' })
  await wantMail()
  expect(await client.mailDigest({})).toEqual({ kind: 'sent', to: reader })
  expect(await client.mailDigest({ since: world.now })).toEqual({ kind: 'nothing-to-tell' })
  expect(await letter()).toBeNull()
  await world.makeDueDigest()
  await world.sendDigest()
  const ids = smtp.received.map(({ raw }) => /^Message-ID: <(.*)>/m.exec(raw)?.[1])
  expect(ids).toEqual([
    `digest-2026-11-28-${world.now}.broadsheet@harbour.example`,
    'digest-2026-11-28.broadsheet@harbour.example',
  ])
})
