/** Switches of the command line by which the desktop asks for a command: the jump list of Windows, for one. */
import type { MenuCommand } from '../../api/host/menu.ts'

/** All there are. What is not among them is no command of ours. */
export const switches = {
  '--add-feed': 'add-feed',
  '--refresh': 'refresh-all',
  '--unread': 'show-unread',
} as const satisfies Record<string, MenuCommand>

/** Each command once, however often it is given; `--data` has a folder after it, whatever that is called. */
export function commandsIn(args: readonly string[]): MenuCommand[] {
  const given = new Set(args.filter((_, index) => args[index - 1] !== '--data'))
  return Object.entries(switches).flatMap(([name, command]) => (given.has(name) ? [command] : []))
}

/** As Windows takes arguments apart: a backslash before the last quotation mark would hide it. */
export function quoted(folder: string): string {
  return `"${folder.replace(/(\\+)$/, '$1$1')}"`
}
