/** Runs what the user does: says what the engine refused, and remembers how each deed is taken back. */
import { type EngineClient, EngineError } from '../../src-main/api/contract/rpc.ts'
import { words } from '../messages/common.ts'
import type { DeedWords } from '../messages/undo.ts'
import type { Toasts } from './toasts.svelte.ts'
import { type Deed, UndoChain } from './undo-chain.svelte.ts'
import { undoText } from './undo-text.ts'

/** `more`: the ids of further commands of the same deed. */
type ActAnswer = { undoId: number | null; more?: (number | null)[] }

export class Actions {
  readonly undos: UndoChain
  readonly #toasts: Toasts

  constructor(engine: Pick<EngineClient, 'undo'>, toasts: Toasts) {
    this.#toasts = toasts
    this.undos = new UndoChain(undoId => this.attempt(() => engine.undo({ undoId })))
  }

  /** Runs a command; a refusal is said in a toast and answers undefined. */
  async attempt<T>(command: () => Promise<T>): Promise<T | undefined> {
    try {
      return await command()
    } catch (error) {
      const code = error instanceof EngineError ? error.code : 'internal'
      this.#toasts.add({ kind: 'problem', text: words.errors[code] })
      return undefined
    }
  }

  /** Runs a command that can be taken back, as `attempt` does. `deed` names it. */
  async act<Answer extends ActAnswer>(
    command: () => Promise<Answer>,
    deed: DeedWords | ((answer: Answer) => DeedWords),
    how: { isSaid?: boolean } = {},
  ): Promise<Answer | undefined> {
    return this.attempt(() => this.actInForm(command, deed, how))
  }

  /** The same, for a form that shows a refusal itself: throws EngineError. */
  async actInForm<Answer extends ActAnswer>(
    command: () => Promise<Answer>,
    deed: DeedWords | ((answer: Answer) => DeedWords),
    { isSaid = true }: { isSaid?: boolean } = {},
  ): Promise<Answer> {
    const settle = this.undos.begin()
    let done: Deed | null = null
    try {
      const answer = await command()
      const undoIds = [answer.undoId, ...(answer.more ?? [])].filter(id => id !== null)
      done = { ...(typeof deed === 'function' ? deed(answer) : deed), undoIds }
      return answer
    } finally {
      settle(done)
      if (isSaid && done && done.undoIds.length > 0) this.#toasts.add({ text: done.done, undo: done })
    }
  }

  /** Records and says a deed that several commands have done over some time. */
  did(deed: Deed): void {
    this.undos.add(deed)
    this.#toasts.add({ text: deed.done, undo: deed.undoIds.length > 0 ? deed : undefined })
  }

  /** Takes back one deed, the last one when none is named, and says which. */
  async undo(deed?: Deed): Promise<void> {
    const outcome = await this.undos.undo(deed)
    if ('deed' in outcome) this.#toasts.dismissUndo(outcome.deed)
    const text = undoText(outcome)
    if (text !== null) this.#toasts.add({ topic: 'undo', text })
  }
}
