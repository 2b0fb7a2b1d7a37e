/** Installs the locked dependencies and the pinned Node 24 where they are missing. */
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { withLock } from './lock.mjs'
import { giveUp, pinnedNode, root, run, runNpm, say } from './run.mjs'

const modules = join(root, 'node_modules')

/** Makes node_modules what package-lock.json says and the pinned Node runnable. Quick when nothing is to be done. */
export async function ensureInstalled() {
  const [major] = process.versions.node.split('.')
  if (Number(major) < 20) giveUp(`Broadsheet needs Node 20 or newer to start; this is ${process.version}`)
  if (isInstalled() && isPinnedNodeThere()) return
  await withLock('install', async () => {
    if (!isInstalled()) await install()
    if (!isPinnedNodeThere()) await fetchNode()
    await checkNode()
  })
}

/** Compares what npm recorded after its last complete run with the lock file. */
function isInstalled() {
  const wanted = lockedPackages(join(root, 'package-lock.json'))
  const present = lockedPackages(join(modules, '.package-lock.json'))
  if (!wanted || !present) return false
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    // Optional packages are mostly other systems' binaries.
    if (path === '' || (optional && !present[path])) return true
    return present[path]?.version === version
  })
}

function lockedPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? null
  } catch {
    return null
  }
}

async function install() {
  const isFresh = !existsSync(modules)
  say(isFresh ? 'Installing the dependencies (once; a minute or two)' : 'Bringing the dependencies up to date')
  // `ci` is exact but starts over; where most is there, `install` keeps to the lock file too and takes seconds.
  const command = isFresh ? ['ci'] : ['install', '--no-save']
  // No library needs its install script: the binaries come in the packages. better-sqlite3's would compile it anew, which
  // wants a compiler and Node's headers from the network; `node`'s is done below.
  const args = [...command, '--ignore-scripts', '--no-audit', '--no-fund']
  const { code, output, isLate } = await runNpm(args, { quiet: true, seconds: 900 })
  if (code === 0) return
  say(output.trimEnd())
  giveUp(
    isLate ? 'npm did not finish within 15 minutes' : 'The dependencies could not be installed; npm says why above',
  )
}

function isPinnedNodeThere() {
  return existsSync(pinnedNode)
}

/** The `node` package would fetch its binary in an install script. */
async function fetchNode() {
  say('Fetching the pinned Node 24')
  const version = lockedPackages(join(root, 'package-lock.json'))['node_modules/node'].version
  const system = process.platform === 'win32' ? 'win' : process.platform
  // Apple's processors have a family of packages of their own.
  const family = process.platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node'
  const name = `${family}-${system}-${process.arch}`
  // A project of its own: given as --prefix, npm would look for its settings there as well.
  const beside = join(root, '.cache', 'pinned-node')
  mkdirSync(beside, { recursive: true })
  writeFileSync(join(beside, 'package.json'), '{ "private": true }')
  const args = ['install', '--no-save', '--no-package-lock', '--no-audit', '--no-fund', '--ignore-scripts']
  const { code, output } = await runNpm([...args, `${name}@${version}`], { quiet: true, seconds: 600, cwd: beside })
  if (code !== 0) {
    say(output.trimEnd())
    giveUp('Node 24 could not be fetched; npm says why above')
  }
  mkdirSync(dirname(pinnedNode), { recursive: true })
  renameSync(join(beside, 'node_modules', name, 'bin', basename(pinnedNode)), pinnedNode)
  chmodSync(pinnedNode, 0o755)
  rmSync(beside, { recursive: true, force: true })
  linkNode()
}

/** Every npm script then runs on it. npm itself makes no link to a program that is not there yet. */
function linkNode() {
  const link = join(modules, '.bin', 'node')
  // On Windows a link would be a batch file, in the way of the real one; our scripts name the program itself.
  if (process.platform === 'win32' || existsSync(link)) return
  rmSync(link, { force: true })
  symlinkSync(join('..', 'node', 'bin', 'node'), link)
}

async function checkNode() {
  const { code, output } = await run(pinnedNode, ['--version'], { quiet: true, seconds: 30 })
  if (code !== 0 || !output.startsWith('v24.')) {
    // So that the next run fetches it again.
    rmSync(pinnedNode, { force: true })
    giveUp(`The pinned Node does not run here: ${output.trim()}. Try again; if it stays so, remove node_modules first`)
  }
}
