/** What a page sends over its port is judged before it is carried to the engine. */
import { EventEmitter, once } from 'node:events'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { expect, test, vi } from 'vitest'
import { joinWindow } from '../../src-main/electron/hand-over.ts'
import type { RunningEngine } from '../../src-main/engine-thread.ts'
import type { MessagePortMain } from './stand-in/ports.ts'

vi.mock('electron', () => import('./stand-in/ports.ts'))

/** A page that has loaded, its port, and the engine's end of the connection. */
function loadedPage(): { page: MessagePortMain; engineEnd: MessagePort } {
  const { port1, port2 } = new MessageChannel()
  const handed: MessagePortMain[] = []
  const contents = Object.assign(new EventEmitter(), {
    postMessage: (_channel: string, _message: unknown, [port]: MessagePortMain[]) => void handed.push(port!),
    isDestroyed: () => false,
    getURL: () => 'app://broadsheet/',
  })
  const engine = { connect: () => port1, hasEnded: () => false } as unknown as RunningEngine
  joinWindow(contents as never, engine)
  contents.emit('dom-ready')
  return { page: handed[0]!, engineEnd: port2 }
}

function nested(depth: number): unknown {
  let value: unknown = 1
  for (let at = 0; at < depth; at++) value = at % 2 ? [value] : { a: value }
  return value
}

const turning: { self?: unknown; other?: unknown } = {}
turning.self = turning
turning.other = [turning]

test.each([
  ['nested 4,000 deep', nested(4_000)],
  ['nested a million deep', nested(1_000_000)],
  ['nested within a map', new Map([[1, nested(100)]])],
  ['that holds itself', turning],
  ['of two million parts', Array(2_000_000).fill(0)],
])('a message %s goes no further, and the next one does', async (_name, input) => {
  const { page, engineEnd } = loadedPage()
  const heard = once(engineEnd, 'message')
  // As Electron brings it, which has read it already.
  page.peer!.arrive({ id: 1, name: 'settings', input })
  page.postMessage({ id: 2, name: 'sources', input: { text: 'x'.repeat(1_000_000), bytes: new Uint8Array(1_000_000) } })
  expect(await heard).toMatchObject([{ id: 2, name: 'sources' }])
  engineEnd.close()
})
