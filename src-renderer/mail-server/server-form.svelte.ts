/** Address, password and server of a mail account as they are typed. What is likely for the address is filled in. */
import type { MailSecurity, MailServer } from '../../src-main/api/mail/model.ts'
import { type MailProvider, type MailProviders, mailProviderOf } from '../../src-main/api/mail/providers.ts'
import { loadProviders } from './known-providers.ts'

/** What is different for a server that mail is read from, and one that it is handed over to. */
export type ServerKind = {
  usualPorts: Record<MailSecurity, number>
  likely(known: MailProviders, address: string): MailServer
  providerAt(known: MailProviders, server: Pick<MailServer, 'host' | 'port'>): MailProvider | null
  /** Whether the password that is stored may be given to what is typed. */
  keepsPassword(typed: MailServer, kept: MailServer): boolean
}

export class ServerForm {
  address = $state('')
  password = $state('')
  host = $state('')
  port = $state('')
  security = $state<MailSecurity>('tls')
  userName = $state('')
  /** What is stored; null where nothing is. */
  readonly kept: MailServer | null
  readonly #kind: ServerKind
  #known = $state.raw<MailProviders>({ providers: [] })
  /** What was filled in last: where the reader has typed something else, that stays. */
  #filled: MailServer
  readonly provider = $derived.by(
    () =>
      mailProviderOf(this.#known, this.address) ??
      this.#kind.providerAt(this.#known, { host: this.host, port: Number(this.port) }),
  )
  /** As it is sent. */
  readonly typed = $derived<MailServer>({
    host: this.host.trim(),
    port: Number(this.port),
    security: this.security,
    userName: this.userName.trim(),
  })
  readonly needsPassword = $derived.by(() => this.kept === null || !this.#kind.keepsPassword(this.typed, this.kept))
  readonly hasHost = $derived(/^[^\s/@]+$/.test(this.host.trim()))
  readonly hasPort = $derived(isWhole(this.port, 65_535))

  constructor(kind: ServerKind, kept: (MailServer & { address: string }) | null) {
    this.#kind = kind
    this.kept = kept
    this.#filled = kept ?? kind.likely(this.#known, '')
    this.address = kept?.address ?? ''
    this.#fill(this.#filled)
  }

  async load(): Promise<void> {
    this.#known = await loadProviders()
    this.fillIn()
  }

  /** Fills in what is likely for the address, in place of what was filled in before. What is stored stays. */
  fillIn(): void {
    if (this.kept) return
    const isUntouched =
      this.host === this.#filled.host &&
      this.port === String(this.#filled.port) &&
      this.security === this.#filled.security &&
      this.userName === this.#filled.userName
    if (isUntouched) this.#fill(this.#kind.likely(this.#known, this.address))
  }

  setSecurity(security: MailSecurity): void {
    const { usualPorts } = this.#kind
    if (this.port === String(usualPorts[this.security])) this.port = String(usualPorts[security])
    this.security = security
  }

  #fill(server: MailServer): void {
    this.#filled = server
    this.host = server.host
    this.port = String(server.port)
    this.security = server.security
    this.userName = server.userName
  }
}

/** Whether a text is a whole number from 1 to `most`. */
export function isWhole(text: string, most: number): boolean {
  return /^\d{1,5}$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= most
}
