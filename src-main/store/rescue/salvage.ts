/**
 * Reads what can be read of a damaged database into a sound one: subscriptions and settings first, then what the reader
 * did, then saved articles, then the rest. Rows go by their ids, over what a backup of the same database brought.
 */
import type { Database } from 'better-sqlite3'
import { diskFault } from '../../lib/disk-fault.ts'
import type { WriteDb } from '../db/open.ts'
import { isStoredTable } from '../db/schema-check.ts'
import { readDamaged } from './salvage-rows.ts'

export type Salvaged = {
  /** Rows that were read, by table. */
  rows: Record<string, number>
  /** Articles that are not as the sound database had them: their text is to be indexed. */
  articleIds: number[]
}

/** In the order of what the user would miss most. Undo is not worth the risk of undoing something else. */
const tables = [
  'folders',
  'feeds',
  'settings',
  'articles',
  'contents',
  'identities',
  'tombstones',
  'revisions',
  'icons',
  'hosts',
]

/** `from` is open for reading only; `db` has every migration. Throws only where `db` itself can't be written. */
export function salvage(db: WriteDb, from: Database): Salvaged {
  const salvaged: Salvaged = { rows: {}, articleIds: [] }
  // Order of tables, not of references; what points nowhere in the end is seen to below.
  db.pragma('foreign_keys = OFF')
  try {
    for (const table of tables) salvaged.rows[table] = copyTable(db, from, table, salvaged)
    db.transaction(() => mend(db)).immediate()
  } finally {
    db.pragma('foreign_keys = ON')
  }
  return salvaged
}

function copyTable(db: WriteDb, from: Database, table: string, salvaged: Salvaged): number {
  // What is no table any more would run what somebody put there.
  let isStored = false
  tryTo(() => {
    isStored = isStoredTable(from, table)
  })
  if (!isStored) return 0
  const columns = sharedColumns(db, from, table)
  if (columns.length === 0) return 0
  const insert = db.prepare(
    `INSERT OR REPLACE INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
  )
  const isChanged = changeDetector(db, table)
  let count = 0
  const store = db.transaction((rows: unknown[][]) => {
    for (const row of rows) {
      const changedId = isChanged?.(row, columns)
      if (changedId) salvaged.articleIds.push(changedId)
      // A value that no table would take is a sign of damage, as a page that can't be read.
      if (tryTo(() => insert.run(...row))) count++
    }
  })
  let batch: unknown[][] = []
  for (const row of readDamaged(from, table, columns)) {
    batch.push(row)
    if (batch.length < 500) continue
    store.immediate(batch)
    batch = []
  }
  store.immediate(batch)
  return count
}

/** The columns that both know: the damaged one may be of an earlier schema. Those that are computed are not among them. */
function sharedColumns(db: WriteDb, from: Database, table: string): string[] {
  const columnsOf = (connection: Pick<Database, 'pragma'>) => {
    let names: string[] = []
    tryTo(() => {
      names = (connection.pragma(`table_info(${table})`) as { name: string }[]).map(column => column.name)
    })
    return names
  }
  const known = new Set(columnsOf(db))
  return columnsOf(from).filter(name => known.has(name))
}

type Detector = (row: unknown[], columns: string[]) => number | null

/** Tells which articles have another text than the index of `db` knows. */
function changeDetector(db: WriteDb, table: string): Detector | null {
  if (table !== 'contents') return null
  const hashOf = db.prepare<[number], string>('SELECT hash FROM contents WHERE article_id = ?').pluck()
  return (row, columns) => {
    const id = row[columns.indexOf('article_id')] as number
    return hashOf.get(id) === row[columns.indexOf('hash')] ? null : id
  }
}

/** Rows whose counterparts could not be read: an article without its feed or its text is still an article. */
function mend(db: WriteDb): void {
  leaveIds(db, highestId(db))
  db.exec(`
    -- Of articles that could not be read themselves: with these they would be taken for deleted ones, and not come again.
    DELETE FROM identities WHERE article_id > 0 AND article_id NOT IN (SELECT id FROM articles)
      AND article_id NOT IN (SELECT article_id FROM tombstones);
    DELETE FROM contents WHERE article_id NOT IN (SELECT id FROM articles);
    DELETE FROM revisions WHERE article_id NOT IN (SELECT id FROM articles);
    DELETE FROM icons WHERE feed_id NOT IN (SELECT id FROM feeds);
    UPDATE folders SET parent_id = NULL WHERE parent_id NOT IN (SELECT id FROM folders);
    UPDATE feeds SET folder_id = NULL WHERE folder_id NOT IN (SELECT id FROM folders);
    UPDATE feeds SET icon_version = NULL WHERE icon_version IS NOT NULL AND id NOT IN (SELECT feed_id FROM icons);

    -- Their address is lost: they stand under Saved, or go when retention asks.
    INSERT INTO feeds (id, url, title, added_at, removed_at)
      SELECT DISTINCT feed_id, 'lost:' || feed_id, 'Recovered articles', 0, 0 FROM articles
      WHERE feed_id NOT IN (SELECT id FROM feeds);
    UPDATE articles SET is_hidden = feed_id IN (SELECT id FROM feeds WHERE removed_at IS NOT NULL)
      WHERE is_hidden <> (feed_id IN (SELECT id FROM feeds WHERE removed_at IS NOT NULL));
    DELETE FROM facts WHERE name = 'settling';

    -- Their text is lost: the next poll brings it back where the feed still tells it; a nameless hash says so.
    DELETE FROM articles WHERE is_saved = 0 AND id NOT IN (SELECT article_id FROM contents)
      AND id NOT IN (SELECT article_id FROM identities);
    INSERT INTO contents (article_id, html, media, categories, enclosures, hash, visible_hash)
      SELECT id, x'0300', '[]', '[]', '[]', '', '' FROM articles WHERE id NOT IN (SELECT article_id FROM contents);

    -- By what they are recognised is lost, all of it or the half that others go by: else they would come again.
    INSERT OR IGNORE INTO identities (feed_id, kind, key, article_id)
      SELECT feed_id, 'guid', guid, MIN(id) FROM articles WHERE guid IS NOT NULL GROUP BY feed_id, guid HAVING COUNT(*) = 1;

    -- Replacing a row does not tell the triggers that count.
    DELETE FROM feed_counts;
    INSERT INTO feed_counts (feed_id, listed, unread, saved)
      SELECT feed_id, SUM(is_hidden = 0), SUM(is_hidden = 0 AND is_read = 0), SUM(is_saved) FROM articles GROUP BY feed_id;
  `)
}

/** New articles get ids above this one: what is known of a lost article must not be taken for theirs. */
export function leaveIds(db: WriteDb, upTo: number): void {
  db.prepare(`INSERT INTO sqlite_sequence (name, seq) SELECT 'articles', 0
    WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'articles')`).run()
  db.prepare(`UPDATE sqlite_sequence SET seq = MAX(seq, ?) WHERE name = 'articles'`).run(upTo)
}

function highestId(db: WriteDb): number {
  const places = ['identities', 'contents', 'tombstones'].map(table => `SELECT MAX(article_id) AS id FROM ${table}`)
  return (
    db
      .prepare<[], number>(`SELECT COALESCE(MAX(id), 0) FROM (${places.join(' UNION ALL ')})`)
      .pluck()
      .get() ?? 0
  )
}

function tryTo(act: () => void): boolean {
  try {
    act()
    return true
  } catch (error) {
    // A disk that takes nothing is not the row's fault.
    const fault = diskFault(error)
    if (fault !== null && fault !== 'damaged') throw error
    return false
  }
}
