/** A root for dpkg and rpm in a folder of its own: as much of a system as a package's scripts call, and a reader's home. */
import { execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { placeOf } from './packing.ts'

const programs = ['bash', 'chmod', 'cp', 'ln', 'readlink', 'rm', 'unshare', 'update-alternatives']
/** Both ask for root's rights; a namespace gives them for what lies in this folder. */
const asRoot = process.getuid?.() === 0 ? [] : ['unshare', '--map-root-user']

/** False for an ordinary user of a system that keeps namespaces to itself. */
export const canBeRoot = asRoot.length === 0 || spawnSync('unshare', ['--map-root-user', 'true']).status === 0

export function makeScratchRoot(folder: string): void {
  for (const path of [
    'var/lib/dpkg/info',
    'var/lib/dpkg/updates',
    'var/lib/dpkg/alternatives',
    'etc/alternatives',
    'dev',
  ])
    mkdirSync(join(folder, path), { recursive: true })
  mkdirSync(join(folder, 'usr/bin'), { recursive: true })
  symlinkSync('usr/bin', join(folder, 'bin'))
  for (const path of ['var/lib/dpkg/status', 'dev/null']) writeFileSync(join(folder, path), '')
  for (const program of programs) addProgram(folder, program)
}

/** `words` are dpkg's own. What the package depends on is not there. */
export function dpkg(folder: string, ...words: string[]): string {
  return runAsRoot(['dpkg', `--root=${folder}`, '--force-depends', ...words])
}

/** The same for rpm. */
export function rpm(folder: string, ...words: string[]): string {
  return runAsRoot(['rpm', `--root=${folder}`, ...(words[0] === '--query' ? [] : ['--nodeps']), ...words])
}

function runAsRoot(words: string[]): string {
  const [program, ...args] = [...asRoot, ...words]
  return execFileSync(program!, args, { encoding: 'utf8', stdio: 'pipe' })
}

function addProgram(folder: string, program: string): void {
  const file = realpathSync(placeOf(program))
  copyFileSync(file, join(folder, 'usr/bin', program))
  const libraries = execFileSync('ldd', [file], { encoding: 'utf8' }).match(/\/\S+/g) ?? []
  for (const library of libraries) {
    mkdirSync(join(folder, dirname(library)), { recursive: true })
    copyFileSync(library, join(folder, library))
  }
}
