/** Where things are in this clone, and how the scripts run other programs. Plain JavaScript for Node 20 and newer: nothing is installed yet. */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

/** The pinned Node 24 that npm installs; it need not be there yet. */
export const pinnedNode = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')

/** One line for the person at the terminal. On stderr: the output of some commands is read by programs. */
export function say(line) {
  process.stderr.write(`${line}\n`)
}

/** Ends the program with one line that says why. */
export function giveUp(line) {
  say(line)
  process.exit(1)
}

/**
 * Runs a program to its end: `{ code, signal, output, isLate }`. `output` holds stdout and stderr where `quiet` is set;
 * `seconds` bounds the run, and `isLate` says that it was ended for that.
 */
export function run(program, args, { quiet = false, seconds = 0, env = {}, cwd = root, shell = false } = {}) {
  return new Promise(resolve => {
    const child = spawn(program, args, {
      cwd,
      shell,
      env: { ...process.env, ...env },
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
    })
    const parts = []
    child.stdout?.on('data', part => parts.push(part))
    child.stderr?.on('data', part => parts.push(part))
    let isLate = false
    const timer =
      seconds > 0 &&
      setTimeout(() => {
        isLate = true
        // SIGINT first: a test runner then closes its browsers.
        child.kill('SIGINT')
        setTimeout(() => child.kill('SIGKILL'), 10_000).unref()
      }, seconds * 1_000)
    const end = (code, signal, error) => {
      clearTimeout(timer)
      const output = `${Buffer.concat(parts).toString('utf8')}${error ? `${error.message}\n` : ''}`
      resolve({ code, signal, output, isLate })
    }
    child.on('error', error => end(127, null, error))
    child.on('close', (code, signal) => end(code ?? 1, signal))
  })
}

/** Runs a script of ours or a library's under the pinned Node, with node_modules/.bin first in the path. */
export function runNode(args, options = {}) {
  return run(pinnedNode, args, { ...options, env: { ...pinnedPath(), ...options.env } })
}

/** Runs npm: the very one that started us where there is one. */
export function runNpm(args, options = {}) {
  const cli = process.env.npm_execpath
  if (cli?.endsWith('.js')) return run(process.execPath, [cli, ...args], options)
  return run('npm', args, { ...options, shell: process.platform === 'win32' })
}

/**
 * For the built program, where the C library is glibc: it gives threads up to eight heaps for each processor, and what one of our
 * ten threads has freed no other can use. With two of them the first look at a mailbox takes 50 MB less, with one 65, and no more
 * time.
 */
export const oneHeap = { MALLOC_ARENA_MAX: process.env.MALLOC_ARENA_MAX ?? '1' }

/** Runs a program in place of this one: the same terminal, the same signals, the same exit code. Never returns. */
export async function become(args, env = {}) {
  const whole = { ...process.env, ...pinnedPath(), ...env }
  // In this very process, where the system can do that and we run on a Node that knows how: a second one beside it is 45 MB.
  if (process.platform !== 'win32' && process.execve) process.execve(pinnedNode, [pinnedNode, ...args], whole)
  const child = spawn(pinnedNode, args, { cwd: process.cwd(), stdio: 'inherit', env: whole })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  const [code, signal] = await new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (...end) => resolve(end))
  })
  if (!signal) process.exit(code)
  process.removeAllListeners(signal)
  process.kill(process.pid, signal)
}

/** Starts this script again on the pinned Node, unless that runs it already: what it imports is TypeScript. */
export async function ensurePinnedNode() {
  if (!process.version.startsWith('v24.')) await become(process.argv.slice(1))
}

/** The file behind a library's command, e.g. `binOf('vitest')`. */
export function binOf(library, name = library) {
  const folder = join(root, 'node_modules', library)
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return join(folder, typeof bin === 'string' ? bin : bin[name])
}

function pinnedPath() {
  const folders = [dirname(pinnedNode), join(root, 'node_modules', '.bin'), process.env.PATH ?? process.env.Path ?? '']
  return { PATH: folders.join(delimiter) }
}
