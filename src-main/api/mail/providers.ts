/** Providers of mailboxes that the program knows (resources/mail-providers.json): where their servers are, and what they say of passwords. */
import type { MailSecurity, MailServer } from './model.ts'

export type MailProvider = {
  name: string
  /** What stands after the @ of their addresses. */
  domains: string[]
  host: string
  port: number
  security: MailSecurity
  /** What their servers take for the user: the whole address, or what stands before the @. */
  userName: 'address' | 'local-part'
  /** False: they have done away with passwords for other programs, so that their mailboxes can't be read. */
  takesPasswords: boolean
  /** What they say of passwords for other programs, in our words; their page on it. */
  hint: string
  helpUrl: string
}

export type MailProviders = { providers: MailProvider[] }

/** The provider of an address, by its domain. */
export function mailProviderOf({ providers }: MailProviders, address: string): MailProvider | null {
  const domain = domainOf(address)
  return providers.find(({ domains }) => domains.includes(domain)) ?? null
}

/** The provider whose server this is: a mailbox may have an address of one's own domain. */
export function mailProviderAt({ providers }: MailProviders, host: string): MailProvider | null {
  return providers.find(provider => provider.host === host.trim().toLowerCase()) ?? null
}

/** What is most likely for an address: as its provider says, else `imap.` before its domain, by TLS. */
export function likelyServer(provider: MailProvider | null, address: string): MailServer {
  const whole = address.trim()
  if (!provider) {
    const domain = domainOf(whole)
    return { host: domain === '' ? '' : `imap.${domain}`, port: 993, security: 'tls', userName: whole }
  }
  const { host, port, security, userName } = provider
  return { host, port, security, userName: userName === 'address' ? whole : whole.slice(0, whole.lastIndexOf('@')) }
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
