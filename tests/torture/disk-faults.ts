/** A disk that fails under a running Broadsheet, and works again: full to its last byte, or refusing writes. */
import { execFileSync } from 'node:child_process'
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Health } from '../../src-main/api/storage-model.ts'
import { type Home, killProgram, limitFiles, type Program, startProgram } from './program.ts'
import { actionOf, damageIn, shownBy, startFarm } from './world.ts'

const megabytes = 64

export type SmallDisk = { folder: string; setReadOnly(isReadOnly: boolean): void; unmount(): void }

/** Mounts a tmpfs of 64 MB; null where that is not allowed (it takes root, and not every container has it). */
export function mountSmallDisk(): SmallDisk | null {
  const folder = mkdtempSync(join(tmpdir(), 'broadsheet-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], { stdio: 'ignore' })
  } catch {
    rmSync(folder, { recursive: true })
    return null
  }
  return {
    folder,
    setReadOnly(isReadOnly) {
      execFileSync('mount', ['-o', `remount,${isReadOnly ? 'ro' : 'rw'}`, folder])
    },
    unmount() {
      execFileSync('umount', ['-l', folder])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Fills the disk to its last byte; answers the path of the file that does. */
export function fill(folder: string): string {
  const file = join(folder, 'somebody-elses')
  const handle = openSync(file, 'w')
  // Ever smaller pieces, so that not a byte is left.
  for (let size = 1 << 20; size > 0; size = Math.floor(size / 2)) {
    try {
      for (;;) writeSync(handle, Buffer.alloc(size, 7))
    } catch {
      // No room for a piece of this size.
    }
  }
  closeSync(handle)
  return file
}

/** What keeps a disk from being written, and ends again. */
export type Fault = {
  /** Answers what ends it. */
  begin(program: Program): () => void
  /** As which code clicks are refused meanwhile. */
  refusedAs: string
  /** What windows are told meanwhile. */
  storage: Health['storage']
}

/** The disk that the folder is on is full to its last byte. */
export function fullDisk(disk: string): Fault {
  const begin = () => {
    const filler = fill(disk)
    return () => rmSync(filler)
  }
  return { begin, refusedAs: 'storage-full', storage: 'full' }
}

/** The system refuses every write to every file, to SQLite an error of the disk (SQLITE_IOERR_WRITE). Linux only. */
export const refusedWrites: Fault = {
  begin(program) {
    limitFiles(program, 1)
    return () => limitFiles(program, 'unlimited')
  },
  refusedAs: 'internal',
  storage: 'ok',
}

export type FaultReport = { rounds: number; refused: number; answered: number; problems: string[] }

/** The disk fails, click, read, it works again, click; then kill and start again. */
export async function faultRounds(options: {
  dataDir: string
  fault: Fault
  rounds: number
  home?: Home
}): Promise<FaultReport> {
  const { dataDir, fault, rounds, home = 'thread' } = options
  mkdirSync(dataDir, { recursive: true })
  const articles = 500
  const farm = await startFarm()
  execFileSync(process.execPath, [join(import.meta.dirname, 'seed.ts'), dataDir, farm.url, String(articles)])
  const report: FaultReport = { rounds: 0, refused: 0, answered: 0, problems: [] }
  const answered: string[] = []
  let lastToken = 0

  /** Null where it was answered, else the code it was refused with. */
  async function click({ engine }: Program): Promise<string | null> {
    const token = `t${++lastToken}`
    try {
      await actionOf(token, farm, articles).act(engine)
      answered.push(token)
      return null
    } catch (error) {
      report.refused++
      return error instanceof Error && 'code' in error ? String(error.code) : String(error)
    }
  }

  async function storageIs(wanted: Health['storage'], { engine }: Program): Promise<void> {
    const { storage } = await engine.health({})
    if (storage !== wanted) report.problems.push(`windows are told that storage is ${storage}, not ${wanted}`)
  }

  async function clickTillRefused(program: Program): Promise<void> {
    for (let clicks = 0; clicks < 400; clicks++) {
      const refusal = await click(program)
      if (refusal === fault.refusedAs) return
      if (refusal !== null) report.problems.push(`refused as ${refusal}`)
    }
    report.problems.push('nothing is refused')
  }

  async function clickAgain(program: Program): Promise<void> {
    if ((await click(program)) === null) return
    await sleep(50)
    const refusal = await click(program)
    if (refusal !== null) report.problems.push(`the disk works again, and it refuses with ${refusal}`)
  }

  async function lookAtAll({ engine }: Program): Promise<void> {
    const shown = await shownBy(engine)
    for (const token of answered)
      if (!actionOf(token, farm, articles).isThere(shown)) report.problems.push(`lost ${token}`)
  }

  try {
    for (; report.rounds < rounds; report.rounds++) {
      const program = await startProgram(dataDir, {}, home)
      for (let clicks = 0; clicks < 5; clicks++) await click(program)
      const end = fault.begin(program)
      void program.engine.refresh({ isForced: true }).catch(() => {})
      await clickTillRefused(program)
      await storageIs(fault.storage, program)
      await shownBy(program.engine)
      end()
      await clickAgain(program)
      await storageIs('ok', program)
      await killProgram(program.proc)
      const again = await startProgram(dataDir, {}, home)
      await lookAtAll(again)
      await killProgram(again.proc)
      const damage = damageIn(dataDir)
      if (damage) report.problems.push(damage)
    }
  } catch (error) {
    report.problems.push(error instanceof Error ? (error.stack ?? error.message) : String(error))
    if (error instanceof Error && 'proc' in error) await killProgram(error.proc as never)
  } finally {
    report.answered = answered.length
    await farm.close()
  }
  return report
}
