/** What commands say when they are done, or why they are not; their shortcuts. */
import { some } from './common.ts'
import { formatNumber } from './format.ts'

export const words = {
  done: {
    nothingToMark: 'Nothing here was unread.',
    noMoreUnread: 'No more unread articles.',
    noUnreadHere: 'Nothing else here is unread.',
    fromTheTop: 'From the top again.',
    fromTheEnd: 'From the end again.',
    copiedQuotation: 'Quotation copied, with its source.',
    nothingToQuote: 'There is no text to quote.',
    copiedLink: 'Link copied.',
    copiedMarkdownLink: 'Link copied as Markdown.',
    copiedAddress: 'Feed address copied.',
    notCopied: 'This browser does not let Broadsheet copy.',
    noArticle: 'No article is chosen.',
    nothingToPrint: 'Open an article to print it.',
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

  /** When a refresh leaves feeds out, and why. */
  refresh: {
    /** Of one feed. `ago` is '2 minutes ago', `until` '14:30'. */
    recent: (ago: string): string => `Fetched ${ago}; press again to ask anyway.`,
    recentFailure: (ago: string): string => `Asked ${ago}, without success; press again to ask anyway.`,
    waiting: (until: string): string => `Its server wants to be left alone until ${until}. It was not asked.`,
    paused: (title: string): string => `${title} is paused, so it was not asked.`,
    underWay: 'It is being refreshed already.',
    /** Of several, of which the last was fetched `ago`. */
    allRecent: (count: number, ago: string): string =>
      `${count === 2 ? 'Both' : `All ${formatNumber(count)}`} were fetched lately, the last one ${ago}; press again to ask anyway.`,
    someRecent: (count: number, of: number, ago: string): string => {
      if (of === 1) return `It was fetched ${ago}; press again to ask anyway.`
      if (count === 1) return `1 of ${formatNumber(of)} was fetched ${ago}; press again to ask it too.`
      const some = `${formatNumber(count)} of ${formatNumber(of)}`
      return `${some} were fetched lately, the last one ${ago}; press again to ask them too.`
    },
    someWaiting: (count: number, until: string, isSameForAll: boolean): string => {
      if (count === 1) return `1 waits until ${until}, as its server asks.`
      return `${formatNumber(count)} wait until ${until}${isSameForAll ? '' : ' at the latest'}, as their servers ask.`
    },
    allPaused: 'Every feed here is paused, so none was asked.',
    allUnderWay: 'They are being refreshed already.',
    none: 'There is no feed here to refresh.',
    /** What comes by mail. */
    mailboxes: 'Your mailboxes are looked at for new messages.',
    /** What nobody can be asked for. */
    digest: 'Digests are made at the times that Settings → Digest says.',
    pages: 'Saved pages stay as they were saved.',
    askAnyway: 'Ask anyway',
    details: 'Details',
    settings: 'Settings',
    safeMode: 'This is safe mode: no feed is fetched until you start normally.',
    offline: 'This computer is offline. Nothing was fetched.',
    signIn: 'This network wants you to sign in first. Nothing was fetched.',
    moments: 'moments ago',
  },

  /** Each shortcut, in the help. */
  shortcuts: {
    'next-article': 'Next article',
    'previous-article': 'Previous article',
    'next-unread': 'Next unread, across sources',
    'previous-unread': 'Previous unread',
    'page-down': 'Page down, then the next unread',
    'page-up': 'Page up',
    'back-in-article': 'Back from a footnote, another article or a category',
    open: 'Open the selected article',
    'open-original': 'Open the original in the browser',
    'toggle-story': 'The article’s story, by all of your sources; and back',
    'toggle-full-text': 'Full text, or the feed’s',
    'toggle-read': 'Mark read or unread',
    'toggle-saved': 'Save, or remove from saved',
    'copy-link': 'Copy the article’s link',
    'copy-quotation': 'Copy the selection, or the first paragraph, as a quotation',
    'find-in-article': 'Find in the article',
    'copy-markdown-link': 'Copy the link as Markdown',
    'load-pictures': 'Load the article’s pictures',
    print: 'Print the article',
    'first-article': 'First article',
    'last-article': 'Last article',
    'mark-shown-read': 'Mark all shown as read',
    'toggle-unread-only': 'Only unread, or all',
    'refresh-view': 'Refresh what is shown',
    'refresh-all': 'Refresh all feeds',
    search: 'Search',
    'show-all': 'Go to All',
    'show-unread': 'Go to Unread',
    'show-saved': 'Go to Saved',
    'show-today': 'Go to Today',
    'show-trending': 'Go to Trending',
    'show-followed-stories': 'Followed stories',
    'show-newsletters': 'Newsletters, and who writes to you',
    'next-source': 'Next source',
    'previous-source': 'Previous source',
    'play-or-pause': 'Play or pause; with nothing in hand, the article’s recording',
    'skip-back': 'Back 15 seconds',
    'skip-forward': 'Forward 30 seconds',
    'play-last': 'Play the article’s recording last',
    'show-queue': 'Chapters, up next and sleep timer',
    'toggle-sources': 'Show or hide the sources',
    'toggle-list': 'Show or hide the list',
    'add-feed': 'Add a feed',
    undo: 'Undo',
    settings: 'Settings',
    help: 'This list',
    back: 'Close, or go back',
  },

  help: {
    title: 'Keyboard shortcuts',
    intro: 'Single keys work whenever no text field has the focus.',
    or: 'or',
    followedBy: 'then',
    groups: { reading: 'Reading', lists: 'Lists', going: 'Going places', listening: 'Listening', window: 'The window' },
  },
}
