/** Starts two programs at the same moment on one folder. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { killProgram, type Program, startProgram } from './program.ts'

export type PairReport = { pairs: number; problems: string[] }

/** Exactly one of each pair may run; when it is killed, the folder is free at once. */
export async function startPairs(pairs: number): Promise<PairReport> {
  const report: PairReport = { pairs: 0, problems: [] }
  const dataDir = mkdtempSync(join(tmpdir(), 'broadsheet-pairs-'))
  while (report.pairs < pairs) {
    const started = await Promise.allSettled([startProgram(dataDir), startProgram(dataDir)])
    const running = started.flatMap(start => (start.status === 'fulfilled' ? [start.value] : []))
    const refused = started.flatMap(start => (start.status === 'rejected' ? [String(start.reason)] : []))
    if (running.length !== 1) report.problems.push(`${running.length} of two run: ${refused.join('; ')}`)
    if (refused.some(text => !text.includes('Another Broadsheet')))
      report.problems.push(`refused: ${refused.join('; ')}`)
    await Promise.all(running.map((program: Program) => killProgram(program.proc)))
    report.pairs++
  }
  rmSync(dataDir, { recursive: true, force: true })
  return report
}
