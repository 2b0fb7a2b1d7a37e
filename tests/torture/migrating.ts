/** Kills a program while it migrates a database of an earlier schema. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { gunzipSync } from 'node:zlib'
import Database from 'better-sqlite3'
import { migrations } from '../../src-main/store/db/migrations.ts'
import { createRandom } from './random.ts'

const schemas = join(import.meta.dirname, '../fixtures/schemas')

export type MigrationReport = { rounds: number; interrupted: number; problems: string[] }

export async function migrationRounds(rounds: number, seed: number, seconds: number): Promise<MigrationReport> {
  const random = createRandom(seed)
  const report: MigrationReport = { rounds: 0, interrupted: 0, problems: [] }
  const ends = performance.now() + seconds * 1_000
  while (report.rounds < rounds && performance.now() < ends) {
    const schema = 1 + random.below(migrations.length - 1)
    const dir = mkdtempSync(join(tmpdir(), 'broadsheet-migrating-'))
    writeFileSync(join(dir, 'broadsheet.db'), gunzipSync(readFileSync(join(schemas, `schema-${schema}.db.gz`))))
    if (!(await openAndKill(dir, random.below(60)))) report.interrupted++
    report.problems.push(...problemsOf(dir, schema).map(problem => `after a kill, schema ${schema}: ${problem}`))
    if (!(await openAndKill(dir, null))) report.problems.push(`schema ${schema} does not open after a kill`)
    report.problems.push(...problemsOf(dir, migrations.length).map(problem => `schema ${schema}, opened: ${problem}`))
    if (schema < migrations.length && backupsIn(dir) === 0) report.problems.push(`schema ${schema}: no backup was made`)
    rmSync(dir, { recursive: true, force: true })
    report.rounds++
  }
  return report
}

/** Kills it after so many ms, unless that is null. True where the database was open by then. */
async function openAndKill(dir: string, after: number | null): Promise<boolean> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'open.ts'), dir], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const gone = once(child, 'exit')
  let said = ''
  child.stdout.on('data', data => {
    said += String(data)
  })
  if (after !== null) {
    await Promise.race([once(child.stdout, 'data'), gone])
    await sleep(after)
    child.kill('SIGKILL')
  }
  await gone
  return said.includes('open\n')
}

/** What is wrong with a database that has to be intact, of a schema from `leastSchema` on. */
function problemsOf(dir: string, leastSchema: number): string[] {
  const file = join(dir, 'broadsheet.db')
  if (!existsSync(file)) return ['the database is gone']
  const db = new Database(file)
  try {
    const problems: string[] = []
    const version = db.pragma('user_version', { simple: true }) as number
    if (version < leastSchema || version > migrations.length) problems.push(`it has schema ${version}`)
    const found = db.pragma('integrity_check', { simple: true })
    if (found !== 'ok') problems.push(String(found))
    const count = (what: string) => db.prepare<[], number>(`SELECT COUNT(*) FROM ${what}`).pluck().get()
    if (count('articles') !== 61 || count('articles WHERE is_saved = 1') !== 3 || count('feeds') !== 3) {
      problems.push('articles or feeds are missing')
    }
    const isRewritten = () => count("facts WHERE name = 'upgradedTo'") === 0
    if (leastSchema === migrations.length && !isRewritten()) problems.push('what the earlier program wrote is left')
    return problems
  } finally {
    db.close()
  }
}

function backupsIn(dir: string): number {
  const folder = join(dir, 'backups')
  return existsSync(folder) ? readdirSync(folder).filter(name => name.endsWith('before-update.db')).length : 0
}
