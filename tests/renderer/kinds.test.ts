/** What a feed, a newsletter, the digest and saved pages offer in the window: each what it can do, in words that fit it. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { View } from '../../src-main/api/model.ts'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import { menuState } from '../../src-renderer/commands/menu-state.ts'
import { refresh } from '../../src-renderer/commands/refresh.ts'
import { readingRows } from '../../src-renderer/feed-care/reading-rows.ts'
import { emptyWords } from '../../src-renderer/headlines/view-words.ts'
import type { SourceRow } from '../../src-renderer/library/tree.ts'
import { sourceRows } from '../../src-renderer/library/tree.ts'
import { sourceMenu } from '../../src-renderer/sources/source-menu.ts'
import { feedTrouble } from '../../src-renderer/sources/trouble.ts'
import { App } from '../../src-renderer/state/app.svelte.ts'
import { addFeed, makeArticle, someNoon } from '../support/articles.ts'
import { makeEngine, type TestEngine } from '../support/engine.ts'
import { aMailbox } from '../support/mailboxes.ts'

const page = {
  matchMedia: () => ({ matches: true, addEventListener: () => {} }),
  setInterval: () => 0,
  document: { addEventListener: () => {} },
} as unknown as Window

let engine: TestEngine
let app: App

beforeEach(async () => {
  engine = makeEngine()
  addFeed(engine.db, 'https://gazette.example/feed', { title: 'Gazette' })
  addFeed(engine.db, 'mail:list:weekly.example', { title: 'Weekly' })
  addFeed(engine.db, 'mail:list:daily.example', { title: 'Daily' })
  await engine.connect().followDigest({})
  app = new App({ engine: engine.connect(), onState: listener => listener('open') }, page, () => someNoon)
  await expect.poll(() => app.isReady).toBe(true)
})
afterEach(() => engine[Symbol.asyncDispose]())

const feedOf = (title: string) => app.sources.feeds.find(feed => feed.title === title)!
const viewOf = (title: string): View => ({ kind: 'feed', feedId: feedOf(title).id })
const said = () => app.toasts.shown.map(toast => toast.text)

/** With saved pages among the sources, as after the first one was saved. */
function rowOf(isIt: (row: SourceRow) => boolean): SourceRow {
  const { feeds, folders, counts } = app.sources
  return sourceRows({ feeds, folders, counts: { ...counts, pages: 1 } }, new Set()).find(isIt)!
}

function menuOf(row: SourceRow): string[] {
  return sourceMenu(app, row, () => {}).flatMap(item => (item === 'rule' ? [] : item.label))
}

describe('its menu offers', () => {
  const ofFeed = (title: string) => menuOf(rowOf(row => row.kind === 'feed' && row.feed.title === title))
  const asks = ['Refresh', 'Look for new messages', 'Refresh all']
  const addresses = ['Copy feed address']
  const details = ['Feed details…', 'Newsletter details…', 'Digest details…']
  const joins = ['Join with another newsletter…']
  const some = (labels: string[]) => labels.filter(label => [asks, addresses, details, joins].flat().includes(label))

  test('of a feed to refresh it, and its address', () => {
    expect(some(ofFeed('Gazette'))).toEqual(['Refresh', 'Feed details…', 'Copy feed address'])
  })

  test('of a newsletter to look into the mailboxes, and to join it with another', () => {
    expect(some(ofFeed('Weekly'))).toEqual(['Look for new messages', 'Newsletter details…', joins[0]])
  })

  test('of the digest nothing that asks a server, and the rest as of any source', () => {
    expect(some(ofFeed('Digest'))).toEqual(['Digest details…'])
    expect(ofFeed('Digest')).toEqual(expect.arrayContaining(['Mark all read', 'Pause', 'Rename…', 'Unsubscribe']))
  })

  test('of saved pages none either; of all other views to refresh all', () => {
    const ofView = (kind: View['kind']) => some(menuOf(rowOf(row => row.kind === 'smart' && row.smart === kind)))
    expect([ofView('pages'), ofView('all'), ofView('saved')]).toEqual([[], ['Refresh all'], ['Refresh all']])
  })
})

describe('to refresh', () => {
  test('the digest asks nobody, says when it is made, and leads there', async () => {
    await refresh(app, viewOf('Digest'))
    expect(said()).toEqual(['Digests are made at the times that Settings → Digest says.'])
    app.toasts.shown[0]?.action?.run()
    expect(app.dialogs.open).toMatchObject({ name: 'settings', params: { section: 'digest' } })
  })

  test('saved pages asks nobody', async () => {
    await refresh(app, { kind: 'pages' })
    expect(said()).toEqual(['Saved pages stay as they were saved.'])
  })

  test('a newsletter, or a folder of them, says that the mailboxes are looked at, where there is one', async () => {
    await refresh(app, viewOf('Weekly'))
    expect(said()).toEqual(['No mailbox is looked at any more, so nothing new comes of it.'])
    await engine.connect().addMailbox(aMailbox)
    await refresh(app, viewOf('Weekly'))
    expect(said()).toEqual(['Your mailboxes are looked at for new messages.'])
    const { folderId } = await app.engine.createFolder({ title: 'Post' })
    await app.engine.moveFeeds({ feedIds: [feedOf('Weekly').id], folderId })
    await refresh(app, { kind: 'folder', folderId })
    expect(said()).toEqual(['Your mailboxes are looked at for new messages.'])
  })
})

test('the application’s menu has what applies to the list and the article that are shown', async () => {
  const show = async (view: View, articleId?: number) => {
    await app.place.show(view)
    if (articleId !== undefined) await app.place.open(articleId)
    return menuState(app, true)
  }
  const store = (title: string, url: string | null) => {
    const article = makeArticle({ guid: title, title, url })
    return storeArticles(engine.db, feedOf(title).id, [article], someNoon).newIds[0]
  }
  const inTheWeb = store('Gazette', 'https://gazette.example/1')
  const ofOurOwn = store('Digest', null)
  expect(await show(viewOf('Weekly'))).toMatchObject({ canRefreshShown: true, hasArticle: false, hasLink: false })
  expect(await show({ kind: 'pages' })).toMatchObject({ canRefreshShown: false })
  expect(await show(viewOf('Gazette'), inTheWeb)).toMatchObject({ canRefreshShown: true, hasLink: true })
  const onDigest = await show(viewOf('Digest'), ofOurOwn)
  expect(onDigest).toMatchObject({ canRefreshShown: false, hasArticle: true, hasLink: false })
})

test('only those reading options are offered that say something of its articles', () => {
  const namesOf = (title: string) =>
    readingRows({ kind: 'feed', feed: feedOf(title) }, new Map(), app.settings.current).map(({ name }) => name)
  expect(namesOf('Gazette')).toEqual(['pictures', 'fullText', 'openAs', 'direction', 'notify', 'inBadge'])
  expect(namesOf('Weekly')).toEqual(namesOf('Gazette'))
  expect(namesOf('Digest')).toEqual(['pictures', 'notify', 'inBadge'])
})

test('what is paused, and an empty list, are said in words for its kind', async () => {
  await app.engine.setPaused({ feedIds: app.sources.feeds.map(({ id }) => id), isPaused: true })
  await app.sources.load()
  const wordsOn = (title: string) => [
    feedTrouble(feedOf(title), [])?.text,
    emptyWords({ kind: 'feed', feedId: 1 }, false, feedOf(title), null).text,
  ]
  expect(wordsOn('Gazette')).toEqual(['Not refreshed until you resume it.', 'This feed has brought nothing so far.'])
  expect(wordsOn('Weekly')).toEqual([
    'Its messages stay in the mailbox until you resume it.',
    'No message of this newsletter has been fetched so far.',
  ])
  expect(wordsOn('Digest')).toEqual([
    'No digest is made until you resume it.',
    'The next time a digest is due, it is made and listed here.',
  ])
})
