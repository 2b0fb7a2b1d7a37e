/** Electron's `dialog`: message boxes wait until a test presses a button. */
type MessageBox = { message: string; detail: string; buttons: string[]; cancelId?: number; signal?: AbortSignal }

const boxes: { options: MessageBox; close(response: number): void }[] = []
export const shownErrors: string[] = []

export const dialog = {
  /** As Electron's: a signal closes the box, which then answers as if it had been cancelled. */
  showMessageBox(_window: object, options: MessageBox): Promise<{ response: number; checkboxChecked: boolean }> {
    return new Promise(resolve => {
      const box = {
        options,
        close(response: number) {
          boxes.splice(boxes.indexOf(box), 1)
          resolve({ response, checkboxChecked: false })
        },
      }
      boxes.push(box)
      options.signal?.addEventListener('abort', () => box.close(options.cancelId ?? 0), { once: true })
    })
  },
  showErrorBox(title: string, text: string): void {
    shownErrors.push(`${title}: ${text}`)
    process.stderr.write(`${title}: ${text}\n`)
  },
}

export function waitingBoxes(): Pick<MessageBox, 'message' | 'detail' | 'buttons'>[] {
  return boxes.map(({ options: { message, detail, buttons } }) => ({ message, detail, buttons }))
}

export const dialogAnswers = {
  press: (button: string) => boxes[0]?.close(boxes[0].options.buttons.indexOf(button)),
}
