/** What is done while nothing else is: in which order, when, and what a failure or the end does to it. */
import { beforeEach, expect, test } from 'vitest'
import { IdleWork, type Job } from '../../src-main/engine/idle/idle-work.ts'
import { createTestTime, type TestTime } from '../polling/poller-time.ts'

let time: TestTime
let work: IdleWork
/** Each step, with the ms since the start at which it was done. */
let done: [name: string, at: number][]
let logged: string[]

beforeEach(() => {
  time = createTestTime(0)
  logged = []
  work = new IdleWork(time.clock, line => logged.push(line.split('\n')[0]!))
  done = []
})

const pass = (ms: number) => time.pass(ms, () => new Promise(resolve => setImmediate(resolve)))

function add(name: string, steps: number, more: Partial<Job> = {}) {
  return work.add({
    name,
    firstAfter: 1_000,
    waitsForQuiet: false,
    async *run() {
      for (let step = 0; step < steps; step++) {
        if (step > 0) yield
        done.push([name, time.clock.now()])
      }
    },
    ...more,
  })
}

test('of two that are due the first is finished first, with a pause after each step', async () => {
  add('first', 3)
  add('second', 2)
  await pass(10_000)
  expect(done).toEqual([
    ['first', 1_000],
    ['first', 1_100],
    ['first', 1_200],
    ['second', 1_300],
    ['second', 1_400],
  ])
})

test('while articles are stored only those go on that need not wait for quiet', async () => {
  add('eager', 1, { firstAfter: 8_000 })
  add('patient', 2, { waitsForQuiet: true })
  await pass(1_050)
  for (let second = 0; second < 10; second++) {
    work.disturbed()
    await pass(1_000)
  }
  await pass(10_000)
  // The last was stored at 10,050.
  expect(done).toEqual([
    ['patient', 1_000],
    ['eager', 8_000],
    ['patient', 15_050],
  ])
})

test('one that waits for another thread holds up nobody', async () => {
  const other = Promise.withResolvers<void>()
  work.add({
    name: 'asking',
    firstAfter: 500,
    waitsForQuiet: false,
    async run() {
      await other.promise
      done.push(['asking', time.clock.now()])
    },
  })
  add('working', 1)
  await pass(2_000)
  other.resolve()
  await pass(0)
  expect(done).toEqual([
    ['working', 1_000],
    ['asking', 2_000],
  ])
})

test('one that fails is logged, and comes again when it is due', async () => {
  work.add({
    name: 'failing',
    firstAfter: 1_000,
    repeatAfter: 60_000,
    waitsForQuiet: false,
    async run() {
      done.push(['failing', time.clock.now()])
      throw new Error('no')
    },
  })
  await pass(100_000)
  expect(done).toEqual([
    ['failing', 1_000],
    ['failing', 61_000],
  ])
  expect(logged).toEqual(['failing failed: Error: no', 'failing failed: Error: no'])
})

test('one that fails before it has begun is logged, and the others go on', async () => {
  work.add({
    name: 'failing',
    firstAfter: 1_000,
    repeatAfter: 60_000,
    waitsForQuiet: false,
    run() {
      throw new Error('no')
    },
  })
  add('working', 1)
  await pass(100_000)
  expect(logged).toEqual(['failing failed: Error: no', 'failing failed: Error: no'])
  expect(done).toEqual([['working', 1_100]])
})

test('one that is put off in the middle begins anew, after it has put away what it had in hand', async () => {
  const scheduled = work.add({
    name: 'planning',
    firstAfter: 1_000,
    waitsForQuiet: false,
    async *run() {
      try {
        for (const step of ['plan', 'act', 'act']) {
          done.push([step, time.clock.now()])
          yield
        }
      } finally {
        done.push(['put away', time.clock.now()])
      }
    },
  })
  await pass(1_150)
  scheduled.runIn(5_000)
  await pass(10_000)
  expect(done).toEqual([
    ['plan', 1_000],
    ['act', 1_100],
    ['put away', 1_150],
    ['plan', 6_150],
    ['act', 6_250],
    ['act', 6_350],
    ['put away', 6_450],
  ])
})

test('a plan that comes after it was put off is not acted on', async () => {
  const plans = [Promise.withResolvers<string>(), Promise.withResolvers<string>()]
  let asked = 0
  const scheduled = work.add({
    name: 'planning',
    firstAfter: 1_000,
    waitsForQuiet: false,
    async *run() {
      const plan = await plans[asked++]!.promise
      yield
      done.push([plan, time.clock.now()])
    },
  })
  await pass(1_500)
  scheduled.runIn(1_000)
  plans[0]!.resolve('old')
  await pass(5_000)
  plans[1]!.resolve('new')
  await pass(5_000)
  expect(done).toEqual([['new', 6_500]])
})

test('nothing is begun or gone on with after the end, whoever asks', async () => {
  add('patient', 3, { waitsForQuiet: true })
  const late = add('late', 1, { firstAfter: 60_000 })
  await pass(1_050)
  work.disturbed()
  await pass(1_000)
  work.close()
  late.runIn(0)
  work.disturbed()
  await pass(100_000)
  expect(done).toEqual([['patient', 1_000]])
})
