/**
 * Finds Electron's runtime, or fetches it, for programs under plain Node. `require('electron')` would start a download without
 * a limit, so only its files are read.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { day } from '../lib/time.ts'

export type RuntimeFetch =
  | { kind: 'fetched'; binary: string }
  | { kind: 'failed'; reason: string; isRemembered: boolean }

export type FetchOptions = {
  /** The project's folder, that has node_modules in it. */
  root: string
  /** A failure is noted here. */
  cacheDir: string
  tempDir: string
  /** Milliseconds since 1970. */
  now: number
  /** Tries again although it failed today. */
  isForced: boolean
  /** Milliseconds without a byte after which we stop. */
  patience?: number
  env: Record<string, string | undefined>
  /** Called when a download really begins. */
  onStart?: () => void
}

/** The runtime's executable, or null. */
export function findRuntime(root: string): string | null {
  const folder = path.join(root, 'node_modules', 'electron')
  try {
    const binary = path.join(folder, 'dist', readFileSync(path.join(folder, 'path.txt'), 'utf8').trim())
    return existsSync(binary) ? binary : null
  } catch {
    return null
  }
}

/** Fetches the runtime with Electron's own installer. A failure is noted for a day, so that starting stays fast. */
export async function fetchRuntime(options: FetchOptions): Promise<RuntimeFetch> {
  const { root, cacheDir, now, isForced, env } = options
  const note = path.join(cacheDir, 'electron-not-fetched.json')
  const remembered = isForced ? null : rememberedReason(note, now)
  if (remembered !== null) return { kind: 'failed', reason: remembered, isRemembered: true }
  const installer = path.join(root, 'node_modules', 'electron', 'install.js')
  if (!existsSync(installer)) return { kind: 'failed', reason: 'Electron is not installed', isRemembered: false }
  if (env.ELECTRON_SKIP_BINARY_DOWNLOAD) {
    return { kind: 'failed', reason: 'ELECTRON_SKIP_BINARY_DOWNLOAD is set', isRemembered: false }
  }

  options.onStart?.()
  const reason = await install(installer, options)
  const binary = findRuntime(root)
  if (reason === null && binary !== null) return { kind: 'fetched', binary }
  const why = reason ?? 'the download is not complete'
  mkdirSync(cacheDir, { recursive: true, mode: 0o700 })
  writeFileSync(note, JSON.stringify({ at: now, reason: why }))
  return { kind: 'failed', reason: why, isRemembered: false }
}

function rememberedReason(note: string, now: number): string | null {
  try {
    const { at, reason } = JSON.parse(readFileSync(note, 'utf8')) as { at: number; reason: string }
    const age = now - at
    return age >= 0 && age < day ? String(reason) : null
  } catch {
    return null
  }
}

/** Runs the installer; null when it succeeded, else why not. It gets a temporary folder of its own, whose growth is watched. */
function install(installer: string, { tempDir, env, root, patience = 30_000 }: FetchOptions): Promise<string | null> {
  const folder = mkdtempSync(path.join(tempDir, 'broadsheet-electron-'))
  const unpacked = path.join(root, 'node_modules', 'electron', 'dist')
  const child = spawn(process.execPath, [installer], {
    env: { ...env, TMPDIR: folder, TMP: folder, TEMP: folder },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  return new Promise(resolve => {
    let errors = ''
    child.stderr.on('data', data => {
      errors = (errors + data).slice(0, 10_000)
    })
    const stopWatching = watchGrowth([folder, unpacked], patience, () => {
      end(`nothing arrived for ${Math.round(patience / 1_000)} s`)
      child.kill('SIGKILL')
    })
    child.once('error', error => end(error.message))
    child.once('exit', status => end(status === 0 ? null : firstLine(errors) || `the installer ended with ${status}`))

    function end(reason: string | null): void {
      stopWatching()
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
      resolve(reason)
    }
  })
}

function watchGrowth(folders: string[], patience: number, onStuck: () => void): () => void {
  let size = -1
  let grownAt = performance.now()
  const timer = setInterval(
    () => {
      const newSize = folders.reduce((sum, folder) => sum + sizeOf(folder), 0)
      if (newSize !== size) grownAt = performance.now()
      size = newSize
      if (performance.now() - grownAt >= patience) onStuck()
    },
    Math.min(1_000, patience / 4),
  )
  return () => clearInterval(timer)
}

/** Bytes in a folder, or 0; files may go while we look. */
function sizeOf(folder: string): number {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .reduce((sum, entry) => sum + statSync(path.join(entry.parentPath, entry.name)).size, 0)
  } catch {
    return 0
  }
}

/** The message line of a stack. Being offline, behind a firewall or refused is one reason here. */
function firstLine(text: string): string {
  const line = text.split('\n').find(part => part.trim() !== '') ?? ''
  const isUnreachable = /fetch failed|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT/.test(line)
  return isUnreachable ? 'its download server could not be reached' : line.trim().slice(0, 200)
}
