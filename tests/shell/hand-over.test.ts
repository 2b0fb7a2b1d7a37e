/** What a page sends over its port is judged before it is carried to the engine; and who is handed a port, and when. */
import { EventEmitter, once } from 'node:events'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { expect, test, vi } from 'vitest'
import { joinWindow } from '../../src-main/electron/engine-port.ts'
import type { RunningEngine } from '../../src-main/host/engine-host.ts'
import type { MessagePortMain } from './stand-in/ports.ts'

vi.mock('electron', () => import('./stand-in/ports.ts'))

/** A page of the host's. */
class Contents extends EventEmitter {
  readonly handed: MessagePortMain[] = []
  isDead = false
  postMessage = (_channel: string, _message: unknown, [port]: MessagePortMain[]) => void this.handed.push(port!)
  isDestroyed = () => false
  isCrashed = () => this.isDead
  getURL = () => 'app://broadsheet/'
}

/** A page that has loaded, its port, and both ends of its connections to the engine. */
function loadedPage() {
  const hostEnds: MessagePort[] = []
  const engineEnds: MessagePort[] = []
  const connect = () => {
    const { port1, port2 } = new MessageChannel()
    hostEnds.push(port1)
    engineEnds.push(port2)
    return port1
  }
  const contents = new Contents()
  const announce = joinWindow(contents as never, { connect, hasEnded: () => false } as unknown as RunningEngine)
  contents.emit('dom-ready')
  return { contents, announce, page: contents.handed[0]!, hostEnds, engineEnds, engineEnd: engineEnds[0]! }
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

test('an engine that ends is followed by a port to the next one', async () => {
  const { contents, engineEnd, engineEnds } = loadedPage()
  engineEnd.close()
  await expect.poll(() => contents.handed.length).toBe(2)
  engineEnds[1]!.close()
  await expect.poll(() => contents.handed.length).toBe(3)
  engineEnds[2]!.unref()
})

test.each([
  ['has died', { isDead: true, isPageFirst: true }],
  ['has died, and its engine too', { isDead: true, isPageFirst: false }],
  ['leaves', { isDead: false, isPageFirst: true }],
])('a page that %s is handed nothing; the next one is, and told what was announced meanwhile', async (_name, how) => {
  const { contents, announce, page, hostEnds, engineEnds } = loadedPage()
  const ended = once(hostEnds[0]!, 'close')
  contents.isDead = how.isDead
  if (how.isPageFirst) page.close()
  else engineEnds[0]!.close()
  await ended
  expect(contents.handed).toHaveLength(1)

  announce('menu-command', { command: 'add-feed' })
  contents.isDead = false
  contents.emit('dom-ready')
  expect(contents.handed).toHaveLength(2)
  const heard = once(contents.handed[1]!, 'message')
  contents.handed[1]!.start()
  expect(await heard).toMatchObject([{ data: { event: 'menu-command', payload: { command: 'add-feed' } } }])
  engineEnds[1]!.close()
})
