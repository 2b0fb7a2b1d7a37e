/** The context menu of a source. */

import type { Feed, View } from '../../src-main/api/model.ts'
import { offers } from '../../src-main/api/sources/kinds.ts'
import { type Changing, markViewRead, removeFolder, setPaused } from '../commands/changes.ts'
import { copyText } from '../commands/commands.ts'
import { saveBook } from '../commands/files/save-book.ts'
import { unsubscribeFrom } from '../commands/mail.ts'
import { isNotified, setNotified } from '../commands/notify.ts'
import { canRefresh, type Refreshing, refresh } from '../commands/refresh.ts'
import { openOutside } from '../lib/open-outside.ts'
import type { FeedRow, FolderRow, SourceRow } from '../library/tree.ts'
import { words as commandsWords } from '../messages/commands.ts'
import { words as noticeWords } from '../messages/desktop/notices.ts'
import { askWords, wordsOf } from '../messages/library/kinds.ts'
import { words as joiningWords } from '../messages/newsletters/joining.ts'
import { words as readingWords } from '../messages/reading/options.ts'
import { words as outWords } from '../messages/reading/out.ts'
import { words } from '../messages/sources.ts'
import type { App } from '../state/app.svelte.ts'
import type { MenuItem } from '../ui/menu.ts'

const say = words.feedMenu

type Parts = Changing & Refreshing & Pick<App, 'settings' | 'trending'>

export function sourceMenu(parts: Parts, row: SourceRow, toggle: (folderId: number) => void): MenuItem[] {
  if (row.kind === 'feed') return feedMenu(parts, row)
  if (row.kind === 'folder') return folderMenu(parts, row, toggle)
  const run = (): void => void refresh(parts)
  const refreshAll: MenuItem = { label: words.sources.refreshAll, icon: 'refresh', keys: 'Shift+R', run }
  return [
    { label: say.markRead, icon: 'mark-all', keys: 'Shift+A', run: () => void markViewRead(parts, row.view) },
    ...(canRefresh(parts, row.view) ? [refreshAll] : []),
    'rule',
    bookItem(parts, row.view, words.views[row.smart]),
  ]
}

function bookItem(parts: Parts, view: View, title: string): MenuItem {
  return { label: outWords.book.save, icon: 'export', run: () => void saveBook(parts, window, { view, title }) }
}

function noticeItem(parts: Parts, feed: Feed): MenuItem {
  const isOn = isNotified(parts, feed)
  return {
    label: isOn ? noticeWords.stop : noticeWords.notify,
    icon: 'bell',
    run: () => void setNotified(parts, feed, !isOn),
  }
}

function feedMenu(parts: Parts, { feed, view }: FeedRow): MenuItem[] {
  const { siteUrl } = feed
  const { asks, hasAddress, canJoin } = offers[feed.kind]
  const openHealth = (): void => parts.dialogs.show('health', { feedId: feed.id })
  const isUnwell = feed.failure !== null || feed.paused === 'gone'
  const health: MenuItem[] = isUnwell ? [{ label: say.health, icon: 'warning', run: openHealth }, 'rule'] : []
  const details: MenuItem[] = isUnwell ? [] : [{ label: wordsOf(feed).details, icon: 'info', run: openHealth }]
  const askNow = (): void => void refresh(parts, view)
  const ask: MenuItem[] = asks === null ? [] : [{ label: askWords[asks], icon: 'refresh', keys: 'r', run: askNow }]
  const site: MenuItem[] = siteUrl
    ? [{ label: say.openSite, icon: 'external', run: () => void openOutside(siteUrl) }]
    : []
  const copyAddress = () => void copyText(parts, feed.url, commandsWords.done.copiedAddress)
  const address: MenuItem[] = hasAddress ? [{ label: say.copyAddress, icon: 'copy', run: copyAddress }] : []
  const hasOthers = canJoin && parts.sources.feeds.some(other => other.kind === feed.kind && other.id !== feed.id)
  const openJoin = () => parts.dialogs.show('join-newsletters', { feed })
  const join: MenuItem[] = hasOthers ? [{ label: joiningWords.menu, icon: 'move', run: openJoin }] : []
  return [
    ...health,
    { label: say.markRead, icon: 'mark-all', run: () => void markViewRead(parts, view) },
    ...ask,
    feed.paused
      ? { label: say.resume, icon: 'play', run: () => void setPaused(parts, feed, false) }
      : { label: say.pause, icon: 'pause', run: () => void setPaused(parts, feed, true) },
    'rule',
    { label: say.rename, icon: 'edit', keys: 'F2', run: () => parts.dialogs.show('rename-feed', { feedId: feed.id }) },
    { label: say.move, icon: 'move', run: () => parts.dialogs.show('move-feeds', { feedIds: [feed.id] }) },
    { label: readingWords.menu, icon: 'book', run: () => parts.dialogs.show('reading', { feedId: feed.id }) },
    noticeItem(parts, feed),
    { label: say.keep, icon: 'hourglass', run: () => parts.dialogs.show('keep-articles', { feedId: feed.id }) },
    'rule',
    bookItem(parts, view, feed.title),
    ...site,
    ...details,
    ...address,
    ...join,
    'rule',
    {
      label: say.unsubscribe,
      icon: 'trash',
      keys: 'Del',
      isDanger: true,
      run: () => void unsubscribeFrom(parts, feed),
    },
  ]
}

function folderMenu(parts: Parts, { folder, view, isOpen }: FolderRow, toggle: (folderId: number) => void): MenuItem[] {
  return [
    { label: say.markRead, icon: 'mark-all', run: () => void markViewRead(parts, view) },
    { label: say.refresh, icon: 'refresh', keys: 'r', run: () => void refresh(parts, view) },
    { label: isOpen ? say.collapse : say.expand, icon: isOpen ? 'up' : 'down', run: () => toggle(folder.id) },
    'rule',
    { label: say.addHere, icon: 'add', run: () => parts.dialogs.show('add', { folderId: folder.id }) },
    {
      label: say.newFolderHere,
      icon: 'folder-add',
      run: () => parts.dialogs.show('new-folder', { parentId: folder.id }),
    },
    'rule',
    {
      label: say.rename,
      icon: 'edit',
      keys: 'F2',
      run: () => parts.dialogs.show('rename-folder', { folderId: folder.id }),
    },
    { label: say.move, icon: 'move', run: () => parts.dialogs.show('move-folder', { folderId: folder.id }) },
    { label: readingWords.menu, icon: 'book', run: () => parts.dialogs.show('reading', { folderId: folder.id }) },
    'rule',
    bookItem(parts, view, folder.title),
    'rule',
    { label: say.removeFolder, icon: 'trash', isDanger: true, run: () => void removeFolder(parts, folder) },
  ]
}
