/** The list in the middle, and what it says when it is empty. */
import { some } from './common.ts'
import { formatNumber } from './format.ts'

export const words = {
  headlines: {
    title: 'Headlines',
    list: (view: string) => `Headlines: ${view}`,
    /** Beside the heading of a feed's list: 'Failing', 'Paused'. */
    trouble: (name: string) => name.charAt(0).toUpperCase() + name.slice(1),
    search: 'Search articles',
    clearSearch: 'Clear search',
    more: 'More for this list',
    markAllRead: 'Mark all read',
    unreadOnly: 'Unread only',
    showNewest: 'Show newest first',
    showOldest: 'Show oldest first',
    goToFeed: (title: string) => `Go to ${title}`,
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
    pages: {
      title: 'No pages saved',
      text: 'Press + and paste the address of any page: what there is to read on it is kept here.',
    },
    feed: { title: 'No articles yet', action: 'What to do…' },
    folder: { title: 'No articles yet', text: 'The feeds in this folder have brought nothing so far.' },
    category: { title: 'No articles', text: 'None of your feeds has an article of this category now.' },
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
}
