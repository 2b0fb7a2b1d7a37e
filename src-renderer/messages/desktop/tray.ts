/** The icon in the tray, closing the window, and starting at login. */

export const words = {
  title: 'Without its window',
  tray: {
    label: 'Icon in the tray',
    hint: 'Says whether something is unread, lists the newest, and opens the window.',
    labelMac: 'Icon in the menu bar',
    none: 'This desktop shows no icons of programs, so Broadsheet ends when its window is closed. On GNOME an extension shows them (AppIndicator).',
  },
  closing: {
    label: 'When the window is closed',
    choices: { ask: 'Ask', 'keep-running': 'Keep running', quit: 'Quit' },
    keeps: 'Feeds are looked at and notices shown. The icon in the tray, or a second start, brings the window back.',
  },
  login: {
    label: 'Start when you log in',
    hint: 'Without a window, until you open it.',
    nothing:
      'Starting at login is set in the settings of your desktop: this Broadsheet, run from the source or from a store, can’t set it.',
    refused: 'The system has not changed it.',
    refusedNext: 'Set it in the settings of your system.',
  },
}
