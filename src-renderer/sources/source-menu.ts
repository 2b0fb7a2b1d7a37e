/** The context menu of a source. */

import { markViewRead, removeFolder, setPaused, unsubscribe } from '../commands/changes.ts'
import { copyText } from '../commands/commands.ts'
import { refresh } from '../commands/refresh.ts'
import { openOutside } from '../lib/open-outside.ts'
import type { FeedRow, FolderRow, SourceRow } from '../library/tree.ts'
import { words as commandsWords } from '../messages/commands.ts'
import { words } from '../messages/sources.ts'
import type { App } from '../state/app.svelte.ts'
import type { MenuItem } from '../ui/menu.ts'

const say = words.feedMenu

export function sourceMenu(app: App, row: SourceRow, toggle: (folderId: number) => void): MenuItem[] {
  if (row.kind === 'feed') return feedMenu(app, row)
  if (row.kind === 'folder') return folderMenu(app, row, toggle)
  return [
    { label: say.markRead, icon: 'mark-all', keys: 'Shift+A', run: () => void markViewRead(app, row.view) },
    { label: words.sources.refreshAll, icon: 'refresh', keys: 'Shift+R', run: () => void refresh(app) },
  ]
}

function feedMenu(app: App, { feed, view }: FeedRow): MenuItem[] {
  const { siteUrl } = feed
  const openHealth = (): void => app.dialogs.show('health', { feedId: feed.id })
  const isUnwell = feed.failure !== null || feed.paused === 'gone'
  const health: MenuItem[] = isUnwell ? [{ label: say.health, icon: 'warning', run: openHealth }, 'rule'] : []
  const details: MenuItem[] = isUnwell ? [] : [{ label: say.details, icon: 'info', run: openHealth }]
  const site: MenuItem[] = siteUrl
    ? [{ label: say.openSite, icon: 'external', run: () => void openOutside(siteUrl) }]
    : []
  return [
    ...health,
    { label: say.markRead, icon: 'mark-all', run: () => void markViewRead(app, view) },
    { label: say.refresh, icon: 'refresh', keys: 'r', run: () => void refresh(app, view) },
    feed.paused
      ? { label: say.resume, icon: 'play', run: () => void setPaused(app, feed, false) }
      : { label: say.pause, icon: 'pause', run: () => void setPaused(app, feed, true) },
    'rule',
    { label: say.rename, icon: 'edit', keys: 'F2', run: () => app.dialogs.show('rename-feed', { feedId: feed.id }) },
    { label: say.move, icon: 'move', run: () => app.dialogs.show('move-feeds', { feedIds: [feed.id] }) },
    { label: say.keep, icon: 'hourglass', run: () => app.dialogs.show('keep-articles', { feedId: feed.id }) },
    'rule',
    ...site,
    ...details,
    { label: say.copyAddress, icon: 'copy', run: () => void copyText(app, feed.url, commandsWords.done.copiedAddress) },
    'rule',
    { label: say.unsubscribe, icon: 'trash', keys: 'Del', isDanger: true, run: () => void unsubscribe(app, feed) },
  ]
}

function folderMenu(app: App, { folder, view, isOpen }: FolderRow, toggle: (folderId: number) => void): MenuItem[] {
  return [
    { label: say.markRead, icon: 'mark-all', run: () => void markViewRead(app, view) },
    { label: say.refresh, icon: 'refresh', keys: 'r', run: () => void refresh(app, view) },
    { label: isOpen ? say.collapse : say.expand, icon: isOpen ? 'up' : 'down', run: () => toggle(folder.id) },
    'rule',
    { label: say.addHere, icon: 'add', run: () => app.dialogs.show('add', { folderId: folder.id }) },
    {
      label: say.newFolderHere,
      icon: 'folder-add',
      run: () => app.dialogs.show('new-folder', { parentId: folder.id }),
    },
    'rule',
    {
      label: say.rename,
      icon: 'edit',
      keys: 'F2',
      run: () => app.dialogs.show('rename-folder', { folderId: folder.id }),
    },
    { label: say.move, icon: 'move', run: () => app.dialogs.show('move-folder', { folderId: folder.id }) },
    'rule',
    { label: say.removeFolder, icon: 'trash', isDanger: true, run: () => void removeFolder(app, folder) },
  ]
}
