/** A worker that misbehaves on request; it speaks the protocol of workers/worker.ts. */
import { parentPort, threadId } from 'node:worker_threads'

const port = parentPort!
const kept: unknown[] = []

type Input = { bytes: Uint8Array }

const deeds: Record<string, (input: Input) => unknown> = {
  echo: ({ bytes }) => ({
    ok: true,
    sum: bytes.reduce((sum, byte) => sum + byte, 0),
    held: bytes.buffer.byteLength,
  }),
  who: () => ({ ok: true, thread: threadId }),
  loop: () => {
    for (;;) kept.length = 0
  },
  'bad-pattern': () => /(a+)+$/.test(`${'a'.repeat(60)}b`),
  'small-objects': () => {
    for (;;) kept.push({ index: kept.length, name: String(kept.length) })
  },
  'large-arrays': () => {
    for (;;) kept.push(new Array(10_000_000).fill(1.5))
  },
  strings: () => {
    for (let text = 'x'; ; text += text) kept.push(text.split(''))
  },
  buffers: () => {
    for (;;) kept.push(new Uint8Array(8_000_000).fill(1))
  },
  deep: () => {
    const dig = (depth: number): number => dig(depth + 1) + 1
    return dig(0)
  },
  leave: () => process.exit(3),
  mistake: () => {
    throw new TypeError('a mistake of ours')
  },
  'speak-of-nothing': () => port.postMessage(null),
  'speak-unasked': () => port.postMessage({ kind: 'bug' }),
  'speak-another-tongue': () => port.postMessage({ kind: 'constructor', stack: { split: 1 } }),
  'throw-nothing': () =>
    setImmediate(() => {
      throw null
    }),
}

port.on('message', ({ task, input }) => {
  try {
    const output = deeds[task]?.(input)
    if (!/^(speak|throw)-/.test(task)) port.postMessage({ kind: 'done', output })
  } catch (error) {
    port.postMessage({ kind: 'bug', stack: (error as Error).stack })
  }
})
port.postMessage({ kind: 'ready' })
