import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { RefreshSummary } from '../../src-main/api/model.ts'
import type { IntakeClient } from '../../src-main/intake/client.ts'
import type { IntakeEvents, RefreshStarted } from '../../src-main/intake/protocol.ts'
import { refresh } from '../../src-renderer/commands/refresh.ts'
import { App } from '../../src-renderer/state/app.svelte.ts'
import { addFeed, someNoon } from '../support/articles.ts'
import { makeEngine, type TestEngine } from '../support/engine.ts'

const minute = 60_000
const noneHeld: RefreshStarted = { total: 0, recent: null, waiting: null, underWay: 0 }
const page = {
  matchMedia: () => ({ matches: true, addEventListener: () => {} }),
  setInterval: () => 0,
  document: { addEventListener: () => {} },
} as unknown as Window

let engine: TestEngine
let app: App
/** What the intake answers next, and what it was asked. */
let started: RefreshStarted
let asked: Parameters<IntakeClient['refresh']>[0][]
let finish: (summary: RefreshSummary) => void

async function openWindow(options: { feeds: number; isSafeMode?: boolean }): Promise<number[]> {
  const listeners: ((summary: RefreshSummary) => void)[] = []
  finish = summary => {
    for (const listener of listeners) listener(summary)
  }
  engine = makeEngine({
    isSafeMode: options.isSafeMode,
    intake: {
      refresh: async request => {
        asked.push(request)
        return started
      },
      on<E extends keyof IntakeEvents>(event: E, listener: (payload: IntakeEvents[E]) => void) {
        if (event === 'refresh-finished') listeners.push(listener as never)
        return () => {}
      },
    },
  })
  const ids = Array.from({ length: options.feeds }, (_, n) =>
    addFeed(engine.db, `https://paper${n}.example/feed`, { title: `Paper ${n}` }),
  )
  app = new App({ engine: engine.connect(), onState: listener => listener('open') }, page, () => someNoon)
  await expect.poll(() => app.isReady).toBe(true)
  return ids
}

const said = () => app.toasts.shown.map(toast => toast.text)

beforeEach(() => {
  started = noneHeld
  asked = []
})
afterEach(() => engine[Symbol.asyncDispose]())

describe('what a refresh holds back is said:', () => {
  const recent = (count: number, ago = 2 * minute) => ({
    feedIds: Array.from({ length: count }, (_, n) => n + 1),
    lastAskedAt: someNoon - ago,
  })
  const wait = (feeds: number, from: number, until = from) => ({
    feeds,
    from: someNoon + from * minute,
    until: someNoon + until * minute,
  })
  const time = (minutes: number) =>
    new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' }).format(someNoon + minutes * minute)

  test.each<[string, Partial<RefreshStarted>, string[]]>([
    ['nothing', { total: 40 }, []],
    [
      'all of them',
      { recent: recent(40) },
      ['All 40 were fetched lately, the last one 2 minutes ago; press again to ask anyway.'],
    ],
    [
      'both',
      { recent: recent(2) },
      ['Both were fetched lately, the last one 2 minutes ago; press again to ask anyway.'],
    ],
    [
      'some',
      { total: 37, recent: recent(3) },
      ['3 of 40 were fetched lately, the last one 2 minutes ago; press again to ask them too.'],
    ],
    ['one', { total: 39, recent: recent(1) }, ['1 of 40 was fetched 2 minutes ago; press again to ask it too.']],
    ['one that waits', { total: 39, waiting: wait(1, 30) }, [`1 waits until ${time(30)}, as its server asks.`]],
    ['two that wait', { total: 38, waiting: wait(2, 30) }, [`2 wait until ${time(30)}, as their servers ask.`]],
    [
      'two that wait for different times, told to the minute that is surely enough',
      { total: 38, waiting: wait(2, 30, 59.2) },
      [`2 wait until ${time(60)} at the latest, as their servers ask.`],
    ],
    [
      'some of each',
      { total: 30, recent: recent(3), waiting: wait(2, 30), underWay: 5 },
      [
        `3 of 40 were fetched lately, the last one 2 minutes ago; press again to ask them too. 2 wait until ${time(30)}, as their servers ask.`,
      ],
    ],
    ['what is under way', { underWay: 40 }, ['They are being refreshed already.']],
  ])('%s', async (_name, more, texts) => {
    await openWindow({ feeds: 40 })
    started = { ...noneHeld, ...more }
    await refresh(app)
    expect(said()).toEqual(texts)
  })

  test.each<[string, Partial<RefreshStarted>, string[]]>([
    ['asked just now', { recent: recent(1, 10_000) }, ['Fetched moments ago; press again to ask anyway.']],
    ['asked some minutes ago', { recent: recent(1) }, ['Fetched 2 minutes ago; press again to ask anyway.']],
    ['waiting', { waiting: wait(1, 30) }, [`Its server wants to be left alone until ${time(30)}. It was not asked.`]],
    ['under way', { underWay: 1 }, ['It is being refreshed already.']],
  ])('one feed, %s', async (_name, more, texts) => {
    const [feedId] = await openWindow({ feeds: 2 })
    started = { ...noneHeld, ...more }
    await refresh(app, { kind: 'feed', feedId: feedId! })
    expect(said()).toEqual(texts)
  })

  test('a feed that failed when it was asked', async () => {
    const [feedId] = await openWindow({ feeds: 1 })
    engine.db.prepare(`UPDATE feeds SET failure = '{"reason":"gone"}' WHERE id = ?`).run(feedId)
    await app.sources.load()
    started = { ...noneHeld, recent: recent(1) }
    await refresh(app)
    expect(said()).toEqual(['Asked 2 minutes ago, without success; press again to ask anyway.'])
  })

  test('safe mode, and nobody is asked', async () => {
    await openWindow({ feeds: 2, isSafeMode: true })
    await refresh(app)
    expect([said(), asked]).toEqual([['This is safe mode: no feed is fetched until you start normally.'], []])
  })

  test('a folder in which nothing is', async () => {
    await openWindow({ feeds: 2 })
    const { folderId } = await app.engine.createFolder({ title: 'Empty' })
    await refresh(app, { kind: 'folder', folderId })
    expect(said()).toEqual(['There is no feed here to refresh.'])
  })

  test.each([
    ['offline', 'This computer is offline. Nothing was fetched.'],
    ['sign-in', 'This network wants you to sign in first. Nothing was fetched.'],
  ] as const)('a refresh that got through to no server, in one word for all feeds: %s', async (reason, words) => {
    const ids = await openWindow({ feeds: 3 })
    const failed = ids.map(feedId => ({ feedId, title: '', failure: { reason } }))
    finish({ feeds: 3, updated: 0, unchanged: 0, failed, newArticles: 0, wasCancelled: false })
    await expect.poll(said).toEqual([words])
  })
})

test('what is held back takes the place of what the refresh before it came to', async () => {
  await openWindow({ feeds: 3 })
  finish({ feeds: 3, updated: 0, unchanged: 3, failed: [], newArticles: 0, wasCancelled: false })
  await expect.poll(said).toEqual(['Nothing new in 3 feeds.'])
  started = { ...noneHeld, recent: { feedIds: [1, 2, 3], lastAskedAt: someNoon } }
  await refresh(app)
  expect(said()).toEqual(['All 3 were fetched lately, the last one moments ago; press again to ask anyway.'])
})

test('a second press insists on what was held back, a third does not ask it for the same a third time', async () => {
  await openWindow({ feeds: 3 })
  started = { ...noneHeld, total: 1, recent: { feedIds: [1, 2], lastAskedAt: someNoon } }
  await refresh(app)
  // The one that the first press asked is recent, too, by now.
  started = { ...noneHeld, total: 2, recent: { feedIds: [3], lastAskedAt: someNoon } }
  await refresh(app)
  expect(asked.map(request => request.insistOn)).toEqual([[], [1, 2]])
  expect(said()).toEqual([])

  await refresh(app)
  expect(asked.at(-1)?.insistOn).toEqual([])
})

test.each<[string, (opened: App) => unknown]>([
  ['going elsewhere', opened => opened.place.show({ kind: 'saved' })],
  ['opening a dialog', opened => opened.dialogs.show('help', {})],
  ['putting the words away', opened => opened.toasts.dismiss(opened.toasts.shown[0]!.id)],
  ['a refresh of something else', opened => refresh(opened, { kind: 'feed', feedId: 1 })],
])('%s between two presses makes the second a first one', async (_name, act) => {
  await openWindow({ feeds: 3 })
  started = { ...noneHeld, recent: { feedIds: [1, 2, 3], lastAskedAt: someNoon } }
  await refresh(app)
  await act(app)
  await refresh(app)
  expect(asked.at(-1)?.insistOn).toEqual([])
})
