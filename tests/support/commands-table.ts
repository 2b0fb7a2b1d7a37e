/**
 * An example of each call of the contract, in a small library, and what kind of call it is. Tests of rules for all calls loop
 * over it; a call that is added to the contract does not compile without a row here.
 */
import { type Input, inputs, type Name } from '../../src-main/api/contract/contract.ts'
import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import { storeFullText } from '../../src-main/store/articles/full-text.ts'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import { setSaved } from '../../src-main/store/articles/read-state.ts'
import { restoreSaved } from '../../src-main/store/articles/restore-saved.ts'
import { writeMeta } from '../../src-main/store/db/meta.ts'
import { queueLetter, settleLetter } from '../../src-main/store/digest/outbox.ts'
import { createFolder } from '../../src-main/store/feeds/folders.ts'
import { pagesTitle, pagesUrl } from '../../src-main/store/feeds/pages.ts'
import { newsletterUrl } from '../../src-main/store/mail/senders.ts'
import { recordUndo } from '../../src-main/store/undo-log.ts'
import { addFeed, makeArticle, someNoon, somePageText } from './articles.ts'
import { makeEngine, type TestEngine } from './engine.ts'
import { addNewsletter, addSenders, aMailbox, aMessageFile, anOutgoing, aSenderWithOneClick } from './mailboxes.ts'
import { bytesOf } from './resources.ts'
import { aRecovery } from './storage-samples.ts'
import { joinStory, storeStory } from './stories.ts'

export type Library = {
  engine: TestEngine
  client: EngineClient
  /** Folders: World has The Gazette and the folder Coast, Sea is empty. */
  world: number
  sea: number
  coast: number
  /** Feeds: in World; in Coast, paused; in no folder. */
  gazette: number
  ferry: number
  quill: number
  /** Articles of The Gazette, newest first; the last one is saved. */
  articles: number[]
  /** Has the first two articles of The Gazette. */
  story: number
}

/** What a call does to the database: reads, writes, has the intake write, or nothing (`works-beside`). */
type Kind = 'reads' | 'writes' | 'has-written' | 'works-beside'

export type Example<N extends Name> = {
  kind: Kind
  /** The journal has to record it. */
  isJournaled?: boolean
  input(library: Library): Input<N> | Promise<Input<N>>
}

const none = () => ({})
const noLimits = { days: null, perFeed: null, includesUnread: false }
const list = `<opml version="2.0"><body><outline text="Abroad">
  <outline type="rss" text="Orchard" xmlUrl="https://orchard.example/feed"/></outline></body></opml>`

export const examples: { [N in Name]: Example<N> } = {
  sources: { kind: 'reads', input: none },
  counts: { kind: 'reads', input: none },
  headlines: { kind: 'reads', input: () => ({ view: { kind: 'search', query: 'harbour' }, limit: 50 }) },
  countNewer: { kind: 'reads', input: () => ({ view: { kind: 'all' }, newestId: 1 }) },
  article: { kind: 'reads', input: ({ articles }) => ({ id: articles[0]! }) },
  edits: { kind: 'reads', input: ({ articles }) => ({ articleId: articles[0]! }) },
  around: { kind: 'reads', input: ({ articles }) => ({ articleId: articles[0]! }) },
  discover: { kind: 'reads', input: () => ({ address: 'https://orchard.example/' }) },
  previewOpml: { kind: 'reads', input: () => ({ text: list }) },
  exportOpml: { kind: 'reads', input: none },
  settings: { kind: 'reads', input: none },
  lastPlace: { kind: 'reads', input: none },
  refreshProgress: { kind: 'reads', input: none },
  polling: { kind: 'reads', input: none },
  feedAccess: { kind: 'reads', input: ({ gazette }) => ({ feedId: gazette }) },
  health: { kind: 'reads', input: none },
  backups: { kind: 'reads', input: none },
  diskUsage: { kind: 'reads', input: none },
  previewRetention: { kind: 'reads', input: () => ({ retention: { ...noLimits, megabytes: null } }) },
  episode: {
    kind: 'reads',
    input: ({ articles }) => ({ articleId: articles[0]!, url: 'https://gazette.example/1.mp3' }),
  },
  playQueue: { kind: 'reads', input: none },
  chapters: {
    kind: 'reads',
    input: ({ articles }) => ({ articleId: articles[0]!, url: 'https://gazette.example/1.mp3' }),
  },
  exportEverything: { kind: 'reads', input: none },
  exportArticle: { kind: 'reads', input: ({ articles }) => ({ articleId: articles[0]!, format: 'epub' }) },
  exportBook: { kind: 'reads', input: ({ articles }) => ({ title: 'Saved', articleIds: articles }) },
  story: { kind: 'reads', input: ({ story }) => ({ storyId: story }) },
  followedStories: { kind: 'reads', input: none },
  trending: { kind: 'reads', input: () => ({ hours: 24 }) },
  category: { kind: 'reads', input: () => ({ name: 'Ferries' }) },
  topCategories: { kind: 'reads', input: () => ({ days: 7 }) },
  mailboxes: { kind: 'reads', input: none },
  mailSenders: { kind: 'reads', input: none },
  waysOut: { kind: 'reads', input: ({ gazette }) => ({ feedId: gazette }) },
  tellSender: { kind: 'works-beside', input: ({ engine }) => ({ senderId: aSenderWithOneClick(engine.db) }) },
  testMailbox: {
    kind: 'reads',
    input: () => ({ host: 'imap.harbour.example', port: 993, security: 'tls', userName: 'ada', password: 'ebb' }),
  },

  digest: { kind: 'reads', input: none },
  exportDigest: { kind: 'reads', input: () => ({ format: 'epub' }) },
  digestFile: { kind: 'reads', input: none },
  digestMail: { kind: 'reads', input: none },
  linkedArticle: { kind: 'reads', input: () => ({ url: 'https://gazette.example/1', title: 'Harbour opens' }) },

  addFeed: { kind: 'has-written', isJournaled: true, input: () => ({ url: 'https://orchard.example/feed' }) },
  importOpml: { kind: 'writes', isJournaled: true, input: () => ({ text: list, fetchNow: false }) },
  renameFeed: { kind: 'writes', isJournaled: true, input: ({ gazette }) => ({ feedId: gazette, title: 'Morning' }) },
  moveFeeds: { kind: 'writes', isJournaled: true, input: ({ quill, sea }) => ({ feedIds: [quill], folderId: sea }) },
  unsubscribe: { kind: 'writes', isJournaled: true, input: ({ quill }) => ({ feedIds: [quill] }) },
  setPaused: { kind: 'writes', isJournaled: true, input: ({ quill }) => ({ feedIds: [quill], isPaused: true }) },
  changeFeedUrl: {
    kind: 'writes',
    isJournaled: true,
    input: ({ quill }) => ({ feedId: quill, url: 'https://quill.example/atom.xml' }),
  },
  setFeedAccess: {
    kind: 'writes',
    isJournaled: true,
    input: ({ quill }) => ({ feedId: quill, credentials: { userName: 'ada', password: 'ink' }, userAgent: 'Reader' }),
  },
  createFolder: { kind: 'writes', isJournaled: true, input: ({ world }) => ({ title: 'Home', parentId: world }) },
  renameFolder: { kind: 'writes', isJournaled: true, input: ({ world }) => ({ folderId: world, title: 'Abroad' }) },
  moveFolder: { kind: 'writes', isJournaled: true, input: ({ world, sea }) => ({ folderId: world, parentId: sea }) },
  removeFolder: { kind: 'writes', isJournaled: true, input: ({ world }) => ({ folderId: world }) },
  openArticle: {
    kind: 'writes',
    isJournaled: true,
    input: ({ articles }) => ({ articleId: articles[0]!, marksRead: true }),
  },
  keepPlace: { kind: 'writes', input: () => ({ view: { kind: 'saved' } }) },
  keepPlayback: {
    kind: 'writes',
    input: ({ articles }) => ({
      articleId: articles[0]!,
      url: 'https://gazette.example/1.mp3',
      position: 63.5,
      duration: 1_800,
      isPlayed: false,
    }),
  },
  keepQueue: {
    kind: 'writes',
    input: ({ articles }) => ({ episodes: [{ articleId: articles[0]!, url: 'https://gazette.example/1.mp3' }] }),
  },
  markRead: { kind: 'writes', isJournaled: true, input: ({ articles }) => ({ articleIds: articles, isRead: true }) },
  markViewRead: {
    kind: 'writes',
    isJournaled: true,
    input: ({ articles }) => ({ view: { kind: 'all' }, newestId: Math.max(...articles) }),
  },
  setSaved: {
    kind: 'writes',
    isJournaled: true,
    input: ({ articles }) => ({ articleIds: articles.slice(0, 1), isSaved: true }),
  },
  fetchFullText: {
    kind: 'has-written',
    isJournaled: true,
    input: ({ articles }) => ({ articleId: articles.at(-1)! }),
  },
  showFullText: {
    kind: 'writes',
    isJournaled: true,
    input({ engine, articles }) {
      const articleId = articles.at(-1)!
      storeFullText(engine.db, articleId, somePageText(), true)
      return { articleId, isFull: false }
    },
  },
  correctStory: {
    kind: 'writes',
    isJournaled: true,
    input: ({ articles, story }) => ({ kind: 'apart', articleId: articles[0]!, storyId: story }),
  },
  followStory: { kind: 'writes', isJournaled: true, input: ({ story }) => ({ storyId: story, isFollowed: true }) },
  joinCategories: { kind: 'writes', isJournaled: true, input: () => ({ from: 'US politics', to: 'Politics' }) },
  separateCategory: {
    kind: 'writes',
    isJournaled: true,
    async input({ client }) {
      await client.joinCategories({ from: 'Boats', to: 'Ships' })
      return { name: 'boats' }
    },
  },
  lookAtStory: {
    kind: 'writes',
    isJournaled: true,
    async input({ client, engine, quill, story }) {
      await client.followStory({ storyId: story, isFollowed: true })
      const { newIds } = storeArticles(engine.db, quill, [makeArticle({ title: 'Harbour closes' })], someNoon)
      joinStory(engine.db, story, newIds)
      return { storyId: story, articleIds: newIds }
    },
  },
  savePage: { kind: 'has-written', isJournaled: true, input: () => ({ url: 'https://orchard.example/apples' }) },
  undo: {
    kind: 'writes',
    isJournaled: true,
    async input({ client, quill }) {
      const { undoId } = await client.unsubscribe({ feedIds: [quill] })
      return { undoId: undoId! }
    },
  },
  keepPictures: { kind: 'works-beside', input: ({ articles }) => ({ articleId: articles.at(-1)! }) },
  refresh: { kind: 'works-beside', input: none },
  cancelRefresh: { kind: 'works-beside', input: none },
  takeNotices: {
    kind: 'writes',
    input({ engine, articles }) {
      const waiting = articles.slice(0, 1).map(id => ({ id, at: someNoon }))
      writeMeta(engine.db, 'notices', { upTo: Math.max(...articles), waiting, told: [] })
      return {}
    },
  },
  changeSettings: { kind: 'writes', isJournaled: true, input: () => ({ theme: 'sepia', textSize: 21 }) },
  setFeedRetention: {
    kind: 'writes',
    isJournaled: true,
    input: ({ quill }) => ({ feedId: quill, retention: { ...noLimits, days: 30 } }),
  },
  setReading: {
    kind: 'writes',
    isJournaled: true,
    input: ({ world }) => ({ of: { kind: 'folder', folderId: world }, reading: { pictures: 'never' } }),
  },
  addMailbox: { kind: 'writes', isJournaled: true, input: () => aMailbox },
  changeMailbox: {
    kind: 'writes',
    isJournaled: true,
    input: async ({ client }) => ({ mailboxId: (await client.addMailbox(aMailbox)).mailboxId, password: 'ebb' }),
  },
  removeMailbox: {
    kind: 'writes',
    isJournaled: true,
    input: async ({ client }) => ({ mailboxId: (await client.addMailbox(aMailbox)).mailboxId }),
  },
  joinNewsletters: {
    kind: 'writes',
    isJournaled: true,
    async input({ client, engine }) {
      const feedId = await addNewsletter(engine.db, client, 'Tides')
      return { feedId, intoFeedId: await addNewsletter(engine.db, client, 'Boats') }
    },
  },
  importMail: { kind: 'has-written', isJournaled: true, input: () => ({ file: aMessageFile() }) },
  decideSenders: {
    kind: 'writes',
    isJournaled: true,
    input: ({ engine }) => ({ senderIds: [addSenders(engine.db).weekly], decision: 'kept' }),
  },
  followDigest: { kind: 'writes', isJournaled: true, input: none },
  setDigestMail: { kind: 'writes', isJournaled: true, input: () => anOutgoing },
  stopDigestMail: {
    kind: 'writes',
    isJournaled: true,
    async input({ client }) {
      await client.setDigestMail(anOutgoing)
      return {}
    },
  },
  testDigestMail: { kind: 'works-beside', input: () => anOutgoing },
  sendDigestAgain: {
    kind: 'writes',
    input({ engine }) {
      queueLetter(engine.db, '2026-11-02', someNoon)
      return { day: '2026-11-02' }
    },
  },
  digestArrived: {
    kind: 'writes',
    input({ engine }) {
      queueLetter(engine.db, '2026-11-02', someNoon)
      settleLetter(engine.db, '2026-11-02', { kind: 'in-doubt' }, 0, someNoon)
      return { day: '2026-11-02' }
    },
  },
  mailDigest: { kind: 'works-beside', input: none },
  backUpNow: { kind: 'works-beside', input: none },
  restoreBackup: { kind: 'works-beside', input: () => ({ name: 'broadsheet-20261102-120000-daily.db' }) },
  dismissRecovery: { kind: 'writes', input: none },
  leaveSafeMode: { kind: 'works-beside', input: none },
  tellPower: { kind: 'works-beside', input: () => ({ isOnBattery: true, isMetered: false, isSuspended: false }) },
  pausePolling: { kind: 'writes', input: () => ({ until: 'in-an-hour' }) },
  importEverything: {
    kind: 'writes',
    isJournaled: true,
    input: async () => ({ archive: await archiveOfAnother() }),
  },
}

/** Every call of the contract and its example. */
export const everyCall = (Object.keys(inputs) as Name[]).map(name => ({ name, ...examples[name] }))

/** Calls `name` with the input of its example. */
export function call(client: EngineClient, name: Name, input: unknown): Promise<unknown> {
  return (client[name] as (input: unknown) => Promise<unknown>)(input)
}

/** A small library in which each example has something to do. */
export function makeLibrary(): Library {
  const engine: TestEngine = makeEngine({
    intake: {
      addFeed: async ({ url }) => follow(engine, url),
      savePage: async ({ url }) => keepPage(engine, url),
      async importMail() {
        const { feedId, undoId } = follow(engine, newsletterUrl('list:monthly.harbour.example'))
        return { kind: 'imported', messages: 1, newMessages: 1, unreadable: 0, feedIds: [feedId], undoId }
      },
      async fetchFullText({ articleId }) {
        storeFullText(engine.db, articleId, somePageText(), true)
        return { kind: 'stored', bytes: 1_000 }
      },
    },
  })
  const { db } = engine
  const world = createFolder(db, 'World', null)
  const sea = createFolder(db, 'Sea', null)
  const coast = createFolder(db, 'Coast', world)
  const gazette = addFeed(db, 'https://gazette.example/feed', { folderId: world })
  const ferry = addFeed(db, 'https://ferry.example/feed', { title: 'Ferry', folderId: coast })
  const quill = addFeed(db, 'https://quill.example/feed', { title: 'Quill' })
  const titles = ['Harbour opens', 'Bridge closed', 'Lamp lit']
  const { newIds } = storeArticles(
    db,
    gazette,
    titles.map(title => makeArticle({ title })),
    someNoon,
  )
  setSaved(db, newIds.slice(-1), true, someNoon)
  writeMeta(db, 'recovery', aRecovery)
  const story = storeStory(db, newIds.slice(0, 2))
  return { engine, client: engine.connect(), world, sea, coast, gazette, ferry, quill, articles: newIds, story }
}

/** What the intake writes when a feed is added. */
function follow({ db }: TestEngine, url: string) {
  const feedId = addFeed(db, url, { title: 'Orchard' })
  const undo = { kind: 'import' as const, feedIds: [feedId], madeIds: [feedId], before: [], folderIds: [] }
  return { kind: 'added' as const, feedId, newArticles: 0, undoId: recordUndo(db, undo, someNoon) }
}

/** What the intake writes when a page is saved. */
function keepPage({ db }: TestEngine, url: string) {
  const source = { feedUrl: pagesUrl, feedTitle: pagesTitle, savedAt: someNoon, isRead: false }
  const page = { ...source, article: makeArticle({ title: 'Apples', url }), stored: null, fullText: null }
  const [articleId] = restoreSaved(db, [page], someNoon).savedIds
  const undo = { kind: 'saved' as const, articleIds: [articleId!], isSaved: false }
  return { kind: 'saved' as const, articleId: articleId!, undoId: recordUndo(db, undo, someNoon) }
}

/** The archive of another reader, with another feed and a saved article. */
async function archiveOfAnother(): Promise<string> {
  await using other = makeEngine()
  const feedId = addFeed(other.db, 'https://orchard.example/feed', { title: 'Orchard' })
  const { newIds } = storeArticles(other.db, feedId, [makeArticle({ title: 'Apples' })], someNoon)
  const client = other.connect()
  await client.setSaved({ articleIds: newIds, isSaved: true })
  await client.changeSettings({ density: 'roomy' })
  const { path } = await client.exportEverything({})
  return Buffer.from(bytesOf(await other.resource(path))).toString('base64')
}
