/** Short messages at the foot of the window; those of a command carry the way back. */

export type Toast = {
  id: number
  text: string
  /** From the command's answer: shows 'Undo'. */
  undoId?: number | null
  /** One more thing to do, for example 'Show'. */
  action?: { label: string; run: () => void }
  /** 'problem' stays until dismissed and is announced at once. */
  kind?: 'done' | 'problem'
}

/** Enough to read two lines and reach the button; the pointer or the focus on a toast holds it (ui/Toasts.svelte). */
export const toastMilliseconds = 8_000

export class Toasts {
  shown = $state.raw<Toast[]>([])
  #lastId = 0

  add(toast: Omit<Toast, 'id'>): number {
    const id = ++this.#lastId
    // Three at most: older ones have been seen.
    this.shown = [...this.shown, { ...toast, id }].slice(-3)
    return id
  }

  dismiss(id: number): void {
    this.shown = this.shown.filter(toast => toast.id !== id)
  }

  /** Takes the toast of an undone command away. */
  dismissUndo(undoId: number): void {
    this.shown = this.shown.filter(toast => toast.undoId !== undoId)
  }
}
