/**
 * The volume that will take the place of one of an earlier kind (store/articles/index-upgrade.ts): till then what is written to the old one is
 * written to it as well.
 */
import type { WriteDb } from '../db/open.ts'
import { prepared } from '../db/prepared.ts'

export function nextOf(table: string): string {
  return table.replace('article_index_', 'article_next_')
}

/** Inside the caller's transaction. Does nothing where `table` has no such volume. */
export function inNext(db: WriteDb, table: string, write: (next: string) => void): void {
  const next = nextOf(table)
  if (prepared(db, 'SELECT 1 FROM sqlite_schema WHERE name = ?').get(next) !== undefined) write(next)
}
