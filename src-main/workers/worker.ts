/** First file of a disposable worker: answers one task after the other over its port. It keeps no state between tasks. */
import { parentPort } from 'node:worker_threads'
import type { ReadyFeed } from '../feeds/parsed.ts'
import { lowerThreadPriority } from './limits.ts'
import { tasks } from './tasks.ts'
import type { WorkerAnswer, WorkerRequest } from './worker-thread.ts'

if (!parentPort) throw new Error('this is a thread of the pool')
const port = parentPort

lowerThreadPriority(10)
port.on('message', async (request: WorkerRequest) => {
  const answered = await answer(request)
  port.postMessage(answered, buffersOf(answered))
})
port.postMessage({ kind: 'ready' } satisfies WorkerAnswer)

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
