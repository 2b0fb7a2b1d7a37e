/** Being told of new articles by the system. */

export const words = {
  title: 'Notices of new articles',
  text: 'Which feeds: ‘Notify me of new articles’ in the menu of a feed, or ‘Reading…’ in that of a folder.',
  notify: 'Notify me of new articles',
  stop: 'Stop notifying me',
  quiet: 'Quiet hours',
  quietHint: 'Nothing is shown in these hours, nor told later.',
  from: 'From',
  to: 'To',
  system: {
    granted: 'Your browser lets Broadsheet show notices while a tab of it is open.',
    default: 'Your browser has not been asked yet whether Broadsheet may show notices.',
    denied:
      'Your browser shows no notices of Broadsheet. Allow them for this address in the settings of the site, left of the address.',
    none: 'This browser shows no notices.',
    electron: 'Your system shows them; what it shows, and how, is in its own settings for notifications.',
    electronNone: 'This system shows no notices: no program of your desktop takes them.',
  },
  refused: 'Your system did not show the last notice.',
  refusedNext: 'See whether its own settings for notifications let Broadsheet show some.',
  allow: 'Allow notices',
} as const
