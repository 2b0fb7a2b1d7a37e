import { beforeEach, expect, test } from 'vitest'
import type { EventName, Events } from '../../src-main/api/contract/events.ts'
import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import type { Article } from '../../src-main/api/model.ts'
import { defaultSettings } from '../../src-main/api/settings.ts'
import { Reader } from '../../src-renderer/library/reader.svelte.ts'
import type { Actions } from '../../src-renderer/state/actions.ts'
import { SettingsState } from '../../src-renderer/state/settings.svelte.ts'

/** Has articles of one word, and notes which are asked for. */
class Shelf {
  texts = new Map([1, 2, 3].map(id => [id, `text ${id}`]))
  asked: number[] = []
  readonly #listeners = new Map<EventName, ((payload: never) => void)[]>()
  readonly engine = {
    article: async ({ id }: { id: number }) => {
      this.asked.push(id)
      return this.article(id)
    },
    on: (event: EventName, listener: (payload: never) => void) =>
      void this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener]),
  } as unknown as EngineClient

  article(id: number): Article | null {
    const html = this.texts.get(id)
    return html === undefined ? null : ({ id, html, isRead: false, isSaved: false } as Article)
  }

  emit<E extends EventName>(event: E, payload: Events[E]): void {
    for (const listener of this.#listeners.get(event) ?? []) listener(payload as never)
  }
}

let shelf: Shelf
let reader: Reader
/** Answers only once the test says so. */
let answer: PromiseWithResolvers<Article | null>
const fromEngine = () => answer.promise
/** Timers run in their order: the reader's own has run by then. */
const nextTask = () => new Promise(resolve => setTimeout(resolve))

beforeEach(() => {
  shelf = new Shelf()
  reader = new Reader(shelf.engine, async () => undefined)
  answer = Promise.withResolvers()
})

test('a prefetched article is shown before the engine has answered, and is then what it answers', async () => {
  await reader.prefetch([2, 3])
  const opening = reader.open(2, fromEngine)
  await nextTask()
  expect(reader).toMatchObject({ status: 'ready', article: { id: 2, html: 'text 2', isRead: false } })
  answer.resolve({ ...shelf.article(2)!, isRead: true })
  await opening
  expect(reader.article).toMatchObject({ id: 2, isRead: true })
})

test('the engine is asked before a prefetched article is shown', async () => {
  await reader.prefetch([2])
  const seenWhenAsked: unknown[] = []
  void reader.open(2, async () => {
    await Promise.resolve()
    seenWhenAsked.push(reader.article)
    return await answer.promise
  })
  await nextTask()
  expect(seenWhenAsked).toEqual([null])
  expect(reader.status).toBe('ready')
})

test('what the engine answers at once is not replaced by what was prefetched', async () => {
  await reader.prefetch([2])
  shelf.texts.set(2, 'edited')
  await reader.open(2, async () => shelf.article(2))
  await nextTask()
  expect(reader.article?.html).toBe('edited')
})

test('one that was deleted meanwhile is gone once the engine says so', async () => {
  await reader.prefetch([2])
  const opening = reader.open(2, fromEngine)
  await nextTask()
  expect(reader.status).toBe('ready')
  answer.resolve(null)
  await opening
  expect(reader).toMatchObject({ status: 'gone', article: null })
})

test('one that was marked meanwhile is shown marked', async () => {
  await reader.prefetch([2])
  shelf.emit('articles-changed', { articleIds: [2], isRead: true, isSaved: true })
  void reader.open(2, fromEngine)
  await nextTask()
  expect(reader.article).toMatchObject({ isRead: true, isSaved: true })
})

test.each([
  ['edited', () => shelf.emit('articles-arrived', { feedId: 1, newIds: [], editedIds: [2] })],
  ['changed with many others', () => shelf.emit('all-changed', {})],
  ['of other settings, with pictures', () => shelf.emit('settings-changed', { settings: defaultSettings })],
  ['no longer wanted', () => reader.prefetch([3])],
  ['of an earlier connection', () => reader.reload()],
])('one that is %s is waited for', async (_why, happen) => {
  await reader.prefetch([2])
  await happen()
  void reader.open(2, fromEngine)
  await nextTask()
  expect(reader).toMatchObject({ status: 'loading', article: null })
})

test('the article shown needs no fetching when it has become the previous one', async () => {
  await reader.open(1, async () => shelf.article(1))
  await reader.prefetch([2])
  await reader.open(2, async () => shelf.article(2))
  await reader.prefetch([3, 1])
  expect(shelf.asked).toEqual([2, 3])
})

test('nothing is fetched twice, nor after the reader has gone on', async () => {
  await reader.prefetch([1, 2])
  const late = reader.prefetch([2, 1, 3])
  await reader.prefetch([2])
  await late
  expect(shelf.asked).toEqual([1, 2])
})

test('once pictures are being turned off nothing is shown that was prefetched before, nor what was still on its way', async () => {
  const onItsWay = Promise.withResolvers<void>()
  const { article } = shelf.engine
  shelf.engine.article = async input => {
    if (input.id === 3) await onItsWay.promise
    return article(input)
  }
  const settings = new SettingsState(
    Object.assign(shelf.engine, { changeSettings: () => new Promise(() => undefined) }),
    { attempt: (command: () => Promise<unknown>) => command() } as unknown as Actions,
    { onChanged: () => undefined, onReading: () => reader.forgetPrefetched() },
  )
  const fetching = reader.prefetch([2, 3])
  await nextTask()
  void settings.change({ pictures: 'never' })
  onItsWay.resolve()
  await fetching
  for (const id of [2, 3]) {
    void reader.open(id, fromEngine)
    await nextTask()
    expect(reader.status).toBe('loading')
  }
})
