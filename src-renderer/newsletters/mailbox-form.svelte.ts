/** A mailbox as a form: what is filled in for an address, what the server said, and which folders are chosen. */
import type { Output } from '../../src-main/api/contract/contract.ts'
import type { EngineErrorCode } from '../../src-main/api/errors.ts'
import type { Mailbox, MailFailure, MailFolder, MailSecurity, MailServer } from '../../src-main/api/mail/model.ts'
import { likelyServer, type MailProviders, mailProviderAt, mailProviderOf } from '../../src-main/api/mail/providers.ts'
import type { MailboxEngine } from '../commands/mail.ts'
import { problemOf } from '../lib/problem.ts'
import { toggled } from '../lib/toggled.ts'

const files = import.meta.glob<MailProviders>('../../resources/mail-providers.json', { import: 'default' })

/** Loaded only where a mailbox is added or changed. */
export async function loadProviders(): Promise<MailProviders> {
  const [load] = Object.values(files)
  return load ? load() : { providers: [] }
}

const day = 86_400_000
const mostFolders = 50
const usualPorts: Record<MailSecurity, number> = { tls: 993, starttls: 143, none: 143 }
const unlikely = new Set<MailFolder['use']>(['junk', 'sent', 'drafts', 'trash'])

export class MailboxForm {
  /** The mailbox that is changed; null for a new one. */
  kept = $state.raw<Mailbox | null>(null)
  address = $state('')
  password = $state('')
  host = $state('')
  port = $state('993')
  security = $state<MailSecurity>('tls')
  userName = $state('')
  days = $state('30')
  step = $state<'server' | 'folders'>('server')
  isBusy = $state(false)
  failure = $state.raw<MailFailure | null>(null)
  problem = $state<EngineErrorCode | null>(null)
  isKnown = $state(false)
  /** As the server listed them. */
  folders = $state.raw<MailFolder[]>([])
  chosen = $state.raw<ReadonlySet<string>>(new Set())
  readonly provider = $derived(
    mailProviderOf(this.#providers(), this.address) ?? mailProviderAt(this.#providers(), this.host),
  )
  readonly likely = $derived(this.folders.filter(folder => !unlikely.has(folder.use) || this.#wasChosen(folder.path)))
  readonly lessLikely = $derived(this.folders.filter(folder => !this.likely.includes(folder)))
  /** Folders of the mailbox that the server has no more. */
  readonly gone = $derived(
    [...(this.kept?.folders ?? [])].filter(path => !this.folders.some(folder => folder.path === path)),
  )
  /** The stored password is for this server and user only. */
  readonly needsPassword = $derived(
    this.kept === null || this.host.trim() !== this.kept.host || this.userName.trim() !== this.kept.userName,
  )
  readonly hasPort = $derived(isWhole(this.port, 65_535))
  readonly hasDays = $derived(isWhole(this.days, 3_650))
  readonly canTest = $derived(
    this.address.trim().length > 2 &&
      /^[^\s/@]+$/.test(this.host.trim()) &&
      this.userName.trim() !== '' &&
      this.hasPort &&
      (this.password !== '' || !this.needsPassword),
  )
  readonly canSave = $derived(this.chosen.size > 0 && this.chosen.size <= mostFolders && this.hasDays)
  readonly hasTooMany = $derived(this.chosen.size > mostFolders)
  readonly #engine: MailboxEngine
  readonly #keptDays: string = ''
  #providersLoaded = $state.raw<MailProviders>({ providers: [] })
  /** What was filled in last: where the reader has typed something else, that stays. */
  #filled: MailServer

  constructor(engine: MailboxEngine, kept: Mailbox | null, now: number) {
    this.#engine = engine
    this.kept = kept
    this.#filled = likelyServer(null, '')
    if (!kept) return
    this.address = kept.address
    this.#fill(kept)
    this.days = this.#keptDays = String(Math.max(1, Math.round((now - kept.readSince) / day)))
  }

  async load(): Promise<void> {
    this.#providersLoaded = await loadProviders()
    if (!this.kept) this.fillIn()
  }

  /** Fills in what is likely for the address, in place of what was filled in before. */
  fillIn(): void {
    if (this.kept) return
    const isUntouched =
      this.host === this.#filled.host &&
      this.port === String(this.#filled.port) &&
      this.security === this.#filled.security &&
      this.userName === this.#filled.userName
    if (isUntouched) this.#fill(likelyServer(mailProviderOf(this.#providersLoaded, this.address), this.address))
  }

  setSecurity(security: MailSecurity): void {
    if (this.port === String(usualPorts[this.security])) this.port = String(usualPorts[security])
    this.security = security
  }

  /** Also a folder that is not likely, or not there any more. */
  toggle(path: string): void {
    this.chosen = toggled(this.chosen, [path], !this.chosen.has(path))
  }

  /** What was found out is of what was typed before. */
  forget(): void {
    this.failure = null
    this.problem = null
    this.isKnown = false
  }

  async test(): Promise<void> {
    if (!this.canTest || this.isBusy) return
    await this.#trying(async () => {
      const { password, kept } = this
      const answer = await this.#engine.testMailbox({
        ...this.#server(),
        ...(password !== '' && { password }),
        ...(kept && { mailboxId: kept.id }),
      })
      if (answer.kind === 'failed') this.failure = answer.failure
      else this.#offer(answer.folders)
    })
  }

  /** Answers whether it was kept. */
  async save(): Promise<boolean> {
    if (!this.canSave || this.isBusy) return false
    let isDone = false
    await this.#trying(async () => {
      const answer = await (this.kept ? this.#change(this.kept) : this.#add())
      isDone = answer.kind === 'added' || answer.kind === 'changed'
      this.isKnown = !isDone
    })
    return isDone
  }

  #add(): Promise<Output<'addMailbox'>> {
    const { password } = this
    const input = { ...this.#server(), address: this.address.trim(), password, days: Number(this.days) }
    return this.#engine.addMailbox({ ...input, folders: this.#chosenInOrder() })
  }

  #change(kept: Mailbox): Promise<Output<'changeMailbox'>> {
    const address = this.address.trim()
    const input = {
      mailboxId: kept.id,
      server: this.#server(),
      address,
      folders: this.#chosenInOrder(),
      ...(this.password !== '' && { password: this.password }),
      ...(this.days !== this.#keptDays && { days: Number(this.days) }),
    }
    return this.#engine.changeMailbox(input, address)
  }

  async #trying(work: () => Promise<void>): Promise<void> {
    this.forget()
    this.isBusy = true
    try {
      await work()
    } catch (error) {
      this.problem = problemOf(error)
    } finally {
      this.isBusy = false
    }
  }

  #offer(folders: MailFolder[]): void {
    const isInbox = ({ path, use }: MailFolder) => use === 'inbox' || path.toUpperCase() === 'INBOX'
    this.folders = folders.toSorted((one, other) => Number(isInbox(other)) - Number(isInbox(one)))
    const known = this.chosen.size > 0 ? this.chosen : new Set(this.kept?.folders ?? [])
    const still = folders.filter(({ path }) => known.has(path))
    this.chosen = new Set((still.length > 0 ? still : folders.filter(isInbox)).map(({ path }) => path))
    this.step = 'folders'
  }

  #server(): MailServer {
    const { security } = this
    return { host: this.host.trim(), port: Number(this.port), security, userName: this.userName.trim() }
  }

  #chosenInOrder(): string[] {
    return this.folders.map(({ path }) => path).filter(path => this.chosen.has(path))
  }

  #wasChosen(path: string): boolean {
    return this.kept?.folders.includes(path) ?? false
  }

  #fill(server: MailServer): void {
    this.#filled = server
    this.host = server.host
    this.port = String(server.port)
    this.security = server.security
    this.userName = server.userName
  }

  #providers(): MailProviders {
    return this.#providersLoaded
  }
}

function isWhole(text: string, most: number): boolean {
  return /^\d{1,5}$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= most
}
