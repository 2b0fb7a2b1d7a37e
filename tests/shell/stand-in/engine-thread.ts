/** An engine thread that does what a test tells it by calls: answers, dies, throws, hangs. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import type { EngineThread, EngineThreadEvents, Resource } from '../../../src-main/api/engine-thread.ts'
import { portOfNodePort } from '../../../src-main/api/ports.ts'
import { emitterTo, serve } from '../../../src-main/api/rpc.ts'

type Asked = { id: number; name: string; input: unknown }

const { dataDir } = workerData as { dataDir: string }
const host = portOfNodePort(parentPort!)
const emit = emitterTo<EngineThreadEvents>(host)

if (dataDir.endsWith('in-use')) emit('unusable', { code: 'in-use', detail: 'by another' })
else if (dataDir.endsWith('crashing')) throw new Error('broken at the start')
else emit('ready', {})

const handlers: EngineThread<MessagePort> = {
  isAccepting: async () => true,
  attach: async ({ port }) => void port.on('message', (asked: Asked) => answer(port, asked)),
  resource: async ({ path }) => (path === '/icon/never' ? new Promise(() => {}) : resourceAt(path)),
  end: async () => process.exit(0),
}
serve(host, handlers, error => ({ code: '', detail: String(error) }))

function answer(port: MessagePort, { id, name, input }: Asked): void {
  if (name === 'die') process.exit(7)
  if (name === 'throw') throw new Error('a bug in the engine')
  if (name === 'flood') {
    const text = 'x'.repeat(1_000_000)
    for (let sent = 0; sent < 100; sent++) port.postMessage({ event: 'all-changed', payload: { text } })
  } else if (name !== 'stay silent') port.postMessage({ id, output: { name, input } })
}

function resourceAt(path: string): Resource {
  const isSigned = path.includes('signature=right')
  const bytes = new Uint8Array(isSigned ? [10, 11, 12, 13, 14, 15] : [])
  const type = path.includes('page') ? 'text/html' : 'image/png'
  return { status: isSigned ? 200 : 403, type, maxAgeSeconds: 60, bytes }
}
