/** Which key does what. One table: the listener and the help read it; the help has its words in messages/commands.ts. */

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

/** The first key of a command, for what shows one beside it. */
export function firstKeyOf(name: CommandName): string {
  return shortcuts.find(({ command }) => command === name)?.keys[0] ?? ''
}

/** Commands that work on the welcome, without any pane. */
const withoutFeeds = new Set<CommandName>(['add-feed', 'undo', 'settings', 'help', 'back'])

export function worksWithoutFeeds(command: CommandName): boolean {
  return withoutFeeds.has(command)
}

/** The longest time between two keys of one shortcut. */
const chordMilliseconds = 1_200

const commandByKey = new Map(shortcuts.flatMap(({ command, keys }) => keys.map(key => [key, command] as const)))
const firstKeys = new Set([...commandByKey.keys()].filter(key => key.includes(' ')).map(key => key.split(' ')[0]!))

/** The name of a key event in the table. */
export function keyName(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>): string {
  const key = event.key === ' ' ? 'Space' : event.key
  // Alt makes letters of other scripts; only named keys are commands with it.
  if (event.altKey) return `Alt+${event.ctrlKey || event.metaKey || event.shiftKey ? 'more+' : ''}${key}`
  if (event.ctrlKey || event.metaKey) return `Mod+${event.shiftKey ? 'Shift+' : ''}${key.toLowerCase()}`
  // Shift makes '?' and '+' what they are; letters and named keys carry it.
  const isShifted = event.shiftKey && (key.length > 1 || /\p{L}/u.test(key))
  return isShifted ? `Shift+${key.length === 1 ? key.toUpperCase() : key}` : key
}

/** Letters as they'd be with Caps Lock off. */
function withoutCapsLock(event: KeyboardEvent): string {
  const name = keyName(event)
  return /^\p{Lu}$/u.test(name) ? name.toLowerCase() : name
}

/** Reads keys one after the other; remembers the 'g' of 'g a'. */
export class KeyReader {
  #first: { key: string; at: number } | null = null

  /** The command that this key completes; null for none (yet). */
  read(event: KeyboardEvent): CommandName | null {
    if (event.isComposing) return null
    const key = withoutCapsLock(event)
    const first = this.#first
    this.#first = null
    if (first && event.timeStamp - first.at < chordMilliseconds) {
      const command = commandByKey.get(`${first.key} ${key}`)
      if (command) return command
    }
    if (firstKeys.has(key)) {
      this.#first = { key, at: event.timeStamp }
      return null
    }
    return commandByKey.get(key) ?? null
  }
}

/** The key that prints, which browsers take for the whole window. */
export function isPrintKey(event: KeyboardEvent): boolean {
  return commandByKey.get(keyName(event)) === 'print'
}

/** Whether the focused element handles the key itself: a text field all keys, a button or a choice Space and Enter. */
export function belongsToElement(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0]
  if (!isElement(target)) return false
  if (target.closest('input:not([type=radio]), textarea, select, [contenteditable]:not([contenteditable=false])'))
    return true
  const isPress = event.key === ' ' || event.key === 'Enter'
  return (
    isPress && target.closest('button, input, a[href], summary, audio, video, [role=separator], [role=menu]') !== null
  )
}

/** Not `instanceof`: the article's frame has an Element of its own. */
function isElement(target: EventTarget | undefined): target is Element {
  return target !== undefined && 'closest' in target
}
