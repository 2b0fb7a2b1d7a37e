/** Gives a window's page its ports: one to the engine, anew whenever the engine restarts, and one to the host. */
import { MessageChannelMain, type MessagePortMain, type WebContents } from 'electron'
import type { HostHandlers } from '../../api/host/calls.ts'
import type { HostEvents } from '../../api/host/events.ts'
import { portOfElectronPort } from '../../api/ports.ts'
import type { RunningEngine } from '../../host/engine-host.ts'
import { serveHostCalls } from './host-calls.ts'
import { isStartPage } from './scheme.ts'

/** Sends an event of the host's to a window. */
export type Announce = <E extends keyof HostEvents>(event: E, payload: HostEvents[E]) => void

/** Hands ports to the page each time it has loaded; `handlers` answer its calls. Events are queued while there is none. */
export function joinWindow(
  contents: WebContents,
  engine: Pick<RunningEngine<MessagePortMain>, 'connect' | 'onRestart'>,
  handlers: HostHandlers,
): Announce {
  const queued: object[] = []
  /** Ours of the host's port; null while there is no page, which has died or is being loaded. */
  let hostPort: MessagePortMain | null = null

  function hand(channel: 'engine-port' | 'host-port', port: MessagePortMain): void {
    contents.postMessage(channel, null, [port])
  }

  function handHostPort(): void {
    const { port1: ours, port2: theirs } = new MessageChannelMain()
    hostPort?.close()
    hostPort = ours
    ours.on('close', () => {
      if (hostPort === ours) hostPort = null
    })
    serveHostCalls(portOfElectronPort(ours), handlers)
    hand('host-port', theirs)
    for (const message of queued.splice(0)) ours.postMessage(message)
  }

  contents.on('dom-ready', () => {
    if (!isStartPage(contents.getURL())) return
    hand('engine-port', engine.connect())
    handHostPort()
  })
  const stop = engine.onRestart(() => {
    // Electron throws where the page has just died, before its ports have closed.
    if (hostPort && !contents.isDestroyed() && !contents.isCrashed()) hand('engine-port', engine.connect())
  })
  contents.once('destroyed', stop)

  return (event, payload) => {
    if (hostPort) hostPort.postMessage({ event, payload })
    else queued.push({ event, payload })
  }
}
