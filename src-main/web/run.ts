/** Runs the web host as a program: engine, server, one per data folder, and a clean end. */
import { threadHome } from '../host/engine-home.ts'
import { beginEngine, type RunningEngine } from '../host/engine-host.ts'
import { type RunningNote, readRunningNote, removeRunningNote, writeRunningNote } from '../host/running-note.ts'
import { unusableText } from '../host/startup-errors.ts'
import type { WebHost } from './server.ts'

export type WebRun =
  | {
      kind: 'running'
      host: WebHost
      /** Resolves with words when the engine ends by itself; never when it is closed. */
      ended: Promise<string>
      close(): Promise<void>
    }
  /** Another Broadsheet has the folder; `by.url` is its address when it is a web host that has proved to be it. */
  | { kind: 'in-use'; by: RunningNote | null; text: string }
  | { kind: 'failed'; text: string }

/** Starts everything, or says in words why not and leaves nothing running. Port 0 takes any free one. */
export async function runWebHost(dataDir: string, port: number): Promise<WebRun> {
  const { engine, started: starting } = beginEngine(threadHome, { dataDir })
  // Imported when the engine's thread has begun to load, so that both load at once.
  const { startWebHost } = await import('./server.ts')
  const [started, web] = await Promise.all([starting, startWebHost({ engine, port })])
  if (started.kind === 'unusable') {
    if (web.kind === 'listening') await web.host.close()
    const text = unusableText(started.code, started.detail, dataDir)
    return started.code === 'in-use' ? { kind: 'in-use', by: await otherHost(dataDir), text } : { kind: 'failed', text }
  }
  if (web.kind === 'port-taken') {
    await engine.close()
    return { kind: 'failed', text: `Port ${port} is taken or not allowed. Choose another with --port.` }
  }
  writeRunningNote(dataDir, { pid: process.pid, host: 'web', url: web.host.url })
  return {
    kind: 'running',
    host: web.host,
    ended: endOf(engine, dataDir),
    async close() {
      await web.host.close()
      removeRunningNote(dataDir)
      await engine.close()
    },
  }
}

/** Resolves when the user or the system asks this process to end. */
export function stopSignal(): Promise<null> {
  return new Promise(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve(null))
  })
}

async function otherHost(dataDir: string): Promise<RunningNote | null> {
  const note = readRunningNote(dataDir)
  if (note === null) return null
  const { verified } = await import('./find-running.ts')
  return await verified(note)
}

function endOf(engine: Pick<RunningEngine, 'onExit'>, dataDir: string): Promise<string> {
  return new Promise(resolve => {
    engine.onExit(reason => {
      if (reason.kind === 'closed') return
      resolve(unusableText(reason.kind === 'unusable' ? reason.code : 'internal', reason.detail, dataDir))
    })
  })
}
