/**
 * One Broadsheet per data folder, whichever host it runs in. The one that runs listens on a socket in the folder and
 * tells who asks what it is; a socket that nobody answers is left over from a crash.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, rmdirSync, statSync, unlinkSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

/** What a running Broadsheet says of itself. Only its owner can ask. */
export type Introduction = { pid: number; host: 'electron' | 'web' | 'command-line'; url: string | null }

export type Claim =
  | { kind: 'claimed'; introduce(introduction: Introduction): void; release(): Promise<void> }
  | { kind: 'taken'; by: Introduction | null }

/** Longest path of a Unix socket on any of our systems (macOS: 104 bytes with the final zero). */
const longestSocketPath = 103
const answerWithin = 1_000
/** A take-over lasts a few milliseconds; one that is older belongs to a process that died in it. */
const takeOverAge = 2_000

/** Claims a data folder for this process. `tempDir` is used where the folder's own path is too long for a socket. */
export async function claimFolder(dataDir: string, first: Introduction, tempDir: string): Promise<Claim> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const address = socketAddress(dataDir, process.platform, tempDir)
  let introduction = first
  const server = createServer(socket => {
    socket.on('error', () => socket.destroy())
    socket.end(`${JSON.stringify(introduction)}\n`)
  })
  // Twenty may start at once: each looks again after the one that came before.
  for (let attempt = 0; attempt < 50; attempt++) {
    if (await listen(server, address)) return claimed(server, newer => (introduction = newer))
    const asked = await ask(address)
    if (asked !== 'nobody') return { kind: 'taken', by: asked }
    if (!takeAway(address)) await wait(20 + attempt * 5)
    else if (await listen(server, address)) {
      endTakeOver(address)
      return claimed(server, newer => (introduction = newer))
    } else endTakeOver(address)
  }
  return { kind: 'taken', by: null }
}

function claimed(server: Server, introduce: (introduction: Introduction) => void): Claim {
  server.unref()
  return { kind: 'claimed', introduce, release: () => new Promise(resolve => server.close(() => resolve())) }
}

function socketAddress(dataDir: string, platform: NodeJS.Platform, tempDir: string): string {
  const full = path.resolve(dataDir)
  const name = createHash('sha256').update(full).digest('hex').slice(0, 32)
  if (platform === 'win32') return `\\\\.\\pipe\\broadsheet-${name}`
  const inside = path.join(full, 'instance.sock')
  if (Buffer.byteLength(inside) <= longestSocketPath) return inside
  const folder = path.join(tempDir, `broadsheet-${process.getuid?.() ?? 0}`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return path.join(folder, `${name.slice(0, 16)}.sock`)
}

function listen(server: Server, address: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? resolve(false) : reject(error))
    server.once('error', failed)
    server.listen(address, () => {
      server.off('error', failed)
      resolve(true)
    })
  })
}

/** Who answers there: an introduction, null when it answers no sense or too late, 'nobody' when the socket is dead. */
function ask(address: string): Promise<Introduction | null | 'nobody'> {
  return new Promise(resolve => {
    let text = ''
    const socket = connect(address)
    socket.setTimeout(answerWithin, () => {
      socket.destroy()
      resolve(null)
    })
    socket.on('data', data => (text += data))
    socket.on('end', () => resolve(parseIntroduction(text)))
    socket.on('error', () => resolve('nobody'))
  })
}

function parseIntroduction(text: string): Introduction | null {
  try {
    return JSON.parse(text) as Introduction
  } catch {
    return null
  }
}

/** Removes a dead socket. False when another process is just doing so: look again. */
function takeAway(address: string): boolean {
  try {
    mkdirSync(`${address}.takeover`)
  } catch {
    if (ageOf(`${address}.takeover`) > takeOverAge) endTakeOver(address)
    return false
  }
  try {
    unlinkSync(address)
  } catch {
    // It went by itself, when the one that ended tidied up.
  }
  return true
}

function ageOf(folder: string): number {
  try {
    return Date.now() - statSync(folder).mtimeMs
  } catch {
    return 0
  }
}

function endTakeOver(address: string): void {
  try {
    rmdirSync(`${address}.takeover`)
  } catch {
    // Taken away by one that held it for left over.
  }
}
