/** Short messages at the foot of the window, some with an Undo. */
import type { Deed } from './undo-chain.svelte.ts'

export type Toast = {
  id: number
  text: string
  /** Shows an Undo for this deed. */
  undo?: Deed
  /** One more thing to do, for example 'Show'. */
  action?: { label: string; run: () => void }
  /** 'problem' stays until dismissed and is announced at once. */
  kind?: 'done' | 'problem'
  /** A later toast of the same topic takes its place. Without a topic and an Undo, one of the same text does. */
  topic?: ToastTopic
}

type ToastTopic = 'refresh' | 'undo' | 'going-round' | 'clipboard' | 'save-as' | 'followed-stories' | 'offers'

/** Enough to read two lines and reach the button. */
const toastMilliseconds = 8_000
/** More above a player would take a third of a small window. */
const mostInSight = 2
const most = 5

export class Toasts {
  shown = $state.raw<Toast[]>([])
  /** The reader has asked for all of them. */
  isOpen = $state(false)
  /** The last problem, and what was said last. The others are counted, and come back as those go. */
  inSight = $derived(this.isOpen ? this.shown : lastOf(this.shown))
  #lastId = 0
  /** When each is dismissed. */
  #ends = new Map<number, number>()

  add(toast: Omit<Toast, 'id'>): number {
    const id = ++this.#lastId
    const added = { ...toast, id }
    const at = this.shown.findIndex(other => isAboutTheSame(other, added))
    // In its place, so that the others stay where they are.
    this.shown = at < 0 ? withRoom(this.shown, added) : this.shown.with(at, added)
    return id
  }

  /** In ms. A toast that moves into a dialog, or out of it again, does not start anew. */
  timeLeft(id: number, now: number): number {
    const end = this.#ends.get(id) ?? now + toastMilliseconds
    this.#ends.set(id, end)
    return end - now
  }

  /** The pointer or the focus has left the toasts, or one with an Undo is out of sight for a while. */
  beginAnew(id: number): void {
    this.#ends.delete(id)
  }

  dismiss(id: number): void {
    this.#ends.delete(id)
    this.#keep(toast => toast.id !== id)
  }

  /** Dismisses toasts of a topic that are out of date. */
  dismissTopic(topic: ToastTopic): void {
    this.#keep(toast => toast.topic !== topic)
  }

  /** Takes the toast of an undone command away. */
  dismissUndo(deed: Deed): void {
    this.#keep(toast => toast.undo !== deed)
  }

  #keep(isKept: (toast: Toast) => boolean): void {
    this.shown = this.shown.filter(isKept)
    if (this.shown.length <= mostInSight) this.isOpen = false
  }
}

/** An older one goes first that nothing can be done with: it has been seen. */
function withRoom(shown: Toast[], added: Toast): Toast[] {
  if (shown.length < most) return [...shown, added]
  const seen = shown.findIndex(({ undo, action, kind }) => !undo && !action && kind !== 'problem')
  return [...shown.toSpliced(Math.max(seen, 0), 1), added]
}

function lastOf(shown: Toast[]): Toast[] {
  const problem = shown.findLast(({ kind }) => kind === 'problem')
  const others = shown.filter(({ kind }) => kind !== 'problem').slice(problem ? 1 - mostInSight : -mostInSight)
  return shown.filter(toast => toast === problem || others.includes(toast))
}

function isAboutTheSame(one: Toast, other: Toast): boolean {
  if (one.topic || other.topic) return one.topic === other.topic
  return one.text === other.text && !one.undo && !other.undo
}
