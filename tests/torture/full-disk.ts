/** Fills the disk under a running Broadsheet to its last byte, and makes room again. */
import { execFileSync } from 'node:child_process'
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { killProgram, startProgram } from './program.ts'
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

export type FullReport = { rounds: number; refused: number; answered: number; problems: string[] }

/** On a small disk: fill, click, read, make room, click; then kill and start again. */
export async function fullDiskRounds(disk: string, rounds: number): Promise<FullReport> {
  const dataDir = join(disk, 'data')
  mkdirSync(dataDir)
  const articles = 500
  const farm = await startFarm()
  execFileSync(process.execPath, [join(import.meta.dirname, 'seed.ts'), dataDir, farm.url, String(articles)])
  const report: FullReport = { rounds: 0, refused: 0, answered: 0, problems: [] }
  const answered: string[] = []
  let lastToken = 0
  try {
    while (report.rounds < rounds) {
      const program = await startProgram(dataDir)
      const click = async (): Promise<string | null> => {
        const token = `t${++lastToken}`
        try {
          await actionOf(token, farm, articles).act(program.engine)
          answered.push(token)
          return null
        } catch (error) {
          report.refused++
          return error instanceof Error && 'code' in error ? String(error.code) : String(error)
        }
      }
      const filler = fill(disk)
      void program.engine.refresh({ isForced: true }).catch(() => {})
      for (let clicks = 0; clicks < 400; clicks++) {
        const refusal = await click()
        if (refusal !== null && refusal !== 'storage-full') report.problems.push(`refused as ${refusal}`)
        if (refusal === 'storage-full') break
      }
      if ((await program.engine.health({})).storage !== 'full')
        report.problems.push('windows are not told that it is full')
      await shownBy(program.engine)
      rmSync(filler)
      if ((await click()) !== null) {
        await sleep(50)
        const refusal = await click()
        if (refusal !== null) report.problems.push(`there is room, and it refuses with ${refusal}`)
      }
      if ((await program.engine.health({})).storage !== 'ok')
        report.problems.push('windows are not told that there is room')
      await killProgram(program.proc)
      const again = await startProgram(dataDir)
      const shown = await shownBy(again.engine)
      for (const token of answered) {
        if (!actionOf(token, farm, articles).isThere(shown)) report.problems.push(`lost ${token}`)
      }
      await killProgram(again.proc)
      const damage = damageIn(dataDir)
      if (damage) report.problems.push(damage)
      report.rounds++
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
