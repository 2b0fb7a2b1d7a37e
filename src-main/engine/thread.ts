/** The engine thread's first file: serves whoever the host connects, and ends when it is told to. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { portOfNodePort } from '../api/ports.ts'
import type { Resource } from '../intake/protocol.ts'
import { storageErrorCode } from '../lib/disk-fault.ts'
import { attempt, createLog } from '../lib/log.ts'
import { noteDamage } from '../safety/data-files.ts'
import { UnsafeFolder } from '../safety/private-folder.ts'
import { DatabaseUnusable } from '../store/db/open.ts'
import { FolderInUse } from './open-folder.ts'
import { type Running, type Start, startAll } from './start.ts'

/** What host/engine-host.ts says to this thread. */
type FromHost =
  /** Someone wants to connect: are we there? */
  | { kind: 'knock'; id: number }
  | { kind: 'connect'; port: MessagePort }
  | { kind: 'resource'; id: number; path: string }
  | { kind: 'close' }

const host = parentPort
const start = workerData as Start

const write = createLog(line => process.stderr.write(line), Date.now)

function log(line: string): void {
  // A program that answers once and ends has its own words for what goes wrong; nobody waits behind a slow call of it.
  if (start.isPolling || !line.startsWith('slow ')) write(line)
}

/** Ends this thread once the answer that goes before is out; the host starts another at once. */
function restart(): void {
  setTimeout(() => void end('restart'), 50)
}

let isDamageTold = false

/** The next start looks through everything, and recovers where there is something to recover. */
function onDamage(code: string): void {
  if (isDamageTold || !start.isPolling) return
  isDamageTold = true
  log(`the database is damaged (${code})`)
  attempt(log, 'noting the damage', () => {
    if (noteDamage(start.dataDir, code, Date.now())) restart()
  })
}

let running: Promise<Running> | null = null
let isEnding = false

/** Finishes what is under way and ends the thread; what is asked meanwhile is not answered any more. */
async function end(kind: 'close' | 'restart'): Promise<void> {
  if (isEnding) return
  isEnding = true
  const started = await running
  if (!started) return
  await started.end()
  if (kind === 'restart') host?.postMessage({ kind: 'restart' })
  process.exit(0)
}

function listen(running: Running): void {
  host?.on('message', async (message: FromHost) => {
    if (message.kind === 'knock') letIn(message.id)
    else if (message.kind === 'connect') welcome(running, message.port)
    else if (message.kind === 'close') await end('close')
    else await hand(running, message)
  })
}

async function hand(running: Running, { id, path }: { id: number; path: string }): Promise<void> {
  const resource = await resourceOf(running, path)
  host?.postMessage({ kind: 'resource', id, ...resource }, bytesToMove(resource))
}

/** An export may have 200 MB, which would be copied twice on this thread; what shares its memory with others is copied. */
function bytesToMove({ bytes }: Resource): ArrayBuffer[] {
  const { buffer, byteLength } = bytes
  return buffer instanceof ArrayBuffer && byteLength > 0 && buffer.byteLength === byteLength ? [buffer] : []
}

/** Who comes while we end waits before the door for the next engine. */
function letIn(id: number): void {
  if (!isEnding) host?.postMessage({ kind: 'enter', id })
}

/** Who was let in just before the end tries again. */
function welcome({ engine, answered }: Running, nodePort: MessagePort): void {
  if (isEnding) {
    nodePort.close()
    return
  }
  const port = portOfNodePort(nodePort)
  const send = (message: unknown) => {
    port.send(message)
    answered()
  }
  engine.serve({ ...port, send })
}

/** A picture whose page of the database is damaged is a picture less, and not the end of the engine. */
async function resourceOf({ engine }: Running, path: string): Promise<Resource> {
  try {
    return await engine.resource(path)
  } catch (error) {
    log(`a resource failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    return { status: 500, type: 'text/plain', maxAgeSeconds: 0, bytes: new Uint8Array() }
  }
}

function whyUnusable(error: unknown): { code: string; detail: string } {
  const detail = error instanceof Error ? error.message : String(error)
  if (error instanceof DatabaseUnusable || error instanceof FolderInUse || error instanceof UnsafeFolder)
    return { code: error.code, detail }
  return { code: storageErrorCode(error), detail }
}

try {
  running = startAll(start, { restart, isEnding: () => isEnding, onDamage, log })
  listen(await running)
  host?.postMessage({ kind: 'ready' })
} catch (error) {
  host?.postMessage({ kind: 'unusable', ...whyUnusable(error) })
}
