/** A second start on a data folder leads to the first, and to nobody else: real hosts, and real listeners beside them. */
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  linkSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readRunningNote } from '../../src-main/host/running-note.ts'
import { runWebHost, type WebRun } from '../../src-main/web/run.ts'

type Running = Extract<WebRun, { kind: 'running' }>

let dataDir: string
let first: Running
beforeEach(async () => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'broadsheet-second-'))
  const run = await runWebHost(dataDir, 0)
  if (run.kind !== 'running') throw new Error(run.text)
  first = run
}, 60_000)
afterEach(async () => {
  await first.close()
  rmSync(dataDir, { recursive: true })
})

const note = () => path.join(dataDir, 'running.json')

/** As a crash leaves it: the folder names a port that somebody else has by now. */
function leadTo(port: number): void {
  const text = readFileSync(note(), 'utf8').replace(/127\.0\.0\.1:\d+/, `127.0.0.1:${port}`)
  writeFileSync(note(), text)
}

type Answer = (request: IncomingMessage, response: ServerResponse) => unknown

/** Another user's program on a port of this computer; `heard` is all that it was sent. */
async function listener(answer: Answer): Promise<{ port: number; heard: () => string; server: Server }> {
  const parts: Buffer[] = []
  const server = createServer(answer)
  server.on('connection', socket => socket.on('data', part => parts.push(part)))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { port, heard: () => Buffer.concat(parts).toString('latin1'), server }
}

async function secondStart(): Promise<WebRun> {
  const run = await runWebHost(dataDir, 0)
  if (run.kind === 'running') await run.close()
  return run
}

test('a second start is led to the first', async () => {
  expect(await secondStart()).toMatchObject({ kind: 'in-use', by: { host: 'web', url: first.host.url } })
}, 60_000)

const challengeOf = (request: IncomingMessage) =>
  URL.parse(request.url ?? '', 'http://a')?.searchParams.get('challenge')

/** It cannot know more than what it is asked, and what the true host tells anybody. */
const foreigners: [name: string, answer: Answer][] = [
  ['finds nothing', (_, response) => response.writeHead(404).end()],
  ['says that all is well', (_, response) => response.end('{"ok":true}')],
  ['says the challenge again', (request, response) => response.end(challengeOf(request))],
  ['leads to the first', (request, response) => response.writeHead(302, { location: there(request) }).end()],
  ['asks the first', async (request, response) => response.end(await (await fetch(there(request))).text())],
  ['never comes to an end', (_, response) => pour(response)],
  ['hangs up', request => request.socket.destroy()],
]

const there = (request: IncomingMessage) => `${first.host.origin}${request.url}`

function pour(response: ServerResponse): void {
  response.write('0'.repeat(1_000))
  response.on('drain', () => pour(response))
  if (!response.writableNeedDrain && !response.destroyed) setImmediate(() => pour(response))
}

test.each(foreigners)(
  'nobody is led to a foreign port, which %s; it hears no token',
  async (_, answer) => {
    const foreign = await listener(answer)
    leadTo(foreign.port)
    expect(await secondStart()).toMatchObject({ kind: 'in-use', by: { host: 'web', url: null } })
    expect(foreign.heard()).toContain('challenge=')
    expect(foreign.heard()).not.toContain(first.host.token)
    foreign.server.closeAllConnections()
    foreign.server.close()
  },
  60_000,
)

/** What another user wrote may be right in itself: the secret and the port are both his. */
describe.skipIf(process.platform === 'win32')('nobody is asked, nor led anywhere, by what is said', () => {
  const unowned: [name: string, spoil: () => unknown][] = [
    ['in a file that others may write to', () => chmodSync(note(), 0o622)],
    ['in a file with a second name', () => linkSync(note(), `${note()}.second`)],
    ['elsewhere, where a link leads', moveAside],
  ]
  const elsewhere = () => path.join(dataDir, '..', `${path.basename(dataDir)}.json`)
  afterEach(() => rmSync(elsewhere(), { force: true }))

  function moveAside(): void {
    renameSync(note(), elsewhere())
    symlinkSync(elsewhere(), note())
  }

  test.each(unowned)(
    '%s',
    async (_, spoil) => {
      spoil()
      expect(readRunningNote(dataDir)).toBeNull()
      const run = await secondStart()
      expect(run.kind).not.toBe('running')
      if (run.kind === 'in-use') expect(run.by).toBeNull()
    },
    60_000,
  )

  // Only root can give a file to somebody else.
  test.skipIf(process.getuid?.() !== 0)('in another user’s file', () => {
    chownSync(note(), 65_534, 65_534)
    expect(readRunningNote(dataDir)).toBeNull()
  })
})
