/** What stands around the panes: the masthead, the connection, ways to skip. */
import { formatNumber } from './format.ts'

export const words = {
  connection: {
    lost: 'Reconnecting…',
    lostLong: 'Broadsheet does not answer. Start it again and use the window it opens.',
    noTokenTitle: 'Open Broadsheet from its own window',
    noToken:
      'This address only works in the window that Broadsheet opened itself. Start Broadsheet again; the page it opens has the key.',
    starting: 'Opening…',
    upgrading: (share: number) => `Preparing your articles for this version: ${Math.floor(share * 100)}%`,
    notLoaded: 'This window is older than the program behind it. Reload it.',
  },

  notLoaded: 'This window is older than the program behind it. Reload it, and try again.',

  skip: {
    toHeadlines: 'Go to the headlines',
    toArticle: 'Go to the article',
  },

  panes: {
    sourcesSplitter: 'Width of the sources',
    headlinesSplitter: 'Width of the headlines',
  },

  titleUnread: (count: number, title: string) => (count > 0 ? `(${formatNumber(count)}) ${title}` : title),
}
