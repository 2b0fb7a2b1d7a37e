import { describe, expect, test } from 'vitest'
import type { Input, Output } from '../../src-main/api/contract/contract.ts'
import type { EventName, Events } from '../../src-main/api/contract/events.ts'
import type { Counts, Feed, ImportedRow, OpmlRow } from '../../src-main/api/model.ts'
import { FollowList } from '../../src-renderer/library/follow-list.svelte.ts'
import { ImportOpml } from '../../src-renderer/transfer/import-opml.svelte.ts'

const rows: OpmlRow[] = [
  { url: 'https://a.example/feed', title: 'A', path: ['News'], subscribedId: null },
  { url: 'https://b.example/feed', title: 'B', path: ['News'], subscribedId: 4 },
  { url: 'http://192.168.1.9/feed', title: 'NAS', path: [], subscribedId: null },
  { url: 'https://intern.example/feed', title: 'Intern', path: [], subscribedId: null },
]

const noCounts: Counts = {
  ...{ all: 0, today: 0, todayUnread: 0, unread: 0, badge: 0, saved: 0, pages: 0 },
  ...{ unreadByFeed: {}, listedByFeed: {}, copiesByFolder: {} },
}

/** An engine to which one name leads into a private network, as only it can know. */
function engineWithRows() {
  const imports: Input<'importOpml'>[] = []
  const undone: number[] = []
  const listeners = new Map<EventName, (payload: never) => void>()
  return {
    imports,
    undone,
    listeners,
    /** Feeds as the engine has them, for who asks. */
    feeds: [] as Feed[],
    tell<E extends EventName>(event: E, payload: Events[E]): void {
      listeners.get(event)?.(payload as never)
    },
    on<E extends EventName>(event: E, listener: (payload: Events[E]) => void): () => void {
      listeners.set(event, listener as (payload: never) => void)
      return () => listeners.delete(event)
    },
    async sources(): Promise<Output<'sources'>> {
      return { feeds: this.feeds, folders: [], counts: noCounts }
    },
    previewOpml: async (_: Input<'previewOpml'>): Promise<Output<'previewOpml'>> => ({
      kind: 'read',
      rows,
      problems: [],
      emptyFolders: [['News', 'Later']],
      isCutOff: true,
    }),
    importOpml: async (input: Input<'importOpml'>): Promise<Output<'importOpml'>> => {
      imports.push(input)
      return {
        kind: 'imported',
        undoId: imports.length,
        isCutOff: true,
        fetching: 1,
        rows: (input.rows ?? []).map((index): ImportedRow => {
          const { url, title } = rows[index]!
          const isRefused = url.includes('intern') && !input.allowPrivate
          if (!isRefused) return { url, title, outcome: 'added', feedId: index, failure: null }
          return {
            url,
            title,
            outcome: 'failed',
            feedId: null,
            failure: { reason: 'private-address', host: 'intern.example' },
          }
        }),
      }
    },
    undo: async ({ undoId }: Input<'undo'>) => {
      undone.push(undoId)
      return { isUndone: true }
    },
  }
}

describe('importing OPML', () => {
  test('what is followed already is not chosen, and a private address needs a yes', async () => {
    const engine = engineWithRows()
    const form = new ImportOpml(engine)
    await form.read('<opml/>')
    expect(form.wanted).toEqual([0, 3])
    form.allowPrivate = true
    expect(form.wanted).toEqual([0, 2, 3])
  })

  test('a folder is chosen with all below it that is new', async () => {
    const form = new ImportOpml(engineWithRows())
    await form.read('<opml/>')
    form.choose([0, 2, 3], false)
    form.chooseFolder(form.tree.folders[0]!, true)
    expect(form.wanted).toEqual([0])
  })

  test('what turned out private is offered again, and undoing takes both parts back', async () => {
    const engine = engineWithRows()
    const form = new ImportOpml(engine)
    await form.read('<opml/>')
    await form.import()
    expect(form.refusedPrivate).toEqual(['https://intern.example/feed'])

    await form.importRefused()
    expect(engine.imports[1]).toMatchObject({ rows: [3], allowPrivate: true })
    expect(form.step.kind === 'done' && form.step.rows.map(row => row.outcome)).toEqual(['added', 'added'])

    expect([await form.undo(), engine.undone]).toEqual([true, [2, 1]])
  })

  test('a file that is larger than the engine takes is not read at all', async () => {
    const form = new ImportOpml(engineWithRows())
    await form.readFile({ name: 'feeds.opml', size: 20_000_001, bytes: () => Promise.reject(new Error('read')) })
    expect(form.step).toEqual({ kind: 'choosing', failure: { reason: 'too-large', megabytes: 20 } })
  })
})

describe('what the first fetch of an imported feed comes to', () => {
  const feed = (id: number, part: Partial<Feed>) => ({ id, failure: null, lastSuccessAt: null, ...part }) as Feed
  const gone = { reason: 'gone' } as const

  async function imported(engine = engineWithRows()) {
    const form = new ImportOpml(engine)
    form.allowPrivate = true
    await form.read('<opml/>')
    form.allowPrivate = true
    await form.import()
    const kinds = () => [...form.fetches.states.values()].map(({ kind }) => kind)
    return { engine, form, kinds }
  }

  test('is told row by row while it comes', async () => {
    const { engine, form, kinds } = await imported()
    expect([kinds(), form.fetches.left]).toEqual([['fetching', 'fetching', 'fetching'], 3])
    engine.tell('feed-changed', { feed: feed(2, { lastSuccessAt: 1 }) })
    engine.tell('feed-changed', { feed: feed(3, { failure: gone }) })
    expect([kinds(), form.fetches.left]).toEqual([['fetching', 'fetched', 'failing'], 1])
    const row = form.step.kind === 'done' ? form.step.rows.find(one => one.feedId === 3)! : undefined
    expect(row && form.fetches.of(row)).toEqual({ kind: 'failing', failure: gone })
  })

  test('is known where it ended before the answer came', async () => {
    const engine = engineWithRows()
    engine.feeds = [feed(2, { lastSuccessAt: 1 })]
    expect((await imported(engine)).kinds()).toEqual(['fetching', 'fetched', 'fetching'])
  })

  test('is not waited for when the refresh is over', async () => {
    const { engine, form, kinds } = await imported()
    const summary = { feeds: 3, updated: 0, unchanged: 0, newArticles: 0, wasCancelled: false }
    engine.tell('refresh-finished', { ...summary, failed: [{ feedId: 2, title: '', failure: { reason: 'offline' } }] })
    expect([kinds(), form.fetches.left]).toEqual([['waiting', 'failing', 'waiting'], 0])
    form.fetches.close()
    expect(engine.listeners.size).toBe(0)
  })
})

test('a file goes to the engine as it is, with its name kept to be shown', async () => {
  const asked: unknown[] = []
  const engine = engineWithRows()
  const form = new ImportOpml({
    ...engine,
    sources: () => engine.sources(),
    previewOpml: async input => {
      asked.push(input)
      return { kind: 'failed', failure: { reason: 'not-a-list', found: 'picture' } }
    },
  })
  await form.readFile({ name: 'cat.png', size: 4, bytes: async () => new Uint8Array([0x89, 0x50, 0x4e, 0x47]) })
  expect(asked).toEqual([{ file: 'iVBORw==' }])
  expect([form.fileName, form.step]).toEqual([
    'cat.png',
    { kind: 'choosing', failure: { reason: 'not-a-list', found: 'picture' } },
  ])
})

test('a folder without feeds is shown in its place', async () => {
  const form = new ImportOpml(engineWithRows())
  await form.read('<opml/>')
  expect(form.tree.folders[0]!.folders).toMatchObject([{ title: 'Later', feeds: [] }])
  expect(form.isCutOff).toBe(true)
})

describe('following a selection', () => {
  function engineForFollowing() {
    const calls: string[] = []
    let id = 0
    return {
      calls,
      sources: async (): Promise<Output<'sources'>> => ({
        feeds: [],
        folders: [{ id: 90, parentId: null, title: 'World', position: 0, reading: {} }],
        counts: noCounts,
      }),
      addFeed: async ({ url }: Input<'addFeed'>): Promise<Output<'addFeed'>> => {
        if (url.startsWith('down')) return { kind: 'failed', failure: { reason: 'gone' } }
        return { kind: 'added', feed: { id: ++id, title: url } as Feed, newArticles: 1, undoId: id }
      },
      createFolder: async ({ title }: Input<'createFolder'>) => {
        calls.push(`folder ${title}`)
        return { folderId: 91, undoId: 91 }
      },
      moveFeeds: async ({ feedIds, folderId }: Input<'moveFeeds'>) => {
        calls.push(`move ${feedIds} to ${folderId}`)
        return { undoId: null }
      },
    }
  }

  test('a failure stops none of the others, and is kept beside its feed', async () => {
    const list = new FollowList(engineForFollowing())
    const feeds = Array.from({ length: 20 }, (_, index) => ({
      url: index % 3 === 0 ? `down${index}` : `up${index}`,
      title: 'T',
      folder: 'World',
    }))
    await list.follow(feeds)
    expect([list.followed, list.failed.length, list.isRunning]).toEqual([13, 7, false])
    expect(list.states.get('down0')).toEqual({ kind: 'failed', failure: { reason: 'gone' } })
  })

  test('folders are made once, used where they are there, and never for nothing', async () => {
    const engine = engineForFollowing()
    await new FollowList(engine).follow([
      { url: 'up1', title: 'T', folder: 'World' },
      { url: 'up2', title: 'T', folder: 'Art' },
      { url: 'up3', title: 'T', folder: 'Art' },
      { url: 'down4', title: 'T', folder: 'Sport' },
    ])
    expect(engine.calls.toSorted()).toEqual(['folder Art', 'move 1 to 90', 'move 2 to 91', 'move 3 to 91'])
  })
})
