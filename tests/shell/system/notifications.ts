/** Electron's `Notification`: what is shown stays until the program or the reader closes it; a test clicks it as a person does. */
import { EventEmitter } from 'node:events'

type Options = { title?: string; body?: string }

const shown: Notification[] = []

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
    shown.push(this)
  }

  close(): void {
    const index = shown.indexOf(this)
    if (index < 0) return
    shown.splice(index, 1)
    this.emit('close', {})
  }
}

export function shownNotices(): Options[] {
  return shown.map(({ options }) => options)
}

export const notificationAnswers = {
  /** As servers do, a click takes it away. */
  clickNotice: (title: string) => {
    const notice = shown.find(({ options }) => options.title === title)
    notice?.emit('click', {})
    notice?.close()
  },
}
