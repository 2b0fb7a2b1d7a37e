/** What the user sets. */
import type { Output } from '../../api/contract.ts'
import type { Settings } from '../../api/model.ts'
import * as store from '../../store/settings.ts'
import { doUndoably } from '../../store/undo-log.ts'
import type { Context } from '../context/context.ts'

/** What decides what is kept. How the window looks and where the reader is are set by what is seen at once: no way back is kept. */
const takenBack: readonly (keyof Settings)[] = ['retention', 'backupFolder']

export function changeSettings(context: Context, changes: Partial<Settings>): Output<'changeSettings'> {
  const { db, now, announcer } = context
  const undoId = doUndoably(db, now(), () => {
    const change = store.settingsBefore(db, changes, takenBack)
    store.changeSettings(db, changes)
    return change && { kind: 'settings', ...change }
  })
  const settings = store.readSettings(db)
  announcer.emit('settings-changed', { settings })
  if (changes.retention) context.retentionChanged()
  return { settings, undoId }
}
