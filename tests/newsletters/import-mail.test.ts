import { expect, test } from 'vitest'
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
