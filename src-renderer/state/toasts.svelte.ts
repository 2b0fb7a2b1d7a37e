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

type ToastTopic = 'refresh' | 'undo' | 'going-round' | 'clipboard' | 'save-as'

/** Enough to read two lines and reach the button. */
const toastMilliseconds = 8_000

export class Toasts {
  shown = $state.raw<Toast[]>([])
  #lastId = 0
  /** When each is dismissed. */
  #ends = new Map<number, number>()

  add(toast: Omit<Toast, 'id'>): number {
    const id = ++this.#lastId
    const added = { ...toast, id }
    const at = this.shown.findIndex(other => isAboutTheSame(other, added))
    // In its place, so that the others stay where they are. Three at most: older ones have been seen.
    this.shown = at < 0 ? [...this.shown, added].slice(-3) : this.shown.with(at, added)
    return id
  }

  /** In ms. A toast that moves into a dialog, or out of it again, does not start anew. */
  timeLeft(id: number, now: number): number {
    const end = this.#ends.get(id) ?? now + toastMilliseconds
    this.#ends.set(id, end)
    return end - now
  }

  /** The pointer or the focus has left the toasts. */
  beginAnew(id: number): void {
    this.#ends.delete(id)
  }

  dismiss(id: number): void {
    this.#ends.delete(id)
    this.shown = this.shown.filter(toast => toast.id !== id)
  }

  /** Dismisses toasts of a topic that are out of date. */
  dismissTopic(topic: ToastTopic): void {
    this.shown = this.shown.filter(toast => toast.topic !== topic)
  }

  /** Takes the toast of an undone command away. */
  dismissUndo(deed: Deed): void {
    this.shown = this.shown.filter(toast => toast.undo !== deed)
  }
}

function isAboutTheSame(one: Toast, other: Toast): boolean {
  if (one.topic || other.topic) return one.topic === other.topic
  return one.text === other.text && !one.undo && !other.undo
}
