/** Electron's `Notification`: what is shown stays until the program or the reader closes it; a test clicks it as a person does. */
import { EventEmitter } from 'node:events'

type Options = { title?: string; body?: string; actions?: { text: string }[]; icon?: { width: number } }
type Shown = { title?: string; body?: string; buttons: string[]; iconSide: number | null }

const shown: Notification[] = []
/** What the system says to the next ones instead of showing them. */
let refusal: string | null = null
const refused: Notification[] = []

export class Notification extends EventEmitter {
  readonly options: Options

  static isSupported(): boolean {
    return true
  }

  constructor(options: Options) {
    super()
    this.options = options
  }

  show(): void {
    if (refusal !== null) {
      refused.push(this)
      this.emit('failed', {}, refusal)
      return
    }
    shown.push(this)
    this.emit('show', {})
  }

  close(): void {
    const index = shown.indexOf(this)
    if (index < 0) return
    shown.splice(index, 1)
    this.emit('close', {})
  }
}

export function shownNotices(): Shown[] {
  return shown.map(({ options: { title, body, actions = [], icon } }) => {
    return { title, body, buttons: actions.map(({ text }) => text), iconSide: icon?.width ?? null }
  })
}

export const notificationAnswers = {
  /** As Windows and macOS do with a program that may show none; null: they are shown again. */
  refuseNotices: (error: string | null) => {
    refusal = error
  },
  refusedNotices: () => refused.map(({ options }) => options.title),
  /** As servers do, a click takes it away. */
  clickNotice: (title: string) => {
    const notice = shown.find(({ options }) => options.title === title)
    notice?.emit('click', {})
    notice?.close()
  },
  /** As GNOME: a press of a button leaves it to the program to close it. */
  pressNotice: ({ title, button }: { title: string; button: string }) => {
    const notice = shown.find(({ options }) => options.title === title)
    const actionIndex = notice?.options.actions?.findIndex(({ text }) => text === button) ?? -1
    notice?.emit('action', { actionIndex }, actionIndex, -1)
  },
}
