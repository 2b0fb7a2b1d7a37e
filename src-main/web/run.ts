/** Runs the web host as a program: engine, server, one per data folder, and a clean end. */
import os from 'node:os'
import { type RunningEngine, startEngine } from '../engine-thread.ts'
import { type Claim, claimFolder, type Introduction } from '../instance.ts'
import { unusableText } from '../unusable.ts'
import { startWebHost, type WebHost } from './server.ts'

export type WebRun =
  | {
      kind: 'running'
      host: WebHost
      /** Resolves with the words why it ended by itself; never when it is closed. */
      ended: Promise<string>
      close(): Promise<void>
    }
  /** Another Broadsheet has the folder; `url` leads to it when it is a web host. */
  | { kind: 'in-use'; by: Introduction | null; text: string }
  | { kind: 'failed'; text: string }

/** Starts everything, or says in words why not and leaves nothing running. Port 0 takes any free one. */
export async function runWebHost(dataDir: string, port: number): Promise<WebRun> {
  const claim = await claimOrWords(dataDir)
  if (claim.kind === 'failed') return claim
  if (claim.kind === 'taken') {
    const detail = claim.by ? `process ${claim.by.pid} (${claim.by.host})` : ''
    return { kind: 'in-use', by: claim.by, text: unusableText('in-use', detail, dataDir) }
  }
  const started = await startEngine({ dataDir })
  if (started.kind === 'unusable') {
    await claim.release()
    return { kind: 'failed', text: unusableText(started.code, started.detail, dataDir) }
  }
  const { engine } = started
  const web = await startWebHost({ engine, port })
  if (web.kind === 'port-taken') {
    await engine.close()
    await claim.release()
    return { kind: 'failed', text: `Port ${port} is taken or not allowed. Choose another with --port.` }
  }
  claim.introduce({ pid: process.pid, host: 'web', url: web.host.url })
  return {
    kind: 'running',
    host: web.host,
    ended: endOf(engine, dataDir),
    async close() {
      await web.host.close()
      await engine.close()
      await claim.release()
    },
  }
}

async function claimOrWords(dataDir: string): Promise<Claim | { kind: 'failed'; text: string }> {
  try {
    return await claimFolder(dataDir, { pid: process.pid, host: 'web', url: null }, os.tmpdir())
  } catch (error) {
    return { kind: 'failed', text: unusableText('storage-read-only', String(error), dataDir) }
  }
}

function endOf(engine: RunningEngine, dataDir: string): Promise<string> {
  return new Promise(resolve => {
    engine.onExit(reason => {
      if (reason.kind === 'closed') return
      resolve(unusableText(reason.kind === 'unusable' ? reason.code : 'internal', reason.detail, dataDir))
    })
  })
}
