import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { explainMessage } from '../../src-main/api/mail/message-reasons.ts'
import { readCommand } from '../../src-main/cli/arguments.ts'
import { runOnEngine } from '../../src-main/cli/commands.ts'
import { letter } from '../support/letters.ts'
import { startMailWorld } from './mail-world.ts'

const file = (text: string) => ({ file: Buffer.from(text).toString('base64') })
/** As programs write their folders to disk (RFC 4155). */
const mbox = (letters: string[]) =>
  letters.map(text => `From news@harbour.example Sat Nov 28 12:00:00 2026\n${text.replaceAll('\r\n', '\n')}\n`).join('')

test('a message from a file is an article of its sender', async () => {
  await using world = startMailWorld()

  const imported = await world.client.importMail(file(letter({ id: 1, list: 'weekly.harbour.example' })))

  expect(imported).toMatchObject({ kind: 'imported', messages: 1, newMessages: 1, unreadable: 0 })
  await world.titles(['Issue 1'])
  const { feeds } = await world.client.sources({})
  expect(feeds.map(({ kind, title }) => [kind, title])).toEqual([['newsletter', 'Harbour']])
})

test('a file of many brings each once, also where it is taken in again', async () => {
  await using world = startMailWorld()
  const letters = Array.from({ length: 60 }, (_, id) =>
    letter({ id, list: `list${id % 3}.harbour.example`, name: `Paper ${id % 3}`, from: `n@list${id % 3}.example` }),
  )
  const all = mbox(letters)

  expect(await world.client.importMail(file(all))).toMatchObject({ messages: 60, newMessages: 60, unreadable: 0 })
  expect(await world.client.importMail(file(all))).toMatchObject({ messages: 60, newMessages: 0, undoId: null })

  await world.titles(letters.map((_, id) => `Issue ${id}`))
  expect((await world.client.sources({})).feeds).toHaveLength(3)
})

test('taken back, the newsletters that came with it are gone', async () => {
  await using world = startMailWorld()
  const imported = await world.client.importMail(file(letter({ id: 1, list: 'weekly.harbour.example' })))
  if (imported.kind === 'failed') throw new Error('it was not read')

  expect(await world.client.undo({ undoId: imported.undoId! })).toEqual({ isUndone: true })

  await world.titles([])
  expect((await world.client.sources({})).feeds).toEqual([])
  expect((await world.client.mailSenders({})).senders).toEqual([])
})

test('a file without a message says so, and leaves nothing', async () => {
  await using world = startMailWorld()

  expect(await world.client.importMail(file(''))).toMatchObject({ kind: 'failed', failure: { reason: 'malformed' } })
  expect(await world.client.importMail(file('\u0000\u0001\u0002'.repeat(1_000)))).toMatchObject({ kind: 'failed' })
  expect((await world.client.sources({})).feeds).toEqual([])
})

test('the command line takes in files, and says what it could not', async () => {
  await using world = startMailWorld()
  const folder = mkdtempSync(join(tmpdir(), 'broadsheet-mail-'))
  const path = join(folder, 'letters.mbox')
  writeFileSync(
    path,
    mbox([letter({ id: 1, list: 'weekly.harbour.example' }), letter({ id: 2, list: 'weekly.harbour.example' })]),
  )
  const picture = join(folder, 'picture.eml')
  writeFileSync(picture, '\u0000\u0001\u0002')
  const command = readCommand(['mail', path, join(folder, 'none.eml'), picture])
  if (command.kind !== 'command') throw new Error('it was not understood')
  const said: string[] = []
  const stdout = vi.spyOn(process.stdout, 'write').mockImplementation(text => said.push(`out ${text}`) > 0)
  const stderr = vi.spyOn(process.stderr, 'write').mockImplementation(text => said.push(`err ${text}`) > 0)

  const code = await runOnEngine(world.client, command, () => expect.fail('no resource'))

  stdout.mockRestore()
  stderr.mockRestore()
  rmSync(folder, { recursive: true })
  expect(code).toBe(1)
  expect(said).toEqual([
    expect.stringContaining("none.eml can't be read"),
    expect.stringContaining('picture.eml: It is no e-mail message. Save it anew from your mail program'),
    'out 2 new of 2 messages, of 1 newsletter.\n',
  ])
  await world.titles(['Issue 1', 'Issue 2'])
})

describe('why a file was not read is said of messages, not of feeds:', () => {
  const tooMany = '--b\r\n\r\nx\r\n'.repeat(2_000)
  const head = letter({ id: 1 })
    .split('\r\n\r\n')[0]!
    .replace(/^Content-Type: .*$/m, 'Content-Type: multipart/mixed; boundary=b')

  test.each([
    ['a picture', '\u0000\u0001\u0002'.repeat(1_000), 'It is no e-mail message.'],
    ['nothing', '', 'There is no message in it.'],
    [
      'one that is an attack',
      `${head}\r\n\r\n${tooMany}`,
      'It was not opened, because it may be an attack: it has more than 1,000 parts.',
    ],
  ])('%s', async (_, text, what) => {
    await using world = startMailWorld()
    const imported = await world.client.importMail(file(text))
    if (imported.kind !== 'failed') throw new Error('it was read')
    const said = explainMessage(imported.failure)
    expect(said.what).toBe(what)
    expect(Object.values(said).join(' ')).not.toMatch(/\b(?:feeds?|sites?)\b/)
  })

  test('one that takes too long', () => {
    const said = explainMessage({ reason: 'worker-limit', limit: 'time' })
    expect(Object.values(said).join(' ')).not.toMatch(/\b(?:feeds?|sites?)\b/)
  })
})
