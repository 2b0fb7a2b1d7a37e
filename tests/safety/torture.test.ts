/** What happens to computers, for two minutes. `npm run torture` takes twenty. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { corruptionRound, makeLibrary, spoilings } from '../torture/corruption.ts'
import { faultRounds, fullDisk, mountSmallDisk, refusedWrites } from '../torture/disk-faults.ts'
import { groupingRounds } from '../torture/grouping.ts'
import { killRounds } from '../torture/kills.ts'
import { migrationRounds } from '../torture/migrating.ts'
import { startPairs } from '../torture/pairs.ts'
import { homes, killProgram, startProgram } from '../torture/program.ts'

vi.setConfig({ testTimeout: 180_000 })

const library = makeLibrary()
const disk = process.platform === 'win32' ? null : mountSmallDisk()
afterAll(async () => {
  disk?.unmount()
  rmSync((await library).dir, { recursive: true, force: true })
})

describe.each(homes)('with its engine in a %s', home => {
  test('killed in the middle of clicks and a refresh, it has every click that was answered, and none by half', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'broadsheet-killed-'))
    const report = await killRounds({ dataDir, rounds: 6, seconds: 30, home })
    expect(report).toMatchObject({ lost: [], problems: [] })
    expect(report.rounds).toBeGreaterThan(1)
    expect(report.answered).toBeGreaterThan(0)
    rmSync(dataDir, { recursive: true, force: true })
  })

  test.skipIf(!disk)(
    'on a full disk reading works, clicks are refused in words, and all works when there is room',
    async () => {
      const dataDir = join(disk!.folder, `full-${home}`)
      const report = await faultRounds({ dataDir, fault: fullDisk(disk!.folder), rounds: 1, home })
      expect(report).toMatchObject({ rounds: 1, problems: [] })
      rmSync(dataDir, { recursive: true })
    },
  )

  test.skipIf(process.platform !== 'linux')(
    'while the system refuses every write reading works, no click is answered, and all works when it takes them again',
    async () => {
      const dataDir = mkdtempSync(join(tmpdir(), 'broadsheet-refused-'))
      expect(await faultRounds({ dataDir, fault: refusedWrites, rounds: 1, home })).toMatchObject({ problems: [] })
      rmSync(dataDir, { recursive: true, force: true })
    },
  )
})

test('killed while it groups articles that come, it leaves none out, counts right, and keeps what the reader said', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'broadsheet-grouping-'))
  const report = await groupingRounds({ dataDir, rounds: 3, seconds: 20 })
  expect(report.problems).toEqual([])
  expect(report.articles).toBeGreaterThan(100)
  rmSync(dataDir, { recursive: true, force: true })
})

test('killed while it brings an old database up to date, that is old or new, and whole', async () => {
  const report = await migrationRounds(8, 3, 30)
  expect(report.problems).toEqual([])
  expect(report.interrupted).toBeGreaterThan(0)
})

test.each(spoilings)('a database with $name is opened with all that was saved, and kept as it was', async spoiling => {
  for (const seed of [11, 22, 33, 44, 55]) {
    const outcome = await corruptionRound(await library, spoiling, seed)
    expect(outcome.problems, `seed ${seed}`).toEqual([])
  }
})

test('of two that start at the same moment on one folder one runs, and the other says so', async () => {
  expect(await startPairs(3)).toEqual({ pairs: 3, problems: [] })
})

test.skipIf(!disk)('a folder that may not be written is said to be so, and left as it is', async () => {
  const dataDir = join(disk!.folder, 'read-only')
  mkdirSync(dataDir)
  const program = await startProgram(dataDir)
  await program.engine.createFolder({ title: 'News' })
  await killProgram(program.proc)
  const files = () =>
    readdirSync(dataDir, { withFileTypes: true }).flatMap(entry => (entry.isFile() ? [entry.name] : []))
  const contents = () => files().map(name => [name, readFileSync(join(dataDir, name), 'base64')])
  const before = contents()
  disk!.setReadOnly(true)
  try {
    await expect(startProgram(dataDir)).rejects.toThrow('may not be written')
    expect(contents()).toEqual(before)
  } finally {
    disk!.setReadOnly(false)
  }
  const again = await startProgram(dataDir)
  expect((await again.engine.sources({})).folders).toMatchObject([{ title: 'News' }])
  await killProgram(again.proc)
})
