/** The worker's end of the port: one task after the other, in the order of asking. */
import type { MessagePort } from 'node:worker_threads'
import { take } from './claim.ts'
import type { WorkerAnswer, WorkerRequest } from './task-types.ts'

type Answered = { answer: WorkerAnswer; transfer?: ArrayBuffer[] }

/** Answers each task asked for on `port` with what `perform` makes of it; null says nothing. What was recalled is left out. */
export function serveTasks(port: MessagePort, perform: (request: WorkerRequest) => Promise<Answered | null>): void {
  let last = Promise.resolve()
  port.on('message', (request: WorkerRequest) => {
    last = last.then(async () => {
      if (!take(request.claim)) return
      const answered = await perform(request)
      if (answered) port.postMessage(answered.answer, answered.transfer ?? [])
    })
  })
  port.postMessage({ kind: 'ready' } satisfies WorkerAnswer)
}
