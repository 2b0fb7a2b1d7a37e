/** A Chromium of one's own, and the DevTools protocol to it: what the stand-in's windows are made of. */
import { spawn } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { WebSocket } from 'ws'
import { chromiumOptions } from '../../support/chromium.ts'

export type Json = Record<string, unknown>
/** Emits each protocol event by its name, with its parameters and the session it came from. */
export type Chromium = {
  endpoint: string
  events: EventEmitter
  call<T = Json>(method: string, params?: Json, sessionId?: string): Promise<T>
  close(): void
}

/** Starts Chromium; no name but the loopback address resolves in it. */
export async function startChromium(): Promise<Chromium> {
  const profile = mkdtempSync(join(tmpdir(), 'broadsheet-shell-'))
  const { executablePath = 'chromium', args } = chromiumOptions()
  const browser = spawn(
    executablePath,
    [
      ...args,
      '--headless=new',
      '--remote-debugging-port=0',
      `--user-data-dir=${profile}`,
      '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
      'about:blank',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  )
  // Whatever ends this process, no browser is left behind.
  process.once('exit', () => browser.kill('SIGKILL'))
  const endpoint = await new Promise<string>((resolve, reject) => {
    let text = ''
    browser.stderr.on('data', data => {
      text += data
      const found = text.match(/DevTools listening on (ws:\S+)/)
      if (found) resolve(found[1]!)
    })
    browser.once('exit', () => reject(new Error(`Chromium did not start: ${text.slice(-500)}`)))
  })
  const socket = new WebSocket(endpoint, { perMessageDeflate: false, maxPayload: 256 * 1024 * 1024 })
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))

  const events = new EventEmitter()
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  let lastId = 0
  socket.on('message', data => {
    const message = JSON.parse(String(data)) as Json & { id?: number; error?: { message: string } }
    if (message.id === undefined) return void events.emit(String(message.method), message.params, message.sessionId)
    const call = waiting.get(message.id)
    waiting.delete(message.id)
    if (message.error) call?.reject(new Error(message.error.message))
    else call?.resolve(message.result)
  })

  return {
    endpoint,
    events,
    call<T>(method: string, params: Json = {}, sessionId?: string): Promise<T> {
      const id = ++lastId
      return new Promise<T>((resolve, reject) => {
        waiting.set(id, { resolve: resolve as (value: unknown) => void, reject })
        socket.send(JSON.stringify({ id, method, params, sessionId }))
      })
    },
    close() {
      browser.kill('SIGKILL')
      try {
        rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
      } catch {
        // A process of Chromium's was still writing; the system empties its temporary folder.
      }
    },
  }
}
