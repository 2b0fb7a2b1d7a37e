/** What a window shows is what is kept: commands on a database that takes no write, and the window compared with a new one. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { EngineLink } from '../../src-main/api/contract/link.ts'
import { defaultSettings } from '../../src-main/api/settings.ts'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import {
  markViewRead,
  moveFeeds,
  removeFolder,
  setPaused,
  toggleRead,
  toggleSaved,
  unsubscribe,
} from '../../src-renderer/commands/changes.ts'
import { commandsOf } from '../../src-renderer/commands/commands.ts'
import { FollowList } from '../../src-renderer/library/follow-list.svelte.ts'
import { words } from '../../src-renderer/messages/common.ts'
import { dropInto } from '../../src-renderer/sources/drag.ts'
import { App } from '../../src-renderer/state/app.svelte.ts'
import { addFeed, makeArticle, someNoon } from '../support/articles.ts'
import { makeEngine, type TestEngine } from '../support/engine.ts'

let engine: TestEngine
let app: App

/** As much of a page as the window's state needs. */
const page = {
  matchMedia: () => ({ matches: true, addEventListener: () => {} }),
  setInterval: () => 0,
  document: { addEventListener: () => {} },
} as unknown as Window

const settled = () => new Promise(resolve => setTimeout(resolve, 80))

async function openWindow(): Promise<App> {
  const link: EngineLink = { engine: engine.connect(), onState: listener => listener('open') }
  const opened = new App(link, page, () => someNoon)
  await expect.poll(() => opened.isReady).toBe(true)
  return opened
}

/** All that a window shows of what is kept. */
function shown({ settings, sources, headlines, reader }: App) {
  const { feeds, folders, counts } = sources
  return { kept: settings.current, feeds, folders, counts, rows: headlines.rows, article: reader.article }
}

beforeEach(async () => {
  engine = makeEngine()
  const feedId = addFeed(engine.db, 'https://gazette.example/feed')
  addFeed(engine.db, 'https://orchard.example/feed', { title: 'Orchard Notes' })
  const articles = ['a', 'b', 'c'].map(title => makeArticle({ title }))
  storeArticles(engine.db, feedId, articles, someNoon)
  const client = engine.connect()
  const { folderId } = await client.createFolder({ title: 'Morning' })
  await client.createFolder({ title: 'Evening' })
  await client.moveFeeds({ feedIds: [feedId], folderId })
  app = await openWindow()
  await app.place.show({ kind: 'all' })
})

afterEach(async () => {
  await engine[Symbol.asyncDispose]()
})

const theFeed = (opened: App) => opened.sources.feeds.find(feed => feed.title === 'The Gazette')!
const folder = (opened: App, title: string) => opened.sources.folders.find(one => one.title === title)!
const noPage = {
  stepStory: () => false,
  scrollArticle: () => false,
  backInArticle: () => false,
  printArticle: () => false,
  findInArticle: () => false,
  quotation: () => null,
  focusPane: () => {},
  focusSearch: () => {},
}
const press = (opened: App, name: keyof ReturnType<typeof commandsOf>) => commandsOf(opened, noPage)[name]()

/** A drag of a source onto a folder, as the tree hands it on. */
function drop(opened: App, key: string, folderId: number): Promise<void> {
  const dataTransfer = { getData: () => key } as unknown as DataTransfer
  return dropInto(opened, { dataTransfer } as DragEvent, folderId)
}

const deeds: [string, (opened: App) => unknown][] = [
  ['opening an article', opened => opened.place.open(opened.headlines.rows[0]!.id)],
  ['marking one read', opened => toggleFirst(opened)],
  ['saving one', opened => toggleSaved(opened, opened.headlines.rows[1]!.id)],
  ['marking all read', opened => markViewRead(opened, opened.place.view)],
  ['marking a feed read', opened => markViewRead(opened, { kind: 'feed', feedId: theFeed(opened).id })],
  ['unsubscribing', opened => unsubscribe(opened, theFeed(opened))],
  ['removing a folder', opened => removeFolder(opened, folder(opened, 'Morning'))],
  ['moving a feed', opened => moveFeeds(opened, [theFeed(opened).id], null)],
  ['dragging a feed', opened => drop(opened, `feed:${theFeed(opened).id}`, folder(opened, 'Evening').id)],
  ['dragging a folder', opened => drop(opened, `folder:${folder(opened, 'Evening').id}`, folder(opened, 'Morning').id)],
  ['pausing a feed', opened => setPaused(opened, theFeed(opened), true)],
  ['listing the unread only', opened => press(opened, 'toggle-unread-only')],
  ['hiding the sources', opened => press(opened, 'toggle-sources')],
  ['choosing a theme', opened => opened.settings.change({ theme: 'dark' })],
  ['closing a folder', opened => opened.settings.change({ collapsedFolders: [folder(opened, 'Morning').id] })],
  [
    'keeping articles for a time',
    opened => opened.settings.change({ retention: { ...opened.settings.current.retention, days: 9 } }),
  ],
  ['following a selection', opened => followSome(opened)],
]

function toggleFirst(opened: App): Promise<void> {
  opened.headlines.selectedId = opened.headlines.rows[0]!.id
  return toggleRead(opened)
}

function followSome(opened: App): Promise<unknown> {
  const list = new FollowList({ ...opened.engine, addFeed: added, sources: opened.engine.sources } as never)
  const feeds = [{ url: 'https://new.example/feed', title: 'New', folder: 'News' }]
  return opened.actions
    .attempt(() => list.follow(feeds))
    .then(() => expect([list.followed, list.states.size]).toEqual([0, 0]))

  // The intake sleeps here: what it would bring is not the question, but what follows on it is.
  async function added(): Promise<never> {
    await opened.engine.createFolder({ title: 'News' })
    throw new Error('a folder was made')
  }
}

test.each(deeds)(
  '%s that could not be kept is said, and the window shows what a new one shows',
  async (_name, deed) => {
    const before = shown(app)
    engine.db.pragma('query_only = 1')
    await deed(app)
    await expect.poll(() => app.toasts.shown.map(toast => toast.text)).toEqual([words.errors['storage-read-only']])
    await settled()
    engine.db.pragma('query_only = 0')

    const fresh = await openWindow()
    await fresh.place.show({ kind: 'all' })
    if (app.reader.article) await fresh.reader.open(app.reader.article.id)
    await expect.poll(() => shown(app)).toEqual(shown(fresh))
    expect({ ...shown(app), article: null }).toEqual({ ...before, article: null })
  },
)

test('an undo that was refused can be tried again', async () => {
  const [row] = app.headlines.rows
  await toggleSaved(app, row!.id)
  engine.db.pragma('query_only = 1')
  await app.actions.undo()
  expect(app.toasts.shown.at(-1)?.text).toBe(words.errors['storage-read-only'])
  expect(app.headlines.rowOf(row!.id)?.isSaved).toBe(true)
  engine.db.pragma('query_only = 0')
  await app.actions.undo()
  await expect.poll(() => app.headlines.rowOf(row!.id)?.isSaved).toBe(false)
})

test('in safe mode the last article is not opened again', async () => {
  await app.place.open(app.headlines.rows[0]!.id)
  app.place.shown(app.headlines.rows[0]!.id)
  await settled()
  const again = await openWindow()
  await expect.poll(() => again.reader.status).not.toBe('none')

  const client = engine.connect()
  const safe = new Proxy(client, {
    get: (target, name) =>
      name === 'health'
        ? async () => ({ storage: 'ok', isSafeMode: true, recovery: null, backupFailure: null })
        : target[name as keyof typeof target],
  })
  const opened = new App({ engine: safe, onState: listener => listener('open') }, page, () => someNoon)
  await expect.poll(() => opened.isReady).toBe(true)
  expect(opened.reader.status).toBe('none')
})

test('an article that was never drawn is not opened again at the next start, and is named', async () => {
  const [row] = app.headlines.rows
  await app.place.open(row!.id)
  const client = engine.connect()
  await expect.poll(async () => (await client.lastPlace({})).undrawnId, { timeout: 20_000 }).toBe(row!.id)

  const second = await openWindow()
  await expect.poll(() => second.toasts.shown.length).toBe(1)
  expect(second.reader.status).toBe('none')
  expect(second.toasts.shown[0]?.text).toBe(`“${row!.title}” was not reopened: showing it did not finish last time.`)

  await expect.poll(async () => (await client.lastPlace({})).undrawnId).toBeNull()
  const third = await openWindow()
  expect(third.reader.status).toBe('none')
  expect(third.toasts.shown).toEqual([])
})

test('an article that cannot be had leaves no mark behind', async () => {
  await app.place.open(987_654)
  await settled()
  expect((await engine.connect().lastPlace({})).undrawnId).toBeNull()
})

test('till the engine has answered, a window is as at the first start', () => {
  const opened = new App(
    { engine: engine.connect(), onState: listener => listener('connecting') },
    page,
    () => someNoon,
  )
  expect(opened.settings.current).toEqual(defaultSettings)
})
