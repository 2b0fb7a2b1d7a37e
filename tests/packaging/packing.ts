/** Packs as `npm run package` does, around a folder that stands in for Electron's runtime. */
import { execFile, execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

export const root = join(import.meta.dirname, '..', '..')
export const run = promisify(execFile)

/** The letters after it are Electron's switches, in the order of @electron/fuses: 0 is off, 1 on. */
export const fuseMark = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'

/** A program of the system is there. */
export function has(program: string): boolean {
  return !spawnSync(program, ['--version']).error
}

/** Its file. */
export function placeOf(program: string): string {
  return execFileSync('which', [program], { encoding: 'utf8' }).trim()
}

/** `args`: what electron-builder is told beside. Packages lie in `made` of the folder. `tools`: in the place of those it fetches. */
export async function pack(work: string, args: string[], tools: Record<string, string> = {}): Promise<void> {
  const runtime = join(work, 'runtime')
  makeRuntime(runtime)
  const ours = ['--x64', `-c.electronDist=${runtime}`, `-c.directories.output=${join(work, 'made')}`]
  await run(process.execPath, ['scripts/package.mjs', ...args, ...ours], {
    cwd: root,
    env: { ...process.env, GITHUB_REPOSITORY: 'broadsheet-reader/broadsheet', ...tools },
  })
}

/** As much of Electron's runtime as packing needs: a program that says how it was called, with the place of its switches, all on. */
function makeRuntime(folder: string): void {
  mkdirSync(folder, { recursive: true })
  const program = `#!/bin/sh\nprintf '%s\\n' "$@"\nexit\n${fuseMark}\x01\x0811111111`
  writeFileSync(join(folder, 'electron'), program, { encoding: 'latin1', mode: 0o755 })
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'chrome-sandbox', 'version'])
    writeFileSync(join(folder, name), '')
}
