/** How long articles are kept, as a form: what was typed, what it would delete now, and putting it in force. */
import type { EngineErrorCode } from '../../../src-main/api/errors.ts'
import type { Retention } from '../../../src-main/api/storage-model.ts'
import { problemOf } from '../../lib/problem.ts'
import { LatestOnly } from '../../lib/requests.ts'

export const limitNames = ['days', 'perFeed', 'megabytes'] as const
export type LimitName = (typeof limitNames)[number]

/** The limits of the contract, and the number first shown. */
export const limitBounds: Record<LimitName, { least: number; most: number; usual: number }> = {
  days: { least: 1, most: 36_500, usual: 365 },
  perFeed: { least: 1, most: 1_000_000, usual: 1_000 },
  megabytes: { least: 50, most: 1_000_000, usual: 2_000 },
}

/** One limit as it stands in the form. The number typed stays while it is off. */
export type LimitField = { isOn: boolean; text: string }

type RetentionPreview =
  | { kind: 'unchanged' }
  | { kind: 'mistaken' }
  | { kind: 'counting' }
  /** In force now; `deleting` articles are being deleted. */
  | { kind: 'applied'; deleting: number }
  | { kind: 'would-delete'; count: number }
  | { kind: 'refused'; code: EngineErrorCode }

type RetentionWork = {
  /** The rule in force. Null: as in Settings (a feed's rule only). */
  kept: () => Retention | null
  /** How many articles would go. */
  preview: (rule: Retention | null) => Promise<number>
  /** Puts it in force; throws EngineError. */
  keep: (rule: Retention | null) => Promise<unknown>
  /** Sleeps for so many milliseconds. */
  wait: (ms: number) => Promise<void>
}

const untilTyped = 350

export class RetentionForm {
  limits = $state.raw<Record<LimitName, LimitField>>(fieldsOf(null))
  includesUnread = $state(false)
  /** False: as in Settings. */
  isOwn = $state(true)
  preview = $state.raw<RetentionPreview>({ kind: 'unchanged' })
  isBusy = $state(false)
  readonly rule = $derived(this.#rule())
  readonly #work: RetentionWork
  readonly #previews = new LatestOnly()

  constructor(work: RetentionWork) {
    this.#work = work
    this.#fill()
  }

  /** Whether a number typed cannot be taken. */
  isMistaken(name: LimitName): boolean {
    return this.isOwn && limitOf(name, this.limits[name]) === undefined
  }

  setLimit(name: LimitName, change: Partial<LimitField>): Promise<void> {
    this.limits = { ...this.limits, [name]: { ...this.limits[name], ...change } }
    return this.#review()
  }

  setUnread(includesUnread: boolean): Promise<void> {
    this.includesUnread = includesUnread
    return this.#review()
  }

  setOwn(isOwn: boolean): Promise<void> {
    this.isOwn = isOwn
    return this.#review()
  }

  /** Back to the rule in force. */
  revert(): void {
    this.#previews.cancel()
    this.#fill()
    this.preview = { kind: 'unchanged' }
  }

  async apply(): Promise<void> {
    const { rule, preview } = this
    if (rule === undefined || this.isBusy) return
    this.isBusy = true
    try {
      await this.#work.keep(rule)
      this.preview = { kind: 'applied', deleting: preview.kind === 'would-delete' ? preview.count : 0 }
    } catch (error) {
      this.preview = { kind: 'refused', code: problemOf(error) }
    }
    this.isBusy = false
  }

  /** Previews what the rule would delete. One that deletes nothing is applied at once; others wait for the button. */
  async #review(): Promise<void> {
    const isLatest = this.#previews.begin()
    const { rule } = this
    this.preview = { kind: this.#kindBeforeCounting() }
    if (rule === undefined || this.preview.kind !== 'counting') return
    await this.#work.wait(untilTyped)
    if (!isLatest()) return
    try {
      const count = await this.#work.preview(rule)
      if (!isLatest()) return
      this.preview = { kind: 'would-delete', count }
      if (count === 0) await this.apply()
    } catch (error) {
      if (isLatest()) this.preview = { kind: 'refused', code: problemOf(error) }
    }
  }

  #kindBeforeCounting(): 'mistaken' | 'unchanged' | 'counting' {
    if (this.rule === undefined) return 'mistaken'
    return isSameRule(this.rule, this.#work.kept()) ? 'unchanged' : 'counting'
  }

  #fill(): void {
    const kept = this.#work.kept()
    this.limits = fieldsOf(kept)
    this.includesUnread = kept?.includesUnread ?? false
    this.isOwn = kept !== null
  }

  /** The rule as typed; undefined while a number in it is invalid. */
  #rule(): Retention | null | undefined {
    if (!this.isOwn) return null
    const days = limitOf('days', this.limits.days)
    const perFeed = limitOf('perFeed', this.limits.perFeed)
    const megabytes = limitOf('megabytes', this.limits.megabytes)
    if (days === undefined || perFeed === undefined || megabytes === undefined) return undefined
    return { days, perFeed, megabytes, includesUnread: this.includesUnread }
  }
}

function fieldsOf(rule: Retention | null): Record<LimitName, LimitField> {
  const field = (name: LimitName): LimitField => ({
    isOn: (rule?.[name] ?? null) !== null,
    text: String(rule?.[name] ?? limitBounds[name].usual),
  })
  return { days: field('days'), perFeed: field('perFeed'), megabytes: field('megabytes') }
}

/** Null for no limit, undefined for an invalid number. */
function limitOf(name: LimitName, { isOn, text }: LimitField): number | null | undefined {
  if (!isOn) return null
  const { least, most } = limitBounds[name]
  const value = /^\d{1,9}$/.test(text.trim()) ? Number(text) : Number.NaN
  return value >= least && value <= most ? value : undefined
}

function isSameRule(one: Retention | null, other: Retention | null): boolean {
  if (one === null || other === null) return one === other
  return limitNames.every(name => one[name] === other[name]) && one.includesUnread === other.includesUnread
}
