/** Answers the engine thread's questions over a port; the other side is intake/client.ts. */

import { storageCode } from '../lib/disk-fault.ts'
import type { Intake } from './protocol.ts'

type Question = { id: number; name: keyof Intake | 'close'; input: never }
type Port = {
  postMessage(message: unknown): void
  close(): void
  on(event: 'message', listener: (message: unknown) => void): unknown
}

/** `close` ends everything; its answer is sent before the port goes. */
export function serveIntake(port: Port, intake: Intake, close: () => Promise<void>): void {
  port.on('message', message => {
    const { id, name, input } = message as Question
    if (name === 'close') {
      void close().finally(() => {
        port.postMessage({ id, output: null })
        port.close()
      })
      return
    }
    // A question that fails is a mistake of ours, or of the disk: what servers do wrong is in the answers.
    intake[name](input).then(
      output => port.postMessage({ id, output: output ?? null }),
      (error: unknown) => {
        const text = error instanceof Error ? error.message : String(error)
        port.postMessage({ id, error: text, code: storageCode(error) })
      },
    )
  })
}
