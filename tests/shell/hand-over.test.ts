/** Who is handed which port, and when; and that what a page sends over it is judged before the engine reads it. */
import { EventEmitter, once } from 'node:events'
import { expect, test, vi } from 'vitest'
import { joinWindow } from '../../src-main/electron/page/hand-over.ts'
import { MessageChannelMain, type MessagePortMain } from './stand-in/ports.ts'

vi.mock('electron', () => import('./stand-in/ports.ts'))

const handlers = {
  runtime: () => ({ electron: '45.5.0', chromium: '150.0', node: '24.21.0', system: 'Linux 6.1, x64' }),
}

/** A page of the host's. */
class Contents extends EventEmitter {
  readonly handed: Record<string, MessagePortMain[]> = { 'engine-port': [], 'host-port': [] }
  isDead = false
  postMessage = (channel: string, _message: unknown, [port]: MessagePortMain[]) => {
    if (this.isDead) throw new Error('Render frame was disposed before WebFrameMain could be accessed')
    this.handed[channel]!.push(port!)
  }
  isDestroyed = () => false
  isCrashed = () => this.isDead
  getURL = () => 'app://broadsheet/'
}

function loadedPage() {
  const restarts = new Set<() => void>()
  const engine = {
    connect: () => new MessageChannelMain().port1,
    onRestart(listener: () => void) {
      restarts.add(listener)
      return () => restarts.delete(listener)
    },
  }
  const contents = new Contents()
  const announce = joinWindow(contents as never, engine as never, handlers as never)
  contents.emit('dom-ready')
  const restart = () => {
    for (const listener of restarts) listener()
  }
  return {
    contents,
    announce,
    restart,
    restarts,
    handed: contents.handed as Record<'engine-port' | 'host-port', MessagePortMain[]>,
  }
}

test('a page is handed a port to the engine and one to the host, and after a restart one to the next engine', () => {
  const { handed, restart } = loadedPage()
  expect(handed).toMatchObject({ 'engine-port': { length: 1 }, 'host-port': { length: 1 } })
  restart()
  restart()
  expect(handed).toMatchObject({ 'engine-port': { length: 3 }, 'host-port': { length: 1 } })
})

test.each([
  ['has died', true],
  ['leaves', false],
])(
  'a page that %s is handed nothing; the next one is, and told what was announced meanwhile',
  async (_name, isDead) => {
    const { contents, announce, handed, restart } = loadedPage()
    contents.isDead = isDead
    // A dead page's ports close some time after its death.
    if (isDead) restart()
    handed['host-port'][0]!.close()
    await new Promise(setImmediate)
    restart()
    expect(handed['engine-port']).toHaveLength(1)

    announce('menu-command', { command: 'add-feed' })
    contents.isDead = false
    contents.emit('dom-ready')
    expect(handed).toMatchObject({ 'engine-port': { length: 2 }, 'host-port': { length: 2 } })
    const heard = once(handed['host-port'][1]!, 'message')
    handed['host-port'][1]!.start()
    expect(await heard).toMatchObject([{ data: { event: 'menu-command', payload: { command: 'add-feed' } } }])
  },
)

test('a window that is gone is forgotten', () => {
  const { contents, restarts } = loadedPage()
  contents.emit('destroyed')
  expect(restarts.size).toBe(0)
})

test('a page is answered what it asks of the host, and refused what the host does not understand', async () => {
  const { handed } = loadedPage()
  const port = handed['host-port'][0]!
  const answers: unknown[] = []
  port.on('message', ({ data }: { data: unknown }) => answers.push(data))
  port.start()
  port.postMessage({ id: 1, name: 'runtime', input: {} })
  port.postMessage({ id: 2, name: 'runtime', input: { path: '/etc' } })
  port.postMessage({ id: 3, name: 'constructor', input: {} })
  await vi.waitFor(() => expect(answers).toHaveLength(3))
  expect(answers.toSorted((a, b) => (a as { id: number }).id - (b as { id: number }).id)).toMatchObject([
    { id: 1, output: { electron: '45.5.0' } },
    { id: 2, error: { code: 'internal' } },
    { id: 3, error: { code: 'internal' } },
  ])
})
