/** The worker's end of the port: runs the tasks one by one, in the order of the requests. */
import type { MessagePort } from 'node:worker_threads'
import { acquire } from './start-flag.ts'
import type { WorkerAnswer, WorkerRequest } from './task-types.ts'

type Answered = { answer: WorkerAnswer; transfer?: ArrayBuffer[] }

/** Answers each request by what `perform` makes of it; null answers nothing. Requests that were taken back are skipped. */
export function serveTasks(port: MessagePort, perform: (request: WorkerRequest) => Promise<Answered | null>): void {
  let last = Promise.resolve()
  port.on('message', (request: WorkerRequest) => {
    last = last.then(async () => {
      if (!acquire(request.startFlag)) return
      const answered = await perform(request)
      if (answered) port.postMessage(answered.answer, answered.transfer ?? [])
    })
  })
  port.postMessage({ kind: 'ready' } satisfies WorkerAnswer)
}
