/** What a window asks for while a mailbox of thousands of messages is read for the first time: one batch of heads after another. */
import { afterEach, expect, test, vi } from 'vitest'
import type { IntakeEvents } from '../../src-main/intake/protocol.ts'
import { noteSender } from '../../src-main/store/mail/senders.ts'
import { Mail } from '../../src-renderer/library/mail/mail.svelte.ts'
import { someNoon } from '../support/articles.ts'
import { makeEngine } from '../support/engine.ts'

afterEach(() => void vi.useRealTimers())

test('of a hundred batches it reads the senders twice: at once, and when they have come', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const listeners: (() => void)[] = []
  await using engine = makeEngine({
    intake: {
      on<E extends keyof IntakeEvents>(event: E, listener: (payload: IntakeEvents[E]) => void) {
        if (event === 'mail-changed') listeners.push(() => listener({} as never))
        return () => {}
      },
    },
  })
  const client = engine.connect()
  let reads = 0
  const mail = new Mail(
    Object.assign(Object.create(client), {
      mailSenders: () => {
        reads++
        return client.mailSenders({})
      },
    }),
  )
  const noteBatch = (batch: number) => {
    const name = `Sender ${batch}`
    const key = `list:${batch}.example`
    noteSender(engine.db, {
      ...{ key, name, address: 'a@quay.example', subject: 'Fog' },
      ...{ isNewsletter: true, unsubscribe: null, sentAt: someNoon },
    })
    for (const tell of listeners) tell()
  }

  noteBatch(0)
  await vi.waitFor(() => expect(mail.senders).toHaveLength(1))
  for (let batch = 1; batch < 100; batch++) {
    noteBatch(batch)
    // The window has its answer before the next one.
    await vi.advanceTimersByTimeAsync(1)
  }
  await vi.advanceTimersByTimeAsync(10_000)
  await vi.waitFor(() => expect(mail.senders).toHaveLength(100))
  expect(reads).toBe(2)

  // What comes later is told of at once.
  noteBatch(100)
  await vi.waitFor(() => expect(mail.senders).toHaveLength(101))
  expect(reads).toBe(3)
})
