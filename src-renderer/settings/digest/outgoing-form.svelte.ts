/** Where digests are sent as mail, as a form: what is filled in, what is wrong with it, and what came of a test. */
import type { Input } from '../../../src-main/api/contract/contract.ts'
import type { EngineErrorCode } from '../../../src-main/api/errors.ts'
import type { Mailbox, MailServer } from '../../../src-main/api/mail/model.ts'
import { type Delivery, mailAddressPattern, type Outgoing } from '../../../src-main/api/mail/outgoing.ts'
import {
  likelyOutgoing,
  type MailProviders,
  mailProviderAt,
  mailProviderOf,
  outgoingProviderAt,
} from '../../../src-main/api/mail/providers.ts'
import { isThisComputer } from '../../../src-main/api/mail/this-computer.ts'
import type { OutgoingEngine } from '../../commands/mail.ts'
import { problemOf } from '../../lib/problem.ts'
import { ServerForm, type ServerKind } from '../../mail-server/server-form.svelte.ts'
import { words } from '../../messages/newsletters/digest-mail.ts'
import { words as serverWords } from '../../messages/newsletters/servers.ts'

type Given = { outgoing: Outgoing | null; mailboxes: Mailbox[] }
export type Mistakes = { [field in 'address' | 'to' | 'password' | 'host' | 'port' | 'security']?: string }

const smtp: Omit<ServerKind, 'likely'> = {
  usualPorts: { tls: 465, starttls: 587, none: 25 },
  providerAt: outgoingProviderAt,
  // As the engine has it.
  keepsPassword: (typed, kept) => typed.host === kept.host && kept.userName !== '',
}

export class OutgoingForm {
  readonly server: ServerForm
  /** What came of the test of what is typed. */
  outcome = $state.raw<Delivery | null>(null)
  problem = $state<EngineErrorCode | null>(null)
  isTesting = $state(false)
  isSaving = $state(false)
  readonly isProven = $derived(this.outcome?.kind === 'sent')
  readonly mistakes = $derived.by<Mistakes>(() => (this.#isChecked ? this.#wrong() : {}))
  readonly #engine: OutgoingEngine
  /** Null: the same as from. */
  #to = $state<string | null>(null)
  /** The reader has asked for a test, or to save: what is missing is said from then on. */
  #isChecked = $state(false)
  /** Counts what was typed: an answer to what was typed before is dropped. */
  #turn = 0

  constructor(engine: OutgoingEngine, { outgoing, mailboxes }: Given) {
    this.#engine = engine
    const likely = (known: MailProviders, address: string) => likelyFor(known, address, mailboxes)
    this.server = new ServerForm({ ...smtp, likely }, outgoing && { ...outgoing, address: outgoing.from })
    if (outgoing && outgoing.to !== outgoing.from) this.#to = outgoing.to
    if (!outgoing) this.server.address = mailboxes[0]?.address ?? ''
  }

  get to(): string {
    return this.#to ?? this.server.address
  }

  set to(address: string) {
    this.#to = address
  }

  /** Something else is typed. */
  forget(): void {
    this.#turn++
    this.outcome = null
    this.problem = null
    this.isTesting = false
  }

  /** Whether all is there, and nothing wrong. From now on what is wrong is said. */
  check(): boolean {
    this.#isChecked = true
    return Object.keys(this.#wrong()).length === 0
  }

  async test(): Promise<void> {
    if (this.isTesting || !this.check()) return
    this.forget()
    const turn = this.#turn
    const isOfNow = () => turn === this.#turn
    this.isTesting = true
    try {
      const outcome = await this.#engine.test(this.#typed())
      if (isOfNow()) this.outcome = outcome
    } catch (error) {
      const problem = problemOf(error)
      if (isOfNow()) this.problem = problem
    } finally {
      if (isOfNow()) this.isTesting = false
    }
  }

  /** Answers whether it was kept. */
  async save(): Promise<boolean> {
    if (this.isSaving || !this.check()) return false
    this.problem = null
    this.isSaving = true
    try {
      await this.#engine.save(this.#typed())
      return true
    } catch (error) {
      this.problem = problemOf(error)
      return false
    } finally {
      this.isSaving = false
    }
  }

  #wrong(): Mistakes {
    const { mistakes } = words
    const { typed, address, password, needsPassword, hasHost, hasPort } = this.server
    const isInTheClear = typed.security === 'none' && !isThisComputer(typed.host)
    return {
      ...(!mailAddressPattern.test(address.trim()) && { address: mistakes.address }),
      ...(this.#to !== null && !mailAddressPattern.test(this.#to.trim()) && { to: mistakes.address }),
      ...(password === '' && needsPassword && typed.userName !== '' && { password: mistakes.password }),
      ...(!hasHost && { host: mistakes.host }),
      ...(!hasPort && { port: serverWords.noPort }),
      ...(hasHost && isInTheClear && { security: mistakes.security }),
    }
  }

  #typed(): Input<'setDigestMail'> {
    const { typed, address, password } = this.server
    return { ...typed, from: address.trim(), to: this.to.trim(), ...(password !== '' && { password }) }
  }
}

/** A mailbox that is read already says who its provider is, and who logs in. */
function likelyFor(known: MailProviders, address: string, mailboxes: Mailbox[]): MailServer {
  const mailbox = mailboxes.find(one => one.address.toLowerCase() === address.trim().toLowerCase())
  const provider = mailProviderOf(known, address) ?? (mailbox ? mailProviderAt(known, mailbox) : null)
  const likely = likelyOutgoing(provider, address)
  if (!mailbox) return likely
  const { userName } = mailbox
  if (!provider) return { ...likely, host: mailbox.host.replace(/^imap\./, 'smtp.'), userName }
  // Apple takes one name for reading and another for sending.
  return provider.userName === provider.outgoing.userName ? { ...likely, userName } : likely
}
