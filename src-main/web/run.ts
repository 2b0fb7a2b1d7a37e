/** Runs the web host as a program: engine, server, one per data folder, and a clean end. */
import { beginEngine, type RunningEngine } from '../host/engine-host.ts'
import { type Introduction, introduce, introductionIn, takeLeave } from '../host/running-note.ts'
import { unusableText } from '../host/startup-errors.ts'
import type { WebHost } from './server.ts'

export type WebRun =
  | {
      kind: 'running'
      host: WebHost
      /** Resolves with the words why it ended by itself; never when it is closed. */
      ended: Promise<string>
      close(): Promise<void>
    }
  /** Another Broadsheet has the folder; `url` leads to it when it is a web host, and has shown that it is the one. */
  | { kind: 'in-use'; by: Introduction | null; text: string }
  | { kind: 'failed'; text: string }

/** Starts everything, or says in words why not and leaves nothing running. Port 0 takes any free one. */
export async function runWebHost(dataDir: string, port: number): Promise<WebRun> {
  const { engine, started: starting } = beginEngine({ dataDir })
  // The engine's thread begins to load before this one does.
  const { startWebHost } = await import('./server.ts')
  const [started, web] = await Promise.all([starting, startWebHost({ engine, port })])
  if (started.kind === 'unusable') {
    if (web.kind === 'listening') await web.host.close()
    const text = unusableText(started.code, started.detail, dataDir)
    return started.code === 'in-use' ? { kind: 'in-use', by: await whoElse(dataDir), text } : { kind: 'failed', text }
  }
  if (web.kind === 'port-taken') {
    await engine.close()
    return { kind: 'failed', text: `Port ${port} is taken or not allowed. Choose another with --port.` }
  }
  introduce(dataDir, { pid: process.pid, host: 'web', url: web.host.url })
  return {
    kind: 'running',
    host: web.host,
    ended: endOf(engine, dataDir),
    async close() {
      await web.host.close()
      takeLeave(dataDir)
      await engine.close()
    },
  }
}

async function whoElse(dataDir: string): Promise<Introduction | null> {
  const said = introductionIn(dataDir)
  if (said === null) return null
  const { verified } = await import('./find-running.ts')
  return await verified(said)
}

function endOf(engine: RunningEngine, dataDir: string): Promise<string> {
  return new Promise(resolve => {
    engine.onExit(reason => {
      if (reason.kind === 'closed') return
      resolve(unusableText(reason.kind === 'unusable' ? reason.code : 'internal', reason.detail, dataDir))
    })
  })
}
