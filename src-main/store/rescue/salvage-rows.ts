/** Reads the rows of a damaged table around pages that can't be read: by ranges of ids, from both ends, by its indexes. */
import type { Database } from 'better-sqlite3'

/** Errors per table before we stop: below a lost page of the tree single ids are tried one by one. */
const mostFailures = 100_000
/** Stands for the last id of a table where that can't be read. */
const anyId = 100_000_000

/** The same row may come more than once. Never throws: a table that can't be read at all has no rows. */
export function* readDamaged(from: Database, table: string, columns: string[]): Generator<unknown[]> {
  const list = columns.join(', ')
  if (hasRowid(from, table)) yield* byRowid(from, table, list)
  else yield* fromBothEnds(from, table, list)
}

function* byRowid(from: Database, table: string, list: string): Generator<unknown[]> {
  const read = prepare(from, `SELECT rowid, ${list} FROM ${table} WHERE rowid BETWEEN ? AND ? ORDER BY rowid`)
  if (!read) return
  const budget = { left: mostFailures }
  const ranges: [first: number, last: number][] = [[firstId(from, table), lastId(from, table)]]
  for (let range = ranges.pop(); range && budget.left > 0; range = ranges.pop()) {
    const [first, last] = range
    let next = first
    try {
      for (const row of read.iterate(first, last) as IterableIterator<unknown[]>) {
        next = Number(row[0]) + 1
        yield row.slice(1)
      }
    } catch {
      budget.left--
      if (next >= last) continue
      // The damage is somewhere from here on: bisect.
      const middle = Math.floor((next + last) / 2)
      ranges.push([middle + 1, last], [next, middle])
    }
  }
}

function* fromBothEnds(from: Database, table: string, list: string): Generator<unknown[]> {
  const keys = primaryKey(from, table)
  const orders = ['', ` ORDER BY ${keys.map(key => `${key} DESC`).join(', ')}`]
  const ways = orders.map(order => `SELECT ${list} FROM ${table}${order}`)
  for (const index of indexesOf(from, table)) ways.push(`SELECT ${list} FROM ${table} INDEXED BY ${index}`)
  for (const sql of ways) {
    const read = prepare(from, sql)
    try {
      if (read) yield* read.iterate() as IterableIterator<unknown[]>
      // Read to its end: other orders would give the same rows.
      if (read) return
    } catch {
      // The next order may reach rows behind the damage.
    }
  }
}

function prepare(from: Database, sql: string) {
  try {
    return from.prepare<unknown[], unknown[]>(sql).raw()
  } catch {
    return null
  }
}

function firstId(from: Database, table: string): number {
  return ask(from, `SELECT rowid FROM ${table} ORDER BY rowid LIMIT 1`) ?? 1
}

function lastId(from: Database, table: string): number {
  const known = ask(from, `SELECT rowid FROM ${table} ORDER BY rowid DESC LIMIT 1`)
  return known ?? ask(from, `SELECT seq FROM sqlite_sequence WHERE name = 'articles'`) ?? anyId
}

function ask(from: Database, sql: string): number | null {
  try {
    return from.prepare<[], number>(sql).pluck().get() ?? 0
  } catch {
    return null
  }
}

function hasRowid(from: Database, table: string): boolean {
  return prepare(from, `SELECT rowid FROM ${table} LIMIT 0`) !== null
}

function primaryKey(from: Database, table: string): string[] {
  const columns = from.pragma(`table_info(${table})`) as { name: string; pk: number }[]
  return columns.filter(column => column.pk > 0).map(column => column.name)
}

function indexesOf(from: Database, table: string): string[] {
  const indexes = from.pragma(`index_list(${table})`) as { name: string; origin: string; partial: number }[]
  return indexes.filter(index => index.origin === 'c' && index.partial === 0).map(index => index.name)
}
