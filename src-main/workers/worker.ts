/** First file of a disposable worker: tasks in and out over its port. It has no state worth keeping. */
import { parentPort } from 'node:worker_threads'
import type { ReadyFeed } from '../feeds/parsed.ts'
import { stepBack } from './nice.ts'
import { serveTasks } from './serve-tasks.ts'
import type { WorkerAnswer, WorkerRequest } from './task-types.ts'
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

/** What need not be copied on its way: the compressed articles of a feed, which share one buffer. */
function buffersOf(answered: WorkerAnswer): ArrayBuffer[] {
  if (answered.kind !== 'done') return []
  const { feed } = answered.output as { feed?: ReadyFeed }
  const html = feed?.articles?.[0]?.html
  return html instanceof Uint8Array && html.buffer instanceof ArrayBuffer ? [html.buffer] : []
}

if (parentPort) {
  stepBack(10)
  serveTasks(parentPort, async request => {
    const answered = await answer(request)
    return { answer: answered, transfer: buffersOf(answered) }
  })
}
