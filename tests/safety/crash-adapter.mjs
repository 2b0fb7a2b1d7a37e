/**
 * The built program for ../shared/checks/crash-check.mjs: killed, cut off from power, and on a disk that fails. CRASH_HOME says
 * where its engine runs: 'thread' (as it does if not said otherwise) or 'process'.
 */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { killProgram, startProgram } from '../torture/program.ts'
import { actionOf, shownBy, startFarm } from '../torture/world.ts'

const articles = Number(process.env.CRASH_ARTICLES ?? 4_000)
const farm = await startFarm()
const tried = new Map()
const seeding = fileURLToPath(new URL('../torture/seed.ts', import.meta.url))

export async function start({ dir, env }) {
  // Under the shim, so that the library survives a power cut, but without its faults: a failed write would leave no library.
  const { PC_FAIL_AT, PC_FAIL_FROM, ...sound } = env
  if (!existsSync(join(dir, 'broadsheet.db')))
    execFileSync(process.execPath, [seeding, dir, farm.url, String(articles)], { env: { ...process.env, ...sound } })
  try {
    return await startProgram(dir, env, process.env.CRASH_HOME)
  } catch (error) {
    // A fault during the start ends the program with a message; no process may stay behind.
    if (error.proc) await killProgram(error.proc)
    throw error
  }
}

export async function write(program, token) {
  const action = actionOf(token, farm, articles)
  tried.set(token, action)
  await action.act(program.engine)
}

/** The clicks that are still seen. */
export async function state(program) {
  const shown = await shownBy(program.engine)
  return new Set([...tried].filter(([, action]) => action.isThere(shown)).map(([token]) => token))
}

export async function load(program) {
  await program.engine.refresh({ isForced: true })
}

export const dbFiles = dir => [join(dir, 'broadsheet.db')]
