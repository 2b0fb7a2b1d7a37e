/** Where digests are sent as mail, as it is typed. */
import { beforeEach, expect, test } from 'vitest'
import type { Input } from '../../src-main/api/contract/contract.ts'
import { EngineError } from '../../src-main/api/contract/rpc.ts'
import type { Mailbox } from '../../src-main/api/mail/model.ts'
import type { Delivery, Outgoing } from '../../src-main/api/mail/outgoing.ts'
import { OutgoingForm } from '../../src-renderer/settings/digest/outgoing-form.svelte.ts'

const stored: Outgoing = {
  ...{ host: 'smtp.harbour.example', port: 465, security: 'tls', userName: 'ada' },
  ...{ from: 'ada@harbour.example', to: 'ada@harbour.example' },
}
const mailbox: Mailbox = {
  ...{
    id: 1,
    address: 'ada@harbour.example',
    host: 'imap.harbour.example',
    port: 993,
    security: 'tls',
    userName: 'u17',
  },
  ...{ folders: ['INBOX'], readSince: 0, lastSuccessAt: null, failure: null, failingSince: null },
}

let asked: Input<'setDigestMail'>[]
let answers: ((delivery: Delivery) => void)[]

/** Answers a test when it is told to. */
const engine = {
  test(input: Input<'testDigestMail'>): Promise<Delivery> {
    asked.push(input)
    return new Promise(resolve => answers.push(resolve))
  },
  async save(input: Input<'setDigestMail'>): Promise<void> {
    if (input.to === 'full@harbour.example') throw new EngineError('storage-full', '')
    asked.push(input)
  },
}

beforeEach(() => {
  asked = []
  answers = []
})

async function formFor(outgoing: Outgoing | null, mailboxes: Mailbox[] = []): Promise<OutgoingForm> {
  const form = new OutgoingForm(engine, { outgoing, mailboxes })
  await form.server.load()
  return form
}

test('a mailbox that is read gives its address and user name, and never its password', async () => {
  const { server, to } = await formFor(null, [mailbox])
  expect([server.address, to, server.password]).toEqual([mailbox.address, mailbox.address, ''])
  expect(server.typed).toEqual({ host: 'smtp.harbour.example', port: 465, security: 'tls', userName: 'u17' })
})

test('a domain of one’s own at a provider has that provider’s server, and the user of the mailbox', async () => {
  const form = await formFor(null, [{ ...mailbox, host: 'imap.gmx.net', userName: 'ada@gmx.net' }])
  expect(form.server.typed).toEqual({ host: 'mail.gmx.net', port: 465, security: 'tls', userName: 'ada@gmx.net' })
  expect(form.server.provider?.name).toBe('GMX')
})

test('a provider that takes another name for sending has that', async () => {
  const { server } = await formFor(null, [
    { ...mailbox, address: 'ada@icloud.com', host: 'imap.mail.me.com', userName: 'ada' },
  ])
  expect(server.typed.userName).toBe('ada@icloud.com')
})

test('it is sent to the same address until another is typed', async () => {
  const form = await formFor(stored)
  form.server.address = 'eve@harbour.example'
  expect(form.to).toBe('eve@harbour.example')
  form.to = 'later@quay.example'
  form.server.address = 'ada@harbour.example'
  expect(form.to).toBe('later@quay.example')
})

test('nothing is said of what is missing before it is asked for, and nothing is sent then', async () => {
  const form = await formFor(null)
  expect(form.mistakes).toEqual({})
  await form.test()
  expect(Object.keys(form.mistakes)).toEqual(['address', 'host'])
  form.server.address = 'ada'
  form.to = 'ada'
  form.server.userName = 'ada'
  form.server.host = 'mail.harbour.example'
  form.server.port = 'x'
  form.server.security = 'none'
  expect(await form.save()).toBe(false)
  expect(Object.keys(form.mistakes)).toEqual(['address', 'to', 'password', 'port', 'security'])
  expect(asked).toEqual([])
})

test('a server on this computer may ask for no user and no password', async () => {
  const form = await formFor(null)
  form.server.address = 'ada@harbour.example'
  form.server.host = 'localhost'
  form.server.setSecurity('none')
  form.server.userName = ''
  expect(await form.save()).toBe(true)
  expect(asked).toEqual([{ ...stored, host: 'localhost', port: 25, security: 'none', userName: '' }])
})

test('the stored password is for its server only', async () => {
  const form = await formFor(stored)
  expect(await form.save()).toBe(true)
  expect(asked).toEqual([stored])
  form.server.host = 'smtp.elsewhere.example'
  expect(await form.save()).toBe(false)
  expect(form.mistakes).toHaveProperty('password')
  form.server.password = 'a new word'
  expect(await form.save()).toBe(true)
  expect(asked.at(-1)).toMatchObject({ host: 'smtp.elsewhere.example', password: 'a new word' })
})

test('an answer to what was typed before is dropped', async () => {
  const form = await formFor(stored)
  const testing = form.test()
  expect(form.isTesting).toBe(true)
  form.server.userName = 'eve'
  form.forget()
  expect(form.isTesting).toBe(false)
  const again = form.test()
  answers[0]!({ kind: 'sent' })
  await testing
  expect([form.isProven, form.isTesting]).toEqual([false, true])
  answers[1]!({ kind: 'in-doubt' })
  await again
  expect([form.outcome, form.isTesting]).toEqual([{ kind: 'in-doubt' }, false])
})

test('a refusal to keep it is said', async () => {
  const form = await formFor(stored)
  form.to = 'full@harbour.example'
  expect(await form.save()).toBe(false)
  expect(form.problem).toBe('storage-full')
})
