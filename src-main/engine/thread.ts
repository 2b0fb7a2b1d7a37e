/** The engine thread's entry point: serves the connections that the host hands over, until the host ends it. */

import { emitterTo, serve, transferring } from '../api/contract/rpc.ts'
import { type EngineThread, type EngineThreadEvents, noResource } from '../api/engine-thread.ts'
import type { Port } from '../api/ports.ts'
import { storageCode, storageErrorCode } from '../lib/disk-fault.ts'
import { attempt, createLog, failureOf, stackOf } from '../lib/log.ts'
import { noteDamage } from '../safety/data-files.ts'
import { UnsafeFolder } from '../safety/private-folder.ts'
import { DatabaseUnusable } from '../store/db/open.ts'
import { FolderInUse } from './open-folder.ts'
import { findParent } from './parent.ts'
import { type Running, startAll } from './start.ts'

const { start, port: host, onConnection } = findParent()
const emit = emitterTo<EngineThreadEvents>(host)

const write = createLog(line => process.stderr.write(line), Date.now)

function log(line: string): void {
  // A command line prints its own errors, and no window waits for its slow calls.
  if (start.isPolling || !line.startsWith('slow ')) write(line)
}

/** Ends this thread once the answer under way is sent; the host starts another at once. */
function restart(): void {
  setTimeout(() => void end('restart'), 50)
}

let isDamageNoted = false

/** The next start checks the whole database, and recovers it where it is damaged. */
function onDamage(code: string): void {
  if (isDamageNoted || !start.isPolling) return
  isDamageNoted = true
  log(`the database is damaged (${code})`)
  attempt(log, 'noting the damage', () => {
    if (noteDamage(start.dataDir, code, Date.now())) restart()
  })
}

let lastPercent = -1

function onUpgrade(share: number): void {
  const percent = Math.floor(share * 100)
  if (percent !== lastPercent) emit('upgrading', { share })
  lastPercent = percent
}

let running: Promise<Running> | null = null
let isEnding = false

/** Finishes what is under way and ends the thread; calls that come in meanwhile are not answered. */
async function end(kind: 'close' | 'restart'): Promise<void> {
  if (isEnding) return
  isEnding = true
  // Before the end, with which messages under way may be lost.
  if (kind === 'restart') emit('restarting', {})
  const started = await running
  if (!started) return
  await started.end()
  process.exit(0)
}

function handlersOf(running: Running): EngineThread {
  return {
    // A window that connects while we end is attached to the next thread.
    isAccepting: async () => !isEnding,
    async resource(request) {
      const resource = await resourceOf(running, request)
      return transferring(resource, bytesToMove(resource))
    },
    async readRecording(request) {
      const read = await running.engine.readRecording(request)
      return transferring(read, bytesToMove(read))
    },
    closeRecording: request => running.engine.closeRecording(request),
    end: () => end('close'),
  }
}

/** Where the host is in the same process they are moved. A view of a larger buffer must be copied. */
function bytesToMove(answer: object): ArrayBuffer[] {
  if (!('bytes' in answer && answer.bytes instanceof Uint8Array)) return []
  const { buffer, byteLength } = answer.bytes
  return buffer instanceof ArrayBuffer && byteLength > 0 && buffer.byteLength === byteLength ? [buffer] : []
}

function serveWindow({ engine, answered }: Running, port: Port): void {
  // The engine accepted it just before its end: the window connects again.
  if (isEnding) return void port.close()
  const send = (message: unknown) => {
    port.send(message)
    answered()
  }
  engine.serve({ ...port, send })
}

/** An icon on a damaged page of the database costs that icon, not the engine. */
async function resourceOf(
  { engine }: Running,
  request: Parameters<EngineThread['resource']>[0],
): ReturnType<EngineThread['resource']> {
  try {
    return await engine.resource(request)
  } catch (error) {
    log(`a resource failed: ${stackOf(error)}`)
    return noResource(500)
  }
}

function whyUnusable(error: unknown): { code: string; detail: string } {
  const detail = error instanceof Error ? error.message : String(error)
  if (error instanceof DatabaseUnusable || error instanceof FolderInUse || error instanceof UnsafeFolder)
    return { code: error.code, detail }
  // Another program has been writing for longer than SQLite waits: nothing but a window's upgrade of the store does.
  const isBusy = storageCode(error).startsWith('SQLITE_BUSY')
  return { code: isBusy ? 'storage-busy' : storageErrorCode(error), detail }
}

try {
  running = startAll(start, { restart, isEnding: () => isEnding, onDamage, onUpgrade, log })
  const started = await running
  serve(host, handlersOf(started), failureOf(log))
  onConnection(port => serveWindow(started, port))
  emit('ready', {})
} catch (error) {
  emit('unusable', whyUnusable(error))
}
