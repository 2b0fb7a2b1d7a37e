/** Providers of mailboxes that the program knows (resources/mail-providers.json): where their servers are, and what they say of passwords. */
import type { MailSecurity, MailServer } from './model.ts'
import { isThisComputer } from './this-computer.ts'

/** A server of theirs. */
type ProvidersServer = {
  host: string
  port: number
  security: MailSecurity
  /** What it takes for the user: the whole address, or what stands before the @. */
  userName: 'address' | 'local-part'
}

/** The server is the one that mailboxes are read from. */
export type MailProvider = ProvidersServer & {
  name: string
  /** What stands after the @ of their addresses. */
  domains: string[]
  /** False: they have done away with passwords for other programs, so that their servers can't be used. */
  takesPasswords: boolean
  /** What they say of passwords for other programs, in our words; their page on it. */
  hint: string
  helpUrl: string
  /** The one that mail is handed over to. `hint`: where another than that for reading. */
  outgoing: ProvidersServer & { hint?: string }
}

export type MailProviders = { providers: MailProvider[] }

type Place = Pick<MailServer, 'host' | 'port'>

/** The provider of an address, by its domain. */
export function mailProviderOf({ providers }: MailProviders, address: string): MailProvider | null {
  const domain = domainOf(address)
  return providers.find(({ domains }) => domains.includes(domain)) ?? null
}

/** The provider whose server this is: a mailbox may have an address of one's own domain. */
export function mailProviderAt({ providers }: MailProviders, server: Place): MailProvider | null {
  return providers.find(provider => isSame(provider, server)) ?? null
}

/** The same, by the server that mail is handed over to. */
export function outgoingProviderAt({ providers }: MailProviders, server: Place): MailProvider | null {
  return providers.find(({ outgoing }) => isSame(outgoing, server)) ?? null
}

/** On this computer, any program may be at another port. */
function isSame(known: Place, { host, port }: Place): boolean {
  return known.host === host.trim().toLowerCase() && (known.port === port || !isThisComputer(known.host))
}

/** What is most likely for an address: as its provider says, else `imap.` before its domain, by TLS. */
export function likelyServer(provider: MailProvider | null, address: string): MailServer {
  return provider ? serverFor(provider, address) : guessed('imap', 993, address)
}

/** The same for mail that is sent: `smtp.` before its domain, by TLS (RFC 8314). */
export function likelyOutgoing(provider: MailProvider | null, address: string): MailServer {
  return provider ? serverFor(provider.outgoing, address) : guessed('smtp', 465, address)
}

function serverFor({ host, port, security, userName }: ProvidersServer, address: string): MailServer {
  const whole = address.trim()
  return { host, port, security, userName: userName === 'address' ? whole : whole.slice(0, whole.lastIndexOf('@')) }
}

function guessed(name: string, port: number, address: string): MailServer {
  const domain = domainOf(address)
  return { host: domain === '' ? '' : `${name}.${domain}`, port, security: 'tls', userName: address.trim() }
}

function domainOf(address: string): string {
  const at = address.lastIndexOf('@')
  return at < 0
    ? ''
    : address
        .slice(at + 1)
        .trim()
        .toLowerCase()
}
