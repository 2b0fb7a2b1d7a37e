/** Reads the keys of the table; the help has its words in messages/commands.ts. */
import { type CommandName, keysOf, shortcuts } from '../../src-main/api/host/keys.ts'

/** The first key of a command, for what shows one beside it. */
export function firstKeyOf(name: CommandName): string {
  return keysOf(name)[0] ?? ''
}

/** Commands that work on the welcome, without any pane. */
const withoutFeeds = new Set<CommandName>(['add-feed', 'undo', 'settings', 'show-newsletters', 'help', 'back'])

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
