/** Who writes to the mailboxes, in four lists: what is shown of them, chosen in them, and which row keys act on. */
import type { MailSender } from '../../src-main/api/mail/model.ts'
import { toggled } from '../lib/toggled.ts'

export const senderGroups = ['new', 'kept', 'left-out', 'other'] as const
export type SenderGroup = (typeof senderGroups)[number]

/** A newsletter that was kept and is unsubscribed from is left out. */
export function groupOf({ isNewsletter, decision, feedId }: MailSender): SenderGroup {
  if (decision === null) return isNewsletter ? 'new' : 'other'
  return decision === 'kept' && feedId !== null ? 'kept' : 'left-out'
}

export class SenderList {
  group = $state<SenderGroup>('new')
  filter = $state('')
  chosen = $state.raw<ReadonlySet<number>>(new Set())
  /** Index of the row that the keys act on. */
  at = $state(0)
  readonly #senders: () => MailSender[]
  readonly #byGroup = $derived.by(() => Map.groupBy(this.#all(), groupOf))
  readonly rows = $derived.by(() => {
    const words = this.filter.toLocaleLowerCase().split(/\s+/).filter(Boolean)
    const all = this.#byGroup.get(this.group) ?? []
    return words.length === 0 ? all : all.filter(sender => isFound(sender, words))
  })
  /** Those of the chosen that are shown: what is out of sight is not acted on. */
  readonly chosenIds = $derived(this.rows.map(({ id }) => id).filter(id => this.chosen.has(id)))
  readonly active = $derived(Math.max(0, Math.min(this.at, this.rows.length - 1)))

  constructor(senders: () => MailSender[]) {
    this.#senders = senders
    this.group = senderGroups.find(group => group !== 'left-out' && this.countOf(group) > 0) ?? 'new'
  }

  countOf(group: SenderGroup): number {
    return this.#byGroup.get(group)?.length ?? 0
  }

  show(group: SenderGroup): void {
    this.group = group
    this.chosen = new Set()
    this.at = 0
  }

  choose(ids: number[], isChosen: boolean): void {
    this.chosen = toggled(this.chosen, ids, isChosen)
  }

  #all(): MailSender[] {
    return this.#senders()
  }
}

function isFound({ name, address, latestSubject }: MailSender, words: string[]): boolean {
  const text = `${name}\n${address}\n${latestSubject}`.toLocaleLowerCase()
  return words.every(word => text.includes(word))
}
