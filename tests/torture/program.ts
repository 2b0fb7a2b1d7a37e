/** The built Broadsheet as a process of its own that can be killed at any moment, and a client of it. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import WebSocket from 'ws'
import { connect, type EngineClient } from '../../src-main/api/contract/rpc.ts'
import type { Port } from '../../src-main/api/ports.ts'
import { projectRoot } from '../support/sources.ts'

const cli = join(projectRoot, 'out', 'main', 'cli.js')
const mortalHost = join(projectRoot, 'tests', 'support', 'mortal-host.ts')

/** Where the engine runs: a thread of the web host, or a process of its own, as in Electron. */
export const homes = ['thread', 'process'] as const
export type Home = (typeof homes)[number]

export type Program = {
  proc: ChildProcess
  engine: EngineClient
  /** The time from the start, or from the engine's death, to the first answer. */
  startedInMs: number
  output(): string
  url: URL
}

/** Resolves when a window is answered. Rejects, with the process as `proc`, where it ends or says nothing for a while. */
export async function startProgram(
  dataDir: string,
  env: NodeJS.ProcessEnv = {},
  home: Home = 'thread',
): Promise<Program> {
  const began = performance.now()
  const args = home === 'process' ? [mortalHost, dataDir, home] : [cli, 'serve', '--data', dataDir, '--port', '0']
  const proc = spawn(process.execPath, args, {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
    // A group of its own, to be killed as a whole.
    detached: true,
  })
  let errors = ''
  proc.stderr.on('data', data => {
    errors = (errors + data).slice(-20_000)
  })
  try {
    const url = new URL((JSON.parse(await firstLine(proc, () => errors)) as { url: string }).url)
    return { proc, url, output: () => errors, ...(await openWindow(url, began)) }
  } catch (error) {
    throw Object.assign(error instanceof Error ? error : new Error(String(error)), { proc })
  }
}

async function openWindow(url: URL, began: number): Promise<Pick<Program, 'engine' | 'startedInMs'>> {
  const engine = connect(await portTo(url))
  await engine.counts({})
  return { engine, startedInMs: performance.now() - began }
}

/** Ends the engine's process, and nothing else, by a signal; resolves when the window is answered by the next. */
export async function killEngine(program: Program, signal: NodeJS.Signals): Promise<Program> {
  const ended = new Promise<void>(resolve => program.engine.onClose(() => resolve()))
  const began = performance.now()
  program.proc.stdin!.write(`${signal}\n`)
  await ended
  return { ...program, ...(await openWindow(program.url, began)) }
}

/** From now on the system refuses each write to a file beyond so many bytes; pipes and sockets work on. Linux only. */
export function limitFiles({ proc }: Program, bytes: number | 'unlimited'): void {
  const children = readFileSync(`/proc/${proc.pid}/task/${proc.pid}/children`, 'utf8').trim().split(' ')
  for (const pid of [String(proc.pid), ...children.filter(child => child !== '')])
    execFileSync('prlimit', ['--pid', pid, `--fsize=${bytes}:unlimited`])
}

function firstLine(proc: ChildProcess, errors: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`it says nothing for 30 s: ${errors()}`)), 30_000)
    createInterface({ input: proc.stdout! }).once('line', line => {
      clearTimeout(timer)
      resolve(line)
    })
    proc.once('exit', code => {
      clearTimeout(timer)
      reject(new Error(`it ended with ${code}: ${errors()}`))
    })
  })
}

/** As a page of the web host speaks to it. */
function portTo(url: URL): Promise<Port> {
  const token = url.hash.slice('#token='.length)
  const socket = new WebSocket(`ws://${url.host}/ws`, ['broadsheet.v1', `token.${token}`], { origin: url.origin })
  return new Promise((resolve, reject) => {
    socket.once('error', reject)
    socket.once('open', () => {
      socket.off('error', reject)
      // A program that is killed ends the connection in the middle.
      socket.on('error', () => {})
      resolve({
        send: message => socket.send(JSON.stringify(message)),
        onMessage: listener => void socket.on('message', data => listener(JSON.parse(String(data)))),
        onClose: listener => void socket.once('close', () => listener()),
        close: () => socket.close(),
      })
    })
  })
}

/** Ends the whole group at once, as a crash does, and waits until it is gone. */
export async function killProgram(proc: ChildProcess): Promise<void> {
  if (proc.exitCode !== null || proc.signalCode !== null || proc.pid === undefined) return
  const gone = new Promise(resolve => proc.once('exit', resolve))
  if (process.platform === 'win32') proc.kill('SIGKILL')
  else process.kill(-proc.pid, 'SIGKILL')
  await gone
}
