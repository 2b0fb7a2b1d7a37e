/** Packs as `npm run package` does, around a folder that stands in for Electron's runtime. */
import { execFile, execFileSync, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { fuseMark, standInForLinux, standInForMac, standInForWindows } from './stand-ins.ts'

export const root = join(import.meta.dirname, '..', '..')
export const run = promisify(execFile)

/** A program of the system is there. */
export function has(program: string): boolean {
  return !spawnSync(program, ['--version']).error
}

/** Its file. */
export function placeOf(program: string): string {
  return execFileSync('which', [program], { encoding: 'utf8' }).trim()
}

/**
 * `args`: the system that is packed for, and what electron-builder is told beside. Packages lie in `made` of the folder. `tools`: in
 * the place of those it fetches.
 */
export async function pack(
  work: string,
  [system, ...args]: [keyof typeof standIns, ...string[]],
  tools: Record<string, string> = {},
): Promise<void> {
  const runtime = join(work, 'runtime')
  standIns[system](runtime)
  const ours = ['--x64', `-c.electronDist=${runtime}`, `-c.directories.output=${join(work, 'made')}`]
  await run(process.execPath, ['scripts/package.mjs', system, ...args, ...ours], {
    cwd: root,
    env: { ...process.env, GITHUB_REPOSITORY: 'broadsheet-reader/broadsheet', ...tools },
  })
}

const standIns = { '--linux': standInForLinux, '--win': standInForWindows, '--mac': standInForMac }

/** Electron's switches in a packed program. */
export function fusesOf(file: string): string {
  const program = readFileSync(file, 'latin1')
  const at = program.indexOf(fuseMark) + fuseMark.length + 2
  return program.slice(at, at + 8)
}
