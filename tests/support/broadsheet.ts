/** Runs the built Broadsheet as a person's computer does: the web host in a process of its own, over a data folder. */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import Database from 'better-sqlite3'
import { projectRoot } from './sources.ts'

const cli = join(projectRoot, 'out', 'main', 'cli.js')

export type Broadsheet = {
  dataDir: string
  /** The address with its token; another one after each start. */
  url(): string
  /** Ends the program as Ctrl+C does and starts it again; `whileStopped` may use the data folder. */
  restart(whileStopped?: (dataDir: string) => void | Promise<void>): Promise<void>
  stop(): Promise<void>
}

/** Starts over a new folder, which goes when it stops. It is empty, or a copy of the one given. */
export async function startBroadsheet(copied?: string): Promise<Broadsheet> {
  const dataDir = mkdtempSync(join(tmpdir(), 'broadsheet-e2e-'))
  if (copied !== undefined) cpSync(copied, dataDir, { recursive: true })
  let host = await serve(dataDir)
  return {
    dataDir,
    url: () => host.url,
    async restart(whileStopped) {
      await end(host.process)
      await whileStopped?.(dataDir)
      host = await serve(dataDir)
    },
    async stop() {
      // Nobody reads the folder again: what it would put in order is not waited for.
      await end(host.process, 'SIGKILL')
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** Runs the command line over a data folder that nothing else has open, and answers what it printed. */
export async function broadsheet(dataDir: string, ...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [cli, ...args, '--data', dataDir], { timeout: 60_000 })
  return stdout
}

/**
 * Makes every feed look as if it had last been asked that long ago, or only the one at `path`: a refresh by hand waits five
 * minutes after the last.
 */
export function letTimePass(dataDir: string, milliseconds: number, path = ''): void {
  const db = new Database(join(dataDir, 'broadsheet.db'))
  db.prepare("UPDATE feeds SET last_checked_at = last_checked_at - ? WHERE url LIKE '%' || ?").run(milliseconds, path)
  db.close()
}

async function serve(dataDir: string): Promise<{ process: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [cli, 'serve', '--data', dataDir, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return { process: child, url: await addressOf(child) }
}

/** The address that a web host prints when it listens. */
export async function addressOf(child: ChildProcess): Promise<string> {
  const lines = createInterface({ input: child.stdout! })
  const [line] = (await Promise.race([once(lines, 'line'), once(child, 'exit')])) as [unknown]
  if (typeof line !== 'string') throw new Error(`the web host ended at once with ${String(line)}`)
  return (JSON.parse(line) as { url: string }).url
}

async function end(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill(signal)
  await once(child, 'exit')
}
