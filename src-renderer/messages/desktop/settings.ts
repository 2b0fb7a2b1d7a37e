/** The settings of how Broadsheet lives on the desktop. */

export const words = {
  badge: {
    label: 'Number of unread articles',
    hint: 'In the title of the window or tab, with a mark on the icon. Broadsheet’s own window has it on the program’s icon, too, where the system shows one.',
    chosenHint: 'Which feeds: ‘Count in the badge’ under ‘Reading…’ in the menu of a feed or a folder.',
    choices: { unread: 'All unread', chosen: 'Chosen feeds', none: 'None' },
  },
  runtime: ({ electron, chromium, node }: { electron: string; chromium: string; node: string }): string =>
    `Electron ${electron}, Chromium ${chromium}, Node.js ${node}`,
}
