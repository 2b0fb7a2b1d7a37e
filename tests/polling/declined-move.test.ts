import { expect, test } from 'vitest'
import { readMemory, remember } from '../../src-main/polling/poll-memory.ts'
import { changeFeedUrl, feedById } from '../../src-main/store/feeds/feeds.ts'
import { recordPolls } from '../../src-main/store/feeds/poll-state.ts'
import { addFeed, makeStore, someNoon } from '../support/articles.ts'

const old = 'https://gazette.example/feed'
const target = 'https://gazette.example/feed/new'

test('a move that was taken back is not taken again, however often the server repeats it', () => {
  using store = makeStore()
  const feedId = addFeed(store.db, old)
  const asked = { feedId, url: old, checkedAt: someNoon, isSuccess: true, nextCheckAt: someNoon, failure: null }
  recordPolls(store.db, [{ ...asked, memory: {}, isGone: false, adopt: { url: target, privateHost: null } }])
  expect(feedById(store.db, feedId)).toMatchObject({ url: target, movedFrom: old })

  changeFeedUrl(store.db, { feedId, url: old, privateHost: null }, someNoon)

  const memory = store.db.prepare<[], string>('SELECT poll_memory FROM feeds').pluck().get() ?? null
  const read = { kind: 'not-modified', validators: null, freshSeconds: 0 } as const
  expect(remember(readMemory(memory), { ...read, movedTo: target }, someNoon).move).toBeNull()
  expect(remember(readMemory(memory), { ...read, movedTo: `${target}er` }, someNoon).move).not.toBeNull()
})
