/** The web host over an engine that dies or refuses on a line of standard input: 'die', 'refuse', 'accept'. Argument: the data folder. */
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { BroadcastChannel } from 'node:worker_threads'
import { startEngine } from '../../src-main/host/engine-host.ts'
import { startWebHost } from '../../src-main/web/server.ts'

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const files = {
  engine: file('mortal-engine.ts'),
  intake: file('../../out/main/intake.js'),
  worker: file('../../out/main/worker.js'),
}
const started = await startEngine({ dataDir: process.argv[2]!, files })
if (started.kind === 'unusable') throw new Error(started.detail)
const web = await startWebHost({ engine: started.engine, port: 0 })
if (web.kind === 'port-taken') throw new Error('no port')

const channel = new BroadcastChannel('broadsheet-test')
createInterface({ input: process.stdin }).on('line', line => channel.postMessage(line))
process.on('SIGTERM', () => {
  void web.host
    .close()
    .then(() => started.engine.close())
    .then(() => process.exit(0))
})
console.log(JSON.stringify({ url: web.host.url }))
