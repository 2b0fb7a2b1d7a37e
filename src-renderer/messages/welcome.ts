/** The first page. */
import { feeds, some } from './common.ts'
import { formatNumber } from './format.ts'

export const words = {
  welcome: {
    edition: 'First edition',
    price: 'No account · No tracking',
    lead: 'What do you want to read?',
    leadText:
      'Name a site you like. Broadsheet finds its feed and brings every new article here, in the order it was published, for as long as you wish.',
    importTitle: 'Moving in from another reader?',
    importText: 'Bring the OPML file it exports. Nothing is added before you have seen what is in it.',
    mail: {
      text: 'Newsletters that come by e-mail can be read here, too.',
      setUp: 'Set up a mailbox…',
      found: (count: number) =>
        `${some(count, 'newsletter was', 'newsletters were')} found in your mail. Which of them do you want to read here?`,
      nothing: 'Your mailbox is looked at. No newsletter has been found in it yet.',
      mailboxes: 'Mailboxes…',
    },
    pickTitle: 'Or start with a selection',
    pickText:
      'Well-known sources, by topic. Nothing is fetched before you say so; each can be dropped again with one click.',
    languages: 'Languages',
    allLanguages: 'All languages',
    topic: (title: string) => `All of ${title}`,
    chooseSome: 'Tick what you would like to read',
    chosen: (count: number) => `${feeds(count)} chosen`,
    clear: 'Clear',
    following: (done: number, total: number) => `Fetching: ${formatNumber(done)} of ${formatNumber(total)}`,
    state: { waiting: 'waiting', fetching: 'fetching…', followed: 'followed', failed: 'failed' },
    finished: (count: number) => `You now follow ${feeds(count)}.`,
    finishedSome: (count: number, failed: number) =>
      `You now follow ${feeds(count)}; ${formatNumber(failed)} could not be fetched.`,
    show: 'Show',
    noCatalogue: 'The list of suggestions could not be opened.',
    opening: 'Opening…',
  },

  failures: {
    followTitle: 'Feeds that could not be followed',
    followIntro: 'The others are in your list of sources.',
    retryAll: 'Try all again',
  },
}
