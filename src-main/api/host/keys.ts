/** Which key does what, and in which group of the help. One table: the window's listener, its help and the menu read it. */

export type ShortcutGroup = 'reading' | 'lists' | 'going' | 'listening' | 'window'

type Row = {
  command: string
  group: ShortcutGroup
  /** Each as 'j', 'Shift+J', 'Mod+z', or two keys after one another: 'g a'. Mod is Ctrl, or Command on a Mac. */
  keys: readonly string[]
}

const table = [
  { command: 'next-article', group: 'reading', keys: ['j'] },
  { command: 'previous-article', group: 'reading', keys: ['k'] },
  { command: 'next-unread', group: 'reading', keys: ['n'] },
  { command: 'previous-unread', group: 'reading', keys: ['p'] },
  { command: 'page-down', group: 'reading', keys: ['Space'] },
  { command: 'page-up', group: 'reading', keys: ['Shift+Space'] },
  { command: 'back-in-article', group: 'reading', keys: ['Alt+ArrowLeft'] },
  { command: 'open', group: 'reading', keys: ['Enter', 'o'] },
  { command: 'open-original', group: 'reading', keys: ['v'] },
  { command: 'toggle-story', group: 'reading', keys: ['x'] },
  { command: 'toggle-full-text', group: 'reading', keys: ['f'] },
  { command: 'toggle-read', group: 'reading', keys: ['m'] },
  { command: 'toggle-saved', group: 'reading', keys: ['s'] },
  { command: 'copy-link', group: 'reading', keys: ['y'] },
  { command: 'copy-quotation', group: 'reading', keys: ['q'] },
  { command: 'find-in-article', group: 'reading', keys: ['Mod+f'] },
  { command: 'copy-markdown-link', group: 'reading', keys: ['Shift+Y'] },
  { command: 'load-pictures', group: 'reading', keys: ['i'] },
  { command: 'print', group: 'reading', keys: ['Mod+p'] },

  { command: 'first-article', group: 'lists', keys: ['g g'] },
  { command: 'last-article', group: 'lists', keys: ['Shift+G'] },
  { command: 'mark-shown-read', group: 'lists', keys: ['Shift+A'] },
  { command: 'toggle-unread-only', group: 'lists', keys: ['u'] },
  { command: 'refresh-view', group: 'lists', keys: ['r'] },
  { command: 'refresh-all', group: 'lists', keys: ['Shift+R', 'F5'] },

  { command: 'search', group: 'going', keys: ['/'] },
  { command: 'show-all', group: 'going', keys: ['g a'] },
  { command: 'show-unread', group: 'going', keys: ['g u'] },
  { command: 'show-saved', group: 'going', keys: ['g s'] },
  { command: 'show-today', group: 'going', keys: ['g d'] },
  { command: 'show-trending', group: 'going', keys: ['g t'] },
  { command: 'show-followed-stories', group: 'going', keys: ['g f'] },
  { command: 'show-newsletters', group: 'going', keys: ['g n'] },
  { command: 'next-source', group: 'going', keys: ['Shift+J'] },
  { command: 'previous-source', group: 'going', keys: ['Shift+K'] },

  { command: 'play-or-pause', group: 'listening', keys: ['b'] },
  { command: 'skip-back', group: 'listening', keys: ['h'] },
  { command: 'skip-forward', group: 'listening', keys: ['l'] },
  { command: 'play-last', group: 'listening', keys: ['Shift+B'] },
  { command: 'show-queue', group: 'listening', keys: ['Shift+Q'] },

  { command: 'toggle-sources', group: 'window', keys: ['['] },
  { command: 'toggle-list', group: 'window', keys: [']'] },
  { command: 'add-feed', group: 'window', keys: ['+'] },
  { command: 'undo', group: 'window', keys: ['z', 'Mod+z'] },
  { command: 'settings', group: 'window', keys: [','] },
  { command: 'help', group: 'window', keys: ['?'] },
  { command: 'back', group: 'window', keys: ['Escape'] },
] as const satisfies Row[]

export type CommandName = (typeof table)[number]['command']
export type Shortcut = Row & { command: CommandName }
export const shortcuts: readonly Shortcut[] = table

/** Every key of a command. */
export function keysOf(name: CommandName): readonly string[] {
  return shortcuts.find(({ command }) => command === name)?.keys ?? []
}
