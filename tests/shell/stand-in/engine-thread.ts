/** An engine, at either home, that does what a test tells it by calls: answers, dies, throws, hangs. */
import { once } from 'node:events'
import { getHeapStatistics } from 'node:v8'
import { Worker } from 'node:worker_threads'
import { emitterTo, serve } from '../../../src-main/api/contract/rpc.ts'
import type { EngineThread, EngineThreadEvents, Resource } from '../../../src-main/api/engine-thread.ts'
import type { Port } from '../../../src-main/api/ports.ts'
import { findParent } from '../../../src-main/engine/parent.ts'

type Asked = { id: number; name: string; input: unknown }

const {
  start: { dataDir },
  port: host,
  onConnection,
} = findParent()
const emit = emitterTo<EngineThreadEvents>(host)

if (dataDir.endsWith('in-use')) emit('unusable', { code: 'in-use', detail: 'by another' })
else if (dataDir.endsWith('crashing')) throw new Error('broken at the start')
else emit('ready', {})

const handlers: EngineThread = {
  isAccepting: async () => true,
  resource: async ({ path }) => (path === '/icon/never' ? new Promise(() => {}) : resourceAt(path)),
  readRecording: async () => ({ kind: 'end' }),
  closeRecording: async () => {},
  end: async () => process.exit(0),
}
onConnection(port => port.onMessage(asked => answer(port, asked as Asked)))
serve(host, handlers, error => ({ code: '', detail: String(error) }))

function answer(port: Port, { id, name, input }: Asked): void {
  if (name === 'die') process.exit(7)
  if (name === 'fault') process.kill(process.pid, 'SIGSEGV')
  if (name === 'throw') throw new Error('a bug in the engine')
  if (name === 'limits') void limits().then(output => port.send({ id, output }))
  else if (name === 'flood') {
    const text = 'x'.repeat(1_000_000)
    for (let sent = 0; sent < 100; sent++) port.send({ event: 'all-changed', payload: { text } })
  } else if (name !== 'stay silent') port.send({ id, output: { name, input } })
}

const heapLimit = `require('v8').getHeapStatistics().heap_size_limit / 2 ** 20`

/** What V8 may take here, and in a thread that was given 50 MB, in MB. */
async function limits(): Promise<{ engine: number; thread: number }> {
  const thread = new Worker(`require('worker_threads').parentPort.postMessage(${heapLimit})`, {
    eval: true,
    resourceLimits: { maxOldGenerationSizeMb: 50, maxYoungGenerationSizeMb: 3 },
  })
  const [ofThread] = (await once(thread, 'message')) as [number]
  return { engine: getHeapStatistics().heap_size_limit / 2 ** 20, thread: ofThread }
}

function resourceAt(path: string): Resource {
  const isSigned = path.includes('signature=right')
  const bytes = new Uint8Array(isSigned ? [10, 11, 12, 13, 14, 15] : [])
  const type = path.includes('page') ? 'text/html' : 'image/png'
  return { status: isSigned ? 200 : 403, type, maxAgeSeconds: 60, bytes }
}
