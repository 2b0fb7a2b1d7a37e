/** What goes out of Broadsheet and comes in. */
import { articles, feeds, some } from './common.ts'
import { byteSize, formatNumber } from './format.ts'

export const words = {
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

  everything: {
    title: 'Import and export',
    opml: 'Your subscriptions',
    opmlText: 'OPML is a file that every feed reader understands. Yours to take along, any day.',
    exportOpml: 'Export OPML',
    all: 'Everything',
    allText:
      'Subscriptions, saved articles, settings and how far recordings were heard, as one ZIP file in open formats: OPML, JSON and HTML. Saved articles open in any browser. Passwords stay here.',
    export: 'Export everything',
    exporting: 'Putting it together…',
    exported: (name: string, bytes: number): string => `Exported ${name}, ${byteSize(bytes)}.`,
    readyToSave: 'It is ready.',
    save: (name: string, bytes: number): string => `Save ${name}, ${byteSize(bytes)}`,
    bring: 'Bring something in',
    bringText: 'An OPML file from any reader, or a ZIP file that Broadsheet exported.',
    import: 'Import…',
    importTitle: 'Import everything',
    importText: 'What is here stays. Feeds, folders and saved articles of the file are added.',
    importButton: 'Import everything',
    importing: 'Reading the file and adding what is in it…',
    imported: 'Import finished',
    newFeeds: 'feeds added',
    newFolders: 'folders added',
    newSaved: 'saved articles added',
    alreadyThere: 'there already',
    nothingNew: 'Everything in this file was here already.',
    unreadable: (count: number): string =>
      `${articles(count)} in the file could not be read and ${count === 1 ? 'was' : 'were'} left out.`,
    result: (feedCount: number, folderCount: number, savedCount: number, there: number): string =>
      `Added ${feeds(feedCount)}, ${some(folderCount, 'folder', 'folders')} and ${some(savedCount, 'saved article', 'saved articles')}. ${formatNumber(there)} already there.`,
  },
}
