/** Steps by key: to the next article, the next unread one, the next source. */
import type { HeadlineRow } from '../../src-main/api/model.ts'
import { listsAfter, type NextList } from '../library/reading-order.ts'
import { chosenKey, sourceRows } from '../library/tree.ts'
import { isSameView } from '../library/view.ts'
import { words } from '../messages/commands.ts'
import type { App } from '../state/app.svelte.ts'

type Parts = Pick<App, 'headlines' | 'place' | 'settings' | 'sources' | 'steps' | 'toasts'>

/** The next row of the list. The article need not be drawn before the next step starts from it. */
export function stepArticle(app: Parts, by: 1 | -1): Promise<void> {
  return app.steps.take(async () => {
    const row = await app.headlines.neighbour(by)
    if (row) void app.place.open(row.id)
  })
}

/** The next unread article: here, else in the next list that has one, and from the first list again after the last. */
export function stepUnread(app: Parts, by: 1 | -1): Promise<void> {
  return app.steps.take(async () => {
    await app.place.settled()
    await goToUnread(app, by)
  })
}

/**
 * Scrolls the article by a page; at its end, where `scroll` answers false, opens the next unread one. Does nothing while an
 * article is being opened: one shorter than a page would be passed before it was seen.
 */
export function stepPage(app: Parts, scroll: () => boolean): Promise<void> {
  if (app.steps.isBusy || app.place.isShowing) return app.place.settled()
  return app.steps.take(async () => {
    // The next unread one depends on whether this one is marked read yet.
    await app.place.settled()
    if (!scroll()) await goToUnread(app, 1)
  })
}

/** The source above or below in the tree. */
export function stepSource(app: Parts, by: 1 | -1): Promise<void> {
  return app.steps.take(async () => {
    const rows = sourceRows(app.sources, new Set(app.settings.current.collapsedFolders))
    const key = chosenKey(rows, app.place.source, app.sources)
    const row = rows[rows.findIndex(candidate => candidate.key === key) + by]
    if (row) void app.place.show(row.view)
  })
}

export function stepToFirst(app: Parts): Promise<void> {
  return app.steps.take(async () => {
    await app.headlines.toStart()
    const [first] = app.headlines.rows
    if (first) void app.place.open(first.id)
  })
}

export function stepToLast(app: Parts): Promise<void> {
  return app.steps.take(async () => {
    await app.headlines.toEnd()
    const last = app.headlines.rows.at(-1)
    if (last) void app.place.open(last.id)
  })
}

async function goToUnread(app: Parts, by: 1 | -1): Promise<void> {
  const row = await app.headlines.neighbour(by, isUnread)
  if (row) return void app.place.open(row.id)
  for (const next of listsAfter(app.sources, app.place.view, by)) {
    const found = await unreadIn(app, next, by)
    if (!found) continue
    if (next.isRound) say(app, by > 0 ? words.done.fromTheTop : words.done.fromTheEnd)
    return void app.place.open(found.id)
  }
  say(app, app.sources.counts.unread > 0 ? words.done.noUnreadHere : words.done.noMoreUnread)
}

async function unreadIn(app: Parts, { view }: NextList, by: 1 | -1): Promise<HeadlineRow | undefined> {
  const { headlines } = app
  if (app.sources.countsIn(view)?.unread === 0) return undefined
  if (!isSameView(view, app.place.view)) {
    await app.place.show(view, 'start')
    return headlines.first(by, isUnread)
  }
  // Not the selected one, where it was marked unread again.
  const isNext = (row: HeadlineRow) => isUnread(row) && row.id !== headlines.selectedId
  const found = await headlines.first(by, isNext)
  if (found || headlines.newCount === 0) return found
  await headlines.showNew()
  return headlines.first(by, isNext)
}

const isUnread = (row: HeadlineRow): boolean => !row.isRead

function say(app: Parts, text: string): void {
  app.toasts.add({ topic: 'going-round', text })
}
