/** Prepared statements, cached per connection: preparing one costs more than running most of ours. */
import type { Statement } from 'better-sqlite3'
import type { ReadDb } from './open.ts'

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
