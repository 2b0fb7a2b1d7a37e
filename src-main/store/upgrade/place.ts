/** Where the reader was: four settings, in stores and journals of earlier programs. */
import { firstPlace, type LastPlace } from '../../api/model.ts'
import { readMeta, writeMeta } from '../db/meta.ts'
import type { WriteDb } from '../db/open.ts'
import { getRows, run } from '../db/prepared.ts'

const fields = {
  lastView: 'view',
  lastArticleId: 'articleId',
  lastArticlePlace: 'within',
  showingArticleId: 'undrawnId',
} as const satisfies Record<string, keyof LastPlace>

/** Moves it out of the settings, where it is there and this store has none of its own yet. */
export function takePlaceFromSettings(db: WriteDb): void {
  const names = JSON.stringify(Object.keys(fields))
  const where = 'WHERE name IN (SELECT value FROM json_each(?))'
  const rows = getRows<{ name: keyof typeof fields; value: string }>(
    db,
    `SELECT name, value FROM settings ${where}`,
    names,
  )
  if (rows.length === 0) return
  const place = Object.fromEntries(rows.map(({ name, value }) => [fields[name], JSON.parse(value)]))
  db.transaction(() => {
    if (readMeta(db, 'lastPlace') === null) writeMeta(db, 'lastPlace', { ...firstPlace, ...place })
    run(db, `DELETE FROM settings ${where}`, names)
  }).immediate()
}
