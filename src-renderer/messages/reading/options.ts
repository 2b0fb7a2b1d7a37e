/** How articles are read: of all feeds, of a folder, of one feed. */

import type { ReadingName, ReadingValues } from '../../../src-main/api/settings.ts'
import type { DeedWords } from '../undo.ts'

type Option<N extends ReadingName> = { label: string; hint: string; choices: Record<ReadingValues[N], string> }

const options = {
  pictures: {
    label: 'Pictures',
    hint: 'They come through Broadsheet, without cookies, and a copy is kept; tracking pixels are never loaded. With ‘Ask first’, the key i loads those of the open article. With ‘Never’ nothing is requested: no picture, no thumbnail, no icon of a feed.',
    choices: { load: 'Load', ask: 'Ask first', never: 'Never' },
  },
  fullText: {
    label: 'Full text',
    hint: 'Many feeds give only the beginning of an article. The rest is taken from its page.',
    choices: { ask: 'When I ask', always: 'Always' },
  },
  openAs: {
    label: 'A headline opens',
    hint: 'With ‘Page in browser’, a click, Enter or the key o opens the page in your browser and marks the article read. The keys j and k show the article here, as always.',
    choices: { article: 'Article', page: 'Page in browser' },
  },
  direction: {
    label: 'Text direction',
    hint: 'Of headlines and articles. ‘Automatic’ goes by their language and letters.',
    choices: { auto: 'Automatic', ltr: 'Left to right', rtl: 'Right to left' },
  },
  notify: {
    label: 'Notify of new articles',
    hint: 'By the notifications of your system: at most three at once, else one that says how many. None in the quiet hours of Settings → Desktop.',
    choices: { no: 'No', yes: 'Yes' },
  },
  inBadge: {
    label: 'Count in the badge',
    hint: 'Where Settings → Desktop has the number of unread articles of chosen feeds.',
    choices: { no: 'No', yes: 'Yes' },
  },
} satisfies { [N in ReadingName]: Option<N> }

/** The words of a choice. */
function labelOf(name: ReadingName, value: string): string {
  const labels: Record<string, string> = options[name].choices
  return labels[value] ?? value
}

export const words = {
  options,
  labelOf,

  dialogTitle: (title: string) => `Reading ${title}`,
  folderIntro: 'For all feeds in this folder that have nothing of their own.',
  /** `folder`: the one that says it; empty for the settings. */
  inherits: (folder: string, value: string) => (folder ? `As ‘${folder}’ (${value})` : `As in Settings (${value})`),
  comesFrom: (folder: string) => (folder ? `From the folder ‘${folder}’.` : 'From Settings.'),
  changeThere: 'Change it there',
  changeThereFor: (label: string, folder: string) =>
    folder ? `Change it there: ${label}, for the folder ‘${folder}’` : `Change it there: ${label}, in Settings`,
  onlyThisFolder: 'Only for this folder.',
  inherit: (folder: string) => (folder ? `As ‘${folder}’ again` : 'As in Settings again'),
  inheritFor: (label: string, folder: string) =>
    folder ? `As ‘${folder}’ again: ${label}` : `As in Settings again: ${label}`,

  notLoaded: 'This article has pictures.',
  load: 'Load pictures',
  loadedAlready: 'Pictures are loaded already.',
  neverLoaded: 'Pictures of this feed are never loaded. ‘Reading…’ in the menu of the feed changes that.',
  opensPage: 'opens in the browser',

  menu: 'Reading…',
  /** `value` null: inherited again. */
  deed: (title: string, name: ReadingName, value: string | null): DeedWords => ({
    done:
      value === null
        ? `${options[name].label}: no longer set for ${title}.`
        : `${options[name].label}: ${labelOf(name, value)}, for ${title}.`,
    undone: `${options[name].label}: as before, for ${title}`,
  }),

  defaults: 'For all feeds',
  defaultsHint: 'A folder or a feed may have its own: choose ‘Reading…’ in its menu.',
}
