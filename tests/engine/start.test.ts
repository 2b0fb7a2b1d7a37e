import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { addAfterFirstAnswer } from '../../src-main/engine/idle/after-first-answer.ts'
import { IdleWork } from '../../src-main/engine/idle/idle-work.ts'
import { createIntakeClient } from '../../src-main/intake/client.ts'
import { createTestTime } from '../polling/poller-time.ts'

/** A thread that answers every question with its name. */
class Thread extends EventEmitter {
  readonly asked: string[] = []
  postMessage(message: unknown): void {
    const { id, name } = message as { id: number; name: string }
    this.asked.push(name)
    queueMicrotask(() => this.emit('message', { id, output: name }))
  }
  terminate(): void {}
}

function lateIntake() {
  const threads: Thread[] = []
  const intake = createIntakeClient(() => {
    threads.push(new Thread())
    return threads.at(-1)!
  })
  return { intake, threads }
}

const nothingLater = async () => {}

test('no intake starts for what it need not know, or for its end', async () => {
  const { intake, threads } = lateIntake()
  intake.on('feed-changed', () => expect.fail('nobody fetches'))
  await intake.cancelRefresh()
  await intake.scheduleChanged()
  await intake.close()
  expect(threads).toHaveLength(0)
  await expect(intake.refresh({ feedIds: [1], isForced: false })).rejects.toThrow('ended')
})

test('the first question starts the intake, which the others and those who listen share', async () => {
  const { intake, threads } = lateIntake()
  const heard: number[] = []
  intake.on('feed-changed', ({ feedId }) => heard.push(feedId))

  await Promise.all([intake.refresh({ feedIds: [1], isForced: false }), intake.scheduleChanged()])
  intake.begin()
  intake.on('feed-changed', ({ feedId }) => heard.push(feedId * 10))
  threads[0]?.emit('message', { event: 'feed-changed', payload: { feedId: 7 } })
  await intake.close()

  expect(heard).toEqual([7, 70])
  expect(threads.map(thread => thread.asked)).toEqual([['refresh', 'scheduleChanged', 'shutDown']])
})

test.each([
  { name: 'what can wait begins soon after the first answer', answers: [0, 100], begins: 250 },
  { name: 'without a window it begins after two seconds', answers: [], begins: 2_000 },
  { name: 'a late window does not make it begin twice', answers: [3_000], begins: 2_000 },
])('$name', async ({ answers, begins }) => {
  const time = createTestTime(0)
  const begun: number[] = []
  const work = new IdleWork(time.clock, line => expect.fail(line))
  const rest = addAfterFirstAnswer(work, () => begun.push(time.clock.now()))
  for (const answer of answers) time.clock.setTimer(answer, rest.answered)
  await time.pass(10_000, nothingLater)
  expect(begun).toEqual([begins])
})

test('what can wait does not begin at the end', async () => {
  const time = createTestTime(0)
  const work = new IdleWork(time.clock, line => expect.fail(line))
  const rest = addAfterFirstAnswer(work, () => expect.fail('it was closed'))
  rest.answered()
  work.close()
  await time.pass(10_000, nothingLater)
})
