/** The middle pane: a list that grows as you scroll and never shuffles under the reader. */

import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import type { HeadlinePage, HeadlineRow, PageKey, View } from '../../src-main/api/model.ts'
import type { Settings } from '../../src-main/api/settings.ts'
import { coalesced, LatestOnly } from '../lib/requests.ts'
import type { ListPlace, RowAnchor } from './list-place.ts'
import { changedRow, ListedRows } from './listed-rows.svelte.ts'
import { largestPage, readRows } from './read-rows.ts'
import { isSameView, isUnfiltered } from './view.ts'

const firstPage = 200
/** A search extracts a passage for each row: 50 rows, a screen or two, take a quarter of the time. */
const firstFound = 50
const laterPage = 200
/** In ms. Many feeds may bring articles at once: they are counted once. */
const countDelay = 200

const isAny = (_row: HeadlineRow): boolean => true

/** A list that is ranked, and read as a whole: `inPlace`, what is listed stays in its order. */
type Ranking = { page: (how: { inPlace: boolean }) => Promise<HeadlinePage> }

type HeadlinesStatus = 'loading' | 'ready' | 'failed'

export class Headlines {
  view = $state.raw<View>({ kind: 'unread' })
  /** The view whose rows are shown; the one before `view` until its rows have arrived. */
  shownView = $state.raw<View>({ kind: 'unread' })
  status = $state<HeadlinesStatus>('loading')
  /** There are rows below the last one. */
  hasMore = $state(false)
  /** There are rows above the first one: the list was entered from its end. */
  hasLess = $state(false)
  /** How many rows the list has, fetched or not; null for a search, which goes on while it is scrolled. */
  total = $state<number | null>(null)
  selectedId = $state<number | null>(null)
  /** Articles of this view that came since it was read: the pill. */
  newCount = $state(0)
  /** The highest article id there was when the rows were read: what 'mark all read' may touch. */
  newestId = 0
  /** Counts the times the list was read from an end. It then scrolls to its top, or to its last row where `hasLess`. */
  generation = $state(0)
  /** On coming back to a list: it scrolls to the first of these that is still listed instead. */
  startsAt: RowAnchor[] = []
  /** The rows in sight, set by the list on the screen; none where it is at its top. */
  inSight: RowAnchor[] = []

  readonly #engine: EngineClient
  readonly #settings: () => Settings
  readonly #trending: Ranking
  #next: PageKey | null = null
  /** The rows were read from the list's end upwards, in the opposite order. */
  #isFromEnd = false
  readonly #listed = new ListedRows()
  /** Articles read since this view was opened: they stay listed where only unread ones are. */
  #keep = new Set<number>()
  readonly #requests = new LatestOnly()
  #more: Promise<void> | null = null
  #reading: Promise<void> = Promise.resolve()
  #countTimer: ReturnType<typeof setTimeout> | undefined
  /** The list was empty when it was opened, and was not scrolled since: articles that arrive are shown at once. */
  #isFilling = false

  constructor(engine: EngineClient, settings: () => Settings, trending: Ranking) {
    this.#engine = engine
    this.#settings = settings
    this.#trending = trending
    engine.on('articles-changed', change => {
      if (change.isRead) for (const id of change.articleIds) this.#keep.add(id)
      this.#listed.patch(change.articleIds, row => changedRow(row, change))
    })
    engine.on('stories-changed', ({ articles }) => {
      const stories = new Map(articles.map(({ id, story }) => [id, story ?? undefined]))
      this.#listed.patch([...stories.keys()], row => ({ ...row, story: stories.get(row.id) }))
      if (this.view.kind === 'trending' && this.rows.length === 0) this.#countSoon()
    })
    engine.on('articles-arrived', ({ editedIds }) => {
      if (editedIds.some(id => this.indexOf(id) >= 0)) void this.reload().catch(() => undefined)
      this.#countSoon()
    })
    engine.on('all-changed', () => void this.reload())
  }

  /** Those that were fetched. */
  get rows(): HeadlineRow[] {
    return this.#listed.rows
  }

  get unreadOnly(): boolean {
    return this.#settings().unreadOnly && !isUnfiltered(this.view)
  }

  /** Lists a view from its top, or where it was left. */
  async show(view: View, left?: ListPlace): Promise<void> {
    const isAnother = !isSameView(view, this.view)
    this.view = view
    if (isAnother) {
      this.#keep.clear()
      this.selectedId = null
      this.#isFilling = false
      this.status = 'loading'
    }
    // The selected row stays listed, read or not.
    if (left?.selectedId) this.#keep.add(left.selectedId)
    this.#isFromEnd = left?.isFromEnd ?? false
    await this.#read(Math.max(this.#firstPage, left?.count ?? 0), Number.POSITIVE_INFINITY, true, left)
  }

  /** The scroll position as rows; null while the rows are being fetched. */
  place(): ListPlace | null {
    if (!isSameView(this.view, this.shownView)) return null
    const { selectedId, inSight } = this
    return { selectedId, rows: inSight, count: this.rows.length, isFromEnd: this.#isFromEnd }
  }

  /** Fetches the same rows again, in place; newer articles stay behind the pill. */
  readonly reload = coalesced(async () => {
    const newestId = this.rows.length > 0 ? this.newestId : Number.POSITIVE_INFINITY
    await this.#read(Math.max(this.#firstPage, this.rows.length), newestId, false)
    await this.countNew()
  })

  /** The list was scrolled: articles that arrive from now on wait behind the pill. */
  touch(): void {
    this.#isFilling = false
  }

  /** Counts new articles, and answers how many wait behind the pill. An empty list shows them at once. */
  async countNew(): Promise<number> {
    clearTimeout(this.#countTimer)
    this.#countTimer = undefined
    // `newestId` is the last view's until the rows of this one have arrived.
    await this.#reading
    if (this.selectedId !== null) this.#isFilling = false
    if (this.rows.length === 0 || this.#isFilling) {
      await this.#read(this.#firstPage, Number.POSITIVE_INFINITY, true)
      return 0
    }
    const isLatest = this.#requests.current()
    const { count } = await this.#engine.countNewer({ view: this.view, newestId: this.newestId })
    if (isLatest()) this.newCount = count
    return this.newCount
  }

  #countSoon(): void {
    this.#countTimer ??= setTimeout(() => void this.countNew().catch(() => undefined), countDelay)
  }

  /** Shows the articles behind the pill, from the top. */
  async showNew(): Promise<void> {
    this.#isFromEnd = false
    await this.#read(this.#firstPage, Number.POSITIVE_INFINITY, true)
  }

  /** Fetches the next page at the open end, below or above, once at a time. */
  loadMore(limit = laterPage): Promise<void> {
    if (!this.hasMore && !this.hasLess) return Promise.resolve()
    this.#more ??= this.#grow(limit).finally(() => (this.#more = null))
    return this.#more
  }

  /** Goes to the last row, by reading the list from its end: up to 100,000 rows between are not fetched. */
  async toEnd(): Promise<void> {
    if (this.view.kind === 'search') return this.#loadAll()
    if (this.hasMore) await this.#enter(true)
  }

  /** Goes to the first row. */
  async toStart(): Promise<void> {
    if (this.hasLess) await this.#enter(false)
  }

  /** Reads the list from one end; newer articles stay behind the pill. */
  async #enter(isFromEnd: boolean): Promise<void> {
    this.#isFromEnd = isFromEnd
    await this.#read(this.#firstPage, this.newestId, true)
  }

  /** Fetches all rows: search results can't be read from their end. */
  async #loadAll(): Promise<void> {
    const isLatest = this.#requests.current()
    while (this.hasMore && isLatest()) await this.loadMore(largestPage)
  }

  indexOf(articleId: number | null): number {
    return articleId === null ? -1 : this.#listed.indexOf(articleId)
  }

  rowOf(articleId: number | null): HeadlineRow | undefined {
    return this.rows[this.indexOf(articleId)]
  }

  /** The rows fetched that are opened next as a rule: the one after an article, the next unread one, the one before. */
  idsAround(articleId: number): number[] {
    const at = this.indexOf(articleId)
    if (at < 0) return []
    const unread = this.rows.slice(at + 1).find(row => !row.isRead)
    const rows = [this.rows[at + 1], unread, this.rows[at - 1]].filter(row => row !== undefined)
    return [...new Set(rows.map(({ id }) => id))]
  }

  /** The next wanted row from the selected one, fetching further pages as needed; undefined at the ends of the list. */
  async neighbour(step: 1 | -1, isWanted = isAny): Promise<HeadlineRow | undefined> {
    // Right after a change of view the rows are still those of the last one.
    await this.#reading
    const from = this.indexOf(this.selectedId)
    return from < 0 ? this.#seek(0, 1, isWanted) : this.#seek(from + step, step, isWanted)
  }

  /** The first wanted row from the list's start, or from its end upwards. */
  async first(step: 1 | -1, isWanted = isAny): Promise<HeadlineRow | undefined> {
    await this.#reading
    await (step > 0 ? this.toStart() : this.toEnd())
    return this.#seek(step > 0 ? 0 : this.rows.length - 1, step, isWanted)
  }

  async #seek(from: number, step: 1 | -1, isWanted: (row: HeadlineRow) => boolean): Promise<HeadlineRow | undefined> {
    // By id: where rows are inserted at the top, every index moves.
    for (let index = from; ; index += step) {
      const edge = this.rows[index - step]
      while (!this.rows[index] && (step > 0 ? this.hasMore : this.hasLess)) {
        const isLatest = this.#requests.current()
        await this.loadMore()
        if (!isLatest()) return undefined
        index = this.indexOf(edge?.id ?? null) + step
      }
      const row = this.rows[index]
      if (!row || isWanted(row)) return row
    }
  }

  /** Waits for rows being fetched; answers whether those shown belong to the current view. */
  async areShown(): Promise<boolean> {
    await this.#reading
    return isSameView(this.view, this.shownView)
  }

  /** The article the reader has open stays listed, read or not. */
  keep(articleId: number): void {
    this.#keep.add(articleId)
  }

  get #firstPage(): number {
    return this.view.kind === 'search' ? firstFound : firstPage
  }

  #read(count: number, newestId: number, isFromAnEnd: boolean, left?: ListPlace): Promise<void> {
    this.#reading = this.#readRows(count, newestId, isFromAnEnd, left)
    return this.#reading
  }

  async #readRows(count: number, newestId: number, isFromAnEnd: boolean, left?: ListPlace): Promise<void> {
    const isLatest = this.#requests.begin()
    const { view } = this
    try {
      const page = (limit: number, after: PageKey | null) => this.#page(limit, after, newestId)
      const read = await readRows(page, { count, newestId, left, isLatest })
      if (!read) return
      const { rows } = read
      this.newestId = Math.min(read.newestId, newestId)
      this.#listed.replace(this.#isFromEnd ? rows.toReversed() : rows)
      this.#openAt(read.next)
      this.total = read.total
      this.shownView = view
      this.status = 'ready'
      if (rows.length === 0) this.#isFilling = true
      if (newestId === Number.POSITIVE_INFINITY && isFromAnEnd) this.newCount = 0
      if (left && this.selectedId === null) this.selectedId = left.selectedId
      this.startsAt = left?.rows ?? []
      if (isFromAnEnd) this.generation++
    } catch {
      if (isLatest()) this.status = 'failed'
    }
  }

  async #grow(limit: number): Promise<void> {
    // While other rows are being fetched, the end of these says nothing.
    await this.#reading
    const isLatest = this.#requests.current()
    try {
      if (!this.#next) return
      const page = await this.#page(limit, this.#next, this.newestId)
      if (!isLatest()) return
      const fresh = page.rows.filter(row => row.id <= this.newestId && this.#listed.indexOf(row.id) < 0)
      if (this.#isFromEnd) this.#listed.prepend(fresh.reverse())
      else this.#listed.append(fresh)
      this.#openAt(page.next)
    } catch {
      // The connection ended: the rows are asked for again when it is back.
      if (isLatest()) this.hasMore = this.hasLess = false
    }
  }

  #page(limit: number, after: PageKey | null, newestId: number): Promise<HeadlinePage> {
    if (this.view.kind === 'trending') return this.#trending.page({ inPlace: Number.isFinite(newestId) })
    return this.#engine.headlines({
      view: this.view,
      limit: Math.max(1, limit),
      after,
      unreadOnly: this.unreadOnly,
      oldestFirst: this.#settings().newestFirst === this.#isFromEnd,
      keepIds: [...this.#keep],
      ...(Number.isFinite(newestId) ? { newestId } : {}),
    })
  }

  /** `next`: the first row that was not fetched, at the end where the list is open. */
  #openAt(next: PageKey | null): void {
    this.#next = next
    this.hasMore = next !== null && !this.#isFromEnd
    this.hasLess = next !== null && this.#isFromEnd
  }
}
