import { afterEach, expect, test } from 'vitest'
import { createPool, type Pool, type PoolOptions } from '../../src-main/workers/pool.ts'
import type { TaskName } from '../../src-main/workers/tasks.ts'

const workerFile = new URL('../support/bad-worker.ts', import.meta.url)
const pools: Pool[] = []

/** A pool of misbehaving workers (bad-worker.ts), which have misdeeds for tasks. */
function badPool(options: Partial<PoolOptions> = {}) {
  const pool = createPool({ workerFile, size: 2, deadlineMs: 2_000, memoryMb: 100, ...options })
  pools.push(pool)
  const run = (deed: string, bytes = new Uint8Array([1, 2, 3]), more = {}) =>
    pool.run(deed as TaskName, { bytes, url: 'http://a.test/', contentType: null }, more)
  return { pool, run }
}

afterEach(async () => {
  await Promise.all(pools.splice(0).map(pool => pool.close()))
})

test('a task gets its bytes, and only its bytes when they are a window on a larger buffer', async () => {
  const { run } = badPool()
  const bytes = new Uint8Array(new ArrayBuffer(1_000_000), 10, 4).fill(5)
  expect(await run('echo', bytes)).toEqual({ ok: true, sum: 20, held: 4 })
  expect(bytes.length).toBe(4)
})

test('bytes that are given to a task are moved, and not held twice', async () => {
  const { run } = badPool()
  const given = new Uint8Array(1_000_000).fill(1)
  const part = new Uint8Array(new ArrayBuffer(1_000_000), 10, 4).fill(5)
  expect(await run('echo', given, { isGiven: true })).toEqual({ ok: true, sum: 1_000_000, held: 1_000_000 })
  expect(given.length).toBe(0)
  expect(await run('echo', part, { isGiven: true })).toEqual({ ok: true, sum: 20, held: 4 })
})

const deeds = [
  { deed: 'loop', limit: 'time' },
  { deed: 'bad-pattern', limit: 'time' },
  { deed: 'small-objects', limit: 'memory' },
  { deed: 'large-arrays', limit: 'memory' },
  { deed: 'strings', limit: 'memory' },
  { deed: 'buffers', limit: 'memory' },
  { deed: 'deep', limit: 'memory' },
]

test.each(deeds)(
  'a worker in $deed is replaced: $limit limit; its neighbour never notices',
  async ({ deed, limit }) => {
    const { run } = badPool({ deadlineMs: limit === 'time' ? 300 : 20_000 })
    const [bad, ...good] = await Promise.all([run(deed), run('echo'), run('echo'), run('echo')])
    expect(bad).toEqual({ ok: false, failure: { reason: 'worker-limit', limit } })
    expect(good).toEqual(Array(3).fill({ ok: true, sum: 6, held: 3 }))
    expect(await run('echo')).toEqual({ ok: true, sum: 6, held: 3 })
  },
  30_000,
)

test('a mistake of ours fails its own task only, and is reported', async () => {
  const told: string[] = []
  const { run } = badPool({ onBug: (task, stack) => told.push(`${task}: ${stack.split('\n', 1)[0]}`) })
  const [mistake, left, good] = await Promise.all([run('mistake'), run('leave'), run('echo')])
  expect(mistake).toMatchObject({ ok: false, failure: { reason: 'malformed', detail: 'TypeError: a mistake of ours' } })
  expect(left).toMatchObject({ ok: false, failure: { reason: 'malformed' } })
  expect(good).toMatchObject({ ok: true })
  expect(told).toContain('mistake: TypeError: a mistake of ours')
})

test.each(['speak-of-nothing', 'speak-unasked', 'speak-another-tongue', 'throw-nothing'])(
  'a worker that does %s fails its own task, and nothing else',
  async deed => {
    const { run } = badPool()
    expect(await run(deed)).toMatchObject({ ok: false, failure: { reason: 'malformed' } })
    expect(await run('echo')).toEqual({ ok: true, sum: 6, held: 3 })
  },
)

test('a worker file that is not there fails the task, not the process', async () => {
  const { run } = badPool({ workerFile: new URL('../support/absent.ts', import.meta.url) })
  expect(await run('echo')).toMatchObject({ ok: false, failure: { reason: 'malformed' } })
})

test('a deadline counts from the start of a task, not from the asking', { timeout: 60_000 }, async () => {
  const { run } = badPool({ size: 1, deadlineMs: 400 })
  const answers = await Promise.all([run('loop'), run('loop'), run('echo')])
  expect(answers.map(answer => answer.ok)).toEqual([false, false, true])
})

test('quick tasks share a thread, and do not wait for a slow one', { timeout: 60_000 }, async () => {
  const { run } = badPool({ size: 2, coreSize: 1, deadlineMs: 5_000 })
  const threads = await Promise.all([run('who'), run('who'), run('who')])
  expect(new Set(threads.map(answer => 'thread' in answer && answer.thread)).size).toBe(1)
  const slow = run('loop')
  const ended: string[] = []
  await Promise.all([
    slow.then(() => ended.push('slow')),
    ...['a', 'b', 'c'].map(name => run('echo').then(() => ended.push(name))),
  ])
  expect(ended).toEqual(['a', 'b', 'c', 'slow'])
})

test('tasks in the queue go on when the only thread is lost', async () => {
  const { run } = badPool({ size: 1, deadlineMs: 300 })
  const [lost, next, last] = await Promise.all([run('leave'), run('who'), run('who')])
  expect([lost.ok, next.ok, last.ok]).toEqual([false, true, true])
})

test('an urgent task goes before those that wait', async () => {
  const { run } = badPool({ size: 1 })
  const order: string[] = []
  await Promise.all([
    run('echo').then(() => order.push('running')),
    run('echo').then(() => order.push('waiting')),
    run('echo', undefined, { isUrgent: true }).then(() => order.push('urgent')),
  ])
  expect(order).toEqual(['running', 'urgent', 'waiting'])
})

test('a cancelled task rejects with the reason, whether it runs or waits', async () => {
  const { run } = badPool({ size: 1 })
  const cancel = new AbortController()
  const running = run('loop', undefined, { signal: cancel.signal })
  const waiting = run('echo', undefined, { signal: cancel.signal })
  cancel.abort(new Error('the user went elsewhere'))
  expect(await Promise.allSettled([running, waiting])).toMatchObject([
    { status: 'rejected', reason: { message: 'the user went elsewhere' } },
    { status: 'rejected', reason: { message: 'the user went elsewhere' } },
  ])
  expect(await run('echo')).toMatchObject({ ok: true })
})

test('a closed pool ends what runs and takes nothing more', async () => {
  const { pool, run } = badPool()
  const running = run('loop')
  const closed = pool.close()
  await expect(running).rejects.toThrow('closed')
  await closed
  await expect(run('echo')).rejects.toThrow('closed')
})
