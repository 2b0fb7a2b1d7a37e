/** What is dropped on the window, or given to Broadsheet by other programs. */
import type { GivenFileRefusal } from '../../../src-main/api/host/given-file.ts'
import { formatNumber } from '../format.ts'

/** Why nothing can be done with a file: those of the main process, and those that only the window finds. */
export type FileRefusal = GivenFileRefusal | 'other-kind' | 'no-address'

const refusals: Record<FileRefusal, (name: string) => string> = {
  missing: name => `“${name}” is not there any more.`,
  unreadable: name => `“${name}” could not be read.`,
  'not-a-file': name => `“${name}” is not a file.`,
  empty: name => `“${name}” is empty.`,
  'too-large': name => `“${name}” is larger than 20 MB. Choose it in the window: Settings, Import and export.`,
  elsewhere: name => `“${name}” lies on another computer. Copy it to this one first.`,
  'other-kind': name => `Broadsheet has no use for “${name}”.`,
  'no-address': name => `There is no web address in “${name}”.`,
}

const takes = 'It takes addresses, OPML files, its own exports (ZIP), backups and e-mail (.eml, .mbox).'

export const words = {
  drop: 'Drop it here',
  dropHint: 'An address, an OPML file, an export or a backup of Broadsheet, or e-mail',
  refused: (reason: FileRefusal, name: string): string =>
    reason === 'other-kind' ? `${refusals[reason](name)} ${takes}` : refusals[reason](name),
  nothingDropped: `There is nothing in it that Broadsheet knows. ${takes}`,
  waitingOne: (what: string): string => `${what} is shown once this dialog is closed.`,
  waitingMany: (count: number): string => `${formatNumber(count)} things are shown once this dialog is closed.`,
  tooMany: (count: number): string => `Only ${formatNumber(count)} things at a time: the others are left out.`,
  unknownBackup: (name: string): string =>
    `“${name}” is not one of the backups listed here. Put it into the folder of the backups, under the name that Broadsheet gave it, and it is.`,
}
