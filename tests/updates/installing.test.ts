import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { answerWith, fileName, Program, UpdateServer } from './update-server.ts'

/** A program that notes what it was started with. */
const newProgram = `#!/bin/sh\necho "$@" > "$(dirname "$0")/../started.new"\nmv "$(dirname "$0")/../started.new" "$(dirname "$0")/../started"\n`

/** A program that has loaded the version which is to take its place. */
async function readyProgram(server: UpdateServer): Promise<Program> {
  const program = new Program(server)
  server.offer('9.0.0', newProgram)
  program.updates.follow('install')
  await program.updates.tick()
  return program
}

test('a version is loaded and checked, and takes the place of the program when that ends, not before', async () => {
  await using server = await UpdateServer.start()
  await using program = await readyProgram(server)
  expect(program.updates.state.phase).toEqual({ kind: 'ready', version: '9.0.0', notes: 'A tray' })
  expect(program.installed).toBe('the old program')
  expect(server.paths).toEqual(['/latest-linux.yml', `/${fileName}`])

  program.updates.install(false)
  expect(program.installed).toBe(newProgram)
  // Under the name that menus and autostart know, and nothing else beside it.
  expect(readdirSync(join(program.dir, 'apps'))).toEqual(['Broadsheet.AppImage'])
  expect(program.has('started')).toBe(false)
  program.startAgain('9.0.0')
  expect(program.updates.state.phase.kind).toBe('unknown')
})

test('who restarts gets the new version on the same data folder', async () => {
  await using server = await UpdateServer.start()
  await using program = await readyProgram(server)
  program.updates.install(true)
  await expect.poll(() => program.has('started'), { timeout: 5_000 }).toBe(true)
})

test('who wants to be told is asked before a version is loaded', async () => {
  await using server = await UpdateServer.start()
  await using program = new Program(server)
  server.offer('9.0.0', newProgram)
  program.updates.follow('tell')
  await program.updates.tick()
  program.updates.install(false)
  expect(program.installed).toBe('the old program')
  await program.updates.load()
  expect(program.updates.isReady).toBe(true)
  expect(program.phases).toEqual(['unknown', 'checking', 'there', 'loading', 'loading', 'ready'])
})

test('a program that may not replace itself only tells, whatever the settings of another computer say', async () => {
  await using server = await UpdateServer.start()
  await using program = new Program(server, { way: 'tell' })
  server.offer('9.0.0', newProgram)
  program.updates.follow('install')
  await program.updates.tick()
  expect(program.updates.state.phase.kind).toBe('there')
  await program.updates.load()
  expect(program.updates.state.phase).toMatchObject({ kind: 'failed', reason: 'no-file', next: { version: '9.0.0' } })
  expect(server.paths).toEqual(['/latest-linux.yml'])
})

const wrong: { name: string; answer: Parameters<UpdateServer['answers']['set']>[1]; reason: string }[] = [
  {
    name: 'is another than was announced',
    answer: answerWith(newProgram.replace('echo', 'evil')),
    reason: 'wrong-digest',
  },
  {
    name: 'is longer than was announced, and does not end',
    answer: response => void response.write(`${newProgram}rm -rf /\n`),
    reason: 'wrong-digest',
  },
  { name: 'is empty', answer: answerWith(''), reason: 'wrong-digest' },
  { name: 'is not there', answer: answerWith('no', 404), reason: 'refused' },
  {
    name: 'breaks off',
    answer: response =>
      void response.writeHead(200, { 'content-length': '900' }).write('#!/bin/sh', () => response.destroy()),
    reason: 'cut-off',
  },
  {
    name: 'leads to an address that is no server',
    answer: answerWith('', 302, { location: 'file:///bin/sh' }),
    reason: 'refused',
  },
]
test.each(wrong)('a file that $name is not installed: $reason', { timeout: 5_000 }, async ({ answer, reason }) => {
  await using server = await UpdateServer.start()
  await using program = new Program(server)
  server.offer('9.0.0', newProgram)
  server.answers.set(`/${fileName}`, answer)
  program.updates.follow('install')
  await program.updates.tick()
  expect(program.updates.state.phase).toMatchObject({ kind: 'failed', reason, next: { version: '9.0.0' } })
  program.updates.install(true)
  expect(program.installed).toBe('the old program')
  expect(readdirSync(join(program.dir, 'updates', 'broadsheet-updater', 'pending'))).toEqual([])
  // The next day it is right.
  server.offer('9.0.0', newProgram)
  await program.updates.check()
  expect(program.updates.isReady).toBe(true)
})

test('what was loaded and checked before a crash is not loaded again, and what changed since is', async () => {
  await using server = await UpdateServer.start()
  await using program = new Program(server)
  server.offer('9.0.0', newProgram)
  const load = async () => {
    program.startAgain()
    program.updates.follow('install')
    await program.updates.tick()
    expect(program.updates.isReady).toBe(true)
    return server.paths.filter(path => path === `/${fileName}`).length
  }
  expect(await load()).toBe(1)
  expect(await load()).toBe(1)
  writeFileSync(join(program.dir, 'updates', 'broadsheet-updater', 'pending', fileName), 'rotten')
  expect(await load()).toBe(2)
})

test('a file that went bad while it waited does not take the place of the program, and the next start says so', async () => {
  await using server = await UpdateServer.start()
  await using program = await readyProgram(server)
  writeFileSync(join(program.dir, 'updates', 'broadsheet-updater', 'pending', fileName), 'rotten')
  program.updates.install(false)
  expect(program.installed).toBe('the old program')
  program.startAgain()
  expect(program.updates.state.phase).toMatchObject({ kind: 'failed', reason: 'not-installed', detail: '9.0.0' })
  program.startAgain()
  expect(program.updates.state.phase.kind).toBe('unknown')
})

test('a folder that takes no file leaves the old program where it is', async () => {
  await using server = await UpdateServer.start()
  await using program = await readyProgram(server)
  // In the place of the file that is written beside the old one.
  mkdirSync(`${program.appImage}.new`)
  program.updates.install(false)
  expect(program.installed).toBe('the old program')
})

test('who chooses never while a version is loaded has it no longer', { timeout: 5_000 }, async () => {
  await using server = await UpdateServer.start()
  await using program = new Program(server)
  server.offer('9.0.0', newProgram)
  const asked = Promise.withResolvers<void>()
  const gone = Promise.withResolvers<void>()
  server.answers.set(`/${fileName}`, response => {
    response.once('close', () => gone.resolve())
    response.writeHead(200).write('#!/bin/sh\n')
    asked.resolve()
  })
  program.updates.follow('install')
  const ticking = program.updates.tick()
  await asked.promise
  // It waits for more of the file.
  await expect
    .poll(() => program.updates.state.phase)
    .toMatchObject({ kind: 'loading', share: expect.closeTo(0.07, 1) })
  program.updates.follow('never')
  await Promise.all([ticking, gone.promise])
  expect(program.updates.state.phase.kind).toBe('unknown')
  program.updates.install(false)
  expect(program.installed).toBe('the old program')
})
