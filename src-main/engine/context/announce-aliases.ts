/** How categories are joined has changed: told to the journal, and to the windows, whose lists and headings have it. */
import { readSettings } from '../../store/settings.ts'
import type { Context } from './context.ts'

export async function tellAliases({ db, journal, announcer }: Context): Promise<void> {
  const settings = readSettings(db)
  await journal.settingsChanged({ categoryAliases: settings.categoryAliases })
  announcer.emit('settings-changed', { settings })
  announcer.emit('all-changed', {})
}
