/** What the user sets. */
import type { Output } from '../../api/contract/contract.ts'
import type { Settings } from '../../api/settings.ts'
import { readingNames } from '../../api/settings.ts'
import * as store from '../../store/settings.ts'
import { doUndoably } from '../../store/undo-log.ts'
import type { Context } from '../context/context.ts'
import { announceReading } from '../context/sources.ts'

/** Settings that decide what is kept. How the window looks is set back where it was set. */
const undoable: readonly (keyof Settings)[] = ['retention', 'backupFolder']

export function changeSettings(context: Context, changes: Partial<Settings>): Output<'changeSettings'> {
  const { db, now } = context
  const undoId = doUndoably(db, now(), () => {
    const change = store.settingsBefore(db, changes, undoable)
    store.changeSettings(db, changes)
    return change && { kind: 'settings', ...change }
  })
  return { settings: announceSettings(context, changes), undoId }
}

/** Tells every window all settings, after these were changed, and answers them. */
export function announceSettings(context: Context, changes: Partial<Settings>): Settings {
  const settings = store.readSettings(context.db)
  context.announcer.emit('settings-changed', { settings })
  if (changes.retention) context.retentionChanged()
  if (readingNames.some(name => changes[name] !== undefined)) announceReading(context)
  if (changes.savesPower !== undefined) void context.intake.scheduleChanged()
  if (changes.foldsCopies !== undefined) announceFolding(context)
  if (changes.badge !== undefined) context.announcer.countsChanged()
  // Of a category's page and of articles' headings.
  if (changes.categoryAliases) context.announcer.emit('all-changed', {})
  return settings
}

/** Lists have other rows, and are counted otherwise. */
function announceFolding({ announcer }: Context): void {
  announcer.emit('all-changed', {})
  announcer.countsChanged()
}
