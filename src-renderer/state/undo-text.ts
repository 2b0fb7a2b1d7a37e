/** The outcome of an undo in words. Null where it has been said already. */
import { words } from '../messages/undo.ts'
import type { UndoOutcome } from './undo-chain.svelte.ts'

export function undoText(outcome: UndoOutcome): string | null {
  switch (outcome.kind) {
    case 'undone':
      return outcome.left > 0 ? `${sentence(outcome.deed.undone)} ${words.left(outcome.left)}` : outcome.deed.undone
    case 'too-late':
      return words.tooLate[outcome.because](outcome.deed.done.replace(/\.$/, ''))
    case 'end':
      return words.end(outcome.call, outcome.file)
    case 'nothing':
      return words.nothing
    case 'refused':
    case 'done-already':
      return null
  }
}

const sentence = (text: string): string => (text.endsWith('.') ? text : `${text}.`)
