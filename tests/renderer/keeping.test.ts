/** Backups, storage, everything out and in, and what is said above everything. */
import { describe, expect, test } from 'vitest'
import { type EngineClient, EngineError } from '../../src-main/api/contract/rpc.ts'
import type { Backups, DiskUsage, Health } from '../../src-main/api/storage-model.ts'
import { noticesOf } from '../../src-renderer/banners/notices.ts'
import { base64Of } from '../../src-renderer/lib/base64.ts'
import { Safety } from '../../src-renderer/library/safety.svelte.ts'
import { Storage } from '../../src-renderer/settings/storage/storage.svelte.ts'
import { ExportEverything } from '../../src-renderer/transfer/export-archive.svelte.ts'
import { ImportEverything } from '../../src-renderer/transfer/import-archive.svelte.ts'
import { isArchive } from '../../src-renderer/transfer/is-archive.ts'
import { allWell, aRecovery, someBackups } from '../support/storage-samples.ts'

test('the gravest is said first, and nothing where all is well', () => {
  const health: Health = {
    storage: 'full',
    isSafeMode: true,
    recovery: aRecovery,
    backupFailure: { reason: 'no-folder', detail: '' },
  }
  const polled = { pausedUntil: null, network: 'online' as const }
  const paused = { pausedUntil: 1_000, network: 'offline' as const }
  expect(noticesOf(health, polled).map(notice => notice.kind)).toEqual(['storage', 'safe-mode', 'recovery', 'backup'])
  expect(noticesOf(allWell, polled)).toEqual([])
  expect(noticesOf(allWell, { ...polled, network: 'offline' })).toEqual([{ kind: 'offline' }])
  expect(noticesOf(allWell, { ...polled, network: 'sign-in' })).toEqual([{ kind: 'sign-in' }])
  expect(noticesOf(allWell, paused)).toEqual([{ kind: 'polling-paused', until: 1_000 }])
  // No feed is polled there anyway.
  expect(noticesOf({ ...allWell, isSafeMode: true }, paused).map(({ kind }) => kind)).toEqual(['safe-mode'])
  expect(
    noticesOf({ ...allWell, isSafeMode: true }, { pausedUntil: null, network: 'offline' }).map(({ kind }) => kind),
  ).toEqual(['safe-mode'])
})

describe('going back to a backup', () => {
  const now = Date.UTC(2026, 2, 20)
  const [backup] = someBackups(now).backups
  const answers = { restoreBackup: async () => ({ kind: 'restoring' }) as never, backups: someBackups(now) as Backups }
  const engine = {
    on: () => () => {},
    health: async () => allWell,
    backups: async () => answers.backups,
    restoreBackup: () => answers.restoreBackup(),
  } as unknown as EngineClient

  test('is said once, when the window is connected again', async () => {
    const safety = new Safety(engine)
    await safety.loadBackups()
    expect(await safety.restore(backup!)).toBeNull()
    await safety.load()
    expect([safety.takeRestored(), safety.takeRestored()]).toEqual([{ kind: 'restored', backup }, null])
  })

  test('that lost its connection before the answer is judged by what is there afterwards', async () => {
    answers.restoreBackup = () => Promise.reject(new EngineError('closed', ''))
    const safety = new Safety(engine)
    await safety.loadBackups()
    expect(await safety.restore(backup!)).toBeNull()
    const lastFailure = { reason: 'damaged', detail: '', at: now } as const
    answers.backups = { ...answers.backups, lastFailure }
    await safety.load()
    expect(safety.takeRestored()).toEqual({ kind: 'failed', failure: lastFailure })
  })

  test('that was refused is no going back', async () => {
    const failure = { reason: 'newer', detail: '' } as const
    answers.restoreBackup = async () => ({ kind: 'failed', failure }) as never
    const safety = new Safety(engine)
    expect(await safety.restore(backup!)).toEqual(failure)
    expect(safety.takeRestored()).toBeNull()
  })
})

test('what fills the disk is listed largest first, what is free last, what is nothing not at all', async () => {
  const parts: DiskUsage['parts'] = [
    { kind: 'free', bytes: 900 },
    { kind: 'icons', bytes: 0 },
    { kind: 'search', bytes: 20 },
    { kind: 'texts', bytes: 50 },
  ]
  const storage = new Storage({ diskUsage: async () => ({ parts }) as DiskUsage })
  await storage.measure()
  expect(storage.parts.map(part => part.kind)).toEqual(['texts', 'search', 'free'])
})

test('a measurement that was refused is said, and the one before stays', async () => {
  const usage = { parts: [] } as unknown as DiskUsage
  let diskUsage: EngineClient['diskUsage'] = async () => usage
  const storage = new Storage({ diskUsage: input => diskUsage(input) })
  await storage.measure()
  diskUsage = () => Promise.reject(new EngineError('storage-damaged', ''))
  await storage.measure()
  expect([storage.problem, storage.usage, storage.isMeasuring]).toEqual(['storage-damaged', usage, false])
})

describe('everything out', () => {
  const content = new Blob(['PK'])
  const engine = { exportEverything: async () => ({ path: '/export/1', bytes: 2, name: 'broadsheet.zip' }) }

  test('is saved at once where the click is fresh', async () => {
    const saved: string[] = []
    const all = new ExportEverything({
      engine,
      fetchFile: async () => content,
      maySave: () => true,
      save: name => saved.push(name),
    })
    await all.make()
    expect([saved, all.step]).toEqual([
      ['broadsheet.zip'],
      { kind: 'ready', name: 'broadsheet.zip', content, isSaved: true },
    ])
  })

  test('waits for another click where putting it together took long', async () => {
    const saved: string[] = []
    const all = new ExportEverything({
      engine,
      fetchFile: async () => content,
      maySave: () => false,
      save: name => saved.push(name),
    })
    await all.make()
    expect(saved).toEqual([])
    all.save()
    expect([saved, all.step]).toMatchObject([['broadsheet.zip'], { isSaved: true }])
  })

  test('that is gone before it was fetched says so', async () => {
    const all = new ExportEverything({ engine, fetchFile: async () => null, maySave: () => true, save: () => {} })
    await all.make()
    expect(all.step).toEqual({ kind: 'failed', code: 'not-found' })
  })
})

describe('everything in', () => {
  const bytes = new Uint8Array([0x50, 0x4b, 3, 4, 255, 0, 128])
  const file = { name: 'broadsheet.zip', size: bytes.length, bytes: async () => bytes }
  const counts = {
    kind: 'imported',
    feeds: 2,
    folders: 1,
    saved: 3,
    alreadyThere: 4,
    refused: 0,
    unreadable: 0,
  } as const

  test('goes over as it is, and says what came in', async () => {
    const sent: string[] = []
    const form = new ImportEverything(
      {
        importEverything: async ({ archive }) => {
          sent.push(archive)
          return counts
        },
      },
      file,
    )
    await form.import()
    expect([sent, form.step]).toEqual([[Buffer.from(bytes).toString('base64')], { kind: 'done', counts }])
  })

  test('asks again for feeds in one’s own network, and counts both goes as one', async () => {
    const asked: (boolean | undefined)[] = []
    const form = new ImportEverything(
      {
        importEverything: async ({ allowPrivate }) => {
          asked.push(allowPrivate)
          return allowPrivate
            ? { ...counts, feeds: 1, folders: 0, saved: 0, alreadyThere: 9 }
            : { ...counts, refused: 1 }
        },
      },
      file,
    )
    await form.import()
    await form.import(true)
    expect(asked).toEqual([false, true])
    expect(form.step).toEqual({ kind: 'done', counts: { ...counts, feeds: 3 } })
  })

  test('that cannot be read or is too large says why', async () => {
    const failure = { reason: 'malformed', detail: 'no directory', line: null } as const
    const form = new ImportEverything({ importEverything: async () => ({ kind: 'failed', failure }) }, file)
    await form.import()
    expect(form.step).toEqual({ kind: 'asking', failure })

    const large = new ImportEverything({ importEverything: async () => counts }, { ...file, size: 211_000_000 })
    await large.import()
    expect(large.step).toEqual({ kind: 'asking', failure: { reason: 'too-large', megabytes: 210 } })
  })

  test('is told from an OPML file by its first bytes', async () => {
    expect(await isArchive(new Blob([bytes]) as never)).toBe(true)
    expect(await isArchive(new Blob(['<opml version="2.0"/>']) as never)).toBe(false)
    expect(await isArchive(new Blob([]) as never)).toBe(false)
  })
})

test('base64 is that of RFC 4648, also of many bytes', () => {
  const bytes = new Uint8Array(100_003).map((_, index) => (index * 7919) % 256)
  expect(base64Of(bytes)).toBe(Buffer.from(bytes).toString('base64'))
})
