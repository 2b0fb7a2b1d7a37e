/** The built Broadsheet as a process of its own that can be killed at any moment, and a client of it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import WebSocket from 'ws'
import type { Port } from '../../src-main/api/ports.ts'
import { connect, type EngineClient } from '../../src-main/api/rpc.ts'
import { projectRoot } from '../support/sources.ts'

const cli = join(projectRoot, 'out', 'main', 'cli.js')

export type Program = { proc: ChildProcess; engine: EngineClient; startedInMs: number; output(): string }

/** Resolves when a window is answered. Rejects, with the process as `proc`, where it ends or says nothing for a while. */
export async function startProgram(dataDir: string, env: NodeJS.ProcessEnv = {}): Promise<Program> {
  const began = performance.now()
  const proc = spawn(process.execPath, [cli, 'serve', '--data', dataDir, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
    // A group of its own, to be killed as a whole.
    detached: true,
  })
  let errors = ''
  proc.stderr.on('data', data => {
    errors = (errors + data).slice(-20_000)
  })
  try {
    const line = await firstLine(proc, () => errors)
    const engine = connect(await portTo(new URL((JSON.parse(line) as { url: string }).url)))
    await engine.counts({})
    return { proc, engine, startedInMs: performance.now() - began, output: () => errors }
  } catch (error) {
    throw Object.assign(error instanceof Error ? error : new Error(String(error)), { proc })
  }
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
