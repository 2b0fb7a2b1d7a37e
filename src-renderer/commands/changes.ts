/** Commands that change what the user has. Each can be undone. */
import type { Input, Output } from '../../src-main/api/contract/contract.ts'
import type { Feed, Folder, HeadlineRow, View } from '../../src-main/api/model.ts'
import type { ReadingName } from '../../src-main/api/settings.ts'
import { askPermission } from '../lib/notices/permission.ts'
import { articleName } from '../library/article-name.ts'
import { viewKey } from '../library/view.ts'
import { words } from '../messages/commands.ts'
import { words as noticeWords } from '../messages/desktop/notices.ts'
import { words as readingWords } from '../messages/reading/options.ts'
import { words as undoWords } from '../messages/undo.ts'
import type { App } from '../state/app.svelte.ts'

type Article = Pick<HeadlineRow, 'id' | 'title' | 'isPicture' | 'publishedAt' | 'isRead' | 'isSaved'>

/** The parts of a window that a change needs. */
export type Changing = Pick<App, 'actions' | 'engine' | 'headlines' | 'reader' | 'sources' | 'toasts'>

/** The article that commands act on: the open one, else the selected row. */
export function articleInHand(app: Changing) {
  const { reader, headlines } = app
  return reader.isAside || reader.article?.id === headlines.selectedId || !headlines.selectedId
    ? reader.article
    : headlines.rowOf(headlines.selectedId)
}

/** No toast: the row shows it at once. */
export async function toggleRead(
  app: Changing,
  article: Article | null | undefined = articleInHand(app),
): Promise<void> {
  if (!article) return
  const isRead = !article.isRead
  const deed = (isRead ? undoWords.read : undoWords.unread)(articleName(article))
  await app.actions.act(() => app.engine.markRead({ articleIds: [article.id], isRead }), deed, { isSaid: false })
}

export async function toggleSaved(app: Changing, articleId?: number): Promise<void> {
  const article = articleId === undefined ? articleInHand(app) : app.headlines.rowOf(articleId)
  if (!article) return
  const isSaved = !article.isSaved
  const deed = (isSaved ? undoWords.saved : undoWords.unsaved)(articleName(article))
  await app.actions.act(() => app.engine.setSaved({ articleIds: [article.id], isSaved }), deed, { isSaid: false })
}

/** Marks a view read. Of the current one, not the articles that came since its rows were fetched. */
export async function markViewRead(app: Changing & Pick<App, 'trending'>, view: View): Promise<void> {
  const isShown = viewKey(view) === viewKey(app.headlines.shownView)
  const newestId = isShown ? app.headlines.newestId : Number.MAX_SAFE_INTEGER
  const command = () =>
    view.kind === 'trending'
      ? app.engine.markRead({ articleIds: app.trending.stories.flatMap(({ unreadIds }) => unreadIds), isRead: true })
      : app.engine.markViewRead({ view, newestId })
  const answer = await app.actions.act(command, ({ changed }) => undoWords.readAll(changed))
  if (answer?.changed === 0) app.toasts.add({ text: words.done.nothingToMark })
}

export async function unsubscribe(app: Changing, feed: Feed): Promise<void> {
  await app.actions.act(() => app.engine.unsubscribe({ feedIds: [feed.id] }), undoWords.unsubscribed(feed.title))
}

export async function setPaused(app: Changing, feed: Feed, isPaused: boolean): Promise<void> {
  const deed = (isPaused ? undoWords.paused : undoWords.resumed)(feed.title)
  await app.actions.act(() => app.engine.setPaused({ feedIds: [feed.id], isPaused }), deed)
}

/** Null: the publisher's name. Answers whether it was done. */
export async function renameFeed(app: Changing, feed: Feed, title: string | null): Promise<boolean> {
  const deed = undoWords.renamed(title ?? feed.originalTitle, feed.title)
  return (await app.actions.act(() => app.engine.renameFeed({ feedId: feed.id, title }), deed)) !== undefined
}

/** Answers whether it was done. */
export async function moveFeeds(app: Changing, feedIds: number[], folderId: number | null): Promise<boolean> {
  const deed = undoWords.moved(feedIds.length, titleOf(app, feedIds), nameOf(app, folderId))
  return (await app.actions.act(() => app.engine.moveFeeds({ feedIds, folderId }), deed)) !== undefined
}

/** `isAllowed`: the user has confirmed an address in their own network. */
export async function changeUrl(
  app: Changing,
  feed: Feed,
  url: string,
  isAllowed: boolean,
): Promise<Output<'changeFeedUrl'> | undefined> {
  const command = async () => {
    const answer = await app.engine.changeFeedUrl({ feedId: feed.id, url, ...(isAllowed && { allowPrivate: true }) })
    return { undoId: null, ...answer }
  }
  return app.actions.act(command, () => undoWords.newAddress(feed.title, app.sources.feedById.get(feed.id)?.url ?? ''))
}

/** Throws refusals: the form shows them. */
export function setFeedAccess(app: Changing, input: Input<'setFeedAccess'>): Promise<Output<'setFeedAccess'>> {
  return app.actions.actInForm(() => app.engine.setFeedAccess(input), undoWords.access(titleOf(app, [input.feedId])))
}

/** What may say how articles are read. */
export type ReadingSource = { kind: 'feed'; feed: Feed } | { kind: 'folder'; folder: Folder }

/**
 * Changes how the articles of a feed or a folder are read; null: inherited. Answers whether it was done. Who wants notices is
 * asked for the browser's permission by this click.
 */
export async function setReading(
  app: Changing,
  source: ReadingSource,
  name: ReadingName,
  value: string | null,
): Promise<boolean> {
  const { of, title }: { of: Input<'setReading'>['of']; title: string } =
    source.kind === 'feed'
      ? { of: { kind: 'feeds', feedIds: [source.feed.id] }, title: source.feed.title }
      : { of: { kind: 'folder', folderId: source.folder.id }, title: source.folder.title }
  const permission = name === 'notify' && value === 'yes' ? await askPermission() : 'granted'
  const command = () => app.engine.setReading({ of, reading: { [name]: value } })
  app.reader.forgetPrefetched()
  const isDone = (await app.actions.act(command, readingWords.deed(title, name, value))) !== undefined
  if (isDone && permission !== 'granted') app.toasts.add({ kind: 'problem', text: noticeWords.system[permission] })
  return isDone
}

/** Creates a folder and moves feeds into it, as one deed. Answers whether it was done. */
export async function createFolder(
  app: Changing,
  title: string,
  parentId: number | null,
  feedIds: number[],
): Promise<boolean> {
  const command = async () => {
    const { folderId, undoId } = await app.engine.createFolder({ title, parentId })
    if (feedIds.length === 0) return { undoId }
    const moved = await app.engine.moveFeeds({ feedIds, folderId })
    return { undoId, more: [moved.undoId] }
  }
  const deed =
    feedIds.length === 0 ? undoWords.newFolder(title) : undoWords.moved(feedIds.length, titleOf(app, feedIds), title)
  return (await app.actions.act(command, deed)) !== undefined
}

/** Answers whether it was done. */
export async function renameFolder(app: Changing, folder: Folder, title: string): Promise<boolean> {
  const deed = undoWords.renamed(title, folder.title)
  return (await app.actions.act(() => app.engine.renameFolder({ folderId: folder.id, title }), deed)) !== undefined
}

/** Answers whether it was done. */
export async function moveFolder(app: Changing, folder: Folder, parentId: number | null): Promise<boolean> {
  const deed = undoWords.moved(1, folder.title, nameOf(app, parentId))
  return (await app.actions.act(() => app.engine.moveFolder({ folderId: folder.id, parentId }), deed)) !== undefined
}

export async function removeFolder(app: Changing, folder: Folder): Promise<void> {
  await app.actions.act(() => app.engine.removeFolder({ folderId: folder.id }), undoWords.removedFolder(folder.title))
}

function titleOf(app: Changing, [feedId]: number[]): string {
  return app.sources.feedById.get(feedId ?? 0)?.title ?? ''
}

function nameOf(app: Changing, folderId: number | null): string {
  return folderId === null ? undoWords.topLevel : (app.sources.folderById.get(folderId)?.title ?? '')
}
