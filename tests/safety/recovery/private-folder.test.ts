/** Who may read the data folder, with a umask that allows everything, and one that was left open by an earlier version. */
import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { connect } from '../../../src-main/api/contract/rpc.ts'
import { portOfNodePort } from '../../../src-main/api/ports.ts'
import { startEngine } from '../../../src-main/host/engine-host.ts'
import { makeBackup } from '../../../src-main/safety/backups/backups.ts'
import { restoreAlone } from '../../../src-main/safety/backups/restore.ts'
import { databaseFile } from '../../../src-main/safety/data-files.ts'
import { makePrivate } from '../../../src-main/safety/private-folder.ts'
import { someNoon } from '../../support/articles.ts'

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
    makePrivate(dir, line => said.push(line))
    expect(statSync(dir).mode & 0o777).toBe(0o777)
    expect(openToOthers(dir).slice(1)).toEqual(['letter.txt 666'])
    expect(said).toEqual([expect.stringContaining('others may write')])
  })

  test('with something that would hold us up for good, in the place of a file of ours, is not used', () => {
    mkdirSync(dir)
    execFileSync('mkfifo', [join(dir, 'running.json')])
    expect(() => makePrivate(dir, () => {})).toThrow(expect.objectContaining({ code: 'unsafe-folder' }))
  })

  test('may be a link of its owner’s to a folder on another disk', async () => {
    mkdirSync(join(dir, '..', 'elsewhere'))
    symlinkSync(join(dir, '..', 'elsewhere'), dir)
    await use(dir)
    expect(await use(dir)).toEqual([])
    expect(existsSync(join(dir, '..', 'elsewhere', 'broadsheet.db'))).toBe(true)
  }, 60_000)

  test('may lead to another disk by a link of its owner’s', () => {
    mkdirSync(dir)
    mkdirSync(join(dir, '..', 'elsewhere'))
    symlinkSync(join(dir, '..', 'elsewhere'), join(dir, 'media'))
    makePrivate(dir, () => {})
    expect(lstatSync(join(dir, 'media')).isSymbolicLink()).toBe(true)
  })

  test.each(['broadsheet.db', 'broadsheet.db-wal', 'broadsheet.lock', 'secret.key', 'journal/000001.jsonl'])(
    'is not used where another file of its owner’s lies in it as %s, which is left as it is',
    async name => {
      mkdirSync(join(dir, 'journal'), { recursive: true })
      const letter = join(dir, '..', 'letter')
      writeFileSync(letter, 'Dear Anna')
      linkSync(letter, join(dir, name))
      const started = await startEngine({ dataDir: dir })
      expect(started).toMatchObject({ kind: 'unusable', code: 'hard-link' })
      expect(started).toMatchObject({ detail: expect.stringContaining(join(dir, name)) })
      expect(readFileSync(letter, 'utf8')).toBe('Dear Anna')
    },
    60_000,
  )

  test('is used where a tool that makes snapshots has given backups other names', async () => {
    await use(dir)
    for (const name of readdirSync(join(dir, 'backups')))
      linkSync(join(dir, 'backups', name), join(dir, '..', `snapshot-${name}`))
    expect(await use(dir)).toEqual([])
  }, 60_000)

  test('forgets what is said of a running Broadsheet where others could have written that', () => {
    mkdirSync(dir)
    const note = join(dir, 'running.json')
    writeFileSync(note, '{}', { mode: 0o644 })
    makePrivate(dir, () => {})
    expect(statSync(note).mode & 0o777).toBe(0o600)
    chmodSync(note, 0o622)
    makePrivate(dir, () => {})
    expect(existsSync(note)).toBe(false)
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

/** Only root can give a file to somebody else. */
describe.skipIf(process.getuid?.() !== 0)('a file of another user’s in the data folder (tested as root only)', () => {
  const nobody = 65_534

  test.each(['broadsheet.db', 'broadsheet.db-wal', 'secret.key', 'journal', 'journal/000001.jsonl', 'backups'])(
    'is not opened: %s',
    async name => {
      for (const folder of ['journal', 'backups']) mkdirSync(join(dir, folder), { recursive: true })
      const file = join(dir, name)
      if (!existsSync(file)) writeFileSync(file, 'x')
      chownSync(file, nobody, nobody)
      const before = lstatSync(file).mtimeMs
      const started = await startEngine({ dataDir: dir })
      expect(started).toMatchObject({ kind: 'unusable', code: 'foreign-file', detail: `${file} belongs to user 65534` })
      expect(lstatSync(file).mtimeMs).toBe(before)
    },
    60_000,
  )

  test('is opened where it belongs to the folder’s owner, as on a drive that knows one user only', async () => {
    await use(dir)
    execFileSync('chown', ['-R', `${nobody}`, dir])
    expect(await use(dir)).toEqual([])
  }, 60_000)
})
