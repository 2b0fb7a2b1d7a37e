/** Builds the program when its sources have changed, and only then. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { withLock } from './lock.mjs'
import { binOf, giveUp, root, runNode, say } from './run.mjs'

const out = join(root, 'out')
const next = join(out, '.next')
const stampFile = join(out, '.stamp')
const parts = ['main', 'preload', 'renderer']
const sources = [
  'src-main',
  'src-renderer',
  'resources',
  'electron.vite.config.ts',
  'scripts/packaging/changes.mjs',
  'scripts/packaging/changes-plugin.ts',
  'scripts/packaging/notices.mjs',
  'scripts/packaging/notices-plugin.ts',
  'CHANGELOG.md',
  'LICENSE',
  'package.json',
  'package-lock.json',
]

/** Makes out/ the build of the sources as they are now. Some 20 ms when it is already. */
export async function ensureBuilt() {
  if (isBuilt(stampOfSources())) return
  await withLock('build', async () => {
    const stamp = stampOfSources()
    // Another command may have built it while we waited.
    if (!isBuilt(stamp)) await build(stamp)
  })
}

function isBuilt(stamp) {
  const hasParts = parts.every(part => existsSync(join(out, part)))
  return hasParts && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp
}

/** A hash of every source's path and bytes: times change with every checkout, and say nothing. */
function stampOfSources() {
  const hash = createHash('sha256')
  for (const source of sources) addTo(hash, source)
  return hash.digest('hex')
}

function addTo(hash, path) {
  const full = join(root, path)
  if (statSync(full).isDirectory()) for (const entry of readdirSync(full).sort()) addTo(hash, `${path}/${entry}`)
  else hash.update(`${path}\0`).update(readFileSync(full)).update('\0')
}

/** Builds beside what is there, so that a build that fails or is stopped leaves the last one whole. */
async function build(stamp) {
  say('Building Broadsheet')
  rmSync(next, { recursive: true, force: true })
  mkdirSync(next, { recursive: true })
  const args = [binOf('electron-vite'), 'build', '--outDir', next, '--logLevel', 'warn']
  const { code, output, isLate } = await runNode(args, { quiet: true, seconds: 600 })
  if (code !== 0 || !parts.every(part => existsSync(join(next, part)))) {
    say(output.trimEnd())
    giveUp(isLate ? 'The build did not finish within 10 minutes' : 'The build failed; the reason stands above')
  }
  rmSync(stampFile, { force: true })
  for (const part of parts) {
    rmSync(join(out, part), { recursive: true, force: true })
    renameSync(join(next, part), join(out, part))
  }
  rmSync(next, { recursive: true, force: true })
  // Node's compile cache of the previous build (src-main/host/compile-cache.ts).
  rmSync(join(out, '.cache'), { recursive: true, force: true })
  writeFileSync(stampFile, stamp)
}
