/**
 * The maintenance thread's first file. It exists only while there is work for it: reading a database of gigabytes from end to
 * end on the engine's thread would delay every click.
 */
import { parentPort, workerData } from 'node:worker_threads'
import { serve } from '../api/contract/rpc.ts'
import { portOfNodePort } from '../api/ports.ts'
import { createLog, failureOf } from '../lib/log.ts'
import { createMaintenanceTasks } from './tasks.ts'

if (!parentPort) throw new Error('this is a thread of the engine')

let last: Promise<unknown> = Promise.resolve()

/** One at a time, in the order of the calls: backing up and restoring work on the same files. */
function queued(task: (input: never) => Promise<unknown>): (input: never) => Promise<unknown> {
  return input => {
    const done = last.then(() => task(input))
    last = done.catch(() => undefined)
    return done
  }
}

const tasks = createMaintenanceTasks(workerData as { dataDir: string })
const handlers = Object.entries(tasks).map(([name, task]) => [name, queued(task)])
const log = createLog(line => process.stderr.write(line), Date.now)
serve(portOfNodePort(parentPort), Object.fromEntries(handlers), failureOf(log))
