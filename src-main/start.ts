/** `npm start`: opens Broadsheet in Electron where that can run here, else in the browser after a line that says why. */
import { type ChildProcess, spawn } from 'node:child_process'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { addressesIn } from './electron/links/links.ts'
import { fetchRuntime, findRuntime } from './electron/runtime.ts'
import { useCompileCache } from './host/compile-cache.ts'
import { cacheFolder, dataFolder } from './host/data-folders.ts'
import { projectFolder } from './host/file-server.ts'
import { useLookupThreads } from './host/lookup-threads.ts'
import { openerOf, openPrivately } from './web/open.ts'

const usage = `npm start -- [--host web|electron] [--port N] [--data DIR] [--no-open] [LINK...]
  --host     where to open it; without it: Electron where it can run, else the browser
  --port     port of the browser host (default: any free one)
  --data     folder to keep everything in
  --no-open  browser host: print the address, open nothing
  LINK       a feed:, feeds: or broadsheet: link, shown in the add dialog; in Electron an OPML file, too`

type Options = { host: 'web' | 'electron' | null; port: number; dataDir: string; isOpening: boolean; links: string[] }

const system = { platform: process.platform, home: os.homedir(), env: process.env }

useLookupThreads()
useCompileCache()
process.exitCode = await main()

async function main(): Promise<number> {
  const options = readArguments(process.argv.slice(2))
  if (typeof options === 'string') return fail(`${options}\n${usage}`, 2)
  if (options.host === 'web') return openInBrowser(options)

  const reason = await reasonForBrowser(options)
  if (reason === null) {
    const outcome = await openInElectron(options)
    if (outcome.kind === 'ended' || options.host === 'electron') return outcome.status
    say(`Electron could not start here (it ended at once with ${outcome.status}), so Broadsheet opens in the browser.`)
    return openInBrowser(options)
  }
  if (options.host === 'electron') return fail(`Electron cannot be used: ${reason}.`, 1)
  say(`Broadsheet opens in the browser: ${reason}.`)
  return openInBrowser(options)
}

function readArguments(args: string[]): Options | string {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        host: { type: 'string' },
        port: { type: 'string' },
        data: { type: 'string' },
        'no-open': { type: 'boolean' },
      },
    })
    const { host, port, data } = values
    if (host !== undefined && host !== 'web' && host !== 'electron') return `--host is web or electron, not ${host}`
    if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) < 65_536))
      return `--port is 0 to 65535, not ${port}`
    return {
      // --port and --no-open imply the browser host.
      host: host ?? (port !== undefined || values['no-open'] ? 'web' : null),
      port: Number(port ?? 0),
      dataDir: path.resolve(data ?? dataFolder(system)),
      isOpening: !values['no-open'],
      links: positionals,
    }
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** Why it can't be Electron; null when it can. Fetches the runtime where it is missing. */
async function reasonForBrowser(options: Options): Promise<string | null> {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env
  if (process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY) return 'there is no display here'
  const root = projectFolder()
  if (findRuntime(root) !== null) return null
  const fetched = await fetchRuntime({
    root,
    cacheDir: cacheFolder(system),
    tempDir: os.tmpdir(),
    now: Date.now(),
    // With --host electron a failure of today is no reason not to try.
    isForced: options.host === 'electron',
    env: process.env,
    onStart: () => say('Fetching Electron (about 100 MB, once)...'),
  })
  if (fetched.kind === 'fetched') return null
  const when = fetched.isRemembered ? ' (tried today; --host electron tries again)' : ''
  return `Electron's runtime could not be fetched${when}: ${fetched.reason}`
}

/** `failed` when it died too early to have shown a window: a missing library, a sandbox that is not allowed. */
async function openInElectron(options: Options): Promise<{ kind: 'ended' | 'failed'; status: number }> {
  const binary = findRuntime(projectFolder()) ?? ''
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env
  const startedAt = performance.now()
  const child = spawn(binary, [projectFolder(), '--data', options.dataDir, ...options.links], { stdio: 'inherit', env })
  const stopForwarding = forwardSignals(child)
  const status = await new Promise<number>(resolve => {
    child.once('error', () => resolve(127))
    child.once('exit', (code, signal) => resolve(code ?? (signal === null ? 1 : 128)))
  })
  stopForwarding()
  const isEarly = performance.now() - startedAt < 5_000
  return { kind: status !== 0 && status !== 1 && isEarly ? 'failed' : 'ended', status }
}

function forwardSignals(child: ChildProcess): () => void {
  const forward = (signal: NodeJS.Signals) => void child.kill(signal)
  process.on('SIGINT', forward)
  process.on('SIGTERM', forward)
  return () => {
    process.off('SIGINT', forward)
    process.off('SIGTERM', forward)
  }
}

async function openInBrowser(options: Options): Promise<number> {
  const { runWebHost, stopSignal } = await import('./web/run.ts')
  const run = await runWebHost(options.dataDir, options.port)
  if (run.kind === 'in-use' && run.by?.url) {
    const url = withLinks(run.by.url, options.links)
    say(`Broadsheet is running already: ${url}`)
    if (options.isOpening) await showAndLeave(url)
    return 0
  }
  if (run.kind !== 'running') return fail(run.text, 1)

  const url = withLinks(run.host.url, options.links)
  say(`Broadsheet: ${url}`)
  const remove = options.isOpening ? await show(url) : () => undefined
  say('Ctrl+C ends it.')
  const ending = await Promise.race([run.ended, stopSignal()])
  remove()
  await run.close()
  return ending === null ? 0 : fail(ending, 1)
}

/** In the fragment, as the token is: browsers send it to nobody. */
function withLinks(url: string, links: string[]): string {
  const addresses = addressesIn(links)
  if (addresses.length < links.length)
    say('In the browser only feed:, feeds: and broadsheet: links are taken. Files are dropped on the window.')
  return addresses.reduce((sofar, address) => `${sofar}&subscribe=${encodeURIComponent(address)}`, url)
}

async function show(url: string): Promise<() => void> {
  const { isOpened, remove } = await openPrivately(url, openerOf(process.platform), os.tmpdir())
  if (!isOpened) say('No browser could be opened from here: open the address above yourself.')
  return remove
}

/** The browser needs a moment to read the redirecting file. */
async function showAndLeave(url: string): Promise<void> {
  const remove = await show(url)
  await wait(3_000)
  remove()
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

function fail(text: string, status: number): number {
  process.stderr.write(`${text}\n`)
  return status
}
