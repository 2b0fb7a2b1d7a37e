/** What a database and a journal were written, as it lies on the disk. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Commits in the WAL since it was last begun anew: its frames that end one (sqlite.org/fileformat2.html, 4.1). */
export function commitsIn(databaseFile: string): number {
  const wal = readFileSync(`${databaseFile}-wal`)
  const frameSize = 24 + wal.readUInt32BE(8)
  const salt = wal.subarray(16, 24)
  let commits = 0
  for (let at = 32; at + frameSize <= wal.length; at += frameSize) {
    // Left from before it was begun anew.
    if (!wal.subarray(at + 8, at + 16).equals(salt)) break
    if (wal.readUInt32BE(at + 4) > 0) commits++
  }
  return commits
}

/** The lines of a journal, parsed. */
export function journalLines(folder: string): { do: string }[] {
  const names = existsSync(folder) ? readdirSync(folder).toSorted() : []
  const lines = names.flatMap(name => readFileSync(join(folder, name), 'utf8').split('\n'))
  return lines.filter(line => line !== '').map(line => JSON.parse(line) as { do: string })
}
