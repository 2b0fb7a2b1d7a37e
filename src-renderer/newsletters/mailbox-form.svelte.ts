/** A mailbox as a form: what is filled in for an address, what the server said, and which folders are chosen. */
import type { Output } from '../../src-main/api/contract/contract.ts'
import type { EngineErrorCode } from '../../src-main/api/errors.ts'
import type { Mailbox, MailFailure, MailFolder } from '../../src-main/api/mail/model.ts'
import { likelyServer, mailProviderAt, mailProviderOf } from '../../src-main/api/mail/providers.ts'
import type { MailboxEngine } from '../commands/mail.ts'
import { problemOf } from '../lib/problem.ts'
import { toggled } from '../lib/toggled.ts'
import { isWhole, ServerForm, type ServerKind } from '../mail-server/server-form.svelte.ts'

const day = 86_400_000
const mostFolders = 50
const unlikely = new Set<MailFolder['use']>(['junk', 'sent', 'drafts', 'trash'])

const imap: ServerKind = {
  usualPorts: { tls: 993, starttls: 143, none: 143 },
  likely: (known, address) => likelyServer(mailProviderOf(known, address), address),
  providerAt: mailProviderAt,
  keepsPassword: (typed, kept) => typed.host === kept.host && typed.userName === kept.userName,
}

export class MailboxForm {
  /** The mailbox that is changed; null for a new one. */
  readonly kept: Mailbox | null
  readonly server: ServerForm
  days = $state('30')
  step = $state<'server' | 'folders'>('server')
  isBusy = $state(false)
  failure = $state.raw<MailFailure | null>(null)
  problem = $state<EngineErrorCode | null>(null)
  isKnown = $state(false)
  /** As the server listed them. */
  folders = $state.raw<MailFolder[]>([])
  chosen = $state.raw<ReadonlySet<string>>(new Set())
  readonly likely = $derived(this.folders.filter(folder => !unlikely.has(folder.use) || this.#wasChosen(folder.path)))
  readonly lessLikely = $derived(this.folders.filter(folder => !this.likely.includes(folder)))
  /** Folders of the mailbox that the server has no more. */
  readonly gone = $derived.by(() =>
    [...(this.kept?.folders ?? [])].filter(path => !this.folders.some(folder => folder.path === path)),
  )
  readonly hasDays = $derived(isWhole(this.days, 3_650))
  readonly canTest = $derived.by(
    () =>
      this.server.address.trim().length > 2 &&
      this.server.hasHost &&
      this.server.hasPort &&
      this.server.userName.trim() !== '' &&
      (this.server.password !== '' || !this.server.needsPassword),
  )
  readonly canSave = $derived(this.chosen.size > 0 && this.chosen.size <= mostFolders && this.hasDays)
  readonly hasTooMany = $derived(this.chosen.size > mostFolders)
  readonly #engine: MailboxEngine
  readonly #keptDays: string = ''

  constructor(engine: MailboxEngine, kept: Mailbox | null, now: number) {
    this.#engine = engine
    this.kept = kept
    this.server = new ServerForm(imap, kept)
    if (kept) this.days = this.#keptDays = String(Math.max(1, Math.round((now - kept.readSince) / day)))
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
      const { kept } = this
      const { typed, password } = this.server
      const answer = await this.#engine.testMailbox({
        ...typed,
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
    const { typed, address, password } = this.server
    const input = { ...typed, address: address.trim(), password, days: Number(this.days) }
    return this.#engine.addMailbox({ ...input, folders: this.#chosenInOrder() })
  }

  #change(kept: Mailbox): Promise<Output<'changeMailbox'>> {
    const { typed, password } = this.server
    const address = this.server.address.trim()
    const input = {
      mailboxId: kept.id,
      server: typed,
      address,
      folders: this.#chosenInOrder(),
      ...(password !== '' && { password }),
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

  #chosenInOrder(): string[] {
    return this.folders.map(({ path }) => path).filter(path => this.chosen.has(path))
  }

  #wasChosen(path: string): boolean {
    return this.kept?.folders.includes(path) ?? false
  }
}
