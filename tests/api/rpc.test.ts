/** Calls and events between two threads, as the engine makes them. */
import { once } from 'node:events'
import { MessageChannel, Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { connectTo, emitterTo, serve, transferring } from '../../src-main/api/contract/rpc.ts'
import { portOfNodePort, portOfWorker } from '../../src-main/api/ports.ts'
import { failureOf } from '../../src-main/lib/log.ts'

type Shelf = {
  add(input: { title: string }): Promise<number>
  take(): Promise<{ bytes: Uint8Array }>
  lose(): Promise<never>
  break(): Promise<never>
}
type ShelfEvents = { added: { title: string } }

function shelf() {
  const { port1, port2 } = new MessageChannel()
  const emit = emitterTo<ShelfEvents>(portOfNodePort(port2))
  const log: string[] = []
  const bytes = new Uint8Array([1, 2, 3])
  const handlers: Shelf = {
    async add({ title }) {
      emit('added', { title })
      return title.length
    },
    take: async () => transferring({ bytes }, [bytes.buffer]),
    lose: () => Promise.reject(Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' })),
    break: () => Promise.reject(new TypeError('a bug of ours')),
  }
  serve(
    portOfNodePort(port2),
    handlers,
    failureOf(line => log.push(line)),
  )
  const client = connectTo<Shelf, ShelfEvents>(portOfNodePort(port1))
  return { client, bytes, log, ours: port1, theirs: port2, [Symbol.dispose]: () => port1.close() }
}

test('an event that comes before an answer is heard before it, until nobody listens', async () => {
  using made = shelf()
  const heard: string[] = []
  const stop = made.client.on('added', ({ title }) => heard.push(title))
  heard.push(String(await made.client.add({ title: 'atlas' })))
  stop()
  await made.client.add({ title: 'almanac' })
  expect(heard).toEqual(['atlas', '5'])
})

test('what a handler throws is the caller’s error with its code and words, and a bug is logged where it happened', async () => {
  using made = shelf()
  await expect(made.client.lose()).rejects.toMatchObject({ code: 'SQLITE_FULL', message: 'database or disk is full' })
  expect(made.log).toEqual([])
  await expect(made.client.break()).rejects.toMatchObject({ code: '', message: 'a bug of ours' })
  expect(made.log).toEqual([expect.stringMatching(/^break failed: TypeError: a bug of ours\n.*rpc\.test/)])
})

test.each(['burn', 'toString', '__proto__'])('a call of %s, which nobody offers, is refused', async name => {
  using made = shelf()
  made.ours.postMessage({ id: 1, name, input: null })
  expect(await once(made.ours, 'message')).toMatchObject([{ id: 1, error: { detail: name } }])
})

test('bytes that are handed over are moved and not copied', async () => {
  using made = shelf()
  expect(await made.client.take()).toEqual({ bytes: new Uint8Array([1, 2, 3]) })
  expect(made.bytes.buffer.detached).toBe(true)
})

test('messages that are no calls, and answers nobody waits for, do nothing', async () => {
  using made = shelf()
  const noCalls = [null, 7, 'add', [], { id: '1', name: 'add' }, { id: 1, name: 7 }, { id: Number.NaN, name: 'add' }]
  for (const message of noCalls) made.ours.postMessage(message)
  made.theirs.postMessage({ id: 99, output: 'late' })
  made.theirs.postMessage({ id: 99, error: { code: 'internal', detail: 'late' } })
  expect(await made.client.add({ title: 'atlas' })).toBe(5)
})

test('a thread that dies refuses what waits for it and what comes after, and says what it died of', async () => {
  const program = `require('node:worker_threads').parentPort.on('message', () => { throw new Error('out of paper') })`
  const client = connectTo<Shelf>(portOfWorker(new Worker(program, { eval: true })))
  const closed = new Promise(resolve => client.onClose(resolve))
  const reason = { code: 'closed', message: expect.stringContaining('out of paper') }
  const refused = { status: 'rejected', reason: expect.objectContaining(reason) }
  expect(await Promise.allSettled([client.add({ title: 'atlas' }), client.take()])).toEqual([refused, refused])
  expect(await closed).toContain('out of paper')
  await expect(client.take()).rejects.toMatchObject({ code: 'closed' })
})
