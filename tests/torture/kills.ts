/** Kills the program during clicks and a refresh, starts it again, and checks that every answered click is stored. */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { killProgram, type Program, startProgram } from './program.ts'
import { createRandom } from './random.ts'
import { actionOf, damageIn, type Shown, shownBy, startFarm } from './world.ts'

export type KillReport = { rounds: number; answered: number; lost: string[]; problems: string[]; startMs: number[] }

const writers = 3

/** `seconds` ends it early. The kill falls 30 to 400 ms after three writers and a refresh have begun. */
export async function killRounds(options: {
  dataDir: string
  rounds: number
  seconds: number
  articles?: number
  seed?: number
}): Promise<KillReport> {
  const { dataDir, rounds, seconds, articles = 2_000, seed = 1 } = options
  const random = createRandom(seed)
  const farm = await startFarm()
  execFileSync(process.execPath, [join(import.meta.dirname, 'seed.ts'), dataDir, farm.url, String(articles)])
  const report: KillReport = { rounds: 0, answered: 0, lost: [], problems: [], startMs: [] }
  const answered = new Set<string>()
  const ends = performance.now() + seconds * 1_000
  let lastToken = 0

  async function clickOn(program: Program, isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      const token = `t${++lastToken}`
      try {
        await actionOf(token, farm, articles).act(program.engine)
        answered.add(token)
      } catch {
        // Killed before it answered: this click may be lost.
        await sleep(2)
      }
    }
  }

  function look(shown: Shown): void {
    for (const token of answered) {
      if (actionOf(token, farm, articles).isThere(shown)) continue
      report.lost.push(`${token} in round ${report.rounds}`)
      answered.delete(token)
    }
  }

  try {
    while (report.rounds < rounds && performance.now() < ends) {
      const program = await startProgram(dataDir)
      report.startMs.push(program.startedInMs)
      look(await shownBy(program.engine))
      let isOver = false
      const clicking = Array.from({ length: writers }, () => clickOn(program, () => isOver))
      void program.engine.refresh({ isForced: true }).catch(() => {})
      await sleep(30 + random.below(370))
      isOver = true
      await killProgram(program.proc)
      await Promise.all(clicking)
      report.rounds++
    }
    const last = await startProgram(dataDir)
    look(await shownBy(last.engine))
    await killProgram(last.proc)
    const damage = damageIn(dataDir)
    if (damage) report.problems.push(damage)
  } catch (error) {
    report.problems.push(error instanceof Error ? error.message : String(error))
    if (error instanceof Error && 'proc' in error) await killProgram(error.proc as Program['proc'])
  } finally {
    report.answered = answered.size
    await farm.close()
  }
  return report
}
