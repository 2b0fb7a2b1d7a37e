/** Every command of the contract is taken back to exactly the state of before, or is listed with the reason why it can't be. */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { calls } from '../../src-main/api/contract/calls.ts'
import { inputs, type Name } from '../../src-main/api/contract/contract.ts'
import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import { createHttp } from '../../src-main/http/client.ts'
import { openCredentials } from '../../src-main/http/credentials.ts'
import type { Http } from '../../src-main/http/types.ts'
import { createIntake, type RunningIntake } from '../../src-main/intake/intake.ts'
import { createSecrets } from '../../src-main/lib/secrets.ts'
import { beginFile, journalFolder, writeBase } from '../../src-main/safety/journal/file.ts'
import { linesOf } from '../../src-main/safety/journal/journal.ts'
import { replayJournal } from '../../src-main/safety/journal/replay.ts'
import { articleById } from '../../src-main/store/articles/article.ts'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import type { WriteDb } from '../../src-main/store/db/open.ts'
import { folderList, subscriptions } from '../../src-main/store/feeds/subscriptions.ts'
import type { MailboxState } from '../../src-main/store/mail/changes.ts'
import { mailList } from '../../src-main/store/mail/portable.ts'
import { readSettings } from '../../src-main/store/settings.ts'
import { allDecisions } from '../../src-main/store/stories/decisions.ts'
import { createPool } from '../../src-main/workers/pool.ts'
import { serve, type TestServer } from '../http/http-server.ts'
import { createTestTime } from '../polling/poller-time.ts'
import { addFeed, makeArticle, makeStore, savedIds, someNoon, type TestStore } from '../support/articles.ts'
import { laterDeeds } from '../support/digests.ts'
import { makeEngine, type TestEngine } from '../support/engine.ts'
import { addMailWorld, type MailWorld } from '../support/mailboxes.ts'
import { notUndone } from '../support/not-undone.ts'
import { type SomeStories, someStories } from '../support/stories.ts'

type Deed = (world: World) => Promise<number | null>
/** What the commands are tried on: `gazette` is in `world`, which is in nothing; `inner` is in `world`, too. */
type World = SomeStories &
  MailWorld & {
    client: EngineClient
    gazette: number
    orchard: number
    quill: number
    /** Unsubscribed. */
    gone: number
    world: number
    inner: number
    articleIds: number[]
  }

type CommandName = { [N in Name]: (typeof calls)[N]['kind'] extends 'query' ? never : N }[Name]

/** A command that is missing here is one of which nobody has said how it is taken back. */
const table: Record<CommandName, string | Record<string, Deed>> = {
  addFeed: {
    'a new one': ({ client }) => add(client, '/new'),
    'one with credentials': ({ client }) => add(client, '/new', { credentials: { userName: 'ada', password: 'x' } }),
    'one that had been unsubscribed': ({ client, inner }) =>
      add(client, '/gone', { folderId: inner, title: 'Mine', credentials: { userName: 'ada', password: 'x' } }),
  },
  importOpml: {
    'a list in folders': async ({ client }) => {
      const answer = await client.importOpml({ text: subscriptionList(), fetchNow: false, allowPrivate: true })
      return answer.kind === 'imported' ? answer.undoId : null
    },
  },
  renameFeed: {
    'to a name of the user’s': ({ client, gazette }) => undoIdOf(client.renameFeed({ feedId: gazette, title: 'Mine' })),
    'back to the publisher’s': ({ client, orchard }) => undoIdOf(client.renameFeed({ feedId: orchard, title: null })),
  },
  moveFeeds: {
    'into a folder': ({ client, orchard, inner }) =>
      undoIdOf(client.moveFeeds({ feedIds: [orchard], folderId: inner })),
    'to another place among the others': ({ client, orchard, gazette, world }) =>
      undoIdOf(client.moveFeeds({ feedIds: [orchard, gazette], folderId: world, position: 0 })),
  },
  unsubscribe: {
    'from several': ({ client, gazette, orchard }) => undoIdOf(client.unsubscribe({ feedIds: [gazette, orchard] })),
  },
  setPaused: {
    pausing: ({ client, gazette, orchard }) =>
      undoIdOf(client.setPaused({ feedIds: [gazette, orchard], isPaused: true })),
    resuming: ({ client, quill }) => undoIdOf(client.setPaused({ feedIds: [quill], isPaused: false })),
  },
  changeFeedUrl: {
    'of a feed that was asked before, with a password in it': async ({ client, gazette }) => {
      const answer = await client.changeFeedUrl({ feedId: gazette, url: 'https://ada:secret@elsewhere.example/feed' })
      return answer.kind === 'changed' ? answer.undoId : null
    },
  },
  setFeedAccess: {
    'another password': ({ client, gazette }) =>
      undoIdOf(client.setFeedAccess({ feedId: gazette, credentials: { userName: 'eve', password: 'other' } })),
    'no password, another name and proxy': ({ client, gazette }) =>
      undoIdOf(
        client.setFeedAccess({ feedId: gazette, credentials: null, proxy: 'http://localhost:8118', userAgent: 'Ada' }),
      ),
  },
  createFolder: {
    'in another': ({ client, world }) => undoIdOf(client.createFolder({ title: 'Sea', parentId: world })),
  },
  renameFolder: {
    'with a feed in it': ({ client, world }) => undoIdOf(client.renameFolder({ folderId: world, title: 'Abroad' })),
  },
  moveFolder: {
    'out of another': ({ client, inner }) => undoIdOf(client.moveFolder({ folderId: inner, parentId: null })),
  },
  removeFolder: {
    'with a feed and a folder in it': ({ client, world }) => undoIdOf(client.removeFolder({ folderId: world })),
  },
  openArticle: {
    'that is unread': ({ client, articleIds }) =>
      undoIdOf(client.openArticle({ articleId: articleIds[4]!, marksRead: true })),
  },
  markRead: {
    read: ({ client, articleIds }) => undoIdOf(client.markRead({ articleIds, isRead: true })),
    unread: ({ client, articleIds }) => undoIdOf(client.markRead({ articleIds, isRead: false })),
  },
  markViewRead: {
    'all of it': ({ client }) => undoIdOf(client.markViewRead({ view: { kind: 'all' }, newestId: 1_000_000 })),
  },
  setSaved: {
    saving: ({ client, articleIds }) => undoIdOf(client.setSaved({ articleIds, isSaved: true })),
    'no longer saving': ({ client, articleIds }) => undoIdOf(client.setSaved({ articleIds, isSaved: false })),
  },
  correctStory: {
    'an article that is not of its story': ({ client, stories, ofStories }) =>
      undoIdOf(client.correctStory({ kind: 'apart', articleId: ofStories[0]![1]!, storyId: stories[0]! })),
    'one of two, which then are no story': ({ client, stories, ofStories }) =>
      undoIdOf(client.correctStory({ kind: 'apart', articleId: ofStories[1]![0]!, storyId: stories[1]! })),
    'two stories that are one': ({ client, ofStories }) =>
      undoIdOf(client.correctStory({ kind: 'same', articleId: ofStories[0]![0]!, otherId: ofStories[1]![1]! })),
    'two articles that had no story': ({ client, articleIds, ofStories }) => {
      const [articleId, otherId] = articleIds.filter(id => !ofStories.flat().includes(id))
      return undoIdOf(client.correctStory({ kind: 'same', articleId: articleId!, otherId: otherId! }))
    },
    'what had been said the other way round': ({ client, apart, ofStories }) =>
      undoIdOf(client.correctStory({ kind: 'same', articleId: ofStories[0]![0]!, otherId: apart })),
  },
  followStory: {
    following: ({ client, stories }) => undoIdOf(client.followStory({ storyId: stories[0]!, isFollowed: true })),
    'no longer following': ({ client, stories }) =>
      undoIdOf(client.followStory({ storyId: stories[1]!, isFollowed: false })),
  },
  joinCategories: {
    'two that were apart': ({ client }) => undoIdOf(client.joinCategories({ from: 'US politics', to: 'Politics' })),
    'turned round': ({ client }) => undoIdOf(client.joinCategories({ from: 'Ships', to: 'boats' })),
  },
  separateCategory: { 'one of two': ({ client }) => undoIdOf(client.separateCategory({ name: 'Boats' })) },
  ...laterDeeds,
  savePage: {
    'a new one': async ({ client }) => {
      const saved = await client.savePage({ url: `${server.base}/page`, allowPrivate: true })
      return saved.kind === 'saved' ? saved.undoId : null
    },
  },
  setFeedRetention: {
    'a rule of its own': ({ client, orchard }) =>
      undoIdOf(
        client.setFeedRetention({ feedId: orchard, retention: { days: 9, perFeed: null, includesUnread: true } }),
      ),
    'no rule any more': ({ client, gazette }) =>
      undoIdOf(client.setFeedRetention({ feedId: gazette, retention: null })),
  },
  setReading: {
    'of feeds': ({ client, gazette, orchard }) =>
      undoIdOf(
        client.setReading({
          of: { kind: 'feeds', feedIds: [gazette, orchard] },
          reading: { pictures: 'never', direction: 'rtl' },
        }),
      ),
    'of a feed, as its folder says again': ({ client, gazette }) =>
      undoIdOf(client.setReading({ of: { kind: 'feeds', feedIds: [gazette] }, reading: { openAs: null } })),
    'of a folder': ({ client, world }) =>
      undoIdOf(
        client.setReading({ of: { kind: 'folder', folderId: world }, reading: { pictures: 'ask', fullText: null } }),
      ),
  },
  changeSettings: {
    'how long articles are kept, and where backups go': ({ client }) =>
      undoIdOf(
        client.changeSettings({
          retention: { days: 30, perFeed: 5, includesUnread: false, megabytes: null },
          backupFolder: '/media/drive',
        }),
      ),
  },

  ...notUndone,
}

const notRefreshed = { total: 0, recent: null, waiting: null, underWay: 0 }

let server: TestServer
let http: Http
let store: TestStore
let intake: RunningIntake
let engine: TestEngine
let world: World
const aPage = `<!doctype html><title>A page</title><article><h1>A page</h1>${'<p>The ferry crossed the harbour at dawn, and nobody was on it but the captain, his dog and a crate of apples.</p>'.repeat(8)}</article>`
const workerFile = fileURLToPath(new URL('../../src-main/workers/worker.ts', import.meta.url))
const pool = createPool({ workerFile, size: 1, deadlineMs: 20_000, memoryMb: 384 })

beforeEach(async () => {
  server = await serve((request, response) => {
    if (request.url === '/page') return void response.writeHead(200, { 'content-type': 'text/html' }).end(aPage)
    response.writeHead(200, { 'content-type': 'application/rss+xml', etag: '"1"' }).end(
      `<rss version="2.0"><channel><title>Feed at ${request.url}</title><link>${server.base}/</link><description>d</description>
         <item><title>One</title><guid>1</guid></item><item><title>Two</title><guid>2</guid></item></channel></rss>`,
    )
  })
  http = createHttp({ environment: {} })
  store = makeStore()
  intake = createIntake({
    db: store.db,
    http,
    pool,
    drawingPool: pool,
    clock: createTestTime(someNoon).clock,
    random: () => 0,
    isPrivateHost: async () => true,
    dataDir: store.dir,
    secrets: createSecrets(join(store.dir, 'secret.key')),
    emit: () => {},
    log: line => expect.fail(line),
  })
  const asleep = { scheduleChanged: async () => {}, refresh: async () => notRefreshed }
  engine = makeEngine({ store, intake: { ...intake, ...asleep, on: () => () => {} } })
  world = await someWorld()
})

afterEach(async () => {
  await engine.close()
  await intake.close()
  await http.close()
  await server.close()
  store[Symbol.dispose]()
})
afterAll(() => pool.close())

async function someWorld(): Promise<World> {
  const client = engine.connect()
  const { db } = store
  const { folderId: world } = await client.createFolder({ title: 'World' })
  const { folderId: inner } = await client.createFolder({ title: 'Inner', parentId: world })
  const gazette = addFeed(db, 'https://gazette.example/feed', { folderId: world })
  const second = addFeed(db, 'https://second.example/feed', { folderId: world })
  const orchard = addFeed(db, 'https://orchard.example/feed', { title: 'Orchard Notes' })
  const quill = addFeed(db, 'https://quill.example/feed', { title: 'Quill' })
  const gone = addFeed(db, `${server.base}/gone`, { title: 'Feed at /gone' })
  for (const feedId of [gazette, second, orchard, gone]) {
    storeArticles(db, feedId, [makeArticle({ title: `a${feedId}` }), makeArticle({ title: `b${feedId}` })], someNoon)
  }
  const { rows } = await client.headlines({ view: { kind: 'all' }, limit: 100 })
  const articleIds = rows.map(row => row.id)
  await client.markRead({ articleIds: articleIds.slice(0, 3), isRead: true })
  await client.setSaved({ articleIds: articleIds.slice(2, 5), isSaved: true })
  await client.renameFeed({ feedId: orchard, title: 'My Orchard' })
  await client.setPaused({ feedIds: [quill], isPaused: true })
  await client.setFeedAccess({ feedId: gazette, credentials: { userName: 'ada', password: 'lovelace' } })
  await client.setFeedRetention({ feedId: gazette, retention: { days: 90, perFeed: null, includesUnread: false } })
  await client.setReading({ of: { kind: 'feeds', feedIds: [gazette] }, reading: { openAs: 'page' } })
  await client.setReading({ of: { kind: 'folder', folderId: world }, reading: { fullText: 'always' } })
  await client.joinCategories({ from: 'Boats', to: 'Ships' })
  await client.joinCategories({ from: 'Ferries', to: 'Ships' })
  await client.unsubscribe({ feedIds: [gone] })
  // What is remembered of its server, a move and some trouble.
  db.prepare(
    `UPDATE feeds SET poll_memory = '{"validators":{"etag":"\\"7\\""}}', moved_from = 'https://old.example/feed',
       failure = '{"reason":"offline"}', failing_since = 5, last_checked_at = 6, last_success_at = 4, next_check_at = 7
     WHERE id = ?`,
  ).run(gazette)
  return {
    client,
    gazette,
    orchard,
    quill,
    gone,
    world,
    inner,
    articleIds,
    ...(await addMailWorld(db, client)),
    ...(await someStories(store.db, client, [gazette, second, orchard])),
  }
}

/** Everything that anybody can ask for, and what feeds are beneath it. */
async function everything(): Promise<object> {
  const { client, articleIds, stories } = world
  const sources = await client.sources({})
  const lists = await Promise.all(
    (['all', 'unread', 'saved'] as const).map(kind => client.headlines({ view: { kind }, limit: 100 })),
  )
  return {
    sources,
    lists: lists.map(({ rows }) => rows.map(unsigned)),
    articles: await Promise.all(articleIds.map(async id => unsigned(await client.article({ id })))),
    stories: await Promise.all(stories.map(async storyId => unsigned(await client.story({ storyId })))),
    decisions: allDecisions(store.db),
    access: await Promise.all(sources.feeds.map(feed => client.feedAccess({ feedId: feed.id }))),
    settings: [await client.settings({}), await client.digestMail({})],
    feeds: feedRows(store.db),
    mail: [await client.mailSenders({}), mailList(store.db).mailboxes.map(withPassword)],
  }
}

const unsigned = (value: unknown) => JSON.parse(JSON.stringify(value).replaceAll(/[?&][a-z]=[\w%.-]*/g, ''))

function feedRows(db: WriteDb) {
  const secrets = createSecrets(join(store.dir, 'secret.key'))
  const rows = db.prepare<[], { credentials: Uint8Array | null }>('SELECT * FROM feeds WHERE removed_at IS NULL').all()
  return rows.map(row => ({ ...row, credentials: openCredentials(secrets, row.credentials) }))
}

const withPassword = (mailbox: MailboxState) => ({
  ...mailbox,
  password: createSecrets(join(store.dir, 'secret.key')).open(Buffer.from(mailbox.password, 'hex')),
})

async function undoIdOf(answer: Promise<{ undoId: number | null }>): Promise<number | null> {
  return (await answer).undoId
}

async function add(client: EngineClient, path: string, more: object = {}): Promise<number | null> {
  const answer = await client.addFeed({ url: server.base + path, ...more })
  return answer.kind === 'added' ? answer.undoId : null
}

const subscriptionList = () => `<?xml version="1.0"?><opml version="2.0"><body>
  <outline text="The Gazette" type="rss" xmlUrl="https://gazette.example/feed"/>
  <outline text="World"><outline text="Europe">
    <outline text="The Herald" type="rss" xmlUrl="https://herald.example/feed"/>
    <outline text="Gone and back" type="rss" xmlUrl="${server.base}/gone"/>
  </outline></outline>
</body></opml>`

test('of every command it is said how it is taken back, or why it can’t be, as it is declared', () => {
  const commands = (Object.keys(inputs) as Name[]).filter(name => calls[name].kind === 'command')
  expect(Object.keys(table).toSorted()).toEqual(commands.toSorted())
  const isUndoable = (name: Name) => 'undo' in calls[name] && calls[name].undo === 'undoable'
  const told = Object.entries(table).flatMap(([name, ways]) => (typeof ways === 'string' ? [] : [name]))
  expect(told.toSorted()).toEqual(commands.filter(isUndoable).toSorted())
})

const deeds = Object.entries(table).flatMap(([name, ways]) =>
  typeof ways === 'string'
    ? []
    : Object.entries(ways).map(([how, deed]): [string, Deed] => [how ? `${name}, ${how}` : name, deed]),
)

describe.each(deeds)('%s,', (_name, deed) => {
  test('is taken back to exactly what was before', async () => {
    const before = await everything()
    const undoId = await deed(world)
    expect(await everything()).not.toEqual(before)

    expect(await world.client.undo({ undoId: undoId! })).toEqual({ isUndone: true })

    expect(await everything()).toEqual(before)
    expect(await world.client.undo({ undoId: undoId! })).toEqual({ isUndone: false })
  })

  test('taken back, is so in the journal', async () => {
    const folder = journalFolder(store.dir)
    writeBase(folder, beginFile(folder), linesOf(store.db, readSettings(store.db), someNoon))
    const undoId = await deed(world)
    await world.client.undo({ undoId: undoId! })

    using other = makeStore()
    const log = (line: string) => expect.fail(line)
    await replayJournal(other.db, folder, { now: someNoon, log })
    expect(kept(other.db)).toEqual(kept(store.db))
    const before = marks(store.db)
    await replayJournal(store.db, folder, { now: someNoon, log })
    expect(marks(store.db)).toEqual(before)
  })

  test('is in the journal', async () => {
    const folder = journalFolder(store.dir)
    writeBase(folder, beginFile(folder), linesOf(store.db, readSettings(store.db), someNoon))
    await deed(world)
    using other = makeStore()
    await replayJournal(other.db, folder, { now: someNoon, log: line => expect.fail(line) })
    expect(kept(other.db)).toEqual(kept(store.db))
  })
})

/** What the journal is for: it knows nothing of empty folders, and marks say nothing about another database. */
function kept(db: WriteDb) {
  const saved = savedIds(db).map(id => articleById(db, id)?.title)
  return {
    settings: readSettings(db),
    saved: saved.toSorted(),
    folders: folderList(db).reading,
    feeds: [...subscriptions(db).values()].toSorted((a, b) => (a.url < b.url ? -1 : 1)),
    decisions: allDecisions(db),
    mail: mailList(db),
  }
}

const marks = (db: WriteDb) => db.prepare('SELECT id, is_read, is_saved FROM articles ORDER BY id').all()
