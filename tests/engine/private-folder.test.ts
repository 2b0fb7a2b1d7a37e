/** Who may read the data folder, with a umask that allows everything, and one that was left open by an earlier version. */
import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { portOfNodePort } from '../../src-main/api/ports.ts'
import { connect } from '../../src-main/api/rpc.ts'
import { makeBackup } from '../../src-main/engine/keeping/backups.ts'
import { databaseFile } from '../../src-main/engine/keeping/data-files.ts'
import { keepPrivate } from '../../src-main/engine/keeping/private-folder.ts'
import { restoreAlone } from '../../src-main/engine/keeping/restore.ts'
import { startEngine } from '../../src-main/engine-thread.ts'
import { someNoon } from '../support/articles.ts'

let dir: string
let umask: number
beforeEach(() => {
  umask = process.umask(0)
  dir = join(mkdtempSync(join(tmpdir(), 'broadsheet-private-')), 'data')
})
afterEach(() => {
  process.umask(umask)
  rmSync(join(dir, '..'), { recursive: true, force: true })
})

/** Everything under a folder that others may read or write, with its rights. */
function openToOthers(folder: string): string[] {
  const own = (statSync(folder).mode & 0o077) === 0 ? [] : [`${folder} ${(statSync(folder).mode & 0o777).toString(8)}`]
  const within = readdirSync(folder, { recursive: true, encoding: 'utf8' }).flatMap(name => {
    const { mode } = lstatSync(join(folder, name))
    return (mode & 0o077) === 0 ? [] : [`${name} ${(mode & 0o777).toString(8)}`]
  })
  return [...own, ...within]
}

async function use(dataDir: string): Promise<string[]> {
  const started = await startEngine({ dataDir, isPolling: true })
  if (started.kind !== 'running') throw new Error(`${started.code}: ${started.detail}`)
  const client = connect(portOfNodePort(started.engine.connect()))
  await client.createFolder({ title: 'News' })
  await client.backUpNow({})
  await client.exportEverything({})
  const found = openToOthers(dataDir)
  client.close()
  await started.engine.close()
  return [...found, ...openToOthers(dataDir)]
}

describe.skipIf(process.platform === 'win32')('the data folder', () => {
  test('and all that is made in it are its owner’s alone, whatever the umask says', async () => {
    expect(await use(dir)).toEqual([])
    expect(readdirSync(dir)).toEqual(expect.arrayContaining(['broadsheet.db', 'backups', 'journal', 'broadsheet.lock']))
  }, 60_000)

  test('that an earlier version left open to others is narrowed at the next start', async () => {
    await use(dir)
    execFileSync('chmod', ['-R', 'a+rwX', dir])
    expect(openToOthers(dir).length).toBeGreaterThan(5)
    expect(await use(dir)).toEqual([])
  }, 60_000)

  test('that holds other people’s things, too, stays as it is; what is ours in it is narrowed', () => {
    mkdirSync(dir, { mode: 0o777 })
    chmodSync(dir, 0o777)
    for (const name of ['letter.txt', 'broadsheet.db', 'broadsheet.db-wal', 'secret.key'])
      writeFileSync(join(dir, name), 'x')
    const said: string[] = []
    keepPrivate(dir, line => said.push(line))
    expect(statSync(dir).mode & 0o777).toBe(0o777)
    expect(openToOthers(dir).slice(1)).toEqual(['letter.txt 666'])
    expect(said).toEqual([expect.stringContaining('others may write')])
  })

  test('with something that would hold us up for good, in the place of a file of ours, is not used', () => {
    mkdirSync(dir)
    execFileSync('mkfifo', [join(dir, 'running.json')])
    expect(() => keepPrivate(dir, () => {})).toThrow(expect.objectContaining({ code: 'unsafe-folder' }))
  })

  test('may lead to another disk by a link of its owner’s', () => {
    mkdirSync(dir)
    mkdirSync(join(dir, '..', 'elsewhere'))
    symlinkSync(join(dir, '..', 'elsewhere'), join(dir, 'media'))
    keepPrivate(dir, () => {})
    expect(lstatSync(join(dir, 'media')).isSymbolicLink()).toBe(true)
  })

  test('backups elsewhere are readable for their owner only, and never written through a link that lay there', async () => {
    await use(dir)
    const wanted = join(dir, '..', 'drive')
    mkdirSync(wanted, { mode: 0o755 })
    const victim = join(dir, '..', 'victim')
    writeFileSync(victim, 'mine')
    const at = someNoon
    const name = `broadsheet-${new Date(at).toISOString().slice(0, 19).replaceAll(':', '-')}-by-user.db.part`
    symlinkSync(victim, join(wanted, name))
    const made = await makeBackup({ dataDir: dir, file: databaseFile(dir), wanted, at, reason: 'by-user' })
    if (made.kind !== 'made') throw new Error(made.failure.detail)
    expect(statSync(join(wanted, made.backup.name)).mode & 0o777).toBe(0o600)
    expect(statSync(victim).size).toBe(4)

    chmodSync(join(wanted, made.backup.name), 0o666)
    const file = join(wanted, made.backup.name)
    expect(await restoreAlone({ dataDir: dir, file, wanted: null, at: at + 1_000 })).toMatchObject({ kind: 'ready' })
    expect(openToOthers(dir)).toEqual([])
  }, 60_000)
})
