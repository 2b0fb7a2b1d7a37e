/** First file of a disposable worker: tasks in and out over its port. It keeps no state between tasks. */
import { parentPort } from 'node:worker_threads'
import type { ReadyFeed } from '../feeds/parsed.ts'
import { lowerThreadPriority } from './priority.ts'
import { serveTasks } from './serve-tasks.ts'
import type { WorkerAnswer, WorkerRequest } from './task-types.ts'
import { tasks } from './tasks.ts'

async function answer({ task, input }: WorkerRequest): Promise<WorkerAnswer> {
  try {
    const run = tasks[task] as (input: unknown) => Promise<unknown>
    return { kind: 'done', output: await run(input) }
  } catch (error) {
    return { kind: 'bug', stack: (error instanceof Error && error.stack) || String(error) }
  }
}

/** What is moved and not copied: the compressed articles of a feed, which share one buffer. */
function buffersOf(answered: WorkerAnswer): ArrayBuffer[] {
  if (answered.kind !== 'done') return []
  const { feed } = answered.output as { feed?: ReadyFeed }
  const html = feed?.articles?.[0]?.html
  return html instanceof Uint8Array && html.buffer instanceof ArrayBuffer ? [html.buffer] : []
}

if (parentPort) {
  lowerThreadPriority(10)
  serveTasks(parentPort, async request => {
    const answered = await answer(request)
    return { answer: answered, transfer: buffersOf(answered) }
  })
}
