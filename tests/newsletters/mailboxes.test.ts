import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Dovecot, hasDovecot, startDovecot } from '../support/dovecot.ts'
import { letter, withFile } from '../support/letters.ts'
import { startRelay } from '../support/relay.ts'
import { createRandom } from '../torture/random.ts'
import { startMailWorld } from './mail-world.ts'

describe.skipIf(!hasDovecot)('Mailboxes on Dovecot', () => {
  let server: Dovecot
  beforeAll(async () => {
    server = await startDovecot()
  })
  afterAll(() => server.stop())

  test('whose newsletters are kept, those are sources, and nothing else is read, least of all a digest of ours', async () => {
    server.deliver('ann', letter({ id: 1, list: 'weekly.harbour.example' }))
    server.deliver('ann', letter({ id: 2, list: 'daily.quay.example', name: 'Quay', from: 'a@quay.example' }))
    server.deliver('ann', letter({ id: 3, from: 'eve@quay.example', name: 'Eve', subject: 'Private' }))
    const own = letter({ id: 4, list: 'digest.harbour.example' })
    server.deliver('ann', own.replace(/^Message-ID: .*$/m, 'Message-ID: <digest-2026-11-28.broadsheet@test.example>'))
    await using world = startMailWorld()
    await world.addMailbox('ann', server.port)

    const [eve, harbour, quay] = await world.senders(3)
    expect([eve, harbour, quay].map(one => [one?.name, one?.isNewsletter, one?.decision, one?.waiting])).toEqual([
      ['Eve', false, null, 1],
      ['Harbour', true, null, 1],
      ['Quay', true, null, 1],
    ])
    await world.client.decideSenders({ senderIds: [harbour!.id], decision: 'kept' })

    await world.titles(['Issue 1'])
    const { feeds } = await world.client.sources({})
    expect(feeds).toEqual([
      expect.objectContaining({ kind: 'newsletter', title: 'Harbour', siteUrl: 'https://harbour.example/' }),
    ])
  })

  test('a person is read, too, once the reader says so', async () => {
    server.deliver('bea', letter({ id: 1, from: 'eve@quay.example', name: 'Eve', subject: 'Column' }))
    await using world = startMailWorld()
    await world.addMailbox('bea', server.port)
    const [eve] = await world.senders(1)

    await world.client.decideSenders({ senderIds: [eve!.id], decision: 'kept' })

    await world.titles(['Column'])
  })

  test('what comes while the program waits is there by itself', async () => {
    server.deliver('cyd', letter({ id: 1, list: 'weekly.harbour.example' }))
    await using world = startMailWorld()
    await world.addMailbox('cyd', server.port)
    await world.senders(1)
    await world.keepAll()
    await world.titles(['Issue 1'])

    server.deliver('cyd', letter({ id: 2, list: 'weekly.harbour.example' }))

    await world.titles(['Issue 1', 'Issue 2'])
  })

  test('a message that is in two folders, or moves to another, is one article', async () => {
    const both = letter({ id: 1, list: 'weekly.harbour.example' })
    server.deliver('dot', both)
    const moved = server.deliver('dot', letter({ id: 2, list: 'weekly.harbour.example' }))
    server.deliver('dot', both, { folder: 'Letters' })
    await using world = startMailWorld()
    await world.addMailbox('dot', server.port, { folders: ['INBOX', 'Letters'] })
    await world.senders(1)
    await world.keepAll()
    await world.titles(['Issue 1', 'Issue 2'])

    server.expunge('dot', moved)
    server.deliver('dot', letter({ id: 2, list: 'weekly.harbour.example' }), { folder: 'Letters' })
    server.deliver('dot', letter({ id: 3, list: 'weekly.harbour.example' }), { folder: 'Letters' })
    server.deliver('dot', letter({ id: 4, list: 'weekly.harbour.example' }))

    await world.titles(['Issue 1', 'Issue 2', 'Issue 3', 'Issue 4'])
  })

  test('a folder that is numbered anew brings nothing twice, and nothing that was read is unread again', async () => {
    for (const id of [1, 2, 3]) server.deliver('eli', letter({ id, list: 'weekly.harbour.example' }))
    await using world = startMailWorld()
    await world.addMailbox('eli', server.port)
    await world.senders(1)
    await world.keepAll()
    await world.titles(['Issue 1', 'Issue 2', 'Issue 3'])
    await world.client.markViewRead({ view: { kind: 'all' }, newestId: 1_000_000 })

    server.numberAnew('eli')
    server.deliver('eli', letter({ id: 4, list: 'weekly.harbour.example' }))
    await world.lookNow()

    await world.titles(['Issue 1', 'Issue 2', 'Issue 3', 'Issue 4'])
    await world.allRead()
    expect((await world.client.counts({})).unread).toBe(1)
  })

  test('a letter is not taken for the message that had its number before', async () => {
    const gone = server.deliver('max', letter({ id: 1, list: 'weekly.harbour.example' }))
    server.deliver('max', letter({ id: 2, from: 'eve@quay.example', name: 'Eve', subject: 'Private' }))
    await using world = startMailWorld()
    await world.addMailbox('max', server.port)
    await world.senders(2)

    server.expunge('max', gone)
    // A session that is open may write its own numbers once more, over the new ones.
    const waiting = async () => {
      server.numberAnew('max')
      await world.lookNow()
      return (await world.senders(2))[1]?.waiting
    }
    await expect.poll(waiting, { timeout: 20_000, interval: 300 }).toBe(0)
    await world.keepAll()
    server.deliver('max', letter({ id: 3, list: 'weekly.harbour.example' }))

    await world.titles(['Issue 3'])
  })

  test('what was deleted on the server before it was read is not waited for', async () => {
    const gone = server.deliver('fay', letter({ id: 1, list: 'weekly.harbour.example' }))
    server.deliver('fay', letter({ id: 2, list: 'weekly.harbour.example' }))
    await using world = startMailWorld()
    await world.addMailbox('fay', server.port)
    const [harbour] = await world.senders(1)
    expect(harbour?.waiting).toBe(2)

    server.expunge('fay', gone)
    await world.keepAll()

    await world.titles(['Issue 2'])
    await world.allRead()
  })

  test('nothing is read that was sent before the days that the reader named', async () => {
    server.deliver('gus', letter({ id: 1, list: 'weekly.harbour.example', age: 90 }), { age: 90 })
    server.deliver('gus', letter({ id: 2, list: 'weekly.harbour.example', age: 3 }), { age: 3 })
    await using world = startMailWorld()
    const mailboxId = await world.addMailbox('gus', server.port, { days: 30 })
    await world.senders(1)
    await world.keepAll()
    await world.titles(['Issue 2'])
    // Moved here today, and old all the same.
    server.deliver('gus', letter({ id: 3, list: 'weekly.harbour.example', age: 80 }), { age: 80 })
    server.deliver('gus', letter({ id: 4, list: 'weekly.harbour.example' }))
    await world.titles(['Issue 2', 'Issue 4'])

    await world.client.changeMailbox({ mailboxId, days: 365 })

    await world.titles(['Issue 1', 'Issue 2', 'Issue 3', 'Issue 4'])
  })

  test('keeping that is taken back leaves nothing, and can be done again', async () => {
    for (const id of [1, 2]) server.deliver('hal', letter({ id, list: 'weekly.harbour.example' }))
    await using world = startMailWorld()
    await world.addMailbox('hal', server.port)
    const [harbour] = await world.senders(1)
    const kept = await world.client.decideSenders({ senderIds: [harbour!.id], decision: 'kept' })
    await world.titles(['Issue 1', 'Issue 2'])

    expect(await world.client.undo({ undoId: kept.undoId! })).toEqual({ isUndone: true })
    await world.titles([])
    expect((await world.client.mailSenders({})).senders[0]).toMatchObject({ decision: null, feedId: null })

    await world.keepAll()
    await world.titles(['Issue 1', 'Issue 2'])
  })

  test('a newsletter that is unsubscribed from is left out, and comes back with what was written meanwhile', async () => {
    server.deliver('ida', letter({ id: 1, list: 'weekly.harbour.example' }))
    await using world = startMailWorld()
    await world.addMailbox('ida', server.port)
    await world.senders(1)
    await world.keepAll()
    await world.titles(['Issue 1'])
    const { feeds } = await world.client.sources({})

    const { undoId } = await world.client.unsubscribe({ feedIds: [feeds[0]!.id] })
    server.deliver('ida', letter({ id: 2, list: 'weekly.harbour.example' }))
    await expect.poll(async () => (await world.client.mailSenders({})).senders[0]?.waiting, { timeout: 20_000 }).toBe(1)
    await world.titles([])
    expect((await world.client.mailSenders({})).senders[0]?.decision).toBe('left-out')

    await world.client.undo({ undoId: undoId! })
    await world.lookNow()
    await world.titles(['Issue 1', 'Issue 2'])
  })

  test('two newsletters that are joined are one, also for what comes later and for the search', async () => {
    server.deliver('lea', letter({ id: 1, list: 'weekly.harbour.example' }))
    server.deliver('lea', letter({ id: 2, list: 'daily.quay.example', name: 'Quay', from: 'a@quay.example' }))
    await using world = startMailWorld()
    await world.addMailbox('lea', server.port)
    await world.senders(2)
    await world.keepAll()
    await world.titles(['Issue 1', 'Issue 2'])
    const { feeds } = await world.client.sources({})
    const [harbour, quay] = ['Harbour', 'Quay'].map(title => feeds.find(feed => feed.title === title)!)

    await world.client.joinNewsletters({ feedId: quay!.id, intoFeedId: harbour!.id })
    server.deliver('lea', letter({ id: 3, list: 'daily.quay.example', name: 'Quay', from: 'a@quay.example' }))

    await world.titles(['Issue 1', 'Issue 2', 'Issue 3'])
    expect((await world.client.sources({})).feeds.map(({ title }) => title)).toEqual(['Harbour'])
    const found = await world.client.headlines({ view: { kind: 'search', query: 'feed:harbour tide' }, limit: 10 })
    expect(found.rows).toHaveLength(3)
    expect((await world.client.counts({})).unreadByFeed).toEqual({ [harbour!.id]: 3 })
  })

  test('a folder that is gone is named, and the others are read', async () => {
    server.deliver('jon', letter({ id: 1, list: 'weekly.harbour.example' }))
    await using world = startMailWorld()
    await world.addMailbox('jon', server.port, { folders: ['Old letters', 'INBOX'] })
    await world.senders(1)
    await world.keepAll()

    await world.titles(['Issue 1'])
    const { mailboxes } = await world.client.mailboxes({})
    expect(mailboxes[0]?.failure).toEqual({ reason: 'no-folder', path: 'Old letters' })
  })

  test('a large message is asked for in pieces, without the file in it, and is one article', async () => {
    const issue = letter({ id: 1, list: 'weekly.harbour.example', html: '<p>The tide came in at noon.</p>' })
    server.deliver('mia', withFile(issue, 12_000_000))
    server.deliver('mia', letter({ id: 2, list: 'weekly.harbour.example' }))
    const relay = await startRelay(server.port)
    await using world = startMailWorld()
    await world.addMailbox('mia', relay.port)
    await world.senders(1)

    await world.keepAll()

    await world.titles(['Issue 1', 'Issue 2'])
    const { rows } = await world.client.headlines({ view: { kind: 'search', query: 'noon' }, limit: 10 })
    const large = await world.client.article({ id: rows.find(({ title }) => title === 'Issue 1')!.id })
    expect(large?.html).toContain('The tide came in at noon.')
    expect(large?.html).toMatch(/tides\.pdf.*\b8\.8 MB/)
    expect(relay.longestLiteral()).toBeLessThanOrEqual(1_048_576)
    expect(relay.received()).toBeLessThan(2_500_000)
    await relay.close()
  })

  test('what no connection outlives for long comes whole in the end, nothing twice, and no flag changes', async () => {
    const lists = Array.from({ length: 12 }, (_, index) => `list${index}.harbour.example`)
    const letters = Array.from({ length: 200 }, (_, id) => ({ id, list: lists[id % 12]!, name: `Paper ${id % 12}` }))
    for (const one of letters) {
      const from = `news@${one.list}`
      server.deliver('kim', letter({ ...one, from, html: `<p>${'The tide came in. '.repeat(250)}</p>` }), {
        flags: one.id % 3 === 0 ? 'S' : '',
      })
    }
    const relay = await startRelay(server.port)
    await using world = startMailWorld()
    // The first look numbers the messages and gives the files their places.
    const filesBefore = server.files('kim')
    const { next: random } = createRandom(7)
    relay.breakAfter(() => (relay.connections() <= 30 ? 500 + Math.floor(random() * 60_000) : Number.POSITIVE_INFINITY))

    await world.addMailbox('kim', relay.port)
    await world.senders(12)
    await world.keepAll()

    await world.titles(letters.map(({ id }) => `Issue ${id}`))
    await world.allRead()
    relay.breakAll()
    await world.titles(letters.map(({ id }) => `Issue ${id}`))
    expect(server.files('kim')).toEqual(filesBefore)
    expect(relay.connections()).toBeGreaterThan(30)
    await relay.close()
  })
})
