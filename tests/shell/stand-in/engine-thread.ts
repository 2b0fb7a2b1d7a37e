/** An engine thread that does what a test tells it by calls: answers, dies, throws, hangs. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'

type FromHost =
  | { kind: 'knock'; id: number }
  | { kind: 'connect'; port: MessagePort }
  | { kind: 'resource'; id: number; path: string }
  | { kind: 'close' }
type Asked = { id: number; name: string; input: unknown }

const { dataDir } = workerData as { dataDir: string }

if (dataDir.endsWith('in-use')) parentPort?.postMessage({ kind: 'unusable', code: 'in-use', detail: 'by another' })
else if (dataDir.endsWith('crashing')) throw new Error('broken at the start')
else parentPort?.postMessage({ kind: 'ready' })

parentPort?.on('message', (message: FromHost) => {
  if (message.kind === 'knock') parentPort?.postMessage({ kind: 'enter', id: message.id })
  if (message.kind === 'connect') message.port.on('message', (asked: Asked) => answer(message.port, asked))
  if (message.kind === 'resource') give(message.id, message.path)
  if (message.kind === 'close') process.exit(0)
})

function answer(port: MessagePort, { id, name, input }: Asked): void {
  if (name === 'die') process.exit(7)
  if (name === 'throw') throw new Error('a bug in the engine')
  if (name === 'flood') {
    const text = 'x'.repeat(1_000_000)
    for (let sent = 0; sent < 100; sent++) port.postMessage({ event: 'all-changed', payload: { text } })
  } else if (name !== 'stay silent') port.postMessage({ id, output: { name, input } })
}

function give(id: number, path: string): void {
  if (path === '/icon/never') return
  const isSigned = path.includes('signature=right')
  const bytes = new Uint8Array(isSigned ? [10, 11, 12, 13, 14, 15] : [])
  const type = path.includes('page') ? 'text/html' : 'image/png'
  parentPort?.postMessage({ kind: 'resource', id, status: isSigned ? 200 : 403, type, maxAgeSeconds: 60, bytes })
}
