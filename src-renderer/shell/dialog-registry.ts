/** Every dialog: the file its component is loaded from, and what of the window it is given. */
import type { Component } from 'svelte'
import { shortcuts } from '../../src-main/api/host/keys.ts'
import { joinCategories } from '../categories/category-acts.ts'
import {
  changeUrl,
  createFolder,
  moveFeeds,
  moveFolder,
  type ReadingSource,
  renameFeed,
  renameFolder,
  setFeedAccess,
  setPaused,
  setReading,
  unsubscribe,
} from '../commands/changes.ts'
import { copyText } from '../commands/commands.ts'
import {
  joinNewsletters,
  keepSenders,
  leaveOutSenders,
  mailboxEngine,
  outgoingEngine,
  unsubscribeFrom,
} from '../commands/mail.ts'
import { refresh } from '../commands/refresh.ts'
import { showSavedPage } from '../commands/saved-page.ts'
import { putTogether, setFollowed } from '../commands/stories.ts'
import type { AccessEngine } from '../feed-care/access-form.svelte.ts'
import type { HealthActs } from '../feed-care/FeedHealth.svelte'
import { openOutside } from '../lib/open-outside.ts'
import { isMac } from '../lib/platform.ts'
import { words as helpWords } from '../messages/desktop/help.ts'
import { wordsOf } from '../messages/library/kinds.ts'
import { words } from '../messages/manage.ts'
import { words as leavingWords } from '../messages/newsletters/leaving.ts'
import type { App } from '../state/app.svelte.ts'
import type { DialogName, DialogParams } from '../state/dialogs.svelte.ts'
import { followSelection } from '../welcome/follow-selection.ts'

type Props = Record<string, unknown>
export type AnyDialog = Component<Props>
type Entry<Params> = {
  load: () => Promise<AnyDialog>
  /** All properties but `onclose`. Null where what the dialog is about is gone. */
  props: (app: App, params: Params) => Props | null
}

function entry<Params, Own extends Props>(
  load: () => Promise<{ default: Component<Own> }>,
  props: (app: App, params: Params) => Omit<Own, 'onclose'> | null,
): Entry<Params> {
  // Which component takes which properties has been checked here, and is of no more interest.
  return { load: async () => (await load()).default as unknown as AnyDialog, props }
}

const nameDialog = () => import('../manage/NameDialog.svelte')
const moveDialog = () => import('../manage/MoveDialog.svelte')

export const dialogRegistry: { [N in DialogName]: Entry<DialogParams[N]> } = {
  add: entry(
    () => import('../add-feed/AddFeedDialog.svelte'),
    (app, { address, folderId }) => ({
      engine: app.engine,
      folders: app.sources.folders,
      feeds: app.sources.feeds,
      now: app.clock.now,
      address,
      folderId,
      ongo: view => void app.place.show(view),
      onsaved: page => void showSavedPage(app, page),
      ondid: deed => app.actions.did(deed),
    }),
  ),
  import: entry(
    () => import('../transfer/ImportDialog.svelte'),
    ({ actions, engine, toasts }, { text, file }) => ({ actions, engine, toasts, text, file }),
  ),
  settings: entry(
    () => import('../settings/SettingsDialog.svelte'),
    (app, { section, at }) => ({ parts: app, section, at }),
  ),
  restore: entry(
    () => import('../settings/backups/RestoreDialog.svelte'),
    ({ actions, dialogs, safety }, { backup }) => ({
      actions,
      safety,
      backup,
      onstay: () => dialogs.show('settings', { section: 'backups' }),
    }),
  ),
  'keep-articles': entry(
    () => import('../feed-care/KeepArticlesDialog.svelte'),
    ({ actions, engine, settings, sources }, { feedId }) => {
      const feed = sources.feedById.get(feedId)
      return feed ? { feed, actions, engine, settings, sources } : null
    },
  ),
  reading: entry(
    () => import('../feed-care/ReadingDialog.svelte'),
    (app, params) => {
      const source = readingSource(app, params)
      if (!source) return null
      return {
        source,
        settings: app.settings,
        sources: app.sources,
        onset: (name, value) => setReading(app, source, name, value),
        ongo: origin =>
          origin.kind === 'folder'
            ? app.dialogs.show('reading', { folderId: origin.folderId })
            : app.dialogs.show('settings', { section: 'reading' }),
      }
    },
  ),
  help: entry(
    () => import('../help/HelpDialog.svelte'),
    () => ({ shortcuts, isMac }),
  ),
  'whats-new': entry(
    () => import('../help/ChangesDialog.svelte'),
    () => ({}),
  ),
  'report-fault': entry(
    () => import('../help/FaultDialog.svelte'),
    app => ({ parts: app, oncopy: text => copyText(app, text, helpWords.fault.copied) }),
  ),
  'new-folder': entry(nameDialog, (app, { parentId = null, feedIds = [] }) => ({
    title: words.names.newFolder,
    action: words.names.create,
    hint: feedIds.length > 0 ? words.names.movesInto(feedIds.length) : undefined,
    onname: name => createFolder(app, name ?? '', parentId, feedIds),
  })),
  'rename-folder': entry(nameDialog, (app, { folderId }) => {
    const folder = app.sources.folderById.get(folderId)
    return {
      title: words.names.renameFolder,
      action: words.names.rename,
      name: folder?.title,
      onname: async name => name !== null && folder !== undefined && (await renameFolder(app, folder, name)),
    }
  }),
  'rename-feed': entry(nameDialog, (app, { feedId }) => {
    const feed = app.sources.feedById.get(feedId)
    if (!feed) return null
    const { originalTitle } = feed
    const { rename, givenName, useGivenName } = wordsOf(feed)
    return {
      title: rename,
      action: words.names.rename,
      name: feed.title,
      fallback: { name: originalTitle, use: useGivenName },
      hint: originalTitle === feed.title ? undefined : givenName(originalTitle),
      onname: title => renameFeed(app, feed, title),
    }
  }),
  'move-feeds': entry(moveDialog, (app, { feedIds }) => {
    const first = app.sources.feedById.get(feedIds[0] ?? 0)
    return {
      title: feedIds.length === 1 && first ? words.move.titleFeed(first.title) : words.move.titleFeeds(feedIds.length),
      folders: app.sources.folders,
      at: first?.folderId ?? null,
      onmove: folderId => moveFeeds(app, feedIds, folderId),
    }
  }),
  'move-folder': entry(moveDialog, (app, { folderId }) => {
    const folder = app.sources.folderById.get(folderId)
    return {
      title: words.move.titleFeed(folder?.title ?? ''),
      folders: app.sources.folders,
      at: folder?.parentId ?? null,
      without: folderId,
      onmove: async parentId => folder !== undefined && (await moveFolder(app, folder, parentId)),
    }
  }),
  mailbox: entry(
    () => import('../newsletters/MailboxDialog.svelte'),
    (app, { mailboxId }) => {
      const mailbox = app.mail.mailboxes.find(({ id }) => id === mailboxId) ?? null
      if (mailboxId !== undefined && !mailbox) return null
      return {
        mailbox,
        engine: mailboxEngine(app),
        now: app.clock.now,
        onleave: () => app.dialogs.show('settings', { section: 'newsletters' }),
      }
    },
  ),
  'digest-mail': entry(
    () => import('../settings/digest/OutgoingDialog.svelte'),
    (app, { outgoing }) => ({
      outgoing,
      mailboxes: app.mail.mailboxes,
      engine: outgoingEngine(app, outgoing),
      onleave: () => app.dialogs.show('settings', { section: 'digest', at: 'digest-mail' }),
    }),
  ),
  newsletters: entry(
    () => import('../newsletters/SendersDialog.svelte'),
    app => ({
      senders: app.mail.senders,
      folders: app.sources.folders,
      now: app.clock.now,
      acts: {
        keep: (senders, into) => keepSenders(app, senders, into),
        leaveOut: senders => leaveOutSenders(app, senders),
        go: feedId => {
          app.dialogs.close()
          void app.place.show({ kind: 'feed', feedId })
        },
      },
    }),
  ),
  'join-newsletters': entry(
    () => import('../newsletters/JoinDialog.svelte'),
    (app, { feed }) => ({
      title: feed.title,
      others: app.sources.feeds.filter(other => other.kind === feed.kind && other.id !== feed.id),
      onjoin: into => joinNewsletters(app, feed, into),
    }),
  ),
  unsubscribe: entry(
    () => import('../newsletters/UnsubscribeDialog.svelte'),
    (app, { feed, senders }) => ({
      title: feed.title,
      senders,
      acts: {
        unsubscribe: () => unsubscribe(app, feed),
        tell: senderId => app.actions.attempt(() => app.engine.tellSender({ senderId })),
        open: url => void openOutside(url),
        ontold: () => app.toasts.add({ text: leavingWords.told(feed.title) }),
      },
    }),
  ),
  health: entry(
    () => import('../feed-care/HealthDialog.svelte'),
    (app, { feedId }) => ({
      feeds: app.sources.feeds,
      feedId,
      mail: { mailboxes: app.mail.mailboxes, senders: app.mail.senders },
      now: app.clock.now,
      pace: {
        pausedUntil: app.polling.pausedUntil,
        power: app.polling.power,
        network: app.polling.network,
        savesPower: app.settings.current.savesPower,
      },
      acts: healthActs(app),
      engine: accessEngine(app),
      undos: app.actions.undos,
      digest: app.settings.current.digest,
      onmailbox: mailboxId => app.dialogs.show('mailbox', { mailboxId }),
      ondigest: () => app.dialogs.show('settings', { section: 'digest' }),
    }),
  ),
  'same-category': entry(
    () => import('../categories/SameCategoryDialog.svelte'),
    (app, { name }) => ({
      name,
      engine: app.engine,
      onjoin: to => joinCategories(app, name, to),
    }),
  ),
  pictures: entry(
    () => import('../article/text/Lightbox.svelte'),
    (_, { pictures, first, onleave }) => ({ pictures, first, onleave }),
  ),
  'followed-stories': entry(
    () => import('../article/story/FollowedDialog.svelte'),
    app => ({
      stories: app.followed.stories,
      now: app.clock.now,
      onopen: storyId => {
        app.dialogs.close()
        void app.place.openStory(storyId)
      },
      onunfollow: storyId => setFollowed(app, storyId, false),
    }),
  ),
  'same-story': entry(
    () => import('../article/story/SameStoryDialog.svelte'),
    (app, { article }) => ({
      engine: app.engine,
      article,
      iconOf: row => app.sources.feedById.get(row.feedId ?? 0)?.iconUrl ?? row.feedIconUrl,
      now: app.clock.now,
      onchoose: other => putTogether(app, article, other),
    }),
  ),
  'follow-failures': entry(
    () => import('../welcome/FollowFailures.svelte'),
    (app, { list }) => ({
      list,
      onretry: () => {
        app.dialogs.close()
        void followSelection(app, list, list.failed)
      },
    }),
  ),
}

function readingSource({ sources }: App, params: DialogParams['reading']): ReadingSource | null {
  if ('feedId' in params) {
    const feed = sources.feedById.get(params.feedId)
    return feed ? { kind: 'feed', feed } : null
  }
  const folder = sources.folderById.get(params.folderId)
  return folder ? { kind: 'folder', folder } : null
}

function accessEngine(app: App): AccessEngine {
  return {
    feedAccess: input => app.engine.feedAccess(input),
    setFeedAccess: input => setFeedAccess(app, input),
  }
}

function healthActs(app: App): HealthActs {
  return {
    refresh: feed => refresh(app, { kind: 'feed', feedId: feed.id }),
    setPaused: (feed, isPaused) => setPaused(app, feed, isPaused),
    changeUrl: (feed, url, isAllowed) => changeUrl(app, feed, url, isAllowed),
    unsubscribe: feed => unsubscribeFrom(app, feed),
    go: feedId => {
      app.dialogs.close()
      void app.place.show({ kind: 'feed', feedId })
    },
  }
}
