/** Prepared statements, kept per connection: preparing costs more than most of our questions. */
import type { Statement } from 'better-sqlite3'
import type { ReadDb } from './open.ts'

const statements = new WeakMap<ReadDb, Map<string, Statement>>()

/** The statement for this SQL on this connection. Use it whole before asking again: it is shared. */
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
