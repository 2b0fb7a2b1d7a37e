/** Every word the dialogs and the welcome say, in one place. Other languages are other files of this shape. */
import { formatNumber } from './format.ts'

export const some = (count: number, one: string, many: string): string =>
  `${formatNumber(count)} ${count === 1 ? one : many}`
const feeds = (count: number): string => some(count, 'feed', 'feeds')
const articles = (count: number): string => some(count, 'article', 'articles')

export const dialogWords = {
  close: 'Close',
  cancel: 'Cancel',
  done: 'Done',
  undo: 'Undo',
  dismiss: 'Dismiss',
  tryAgain: 'Try again',
  notLoaded: 'This window is older than the program behind it. Reload it, and try again.',

  folder: {
    label: 'Folder',
    none: 'No folder',
    create: 'New folder…',
    newName: 'Name of the new folder',
  },

  add: {
    title: 'Add a feed',
    address: 'Address or name',
    placeholder: 'example.org',
    hint: 'An address or a name: ‘BBC’, @channel, r/subreddit, @user@host.',
    follow: 'Follow',
    followCount: (count: number) => (count === 0 ? 'Follow' : `Follow ${feeds(count)}`),
    looking: 'Looking…',
    adding: 'Adding…',
    stop: 'Stop looking',
    progress: 'Looking for feeds',
    lookingAt: (place: string) => `Looking for feeds at ${place}…`,
    stillLooking: (place: string) =>
      `Still looking: asking ${place} at the places where sites usually keep their feeds.`,
    fetching: 'Fetching the articles…',
    privateTyped: 'If you know it, and want to read what is there, follow it all the same.',
    allowPrivate: 'Follow it all the same',
    alreadyBefore: 'You already follow ',
    goThere: 'Go there',
    found: (count: number) => `${feeds(count)} found. Which would you like to follow?`,
    followed: 'You follow this',
    noArticles: 'No articles yet.',
    formats: { rss: 'RSS', atom: 'Atom', rdf: 'RSS 1.0', json: 'JSON Feed' },
    nowFollow: (title: string, count: number) =>
      count === 0 ? `You now follow ${title}.` : `You now follow ${title}: ${articles(count)}.`,
    nowFollowMany: (count: number) => `Following ${feeds(count)} more.`,
  },

  import: {
    title: 'Import',
    intro:
      'An OPML file is what other readers call an export of your feeds. A ZIP file is everything, as Broadsheet exports it.',
    choose: 'Choose a file…',
    drop: 'or drop it here',
    paste: 'Paste its text instead',
    pasteLabel: 'OPML text',
    read: 'Read',
    reading: 'Reading the file…',
    importing: (count: number) => `Adding ${feeds(count)}…`,
    summary: (count: number, folders: number) =>
      folders === 0 ? feeds(count) : `${feeds(count)} in ${some(folders, 'folder', 'folders')}`,
    already: (count: number) => `${formatNumber(count)} followed already`,
    followed: 'followed already',
    all: 'Choose all',
    none: 'Choose none',
    tree: 'Feeds in the file',
    folder: (title: string) => `All feeds in ${title}`,
    privateMark: 'own network',
    privateText: (count: number) =>
      count === 1
        ? '1 address is on this computer or your own network. Files from others should not name such addresses.'
        : `${formatNumber(count)} addresses are on this computer or your own network. Files from others should not name such addresses.`,
    privateRetry: (count: number) =>
      count === 1 ? 'It is mine: import it too' : `${formatNumber(count)} are mine: import them too`,
    privateYes: 'These are mine: import them too',
    problems: (count: number) => `${some(count, 'entry', 'entries')} could not be understood`,
    button: (count: number) => (count === 0 ? 'Import' : `Import ${feeds(count)}`),
    back: 'Choose another file',
    cutOff: (last: string | null) =>
      `The file ends in the middle: ${last === null ? 'what it had is missing' : `feeds after “${last}” are missing`}. You can import what is there, and export the rest anew.`,
    emptyFolder: 'empty',
    nothing: 'There is no feed in this file that you do not follow already.',
    resultTitle: 'Import finished',
    added: 'added',
    failed: 'not added',
    failing: 'added, but failing',
    ofThemFailing: 'of them failing',
    beingFetched: 'being fetched…',
    notFetched: 'added, not fetched yet',
    alreadyThere: 'there already',
    results: 'Result for each feed',
    result: ({ added, already, failed, failing }: Record<'added' | 'already' | 'failed' | 'failing', number>) =>
      `${formatNumber(added)} added, ${formatNumber(already)} there already, ${formatNumber(failed)} not added${
        failing > 0 ? `; ${formatNumber(failing)} of those added could not be fetched` : ''
      }.`,
    fetching: (left: number, all: number) =>
      `Their articles are being fetched: ${formatNumber(all - left)} of ${formatNumber(all)} done.`,
    failingHint: 'What could not be fetched is tried again by itself, and has a mark in the list of sources.',
    undo: 'Undo import',
    undone: 'The import was undone.',
    tooLate: 'The import can no longer be undone.',
  },

  export: {
    fileName: 'broadsheet.opml',
    done: (count: number) => `Exported ${feeds(count)} to broadsheet.opml.`,
  },

  names: {
    newFolder: 'New folder',
    renameFolder: 'Rename folder',
    renameFeed: 'Rename feed',
    name: 'Name',
    create: 'Create',
    rename: 'Rename',
    publisherName: (title: string) => `The publisher calls it “${title}”.`,
    usePublisherName: 'Use the publisher’s name',
    movesInto: (count: number) => `${feeds(count)} will move into it.`,
  },

  move: {
    titleFeed: (title: string) => `Move ${title}`,
    titleFeeds: (count: number) => `Move ${feeds(count)}`,
    to: 'Move to',
    top: 'Top level',
    button: 'Move',
  },

  health: {
    title: 'Feed health',
    allWell: 'Every feed could be fetched the last time it was asked.',
    failing: (count: number) => `${feeds(count)} could not be fetched when last asked.`,
    list: 'Feeds with trouble',
    details: 'Details',
    back: 'All feeds with trouble',
    fine: 'This feed is well.',
    never: 'Not yet',
    address: 'Address',
    site: 'Website',
    lastChecked: 'Last asked',
    lastSuccess: 'Last answer',
    nextCheck: 'Next time',
    failingSince: 'Trouble since',
    added: 'Followed since',
    notPolled: 'Not while it is paused',
    soon: 'Within the next minutes',
    pausedByUser: 'You have paused this feed. It is not asked for anything until you resume it.',
    gone: 'The publisher says that this feed is gone for good, so it is not asked any more. What you have read and saved stays.',
    movedBefore: 'The publisher has moved this feed. It was at ',
    keepOld: 'Use the old address again',
    pause: 'Pause',
    resume: 'Resume',
    change: 'Change address…',
    newAddress: 'New address',
    privateTyped: 'If you know it, and want to read what is there, fetch from it all the same.',
    allowPrivate: 'Fetch from it all the same',
    save: 'Save address',
    taken: 'You follow that address already, as another feed.',
    unsubscribe: 'Unsubscribe',
    asking: 'Asking…',
    raw: 'For the technically minded',
    openSite: 'Open website',
  },

  access: {
    title: 'How it is asked',
    userName: 'User name',
    password: 'Password',
    noColon: 'A user name has no colon in it.',
    typeBelow: 'Type them below and try again. Broadsheet keeps them sealed and tells them to this server only.',
    typeInSection: 'Put them under ‘How it is asked’.',
    unknown: 'The server does not accept this user name with this password. Check both and try again.',
    kept: 'kept',
    forget: 'Forget',
    forgotten: 'User name and password are forgotten.',
    passwordToo: 'With another user name, type the password too.',
    proxy: 'Proxy',
    proxyHint:
      'Empty: as the system says. ‘direct’: none. Otherwise an address, such as http://localhost:8118, or http://name:password@proxy.example:8080.',
    proxyMistakes: {
      'no-proxy': 'This is neither ‘direct’ nor the address of an HTTP proxy.',
      'password-too': 'With another address or user name, type the proxy’s password too, in place of the dots.',
    },
    userAgent: 'Name given to the server',
    userAgentHint: 'Empty: Broadsheet’s own. Some servers only answer to a browser’s name (User-Agent).',
    notPlain: 'Only plain Latin letters, digits and signs can be sent.',
    save: 'Save and ask again',
    saved: 'Saved. The feed is being asked again.',
  },

  failures: {
    followTitle: 'Feeds that could not be followed',
    followIntro: 'The others are in your list of sources.',
    retryAll: 'Try all again',
  },

  settings: {
    title: 'Settings',
    sections: 'Sections of the settings',
    sectionNames: {
      appearance: 'Appearance',
      reading: 'Reading',
      keeping: 'Keeping',
      storage: 'Storage',
      backups: 'Backups',
      data: 'Import and export',
      about: 'About',
    },
    theme: 'Theme',
    themes: { system: 'As the system', light: 'Light', dark: 'Dark', sepia: 'Sepia' },
    textSize: 'Size of article text',
    pixels: (size: number) => `${formatNumber(size)} px`,
    sample: 'The quick brown fox jumps over the lazy dog, and the morning edition goes to press.',
    density: 'Density of the headlines',
    densities: { compact: 'Compact', normal: 'Normal', roomy: 'Roomy' },
    newestFirst: 'Newest articles first',
    newestFirstHint: 'Otherwise the oldest come first, as in a pile of mail.',
    loadImages: 'Load images in articles',
    loadImagesHint:
      'Broadsheet fetches them for you, without cookies, and keeps a copy. Tracking pixels are never loaded.',
    version: (version: string) => `Version ${version}`,
    promise:
      'No account, no server, no tracking. What you follow and read stays on this computer; the only ones who hear from Broadsheet are the publishers of your feeds, and they learn no more than any reader tells them.',
  },

  help: {
    title: 'Keyboard shortcuts',
    intro: 'Single keys work whenever no text field has the focus.',
    or: 'or',
    followedBy: 'then',
    groups: { reading: 'Reading', lists: 'Lists', going: 'Going places', window: 'The window' },
  },

  welcome: {
    edition: 'First edition',
    price: 'No account · No tracking',
    lead: 'What do you want to read?',
    leadText:
      'Name a site you like. Broadsheet finds its feed and brings every new article here, in the order it was published, for as long as you wish.',
    importTitle: 'Moving in from another reader?',
    importText: 'Bring the OPML file it exports. Nothing is added before you have seen what is in it.',
    pickTitle: 'Or start with a selection',
    pickText:
      'Well-known sources, by topic. Nothing is fetched before you say so; each can be dropped again with one click.',
    languages: 'Languages',
    allLanguages: 'All languages',
    topic: (title: string) => `All of ${title}`,
    followCount: (count: number) => `Follow ${feeds(count)}`,
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
}
