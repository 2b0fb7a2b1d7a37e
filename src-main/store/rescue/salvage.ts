/**
 * Copies what can be read of a damaged database into a sound one, which may hold a backup of it: rows with the same id are
 * replaced.
 */
import type { Database } from 'better-sqlite3'
import { diskFault } from '../../lib/disk-fault.ts'
import { pack } from '../db/compressed-html.ts'
import { writeMeta } from '../db/meta.ts'
import type { WriteDb } from '../db/open.ts'
import { isStoredTable } from '../db/schema-check.ts'
import { listShards, shardSize } from '../search/index.ts'
import { noteAnew } from '../search/recent-categories.ts'
import { groupAnew } from '../stories/grouped.ts'
import { readDamaged } from './salvage-rows.ts'

/**
 * What the user would miss most comes first. Undo records are not worth the risk of undoing something else; which messages wait
 * to be read is found anew.
 */
const tables = [
  'folders',
  'feeds',
  'settings',
  'articles',
  'contents',
  'full_texts',
  'identities',
  'tombstones',
  'revisions',
  'playback',
  'icons',
  'hosts',
  'pinned_pictures',
  'kept_articles',
  'copy_links',
  'story_decisions',
  'decided_articles',
  'mailboxes',
  'mail_folders',
  'mail_senders',
]

/**
 * `from` is open for reading only; `db` has every migration. Answers how many rows were read, by table. Texts may be of an
 * earlier version and shards of the index are missing afterwards: store/upgrade/upgrade.ts completes both. Throws only where `db`
 * itself can't be written.
 */
export function salvage(db: WriteDb, from: Database): Record<string, number> {
  const rows: Record<string, number> = {}
  const changedIds: number[] = []
  // References may be broken meanwhile; repairReferences mends what is left.
  db.pragma('foreign_keys = OFF')
  try {
    for (const table of tables) rows[table] = copyTable(db, from, table, changedIds)
    db.transaction(() => {
      repairReferences(db)
      dropShardsOf(db, changedIds)
      writeMeta(db, 'upgradedTo', 0)
      groupAnew(db)
      noteAnew(db)
    }).immediate()
  } finally {
    db.pragma('foreign_keys = ON')
  }
  return rows
}

/** `changedIds` gets the articles whose text is not as `db` had it. */
function copyTable(db: WriteDb, from: Database, table: string, changedIds: number[]): number {
  // A view that somebody put in its place would run when it is read.
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
      if (changedId) changedIds.push(changedId)
      // A value that a STRICT table refuses is damage, as is a page that can't be read.
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

/** The columns of both: the damaged one may be of an earlier schema. Generated columns are not among them. */
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

/** The tables that are indexed, and by which column a text differs from the one that is there. */
const indexedMarks: Record<string, string> = { contents: 'hash', full_texts: 'fetched_at' }

type Detector = (row: unknown[], columns: string[]) => number | null

function changeDetector(db: WriteDb, table: string): Detector | null {
  const mark = indexedMarks[table]
  if (!mark) return null
  const markOf = db.prepare<[number]>(`SELECT ${mark} FROM ${table} WHERE article_id = ?`).pluck()
  return (row, columns) => {
    const id = row[columns.indexOf('article_id')] as number
    return markOf.get(id) === row[columns.indexOf(mark)] ? null : id
  }
}

function dropShardsOf(db: WriteDb, articleIds: number[]): void {
  const stale = new Set(articleIds.map(id => Math.floor(id / shardSize) * shardSize))
  for (const { table, first } of listShards(db)) if (stale.has(first)) db.prepare(`DROP TABLE ${table}`).run()
}

/** Completes rows whose counterparts could not be read: an article without its feed or its text is still an article. */
function repairReferences(db: WriteDb): void {
  reserveIds(db, highestId(db))
  db.exec(`
    -- Keys of articles that could not be read: with these they would count as deleted, and not come again from their feeds.
    DELETE FROM identities WHERE article_id > 0 AND article_id NOT IN (SELECT id FROM articles)
      AND article_id NOT IN (SELECT article_id FROM tombstones);
    DELETE FROM contents WHERE article_id NOT IN (SELECT id FROM articles);
    DELETE FROM full_texts WHERE article_id NOT IN (SELECT id FROM articles);
    DELETE FROM revisions WHERE article_id NOT IN (SELECT id FROM articles);
    DELETE FROM pinned_pictures WHERE article_id NOT IN (SELECT id FROM articles);
    DELETE FROM kept_articles WHERE article_id NOT IN (SELECT id FROM articles);
    DELETE FROM decided_articles WHERE decision_id NOT IN (SELECT id FROM story_decisions);
    DELETE FROM mail_folders WHERE mailbox_id NOT IN (SELECT id FROM mailboxes);
    UPDATE mail_folders SET uid_validity = NULL, next_uid = NULL;
    DELETE FROM icons WHERE feed_id NOT IN (SELECT id FROM feeds);
    UPDATE folders SET parent_id = NULL WHERE parent_id NOT IN (SELECT id FROM folders);
    UPDATE feeds SET folder_id = NULL WHERE folder_id NOT IN (SELECT id FROM folders);
    UPDATE feeds SET icon_version = NULL WHERE icon_version IS NOT NULL AND id NOT IN (SELECT feed_id FROM icons);

    -- The address of their feed is lost: they are listed under Saved, or deleted by retention.
    INSERT INTO feeds (id, url, title, added_at, removed_at)
      SELECT DISTINCT feed_id, 'lost:' || feed_id, 'Recovered articles', 0, 0 FROM articles
      WHERE feed_id NOT IN (SELECT id FROM feeds);
    UPDATE articles SET is_hidden = feed_id IN (SELECT id FROM feeds WHERE removed_at IS NOT NULL)
      WHERE is_hidden <> (feed_id IN (SELECT id FROM feeds WHERE removed_at IS NOT NULL));
    DELETE FROM facts WHERE name = 'settling';

    -- Their text is lost: the next poll stores it again where the feed still has it, since the empty hash differs.
    DELETE FROM articles WHERE is_saved = 0 AND id NOT IN (SELECT article_id FROM contents)
      AND id NOT IN (SELECT article_id FROM identities);
    INSERT INTO contents (article_id, html, media, categories, enclosures, hash, visible_hash)
      SELECT id, x'${Buffer.from(pack('')).toString('hex')}', '[]', '[]', '[]', '', '' FROM articles WHERE id NOT IN (SELECT article_id FROM contents);

    -- Where the keys of an article are lost, its guid is one again: without any it would come again as new.
    INSERT OR IGNORE INTO identities (feed_id, kind, key, article_id)
      SELECT feed_id, 'guid', guid, MIN(id) FROM articles WHERE guid IS NOT NULL GROUP BY feed_id, guid HAVING COUNT(*) = 1;

    -- INSERT OR REPLACE doesn't fire the delete triggers that count.
    DELETE FROM feed_counts;
    INSERT INTO feed_counts (feed_id, listed, unread, saved)
      SELECT feed_id, SUM(is_hidden = 0), SUM(is_hidden = 0 AND is_read = 0), SUM(is_saved) FROM articles GROUP BY feed_id;
    DELETE FROM copy_groups;
    DELETE FROM copy_counts;
    INSERT INTO copy_groups (id, listed, unread) SELECT DISTINCT copy_group, '', '' FROM articles WHERE copy_group IS NOT NULL;
    -- What triggers make of a group follows with any change of its articles.
    UPDATE articles SET copy_group = copy_group WHERE copy_group IS NOT NULL;
  `)
}

/** New articles get ids above this one: what is known of a lost article must not be attributed to them. */
export function reserveIds(db: WriteDb, upTo: number): void {
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
    // A full or read-only disk is not the row's fault.
    const fault = diskFault(error)
    if (fault !== null && fault !== 'damaged') throw error
    return false
  }
}
