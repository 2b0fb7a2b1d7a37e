/** The desktop entry by which Linux desktops start a program at login (Desktop Application Autostart Specification). */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** False where there is none, and where the desktop's own settings have turned it off. */
export function hasEntry(file: string): boolean {
  try {
    const lines = readFileSync(file, 'utf8').split(/\r?\n/)
    return !lines.includes('Hidden=true') && !lines.includes('X-GNOME-Autostart-enabled=false')
  } catch {
    return false
  }
}

/** Throws where the folder can't be written. `command`: the program and its arguments. */
export function writeEntry(file: string, command: readonly string[]): void {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  const lines = [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Broadsheet',
    'Comment=Looks for new articles of your feeds',
    `Exec=${command.map(quoted).join(' ')}`,
    'Icon=broadsheet',
    'Terminal=false',
    'StartupNotify=false',
  ]
  writeFileSync(file, `${lines.join('\n')}\n`)
}

export function removeEntry(file: string): void {
  rmSync(file, { force: true })
}

/**
 * One argument of Exec (Desktop Entry Specification, 'The Exec key'): quoted; a percent sign is doubled, since it stands for a
 * field; backslashes are escaped twice, once as in every value.
 */
function quoted(argument: string): string {
  const inQuotes = argument.replace(/[\\"`$]/g, '\\$&').replace(/%/g, '%%')
  return `"${inQuotes.replace(/\\/g, '\\\\').replace(/\n/g, '\\n').replace(/\t/g, '\\t').replace(/\r/g, '\\r')}"`
}
