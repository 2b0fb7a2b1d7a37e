/**
 * What the user did in this window, in order: each undo takes back one deed, the last one first. A deed that
 * can't be taken back ends the chain: nothing older can be undone.
 */
import type { ChainEnding } from '../../src-main/api/contract/calls.ts'
import type { Output } from '../../src-main/api/contract/contract.ts'
import type { DeedWords } from '../messages/undo.ts'

/** One thing the user did, by one command or several. */
export type Deed = DeedWords & { undoIds: number[] }

type Undone = Output<'undo'>

export type UndoOutcome =
  /** `left`: parts of it that were changed again since, and stay so. */
  | { kind: 'undone'; deed: Deed; left: number }
  | { kind: 'too-late'; deed: Deed; because: 'changed-since' | 'gone' | 'too-old' }
  /** For now, as on a full disk: it stays on the chain. */
  | { kind: 'refused' }
  | { kind: 'done-already' }
  | ({ kind: 'end' } & End)
  | { kind: 'nothing' }

/** `file`: the name of what was imported. */
type End = { call: ChainEnding; file: string }

type Entry = { deed: Deed | null; end: End | null; settled: Promise<void> }

/** The engine stores as many records. */
const longest = 1_000

export class UndoChain {
  /** Counts undos: a form that shows what one may have changed loads it again. */
  taken = $state(0)
  #entries: Entry[] = []
  #turn: Promise<unknown> = Promise.resolve()
  readonly #takeBack: (undoId: number) => Promise<Undone | undefined>

  /** `takeBack` takes back one command, and answers undefined where it was refused. */
  constructor(takeBack: (undoId: number) => Promise<Undone | undefined>) {
    this.#takeBack = takeBack
  }

  /**
   * Reserves a place on the chain for a command under way, so that nothing older is undone first. Call the answered function
   * with the deed; null where nothing changed.
   */
  begin(): (deed: Deed | null) => void {
    const { promise, resolve } = Promise.withResolvers<void>()
    const entry = this.#add({ deed: null, end: null, settled: promise })
    return deed => {
      if (deed && deed.undoIds.length > 0) entry.deed = deed
      else this.#remove(entry)
      resolve()
    }
  }

  add(deed: Deed): void {
    if (deed.undoIds.length > 0) this.#add({ deed, end: null, settled: Promise.resolve() })
  }

  /** A call was made that is declared to end the chain. */
  end(call: ChainEnding, file = ''): void {
    this.#entries = []
    this.#add({ deed: null, end: { call, file }, settled: Promise.resolve() })
  }

  /** It was undone by another way. */
  forget(deed: Deed): void {
    this.#entries = this.#entries.filter(entry => entry.deed !== deed)
  }

  /** Takes back this deed, else the last one. One after the other: two presses take back two. */
  undo(deed?: Deed): Promise<UndoOutcome> {
    const outcome = this.#turn.then(() => (deed ? this.#undoDeed(deed) : this.#undoLast()))
    this.#turn = outcome.catch(() => {})
    return outcome
  }

  async #undoLast(): Promise<UndoOutcome> {
    for (let last = this.#entries.at(-1); last; last = this.#entries.at(-1)) {
      await last.settled
      if (last !== this.#entries.at(-1)) continue
      if (last.deed) return this.#undoDeed(last.deed)
      if (last.end) return { kind: 'end', ...last.end }
    }
    return { kind: 'nothing' }
  }

  /** Its commands, the last one first. What is refused stays, and can be tried again. */
  async #undoDeed(deed: Deed): Promise<UndoOutcome> {
    const answers: Undone[] = []
    // Undone twice at once: the first has said so.
    if (deed.undoIds.length === 0) return { kind: 'done-already' }
    // Ids grow, but several commands of one deed may have been sent at once.
    for (const undoId of deed.undoIds.toSorted((a, b) => b - a)) {
      const answer = await this.#takeBack(undoId)
      if (!answer) return { kind: 'refused' }
      deed.undoIds = deed.undoIds.filter(id => id !== undoId)
      answers.push(answer)
    }
    this.forget(deed)
    this.taken += 1
    return outcomeOf(deed, answers)
  }

  #add(entry: Entry): Entry {
    this.#entries = [...this.#entries, entry].slice(-longest)
    return entry
  }

  #remove(entry: Entry): void {
    this.#entries = this.#entries.filter(other => other !== entry)
  }
}

function outcomeOf(deed: Deed, answers: Undone[]): UndoOutcome {
  const failed = answers.filter(answer => !answer.isUndone)
  if (failed.length < answers.length) {
    const left = answers.reduce((sum, answer) => sum + (answer.isUndone ? (answer.left ?? 0) : 1), 0)
    return { kind: 'undone', deed, left }
  }
  const because = failed.map(answer => ('because' in answer ? answer.because : undefined)).find(Boolean)
  return { kind: 'too-late', deed, because: because ?? 'too-old' }
}
