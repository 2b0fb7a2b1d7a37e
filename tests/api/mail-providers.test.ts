/** The providers of mailboxes in the program, and what is filled in for an address. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import {
  likelyOutgoing,
  likelyServer,
  type MailProviders,
  mailProviderAt,
  mailProviderOf,
  outgoingProviderAt,
} from '../../src-main/api/mail/providers.ts'

const known = JSON.parse(
  readFileSync(new URL('../../resources/mail-providers.json', import.meta.url), 'utf8'),
) as MailProviders

test('no two providers have a domain in common', () => {
  const domains = known.providers.flatMap(provider => provider.domains)
  expect(domains.filter((domain, index) => domains.indexOf(domain) !== index)).toEqual([])
})

const name = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9]+$/

test.each(known.providers)('$name has a server that can be asked, and a page of its own on passwords', provider => {
  const { domains, host, port, security, userName, hint, helpUrl } = provider
  expect([host, ...domains].filter(one => !name.test(one))).toEqual([])
  expect(domains.length).toBeGreaterThan(0)
  expect([...(host === '127.0.0.1' ? ['none'] : ['tls', 'starttls'])]).toContain(security)
  expect(port === 993).toBe(security === 'tls')
  expect(['address', 'local-part']).toContain(userName)
  expect(hint).toMatch(/\.$/)
  expect(new URL(helpUrl).protocol).toBe('https:')
})

test.each(known.providers)('$name has a server that mail can be handed over to', ({ outgoing, hint }) => {
  expect(outgoing.host).toMatch(name)
  const ways = outgoing.host === '127.0.0.1' ? { 1025: 'none' } : { 465: 'tls', 587: 'starttls' }
  expect(Object.entries(ways)).toContainEqual([String(outgoing.port), outgoing.security])
  expect(['address', 'local-part']).toContain(outgoing.userName)
  expect(outgoing.hint ?? hint).toMatch(/\.$/)
  expect(outgoing.hint).not.toBe(hint)
})

test.each([
  {
    address: 'ada@gmail.com',
    server: { host: 'imap.gmail.com', port: 993, security: 'tls', userName: 'ada@gmail.com' },
  },
  { address: ' Ada@ICLOUD.com ', server: { host: 'imap.mail.me.com', port: 993, security: 'tls', userName: 'Ada' } },
  { address: 'ada@proton.me', server: { host: '127.0.0.1', port: 1143, security: 'none', userName: 'ada@proton.me' } },
  {
    address: 'ada@harbour.example',
    server: { host: 'imap.harbour.example', port: 993, security: 'tls', userName: 'ada@harbour.example' },
  },
])('the server of $address is filled in', ({ address, server }) => {
  expect(likelyServer(mailProviderOf(known, address), address)).toEqual(server)
})

test('a domain of one’s own has its provider by the server', () => {
  expect(mailProviderOf(known, 'ada@harbour.example')).toBeNull()
  expect(mailProviderAt(known, { host: 'imap.fastmail.com', port: 993 })?.name).toBe('Fastmail')
})

test.each([
  {
    address: ' ada@gmail.com',
    server: { host: 'smtp.gmail.com', port: 465, security: 'tls', userName: 'ada@gmail.com' },
  },
  // Apple takes the part before the @ for reading, and the whole address for sending.
  {
    address: 'Ada@iCloud.com',
    server: { host: 'smtp.mail.me.com', port: 587, security: 'starttls', userName: 'Ada@iCloud.com' },
  },
  { address: 'ada@web.de', server: { host: 'smtp.web.de', port: 465, security: 'tls', userName: 'ada' } },
  { address: 'ada@proton.me', server: { host: '127.0.0.1', port: 1025, security: 'none', userName: 'ada@proton.me' } },
  {
    address: 'ada@harbour.example',
    server: { host: 'smtp.harbour.example', port: 465, security: 'tls', userName: 'ada@harbour.example' },
  },
])('the server that mail of $address is handed over to is filled in', ({ address, server }) => {
  expect(likelyOutgoing(mailProviderOf(known, address), address)).toEqual(server)
})

test('a domain of one’s own has its provider by the server for sending, too', () => {
  expect(outgoingProviderAt(known, { host: ' SMTP.fastmail.com', port: 587 })?.name).toBe('Fastmail')
  expect(outgoingProviderAt(known, { host: 'imap.fastmail.com', port: 465 })).toBeNull()
})

test('a server on this computer is a provider’s by its port only', () => {
  expect(outgoingProviderAt(known, { host: '127.0.0.1', port: 1025 })?.name).toBe('Proton Mail')
  expect(outgoingProviderAt(known, { host: '127.0.0.1', port: 2525 })).toBeNull()
  expect(mailProviderAt(known, { host: '127.0.0.1', port: 143 })).toBeNull()
})
