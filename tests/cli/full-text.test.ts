import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { connect, type EngineClient } from '../../src-main/api/contract/rpc.ts'
import { portOfNodePort } from '../../src-main/api/ports.ts'
import { readCommand } from '../../src-main/cli/arguments.ts'
import { runOnEngine } from '../../src-main/cli/commands.ts'
import { type RunningEngine, startEngine } from '../../src-main/host/engine-host.ts'
import { type FeedServer, startFeedServer } from '../support/feed-server.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 30_000 })

let server: FeedServer
let folder: string
let engine: RunningEngine
let client: EngineClient

beforeAll(async () => {
  server = await startFeedServer()
  folder = mkdtempSync(path.join(tmpdir(), 'broadsheet-cli-'))
  const started = await startEngine({ dataDir: folder, isPolling: false })
  if (started.kind === 'unusable') throw new Error(started.detail)
  engine = started.engine
  client = connect(portOfNodePort(engine.connect()))
})
afterAll(async () => {
  client.close()
  await Promise.all([server.close(), engine.close()])
  rmSync(folder, { recursive: true, force: true })
})

/** Runs a command, and takes what it says from where a terminal would. */
async function ask(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const command = readCommand(args)
  if (command.kind !== 'command') throw new Error(`${args.join(' ')} is no command`)
  const said = { out: '', err: '' }
  const listen = (stream: NodeJS.WriteStream, to: 'out' | 'err') =>
    vi.spyOn(stream, 'write').mockImplementation(part => {
      said[to] += part
      return true
    })
  const spies = [listen(process.stdout, 'out'), listen(process.stderr, 'err')]
  try {
    return { code: await runOnEngine(client, command, path => engine.resource(path)), ...said }
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
}

test('an article is read with its full text, or with why there is none', async () => {
  const lamp = 'The lamp was lit again last night, after eleven years of darkness. '
  const body = `<title>Lamp</title><article><h1>Lamp</h1>${`<p>${lamp.repeat(8)}</p>`.repeat(4)}</article>`
  server.answer('/lamp', (_, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end(body))
  const items = ['lamp', 'gone'].map(
    name =>
      `<item><title>${name}</title><link>${server.url}/${name}</link><description>The ${name} […]</description></item>`,
  )
  server.answer('/coast.xml', (_, response) => {
    response.writeHead(200, { 'content-type': 'application/rss+xml' })
    response.end(`<rss version="2.0"><channel><title>Coast</title>${items.join('')}</channel></rss>`)
  })
  const [{ feedId }] = JSON.parse((await ask('add', `${server.url}/coast.xml`, '--json')).out)
  const rows = JSON.parse((await ask('list', '--view', `feed:${feedId}`, '--json')).out) as {
    id: number
    title: string
  }[]
  const idOf = (title: string) => String(rows.find(row => row.title === title)?.id)

  expect((await ask('read', idOf('lamp'))).out).not.toContain('darkness')
  expect(await ask('read', idOf('lamp'), '--full')).toMatchObject({ code: 0, out: expect.stringContaining('darkness') })
  expect((await ask('read', idOf('lamp'))).out).toContain('darkness')
  const failed = await ask('read', idOf('gone'), '--full')
  expect(failed).toMatchObject({
    code: 1,
    out: expect.stringContaining('The gone'),
    err: expect.stringContaining('nothing at the article’s address'),
  })
})

test('a page is saved by its address, without a feed, and one that can’t be is named with why', async () => {
  const ferry = 'The ferry crossed the harbour at dawn, and nobody was on it but the captain and his dog. '
  const body = `<title>Dawn ferry</title><article><h1>Dawn ferry</h1>${`<p>${ferry.repeat(8)}</p>`.repeat(4)}</article>`
  server.answer('/ferry', (_, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end(body))
  const before = JSON.parse((await ask('feeds', '--json')).out)
  expect(await ask('save', `${server.url}/ferry`)).toEqual({ code: 0, out: 'Saved: Dawn ferry\n', err: '' })
  const saved = JSON.parse((await ask('list', '--view', 'saved', '--json')).out)
  expect(saved).toMatchObject([{ title: 'Dawn ferry', url: `${server.url}/ferry`, saved: true, read: false }])
  expect(JSON.parse((await ask('feeds', '--json')).out)).toEqual(before)
  expect((await ask('read', String(saved[0].id))).out).toContain('nobody was on it but the captain')

  // The second is saved all the same, and once.
  const both = await ask('save', `${server.url}/nothing`, `${server.url}/ferry`)
  expect(both).toMatchObject({
    code: 1,
    out: 'Saved: Dawn ferry\n',
    err: expect.stringContaining(`${server.url}/nothing: `),
  })
  expect(JSON.parse((await ask('list', '--view', 'saved', '--json')).out)).toHaveLength(1)
  expect(await ask('save', 'ftp://harbour.example/ferry')).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringContaining('ftp'),
  })
})
