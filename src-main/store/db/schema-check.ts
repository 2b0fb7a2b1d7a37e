/**
 * Checks that a database has what our migrations make, and nothing else. One from elsewhere may bring a trigger that deletes
 * every article when one is marked read, a view in place of a table, a generated column that computes without end. None of
 * it runs here: SQLite only reads the statements.
 */
import { createHash } from 'node:crypto'
import Database from 'better-sqlite3'
import { migrations } from './migrations.ts'

type Connection = Pick<InstanceType<typeof Database>, 'prepare' | 'pragma'>
type Entry = { type: string; name: string; tableName: string; rootPage: number | null; sql: string | null }

/**
 * The digest of the newest schema, so that an ordinary start need not build one to compare with. Where this is behind the
 * migrations, all is compared: nothing but some ms are lost.
 */
export const newestSchema = { version: 21, digest: 'dd036905e160e23a3c9d73ddc45edda9db49c45f86ca5449453e7051bdf6d85b' }

/** Names, for the user, what is in a database that we never put there; null where there is nothing. */
export function foreignPart(db: Connection): string | null {
  // Another process may migrate it between the two reads: then it is compared again.
  for (;;) {
    const version = db.pragma('user_version', { simple: true }) as number
    const entries = entriesOf(db)
    if (db.pragma('user_version', { simple: true }) === version)
      return foreignIn(entries, version) ?? sharedPage(entries) ?? foreignApplication(db)
  }
}

/** The same for a file; null where it can't be read as a database, for which other checks have better words. */
export function foreignPartOfFile(file: string): string | null {
  let db: InstanceType<typeof Database> | null = null
  try {
    db = new Database(file, { readonly: true, fileMustExist: true, timeout: 5_000 })
    return foreignPart(db)
  } catch {
    return null
  } finally {
    db?.close()
  }
}

/** Whether it is a table that holds rows. Views and virtual tables run code when they are read. */
export function isStoredTable(db: Connection, table: string): boolean {
  const entry = entriesOf(db).find(({ name }) => name === table)
  return entry?.type === 'table' && entry.rootPage !== null && entry.rootPage > 1
}

/** The same, and none of its columns is generated. */
export function isPlainTable(db: Connection, table: string): boolean {
  if (!isStoredTable(db, table)) return false
  const columns = db.pragma(`table_xinfo(${table})`) as { hidden: number }[]
  return columns.length > 0 && columns.every(({ hidden }) => hidden === 0)
}

function entriesOf(db: Connection): Entry[] {
  const sql = 'SELECT type, name, tbl_name AS tableName, rootpage AS rootPage, sql FROM sqlite_schema'
  return db.prepare<[], Entry>(sql).all()
}

function foreignIn(entries: Entry[], version: number): string | null {
  const own = entries
    .filter(entry => !shardTables.has(withoutName(entry)) && !statistics.has(normalized(entry)))
    .map(normalized)
    .toSorted()
  if (version === newestSchema.version && digestOf(own) === newestSchema.digest) return null
  const known = schemaOfVersion(version)
  const strange = own.find((entry, index) => !known.includes(entry) || own[index - 1] === entry)
  return strange ? nameOf(strange) : null
}

/** Missing parts are damage, which other checks find. */
function schemaOfVersion(version: number): string[] {
  const db = new Database(':memory:')
  try {
    for (const migration of migrations.slice(0, version)) db.exec(migration)
    return entriesOf(db).map(normalized)
  } finally {
    db.close()
  }
}

/** For the test that compares it with the constant above. */
export function digestOfVersion(version: number): string {
  return digestOf(schemaOfVersion(version).toSorted())
}

function digestOf(entries: string[]): string {
  return createHash('sha256').update(entries.join('\n')).digest('hex')
}

/** Two tables on one page: what is written to one changes the other. */
function sharedPage(entries: Entry[]): string | null {
  const pages = new Set<number>()
  for (const { rootPage, name } of entries) {
    if (!rootPage) continue
    if (pages.has(rootPage)) return `${name}, on the page of another`
    pages.add(rootPage)
  }
  return null
}

function foreignApplication(db: Connection): string | null {
  const id = db.pragma('application_id', { simple: true }) as number
  return id === 0 ? null : `the mark of another program (${id})`
}

/** One line for each entry, without spaces and comments: those of a migration may be reworded. */
function normalized({ type, name, tableName, sql }: Entry): string {
  return JSON.stringify([type, name, tableName, sql === null ? null : withoutComments(sql)])
}

function nameOf(line: string): string {
  const [type, name] = JSON.parse(line) as [string, string]
  return `${type} ${name}`.slice(0, 200)
}

/** Quoted text stays as it is, whatever it holds. */
function withoutComments(sql: string): string {
  return sql
    .replace(
      /('(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|\[[^\]]*\])|--[^\n]*|\/\*[\s\S]*?\*\/|\s+/g,
      (_, quoted) => quoted ?? ' ',
    )
    .replace(/ {2,}/g, ' ')
    .trim()
}

/**
 * Shards of the text index, in all the forms that they have had so far (store/search/index.ts), and the tables that FTS5 has
 * behind one; without their names.
 */
const shardTables = new Set(
  [
    ['', `VIRTUAL TABLE shard USING fts5( title, text, author, feed, ${tokenized('2')} )`],
    ['', `VIRTUAL TABLE shard USING fts5( text, title, author, feed, marks, ${tokenized('2')} )`],
    [
      '',
      `VIRTUAL TABLE shard USING fts5( text, title, author, feed, marks, ${tokenized("0 categories 'L* N* M* Co'")} )`,
    ],
    ['_data', 'TABLE shard_data(id INTEGER PRIMARY KEY, block BLOB)'],
    ['_idx', 'TABLE shard_idx(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID'],
    ['_docsize', 'TABLE shard_docsize(id INTEGER PRIMARY KEY, sz BLOB, origin INTEGER)'],
    ['_config', 'TABLE shard_config(k PRIMARY KEY, v) WITHOUT ROWID'],
  ].map(([end, sql]) => JSON.stringify(['table', `shard${end}`, `shard${end}`, `CREATE ${sql}`])),
)

/** Left by ANALYZE, which tools for SQLite offer to run: statistics for choosing an index. */
const statistics = new Set(
  ['sqlite_stat1(tbl,idx,stat)', 'sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)'].map(table => {
    const name = table.slice(0, table.indexOf('('))
    return JSON.stringify(['table', name, name, `CREATE TABLE ${table}`])
  }),
)

function tokenized(options: string): string {
  return `content='', contentless_delete=1, tokenize="unicode61 remove_diacritics ${options}"`
}

/** Shards differ in their number; earlier programs called one `next` or `old` while they replaced it. */
function withoutName({ type, name, tableName, sql }: Entry): string {
  const bare = (text: string) => text.replace(/^article_(?:index|next|old)_\d{1,9}/, 'shard')
  const statement =
    sql &&
    withoutComments(sql).replace(
      /^(CREATE (?:VIRTUAL )?TABLE )(['"]?)(\w+)\2/,
      (_, create, __, table) => create + bare(table),
    )
  return JSON.stringify([type, bare(name), bare(tableName), statement])
}
