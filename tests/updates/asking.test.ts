import { expect, test } from 'vitest'
import { isFreeToAsk } from '../../src-main/electron/updates/schedule.ts'
import { answerWith, describe, Program, someNoon, UpdateServer } from './update-server.ts'

const day = 24 * 60 * 60 * 1_000

test('no server is asked before the reader has chosen, however long the program is used', async () => {
  await using server = await UpdateServer.start()
  await using program = new Program(server, { firstStartAt: someNoon - day + 1 })
  server.offer('9.0.0', 'new')
  program.updates.follow('unasked')
  await program.updates.tick()
  expect(program.updates.state).toMatchObject({ isToAsk: false, checkedAt: null })
  // The first day is over: the window may ask.
  program.now++
  await program.updates.tick()
  expect(program.updates.state.isToAsk).toBe(true)
  for (let hours = 0; hours < 100; hours++) {
    program.now += day / 24
    await program.updates.tick()
  }
  program.updates.follow('never')
  await program.updates.tick()
  expect(program.updates.state.isToAsk).toBe(false)
  expect(server.requests).toEqual([])
})

test('before the settings are known nothing is asked, neither the reader nor a server', async () => {
  await using server = await UpdateServer.start()
  await using program = new Program(server)
  await program.updates.tick()
  expect(program.updates.state).toMatchObject({ isToAsk: false, phase: { kind: 'unknown' } })
  expect(server.requests).toEqual([])
})

test('a request says which program and version asks, and nothing else of this computer', async () => {
  await using server = await UpdateServer.start()
  await using program = new Program(server)
  server.offer('1.0.0', 'same')
  await program.updates.check(true)
  const [request, ...others] = server.requests
  expect(others).toEqual([])
  expect(request?.path).toBe('/latest-linux.yml')
  const { host, connection, ...headers } = request?.headers ?? {}
  expect(headers).toEqual({
    accept: 'application/yaml, text/yaml, */*',
    'accept-encoding': 'gzip, br, zstd',
    'user-agent': expect.stringMatching(/^Broadsheet\/\d+\.\d+\.\d+ \(\+https:\/\/github\.com\/[\w-]+\/[\w-]+\)$/),
  })
})

test.each([
  { version: '9.0.0', phase: 'there' },
  { version: '1.0.1', phase: 'there' },
  { version: '1.0.0', phase: 'newest' },
  { version: '0.9.0', phase: 'newest' },
  { version: '1.0.0-beta.1', phase: 'newest' },
])('who has 1.0.0 and hears of $version: $phase, and nothing is loaded', async ({ version, phase }) => {
  await using server = await UpdateServer.start()
  await using program = new Program(server)
  server.offer(version, 'new')
  program.updates.follow('tell')
  await program.updates.tick()
  expect(program.updates.state).toMatchObject({ checkedAt: someNoon, phase: { kind: phase } })
  expect(server.paths).toEqual(['/latest-linux.yml'])
})

const failures: { name: string; answer: Parameters<UpdateServer['answers']['set']>[1]; reason: string }[] = [
  { name: 'there is no such file', answer: answerWith('gone', 404), reason: 'refused' },
  { name: 'the server is broken', answer: answerWith('oh', 503), reason: 'refused' },
  { name: 'a page of a hotel answers', answer: answerWith('<title>Welcome</title>'), reason: 'unreadable' },
  { name: 'the version is none', answer: answerWith(describe('newest', 'x')), reason: 'unreadable' },
  {
    name: 'the description is huge',
    answer: answerWith(`${describe('9.0.0', 'x')}${'#'.repeat(70_000)}`),
    reason: 'unreadable',
  },
  { name: 'it never ends', answer: response => void response.write('x'.repeat(200_000)), reason: 'unreadable' },
  {
    name: 'it breaks off',
    answer: response =>
      void response.writeHead(200, { 'content-length': '900' }).write('version: 9.0.0', () => response.destroy()),
    reason: 'unreachable',
  },
  {
    name: 'it leads round in circles',
    answer: answerWith('', 302, { location: '/latest-linux.yml' }),
    reason: 'refused',
  },
  { name: 'it leads to a file', answer: answerWith('', 302, { location: 'file:///etc/passwd' }), reason: 'refused' },
  {
    name: "it leads into the reader's own network",
    answer: answerWith('', 302, { location: 'http://127.0.0.1:1/' }),
    reason: 'unreachable',
  },
]
test.each(failures)('nothing comes of it where $name: $reason', async ({ answer, reason }) => {
  await using server = await UpdateServer.start()
  await using program = new Program(server)
  server.answers.set('/latest-linux.yml', answer)
  program.updates.follow('install')
  await program.updates.tick()
  expect(program.updates.state).toMatchObject({ checkedAt: someNoon, phase: { kind: 'failed', reason, next: null } })
  expect(program.installed).toBe('the old program')
})

test('a server that is asked once is asked again a day later, and not all computers at once', async () => {
  await using server = await UpdateServer.start()
  await using program = new Program(server, { place: 50 })
  server.offer('1.0.0', 'same')
  program.updates.follow('tell')
  await program.updates.tick()
  program.now += day + day / 12 - 1
  await program.updates.tick()
  expect(server.requests).toHaveLength(1)
  program.now++
  await program.updates.tick()
  expect(server.requests).toHaveLength(2)
  // The clock was wrong, and is set right: it must not take years.
  program.now -= 365 * day
  await program.updates.tick()
  expect(server.requests).toHaveLength(3)
})

test('while the computer should load nothing by itself no server is asked, but by hand', async () => {
  await using server = await UpdateServer.start()
  await using program = new Program(server)
  server.offer('9.0.0', 'new')
  program.updates.follow('tell')
  program.mayAsk = false
  await program.updates.tick()
  expect(server.requests).toEqual([])
  await program.updates.check(true)
  expect(program.updates.state.phase).toEqual({ kind: 'there', version: '9.0.0', notes: 'A tray' })
})

test.each([
  { name: 'before the engine has said anything', polling: null, isFree: true },
  { name: 'while polling goes on', polling: { network: 'online', pausedUntil: null }, isFree: true },
  { name: 'offline', polling: { network: 'offline', pausedUntil: null }, isFree: false },
  { name: 'in a network that wants one to sign in', polling: { network: 'sign-in', pausedUntil: null }, isFree: false },
  { name: 'while the reader has paused polling', polling: { network: 'online', pausedUntil: 1_001 }, isFree: false },
  { name: 'after a pause', polling: { network: 'online', pausedUntil: 999 }, isFree: true },
] as const)('$name a server is asked by itself: $isFree', ({ polling, isFree }) => {
  expect(isFreeToAsk(polling, 1_000)).toBe(isFree)
})

test('who has chosen is looked for at once; who chose before is looked for after the start', async () => {
  await using server = await UpdateServer.start()
  await using program = new Program(server)
  server.offer('9.0.0', 'new')
  program.updates.follow('unasked')
  program.updates.follow('tell')
  await expect.poll(() => program.updates.state.phase.kind).toBe('there')
  program.startAgain()
  program.updates.follow('tell')
  expect(program.updates.state.phase.kind).toBe('unknown')
  // A version that was found is not forgotten for the rest of the day.
  await program.updates.tick()
  expect(program.updates.state.phase.kind).toBe('there')
  expect(server.requests).toHaveLength(2)
})

test('a version that a fifth of all computers are to have waits for the others, unless asked for by hand', async () => {
  await using server = await UpdateServer.start()
  await using early = new Program(server, { place: 19.9 })
  await using late = new Program(server, { place: 20 })
  server.offer('9.0.0', 'new', 'stagingPercentage: 20')
  for (const { updates } of [early, late]) {
    updates.follow('tell')
    await updates.tick()
  }
  expect(early.updates.state.phase.kind).toBe('there')
  expect(late.updates.state.phase.kind).toBe('newest')
  await late.updates.check(true)
  expect(late.updates.state.phase.kind).toBe('there')
})
