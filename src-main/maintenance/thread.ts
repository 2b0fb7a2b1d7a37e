/**
 * The keeper thread's first file. It is there only while there is something to do: reading a database of gigabytes from
 * end to end, on the engine's thread, would hold up every click.
 */
import { parentPort, workerData } from 'node:worker_threads'
import { storageCode } from '../lib/disk-fault.ts'
import type { KeeperReply, KeeperRequest, KeeperStart } from './protocol.ts'
import { createKeeperTasks } from './tasks.ts'

const port = parentPort
if (!port) throw new Error('keeper.ts is a thread of the engine')

const tasks = createKeeperTasks(workerData as KeeperStart)
let last = Promise.resolve()

port.on('message', (request: KeeperRequest) => {
  last = last.then(async () => port.postMessage(await answer(request)))
})

async function answer({ id, task, input }: KeeperRequest): Promise<KeeperReply> {
  try {
    return { id, output: await tasks[task](input as never) }
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return { id, error: text, code: storageCode(error) }
  }
}
