/** Kills the program, or its engine alone, during clicks and a refresh, and checks that every answered click is stored. */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Home, killEngine, killProgram, type Program, startProgram } from './program.ts'
import { createRandom } from './random.ts'
import { type Action, actionOf, damageIn, SettingsClicks, type Shown, shownBy, startFarm } from './world.ts'

export type KillReport = { rounds: number; answered: number; lost: string[]; problems: string[]; startMs: number[] }

const writers = 3

/** Each ends a round in turn; null: the whole program is killed. A thread can't be killed alone from outside. */
const deaths: Record<Home, (NodeJS.Signals | null)[]> = {
  thread: [null],
  process: ['SIGKILL', 'SIGSEGV', 'SIGABRT', null],
}

/** `seconds` ends it early. The kill falls 30 to 400 ms after three writers and a refresh have begun. */
export async function killRounds(options: {
  dataDir: string
  rounds: number
  seconds: number
  home?: Home
  articles?: number
  seed?: number
}): Promise<KillReport> {
  const { dataDir, rounds, seconds, home = 'thread', articles = 2_000, seed = 1 } = options
  const random = createRandom(seed)
  const farm = await startFarm()
  execFileSync(process.execPath, [join(import.meta.dirname, 'seed.ts'), dataDir, farm.url, String(articles)])
  const report: KillReport = { rounds: 0, answered: 0, lost: [], problems: [], startMs: [] }
  const answered = new Map<string, Action>()
  const unanswered = new Map<string, Action>()
  const settings = new SettingsClicks()
  const ends = performance.now() + seconds * 1_000
  let lastToken = 0

  async function clickOn(program: Program, isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      const token = `t${++lastToken}`
      const action = actionOf(token, farm, articles)
      try {
        await action.act(program.engine)
        answered.set(token, action)
      } catch {
        // Killed before it answered: this click may be lost, or be there.
        unanswered.set(token, action)
        await sleep(2)
      }
    }
  }

  function look(shown: Shown): void {
    for (const [token, action] of answered) {
      if (action.isThere(shown)) continue
      report.lost.push(`${token} in round ${report.rounds}`)
      answered.delete(token)
    }
    for (const [token, action] of unanswered)
      if (action.isHalf?.(shown)) report.problems.push(`${token} is half done in round ${report.rounds}`)
    const wrong = settings.wrongIn(shown)
    if (wrong) report.lost.push(`${wrong} in round ${report.rounds}`)
  }

  async function die(program: Program, signal: NodeJS.Signals | null): Promise<Program> {
    if (signal !== null) return killEngine(program, signal)
    await killProgram(program.proc)
    return startProgram(dataDir, {}, home)
  }

  try {
    let program = await startProgram(dataDir, {}, home)
    while (report.rounds < rounds && performance.now() < ends) {
      report.startMs.push(program.startedInMs)
      look(await shownBy(program.engine))
      let isOver = false
      const clicking = Array.from({ length: writers }, () => clickOn(program, () => isOver))
      clicking.push(settings.clickOn(program.engine, () => isOver))
      void program.engine.refresh({ isForced: true }).catch(() => {})
      await sleep(30 + random.below(370))
      isOver = true
      const next = die(program, deaths[home][report.rounds % deaths[home].length]!)
      await Promise.all(clicking)
      program = await next
      report.rounds++
    }
    look(await shownBy(program.engine))
    await killProgram(program.proc)
    const damage = damageIn(dataDir)
    if (damage) report.problems.push(damage)
  } catch (error) {
    report.problems.push(error instanceof Error ? error.message : String(error))
    if (error instanceof Error && 'proc' in error) await killProgram(error.proc as Program['proc'])
  } finally {
    report.answered = answered.size + settings.answered
    await farm.close()
  }
  return report
}
