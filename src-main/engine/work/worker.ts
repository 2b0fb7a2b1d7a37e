/** First file of a disposable worker: one task at a time, in and out over its port. It has no state worth keeping. */
import { parentPort } from 'node:worker_threads'
import type { TaskName, WorkerAnswer, WorkerRequest } from './task-types.ts'
import { tasks } from './tasks.ts'

async function answer({ task, input }: WorkerRequest): Promise<WorkerAnswer> {
  try {
    const run = tasks[task] as (input: unknown) => Promise<unknown>
    return { kind: 'done', output: await run(input) }
  } catch (error) {
    const { name, stack } = error instanceof Error ? error : new Error(String(error))
    return { kind: 'bug', name, stack: stack ?? name }
  }
}

if (parentPort) {
  const port = parentPort
  port.on('message', async (request: WorkerRequest & { task: TaskName }) => port.postMessage(await answer(request)))
  port.postMessage({ kind: 'ready' } satisfies WorkerAnswer)
}
