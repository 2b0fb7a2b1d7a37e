/** Prepared statements, and one function for each shape of their answers. Parameters are as better-sqlite3 takes them. */
import type { RunResult, Statement } from 'better-sqlite3'
import type { ReadDb, WriteDb } from './open.ts'

/** A part of a statement that is put together, and the values of its parameters. */
export type SqlPart = { sql: string; values: SqlValue[] }
export type SqlValue = number | string

/** Per connection: preparing a statement costs more than running most of ours. */
const statements = new WeakMap<ReadDb, Map<string, Statement>>()

/** The statement for this SQL on this connection. It is shared: read its rows to the end before it is run again. */
export function prepared<Parameters extends unknown[], Row = unknown>(
  db: ReadDb,
  sql: string,
): Statement<Parameters, Row> {
  const known = statements.get(db) ?? new Map<string, Statement>()
  statements.set(db, known)
  const statement = known.get(sql) ?? db.prepare(sql)
  known.set(sql, statement)
  return statement as Statement<Parameters, Row>
}

/** The first row; null where there is none. */
export function getRow<Row = unknown>(db: ReadDb, sql: string, ...parameters: unknown[]): Row | null {
  const statement = prepared<unknown[], Row>(db, sql).pluck(false)
  return statement.get(...parameters) ?? null
}

export function getRows<Row>(db: ReadDb, sql: string, ...parameters: unknown[]): Row[] {
  const statement = prepared<unknown[], Row>(db, sql).pluck(false)
  return statement.all(...parameters)
}

/** The first column of the first row; null where there is no row. */
export function getValue<Value = unknown>(db: ReadDb, sql: string, ...parameters: unknown[]): Value | null {
  const statement = prepared<unknown[], Value>(db, sql).pluck()
  return statement.get(...parameters) ?? null
}

/** The first column of each row. */
export function getValues<Value>(db: ReadDb, sql: string, ...parameters: unknown[]): Value[] {
  const statement = prepared<unknown[], Value>(db, sql).pluck()
  return statement.all(...parameters)
}

/** The rows one by one; run nothing else with this SQL meanwhile. */
export function iterateRows<Row>(db: ReadDb, sql: string, ...parameters: unknown[]): IterableIterator<Row> {
  const statement = prepared<unknown[], Row>(db, sql).pluck(false)
  return statement.iterate(...parameters)
}

export function run(db: WriteDb, sql: string, ...parameters: unknown[]): RunResult {
  return prepared(db, sql).run(...parameters)
}
