/** Every word the panes say, in one place. Other languages are other files of this shape. */
import type { EngineErrorCode } from '../../src-main/api/errors.ts'
import { formatNumber } from './format.ts'

const some = (count: number, one: string, many: string): string => `${formatNumber(count)} ${count === 1 ? one : many}`

const errors: Record<EngineErrorCode, string> = {
  'invalid-input': 'Broadsheet did not understand that. Nothing was changed.',
  'unknown-name': 'This window is older than the program behind it. Reload it.',
  'not-found': 'That is no longer there.',
  superseded: 'Another search took the place of this one.',
  'storage-full': 'The disk is full, so nothing could be kept. Make some room and try again.',
  'storage-read-only': 'The data folder cannot be written to, so nothing was changed.',
  'storage-damaged': 'The data file is damaged, so nothing was changed.',
  closed: 'The connection was interrupted before Broadsheet could confirm that. What you see is how things are now.',
  internal: 'Something went wrong inside Broadsheet. Nothing was changed.',
}

/** Why the engine refused something; empty for null. */
export const errorText = (code: EngineErrorCode | null): string => (code ? errors[code] : '')

export const words = {
  appName: 'Broadsheet',
  errors,

  connection: {
    lost: 'Reconnecting…',
    lostLong: 'Broadsheet does not answer. Start it again and use the window it opens.',
    noTokenTitle: 'Open Broadsheet from its own window',
    noToken:
      'This address only works in the window that Broadsheet opened itself. Start Broadsheet again; the page it opens has the key.',
    starting: 'Opening…',
    notLoaded: 'This window is older than the program behind it. Reload it.',
  },

  views: {
    today: 'Today',
    all: 'All',
    unread: 'Unread',
    saved: 'Saved',
    search: 'Search',
  },

  sources: {
    title: 'Sources',
    feeds: 'Feeds',
    addFeed: 'Add feed',
    newFolder: 'New folder',
    refreshAll: 'Refresh all',
    cancelRefresh: 'Stop refreshing',
    settings: 'Settings',
    help: 'Keyboard help',
    hide: 'Hide sources',
    show: 'Show sources',
    unread: (count: number) => `${formatNumber(count)} unread`,
    saved: (count: number) => `${formatNumber(count)} saved`,
    progress: (done: number, total: number) => `${formatNumber(done)} of ${formatNumber(total)}`,
    refreshing: 'Refreshing',
    failing: 'failing',
    paused: 'paused',
    gone: 'gone for good',
    noFeeds: 'No feeds yet. Press + to add the first.',
    someFailing: 'Some feeds in here could not be refreshed.',
    goneText: 'The publisher says that this feed is gone for good. Its articles are kept.',
    pausedText: 'Not refreshed until you resume it.',
  },

  feedMenu: {
    name: (title: string) => `Actions for ${title}`,
    refresh: 'Refresh',
    markRead: 'Mark all read',
    rename: 'Rename…',
    move: 'Move to folder…',
    keep: 'Keep articles…',
    pause: 'Pause',
    resume: 'Resume',
    copyAddress: 'Copy feed address',
    openSite: 'Open website',
    health: 'What is wrong?',
    details: 'Feed details…',
    unsubscribe: 'Unsubscribe',
    addHere: 'Add feed here…',
    newFolderHere: 'New folder here…',
    removeFolder: 'Remove folder',
    expand: 'Expand',
    collapse: 'Collapse',
  },

  done: {
    nothingToMark: 'Nothing here was unread.',
    noMoreUnread: 'No more unread articles.',
    noUnreadHere: 'Nothing else here is unread.',
    fromTheTop: 'From the top again.',
    fromTheEnd: 'From the end again.',
    copiedLink: 'Link copied.',
    copiedAddress: 'Feed address copied.',
    notCopied: 'This browser does not let Broadsheet copy.',
    noArticle: 'No article is chosen.',
    noLink: 'This article has no link.',
    refreshed: (fresh: number, feeds: number) =>
      fresh === 0
        ? `Nothing new in ${some(feeds, 'feed', 'feeds')}.`
        : `${some(fresh, 'new article', 'new articles')} in ${some(feeds, 'feed', 'feeds')}.`,
    refreshedWithFailures: (failed: number) => `${some(failed, 'feed', 'feeds')} could not be refreshed.`,
    noneRefreshed: (count: number) =>
      count === 1 ? 'The feed could not be refreshed.' : `None of ${some(count, 'feed', 'feeds')} could be refreshed.`,
    refreshCancelled: (done: number) => `Stopped after ${some(done, 'feed', 'feeds')}.`,
    show: 'Show',
  },

  headlines: {
    title: 'Headlines',
    list: (view: string) => `Headlines: ${view}`,
    /** Beside the heading of a feed's list: 'Failing', 'Paused'. */
    trouble: (name: string) => name.charAt(0).toUpperCase() + name.slice(1),
    search: 'Search articles',
    clearSearch: 'Clear search',
    markAllRead: 'Mark all read',
    unreadOnly: 'Unread only',
    showAll: 'Show read articles too',
    showNewest: 'Show newest first',
    showOldest: 'Show oldest first',
    goToFeed: (title: string) => `Go to ${title}`,
    hide: 'Hide list',
    fresh: (count: number) => `${formatNumber(count)} new`,
    showFresh: (count: number) => `Show ${some(count, 'new article', 'new articles')}`,
    today: 'Today',
    yesterday: 'Yesterday',
    /** Under the heading of a list: how much of it is unread, and how much there is. */
    counts: (unread: number, total: number) => {
      if (total === 0) return ''
      const all = some(total, 'article', 'articles')
      return unread > 0 ? `${formatNumber(unread)} unread of ${all}` : `${all}, all read`
    },
    savedCount: (count: number) => some(count, 'saved article', 'saved articles'),
    results: (count: number, hasMore: boolean) =>
      hasMore ? `First ${some(count, 'result', 'results')}` : some(count, 'result', 'results'),
    unread: 'Unread',
    saved: 'Saved',
    saveRow: (title: string) => `Save “${title}”`,
    unsaveRow: (title: string) => `Remove “${title}” from saved`,
    loading: 'Loading headlines…',
    end: 'You have reached the end.',
    failedTitle: 'These headlines could not be read',
    failed: 'The engine did not answer as it should.',
    retry: 'Try again',
  },

  empty: {
    all: { title: 'Nothing here yet', text: 'Articles appear as soon as the first feed has been fetched.' },
    today: { title: 'Nothing published today', text: 'What your feeds bring from midnight on is listed here.' },
    unread: { title: 'All read', text: 'New articles appear here as they arrive.' },
    saved: {
      title: 'You have not yet added any article to your bookmarks!',
      text: 'Open an article and press s, or the bookmark above it. Saved articles stay for ever, even after you unsubscribe.',
    },
    feed: { title: 'No articles yet', text: 'This feed has brought nothing so far.', action: 'What to do…' },
    folder: { title: 'No articles yet', text: 'The feeds in this folder have brought nothing so far.' },
    filtered: { title: 'All read', text: 'Everything listed here has been read.', action: 'Show read articles' },
    search: {
      title: (query: string) => `Nothing found for “${query}”`,
      text: 'Every word must occur in the title, the text, the author or the feed’s name.',
    },
    searchStart: {
      title: 'Search everything',
      text: 'Type a word from the title, the text, the author or the feed’s name.',
    },
  },

  article: {
    title: 'Article',
    text: 'Article text',
    by: 'Post by',
    unknownFeed: 'Unsubscribed feed',
    markRead: 'Mark as read',
    markUnread: 'Mark as unread',
    save: 'Save',
    unsave: 'Remove from saved',
    openOriginal: 'Open original',
    openInBrowser: 'Open in browser',
    copyLink: 'Copy link',
    comments: (count: number | null) => (count === null ? 'Comments' : some(count, 'comment', 'comments')),
    back: 'Back to headlines',
    previous: 'Previous article',
    next: 'Next article',
    updated: (when: string) => `Updated ${when}`,
    tags: 'Tags',
    showTagged: (name: string) => `Show articles tagged ${name}`,
    tools: 'Article actions',
    attachments: 'Attachments',
    listen: (name: string) => `Listen: ${name}`,
    watch: (name: string) => `Watch: ${name}`,
    openFile: { audio: 'Open the audio', video: 'Open the film', image: 'Open the picture', other: 'Open' },
    variants: 'Also as',
    unheard:
      'This recording cannot be played here: it is long, or its server does not give it out. Open it in your browser.',
    unseen:
      'This film cannot be played here: it is long, of another kind, or its server does not give it out. Open it in your browser.',
    photo: (day: string) => `Photo, ${day}`,
    untitled: (day: string) => `Untitled, ${day}`,
    none: 'Choose a headline to read it here.',
    noneKeys: 'j and k step through the list; ? shows every key.',
    noText: 'The feed gives only the headline.',
    picturesOff: 'This is a picture, and pictures are not loaded. You can allow them in the settings.',
    damaged:
      'The text of this article was damaged on this computer. It comes back with the next refresh, if the feed still has it; the original page has it, too.',
    goneTitle: 'This article is gone',
    gone: 'It was removed since you last saw it.',
    notReopened: (name: string) => `“${name}” was not reopened: showing it did not finish last time.`,
    openAnyway: 'Open it',
    failedTitle: 'This article could not be opened',
    loading: 'Opening…',
  },

  skip: {
    toHeadlines: 'Go to the headlines',
    toArticle: 'Go to the article',
  },

  panes: {
    sourcesSplitter: 'Width of the sources',
    headlinesSplitter: 'Width of the headlines',
    backToSources: 'Sources',
  },

  titleUnread: (count: number, title: string) => (count > 0 ? `(${formatNumber(count)}) ${title}` : title),
}

export type Words = typeof words
