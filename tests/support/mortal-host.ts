/**
 * The web host over an engine that dies on a line of standard input. Arguments: the data folder, and the engine's home, which is
 * a thread if not said otherwise. A thread dies on 'die', and its database refuses writes from 'refuse' to 'accept', which is answered by a message. A process,
 * as in Electron, dies of the signal that the line names.
 */
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { BroadcastChannel, MessageChannel, type MessagePort } from 'node:worker_threads'
import { type ElectronPort, type Port, portOfElectronPort, portOfNodePort } from '../../src-main/api/ports.ts'
import { beginEngine, type RunningEngine, startEngine } from '../../src-main/host/engine-host.ts'
import { minute } from '../../src-main/lib/time.ts'
import { startWebHost } from '../../src-main/web/server.ts'
import { standInFor } from '../shell/stand-in/hook.ts'

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const built = (thread: string): string => file(`../../out/main/${thread}.js`)
const files = { intake: built('intake'), worker: built('worker'), maintenance: built('maintenance') }

type Mortal = { engine: Pick<RunningEngine, 'connect' | 'resource' | 'close'>; obey(line: string): void }

async function mortalThread(dataDir: string): Promise<Mortal> {
  const started = await startEngine({ dataDir, files: { ...files, engine: file('mortal-engine.ts') } })
  if (started.kind === 'unusable') throw new Error(started.detail)
  const channel = new BroadcastChannel('broadsheet-test')
  channel.onmessage = () => process.send?.('done')
  return { engine: started.engine, obey: line => channel.postMessage(line) }
}

async function mortalProcess(dataDir: string): Promise<Mortal> {
  standInFor('home.ts')
  const { processHome } = await import('../../src-main/electron/engine/engine-process.ts')
  const { crashUtilityProcesses } = await import('../shell/stand-in/home.ts')
  // Each death seems to be long after the last, so that the host never gives up.
  let now = 0
  const options = { dataDir, files: { ...files, engine: built('engine') }, now: () => (now += minute) }
  const { engine, started } = beginEngine(processHome, options)
  const start = await started
  if (start.kind === 'unusable') throw new Error(start.detail)
  const connect = () => carryOn(engine.connect())
  const resource = (path: string) => engine.resource(path)
  return {
    engine: { connect, resource, close: () => engine.close() },
    obey: line => void crashUtilityProcesses(line as NodeJS.Signals),
  }
}

/** The web host takes Node's ports; a page in Electron has its port itself. */
function carryOn(end: ElectronPort): MessagePort {
  const { port1, port2 } = new MessageChannel()
  const [inner, outer] = [portOfElectronPort(end), portOfNodePort(port2)]
  const forward = (from: Port, to: Port) => {
    from.onMessage(message => to.send(message))
    from.onClose(() => to.close())
  }
  forward(inner, outer)
  forward(outer, inner)
  return port1
}

const [dataDir = '', home = 'thread'] = process.argv.slice(2)
const { engine, obey } = await (home === 'process' ? mortalProcess(dataDir) : mortalThread(dataDir))
const web = await startWebHost({ engine, port: 0 })
if (web.kind === 'port-taken') throw new Error('no port')

createInterface({ input: process.stdin }).on('line', obey)
process.on('SIGTERM', () => {
  void web.host
    .close()
    .then(() => engine.close())
    .then(() => process.exit(0))
})
console.log(JSON.stringify({ url: web.host.url }))
