/**
 * The maintenance thread's first file. It is there only while there is something to do: reading a database of gigabytes from
 * end to end, on the engine's thread, would hold up every click.
 */
import { parentPort, workerData } from 'node:worker_threads'
import { storageCode } from '../lib/disk-fault.ts'
import type { MaintenanceReply, MaintenanceRequest, MaintenanceStart } from './protocol.ts'
import { createMaintenanceTasks } from './tasks.ts'

const port = parentPort
if (!port) throw new Error('this is a thread of the engine')

const tasks = createMaintenanceTasks(workerData as MaintenanceStart)
let last = Promise.resolve()

port.on('message', (request: MaintenanceRequest) => {
  last = last.then(async () => port.postMessage(await answer(request)))
})

async function answer({ id, task, input }: MaintenanceRequest): Promise<MaintenanceReply> {
  try {
    return { id, output: await tasks[task](input as never) }
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return { id, error: text, code: storageCode(error) }
  }
}
