/** Names of the reader's own network, wherever they come from: followed only where the user was asked. */
import { describe, expect, test } from 'vitest'
import { createHttp } from '../../src-main/http/client.ts'
import { isPrivateHost, type Resolve } from '../../src-main/http/private-address.ts'
import { intakeWorld, sendFeed } from '../intake/intake-world.ts'
import { makeEngine } from '../support/engine.ts'

const near = [
  'http://router/feed',
  'http://nas.local/feed',
  'https://wiki.corp/feed',
  'http://metadata.google.internal/x',
]

describe('a list', () => {
  const list = [...near, 'http://turns-out.example/feed', 'https://news.example/feed']
    .map(url => `<outline type="rss" text="Feed" xmlUrl="${url}"/>`)
    .join('')
  const text = `<opml version="2.0"><body>${list}</body></opml>`
  const isPrivate = async (url: URL) => url.hostname === 'turns-out.example'

  test('that names them is asked about: they stay out until the user says yes', async () => {
    await using engine = makeEngine({ isPrivateHost: isPrivate })
    const answer = await engine.connect().importOpml({ text, fetchNow: false })
    if (answer.kind === 'failed') throw new Error(answer.failure.reason)
    const refused = answer.rows.filter(row => row.failure?.reason === 'private-address')
    expect(refused.map(row => row.url)).toEqual(near)
    expect(privates(engine)).toEqual([])
  })

  test('has them, and names that turn out to be near, once the user has said yes; others get no permission', async () => {
    await using engine = makeEngine({ isPrivateHost: isPrivate })
    const answer = await engine.connect().importOpml({ text, fetchNow: false, allowPrivate: true })
    if (answer.kind === 'failed') throw new Error(answer.failure.reason)
    expect(answer.rows.map(row => row.outcome)).toEqual(Array(6).fill('added'))
    expect(privates(engine)).toEqual(
      ['router:80', 'nas.local:80', 'wiki.corp:443', 'metadata.google.internal:80', 'turns-out.example:80'].toSorted(),
    )
  })
})

function privates({ db }: ReturnType<typeof makeEngine>): string[] {
  const sql = 'SELECT private_host FROM feeds WHERE private_host IS NOT NULL ORDER BY private_host'
  return db.prepare<[], string>(sql).pluck().all()
}

describe('a name that turns out to be near', () => {
  const home: Resolve = (_name, _options, callback) => callback(null, [{ address: '127.0.0.1', family: 4 }])
  const world = intakeWorld({
    http: () => createHttp({ environment: {}, resolve: home }),
    isPrivateHost: url => isPrivateHost(url, home),
  })
  const address = () => `http://gazette.example:${world.server.host.split(':')[1]}/feed`
  const adding = { title: null, folderId: null, credentials: null }

  test('is not asked before the user was', async () => {
    world.answer = (_, response) => sendFeed(response, world.rss('One'))
    const refused = { kind: 'failed', failure: { reason: 'private-address', host: 'gazette.example' } }
    expect(await world.discover(address())).toEqual(refused)
    expect(await world.intake.addFeed({ ...adding, url: address() })).toEqual(refused)
    expect(world.server.seen).toEqual([])
  })

  test('is found and followed, for that host and port, once the user has said yes', async () => {
    world.answer = (_, response) => sendFeed(response, world.rss('One'))
    const found = await world.intake.discover({ address: address(), credentials: null, allowPrivate: true })
    expect(found).toMatchObject({ kind: 'found', feeds: [{ url: address() }] })
    const added = await world.intake.addFeed({ ...adding, url: address(), allowPrivate: true })
    if (added.kind !== 'added') throw new Error(added.kind)
    await world.refresh([added.feedId])
    expect(world.asked('/feed').length).toBe(2)
  })
})
