import { beforeEach, describe, expect, test } from 'vitest'
import type { Input } from '../../src-main/api/contract/contract.ts'
import type { EventName, Events } from '../../src-main/api/contract/events.ts'
import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import type { HeadlinePage, HeadlineRow } from '../../src-main/api/model.ts'
import type { Settings } from '../../src-main/api/settings.ts'
import { Headlines } from '../../src-renderer/library/headlines.svelte.ts'
import { Trending } from '../../src-renderer/library/stories/trending.svelte.ts'

type Stored = { id: number; isRead: boolean }

/** Lists what is stored, newest (highest id) first, as the engine does; answers when it is let. */
class Shelf {
  articles: Stored[] = []
  asked: Input<'headlines'>[] = []
  held: (() => void)[] | null = null
  readonly #listeners = new Map<string, (payload: never) => void>()
  readonly engine = {
    headlines: async (input: Input<'headlines'>) => {
      this.asked.push(input)
      const page = this.#page(input)
      if (this.held) await new Promise<void>(resolve => this.held!.push(resolve))
      return page
    },
    countNewer: async ({ newestId }: Input<'countNewer'>) => {
      const count = this.articles.filter(({ id }) => id > newestId).length
      if (this.held) await new Promise<void>(resolve => this.held!.push(resolve))
      return { count }
    },
    on: (event: EventName, listener: (payload: never) => void) => void this.#listeners.set(event, listener),
  } as unknown as EngineClient

  emit<E extends EventName>(event: E, payload: Events[E]): void {
    this.#listeners.get(event)?.(payload as never)
  }

  add(from: number, to: number): void {
    for (let id = from; id <= to; id++) this.articles.unshift({ id, isRead: false })
  }

  read(id: number): void {
    this.articles = this.articles.map(article => (article.id === id ? { id, isRead: true } : article))
    this.emit('articles-changed', { articleIds: [id], isRead: true })
  }

  #page(request: Input<'headlines'>): HeadlinePage {
    const { view, limit, after, oldestFirst = false, keepIds = [], newestId = Number.POSITIVE_INFINITY } = request
    const isListed = ({ id, isRead }: Stored) => view.kind !== 'unread' || !isRead || keepIds.includes(id)
    const listed = this.articles.filter(isListed)
    const rest = (oldestFirst ? listed.toReversed() : listed).filter(
      ({ id }) => !after || (oldestFirst ? id > after.id : id < after.id),
    )
    const rows = rest.slice(0, limit).map(rowOf)
    const last = rest.length > limit ? rows.at(-1) : undefined
    return {
      rows,
      next: last ? { publishedAt: last.publishedAt, id: last.id } : null,
      newestId: this.articles[0]?.id ?? 0,
      total: after ? null : listed.filter(({ id }) => id <= newestId).length,
    }
  }
}

function rowOf({ id, isRead }: Stored): HeadlineRow {
  const text = { title: `Article ${id}`, summary: '', author: '', feedTitle: 'Gazette' }
  const none = { feedId: 1, feedIconUrl: null, imageUrl: null, url: null }
  return { ...text, ...none, id, isRead, isSaved: false, publishedAt: id * 1_000 }
}

let shelf: Shelf
let headlines: Headlines
const ids = () => headlines.rows.map(row => row.id)

beforeEach(() => {
  shelf = new Shelf()
  const settings = { newestFirst: true, unreadOnly: false } as Settings
  const trending = new Trending(shelf.engine, { hours: () => 24, isShown: () => false })
  headlines = new Headlines(shelf.engine, () => settings, trending)
})

test('pages are fetched by key as the list is scrolled, without a gap or a double', async () => {
  shelf.add(1, 1_500)
  await headlines.show({ kind: 'all' })
  expect(headlines.rows).toHaveLength(200)
  await Promise.all([headlines.loadMore(), headlines.loadMore()])
  expect(headlines.rows).toHaveLength(400)
  while (headlines.hasMore) await headlines.loadMore()
  expect(ids()).toEqual(Array.from({ length: 1_500 }, (_, index) => 1_500 - index))
  expect(headlines.hasMore).toBe(false)
})

describe('the last row of a long list', () => {
  const down = (from: number, to: number) => Array.from({ length: from - to + 1 }, (_, index) => from - index)

  beforeEach(async () => {
    shelf.add(1, 5_000)
    await headlines.show({ kind: 'all' })
    shelf.asked = []
    await headlines.toEnd()
  })

  test('is asked for directly, and the list stays in its order', () => {
    expect(shelf.asked).toHaveLength(1)
    expect(ids()).toEqual(down(200, 1))
    expect([headlines.hasMore, headlines.hasLess]).toEqual([false, true])
  })

  test('is known to be the last of so many', async () => {
    expect(headlines.total).toBe(5_000)
    shelf.add(5_001, 5_007)
    await headlines.reload()
    expect([headlines.total, headlines.newCount]).toEqual([5_000, 7])
  })

  test('is followed upwards without a gap or a double', async () => {
    await Promise.all([headlines.loadMore(), headlines.loadMore()])
    expect(ids()).toEqual(down(400, 1))
    expect([headlines.indexOf(400), headlines.indexOf(200), headlines.indexOf(1)]).toEqual([0, 200, 399])
    headlines.selectedId = 400
    expect((await headlines.neighbour(-1))?.id).toBe(401)
    headlines.selectedId = 401
    expect((await headlines.neighbour(-1, row => row.id % 1_000 === 0))?.id).toBe(1_000)
    while (headlines.hasLess) await headlines.loadMore()
    expect(ids()).toEqual(down(5_000, 1))
  })

  test('stays in sight when the rows are asked for again, and what came is behind the pill', async () => {
    shelf.add(5_001, 5_007)
    shelf.read(3)
    await headlines.reload()
    expect(ids()).toEqual(down(200, 1))
    expect([headlines.newCount, headlines.rowOf(3)?.isRead]).toEqual([7, true])
  })

  test('leads back to the first row as it was', async () => {
    shelf.add(5_001, 5_007)
    await headlines.reload()
    await headlines.toStart()
    expect(ids()).toEqual(down(5_000, 4_801))
    expect([headlines.hasMore, headlines.hasLess, headlines.newCount]).toEqual([true, false, 7])
  })
})

test('an answer that comes after the next question is dropped', async () => {
  shelf.add(1, 3)
  shelf.held = []
  const first = headlines.show({ kind: 'search', query: 'fer' })
  const second = headlines.show({ kind: 'search', query: 'ferry' })
  shelf.held[1]!()
  await second
  shelf.articles = []
  shelf.held[0]!()
  await first
  expect(headlines.shownView).toEqual({ kind: 'search', query: 'ferry' })
  expect(ids()).toEqual([3, 2, 1])
})

test('what arrives stays behind the pill and is shown when asked for', async () => {
  shelf.add(1, 5)
  await headlines.show({ kind: 'all' })
  shelf.add(6, 17)
  await headlines.reload()
  expect(headlines.newCount).toBe(12)
  expect(ids()).toEqual([5, 4, 3, 2, 1])
  expect(headlines.newestId).toBe(5)
  await headlines.showNew()
  expect(headlines.newCount).toBe(0)
  expect(ids()[0]).toBe(17)
})

test('what a list shows from its first answer on is not behind the pill, whoever counts meanwhile', async () => {
  shelf.add(1, 3)
  await headlines.show({ kind: 'all' })
  shelf.add(4, 6)
  shelf.held = []
  const shown = headlines.show({ kind: 'feed', feedId: 1 })
  const counted = headlines.countNew()
  for (const release of shelf.held) release()
  shelf.held = null
  await Promise.all([shown, counted])
  expect([ids(), headlines.newCount]).toEqual([[6, 5, 4, 3, 2, 1], 0])
})

test('an empty list shows what arrives at once', async () => {
  await headlines.show({ kind: 'all' })
  shelf.add(1, 2)
  await headlines.reload()
  expect(ids()).toEqual([2, 1])
  expect(headlines.newCount).toBe(0)
})

test('an article read in the Unread view stays until the view is left', async () => {
  shelf.add(1, 3)
  await headlines.show({ kind: 'unread' })
  shelf.read(2)
  expect(headlines.rowOf(2)?.isRead).toBe(true)
  await headlines.reload()
  expect(ids()).toEqual([3, 2, 1])
  await headlines.show({ kind: 'all' })
  await headlines.show({ kind: 'unread' })
  expect(ids()).toEqual([3, 1])
})

test('the next unread article is found on a later page', async () => {
  shelf.add(1, 300)
  shelf.articles = shelf.articles.map(({ id }) => ({ id, isRead: id > 20 }))
  await headlines.show({ kind: 'all' })
  headlines.selectedId = 290
  expect((await headlines.neighbour(1, row => !row.isRead))?.id).toBe(20)
  expect(await headlines.neighbour(-1, row => !row.isRead)).toBeUndefined()
})

test('a failed answer is said, and the next one heals it', async () => {
  const { headlines: working } = shelf.engine
  shelf.engine.headlines = () => Promise.reject(new Error('gone'))
  await headlines.show({ kind: 'all' })
  expect(headlines.status).toBe('failed')
  shelf.engine.headlines = working
  await headlines.show({ kind: 'all' })
  expect(headlines.status).toBe('ready')
})

describe('a list that is come back to', () => {
  test('reaches down to where it was left, whatever came above, with what was chosen', async () => {
    shelf.add(1, 1_000)
    await headlines.show({ kind: 'all' })
    await headlines.loadMore()
    headlines.selectedId = 650
    headlines.inSight = [{ id: 640, offset: 12 }]
    const left = headlines.place()!
    await headlines.show({ kind: 'saved' })
    expect(headlines.selectedId).toBeNull()
    shelf.add(1_001, 1_300)
    await headlines.show({ kind: 'all' }, left)
    expect(ids()[0]).toBe(1_300)
    expect([headlines.selectedId, headlines.startsAt]).toEqual([650, [{ id: 640, offset: 12 }]])
    expect(headlines.indexOf(640)).toBe(660)
    expect(headlines.newCount).toBe(0)
  })

  test('still lists what was chosen, although it has been read', async () => {
    shelf.add(1, 5)
    await headlines.show({ kind: 'unread' })
    headlines.selectedId = 3
    shelf.read(3)
    shelf.read(5)
    const left = headlines.place()!
    await headlines.show({ kind: 'all' })
    await headlines.show({ kind: 'unread' }, left)
    expect(ids()).toEqual([4, 3, 2, 1])
  })

  test('has no place while its rows are on their way', async () => {
    shelf.add(1, 5)
    await headlines.show({ kind: 'all' })
    shelf.held = []
    void headlines.show({ kind: 'unread' })
    expect(headlines.place()).toBeNull()
  })
})
