/** The test of a server for outgoing mail, as the settings have it: what it sends, and what is said where it fails. */
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Input } from '../../src-main/api/contract/contract.ts'
import { explainDelivery } from '../../src-main/api/mail/outgoing-reasons.ts'
import { type MailWorld, makeMailWorld, reader, serverOf } from '../support/digest-mail.ts'
import { password, refusal, type Smtp, startSmtp } from '../support/smtp.ts'

type Typed = Input<'testDigestMail'>

let world: MailWorld
let smtp: Smtp | null = null
beforeEach(() => {
  world = makeMailWorld()
})
afterEach(async () => {
  await world[Symbol.asyncDispose]()
  await smtp?.stop()
  smtp = null
  setDefaultCACertificates(getCACertificates('bundled'))
})

async function start(options: Parameters<typeof startSmtp>[0] = {}): Promise<Smtp> {
  smtp = await startSmtp(options)
  return smtp
}

const attempt = (server: Typed) => world.connect().testDigestMail(server)

test('a few words arrive, and nothing is kept of the server', async () => {
  const server = await start()
  expect(await attempt(serverOf(server))).toEqual({ kind: 'sent' })
  expect(server.received).toMatchObject([{ from: reader, to: [reader] }])
  expect(server.received[0]!.raw).toContain('This is a test')
  expect(server.logins).toEqual([`ada:${password}`])
  expect(await world.connect().digestMail({})).toEqual({ outgoing: null, letter: null })
})

test('a server on this computer that asks for no log-in gets none', async () => {
  const server = await start({ authOptional: true })
  expect(await attempt({ ...serverOf(server), userName: '', password: '' })).toEqual({ kind: 'sent' })
  expect(server.logins).toEqual([])
})

test.each([
  { name: 'TLS from the first byte', security: 'tls' as const, options: { secure: true } },
  { name: 'STARTTLS', security: 'starttls' as const, options: { hideSTARTTLS: false } },
])('by $name, where somebody we trust vouches for the certificate', async ({ security, options }) => {
  const server = await start(options)
  const own = readFileSync(new URL('../fixtures/tls/loopback-cert.pem', import.meta.url), 'utf8')
  setDefaultCACertificates([...getCACertificates('bundled'), own])
  expect(await attempt({ ...serverOf(server), security })).toEqual({ kind: 'sent' })
  expect(server.received).toMatchObject([{ isSecure: true }])
})

test.each([
  { name: 'TLS from the first byte', security: 'tls' as const, options: { secure: true } },
  { name: 'STARTTLS', security: 'starttls' as const, options: { hideSTARTTLS: false } },
])(
  'by $name, a certificate that nobody vouches for ends it before the password is sent',
  async ({ security, options }) => {
    const server = await start(options)
    const delivery = await attempt({ ...serverOf(server), security })
    expect(delivery).toMatchObject({ failure: { reason: 'tls', detail: 'DEPTH_ZERO_SELF_SIGNED_CERT' } })
    expect(server.logins).toEqual([])
  },
)

test('where STARTTLS is wanted and not offered, the password is not sent', async () => {
  const server = await start({ disabledCommands: ['STARTTLS'] })
  const delivery = await attempt({ ...serverOf(server), security: 'starttls' })
  expect(delivery).toEqual({ kind: 'failed', failure: { reason: 'no-starttls', host: '127.0.0.1' } })
  expect(server.logins).toEqual([])
})

test('a server elsewhere is not spoken to in the clear', async () => {
  const server = { ...serverOf({ port: 25 }), host: 'mail.harbour.example' }
  expect(await attempt(server)).toMatchObject({ failure: { reason: 'in-the-clear', host: 'mail.harbour.example' } })
})

test('the port of the secure connection, spoken to in the clear, is a matter of the port', async () => {
  const server = await start()
  const delivery = await attempt({ ...serverOf(server), security: 'tls' })
  expect(delivery).toMatchObject({ failure: { reason: 'tls' } })
  if (delivery.kind === 'failed') expect(explainDelivery(delivery).next).toBe('Choose STARTTLS, or port 465.')
})

test.each([
  {
    name: 'a sender it does not know',
    options: { onMailFrom: (_: unknown, __: unknown, done: (error: Error) => void) => done(refusal(553, 'Not yours')) },
    failure: { reason: 'not-from', address: reader, said: 'Not yours' },
  },
  {
    name: 'a recipient it does not know',
    options: {
      onRcptTo: (_: unknown, __: unknown, done: (error: Error) => void) => done(refusal(550, 'No such user')),
    },
    failure: { reason: 'not-to', address: reader, said: 'No such user' },
  },
  {
    name: 'what it takes for spam',
    options: { onMessage: () => Promise.reject(refusal(554, '5.7.1 Looks like spam')) },
    failure: { reason: 'not-taken', said: 'Looks like spam' },
  },
  {
    name: 'more than it takes',
    options: { size: 100 },
    failure: { reason: 'too-large' },
  },
  {
    name: 'a stranger, for now',
    options: { onRcptTo: (_: unknown, __: unknown, done: (error: Error) => void) => done(refusal(450, 'Greylisted')) },
    failure: { reason: 'too-many', said: 'Greylisted' },
  },
])('a server refuses $name in its own words', async ({ options, failure }) => {
  const server = await start(options)
  expect(await attempt(serverOf(server))).toMatchObject({ kind: 'failed', failure })
  expect(server.received).toEqual([])
})

test('nobody listens, there is no such name, or it is no mail server', async () => {
  expect(await attempt(serverOf({ port: 1 }))).toMatchObject({ failure: { reason: 'refused', port: 1 } })
  const nowhere = { ...serverOf({ port: 465 }), host: 'no.such.host.invalid', security: 'tls' as const }
  expect(await attempt(nowhere)).toMatchObject({ failure: { reason: 'dns', host: 'no.such.host.invalid' } })
  const web = createServer(socket => void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
  await new Promise<void>(resolve => web.listen(0, '127.0.0.1', resolve))
  const { port } = web.address() as { port: number }
  expect(await attempt(serverOf({ port }))).toMatchObject({ failure: { reason: 'bad-answer' } })
  web.close()
})

test('the password that is stored is used for its own server, and for no other', async () => {
  const server = await start()
  const client = world.connect()
  const { password: _, ...known } = serverOf(server)
  await client.setDigestMail(serverOf(server))
  expect(await client.testDigestMail(known)).toEqual({ kind: 'sent' })
  const other = await client.testDigestMail({ ...known, host: 'localhost' })
  expect(other).toEqual({ kind: 'failed', failure: { reason: 'no-password' } })
  expect(server.logins).toHaveLength(1)
})

test('the password is in no answer, and in no file that it was typed into', async () => {
  const client = world.connect()
  await client.setDigestMail({ ...serverOf({ port: 465 }), password: 'tide table 1904' })
  const answers = JSON.stringify([await client.digestMail({}), await client.settings({})])
  expect(answers).not.toContain('tide table')
  const stored = world.db.prepare<[], string>("SELECT value FROM facts WHERE name = 'outgoing'").pluck().get()
  expect(stored).toContain('harbour')
  expect(stored).not.toContain('tide')
})

test.each([
  'ada',
  'ada@',
  '@harbour.example',
  'ada@harbour.example\r\nBcc: eve@quay.example',
  'ada@x, eve@y',
  '<ada@x>',
])('is refused as an address: %j', async to => {
  await expect(world.connect().setDigestMail({ ...serverOf({ port: 465 }), to })).rejects.toThrow()
})
