/** Connects a window to the engine by one port, and by a new one whenever the page or the engine restarts. */
import { MessageChannelMain, type MessagePortMain, type WebContents } from 'electron'
import type { EventName, Events } from '../api/events.ts'
import type { RunningEngine } from '../host/engine-host.ts'
import { isStructureWithinBounds } from '../host/message-bounds.ts'
import { isStartPage } from './scheme.ts'

/** Sends an event of the host itself to a window, over the same port as the engine's. */
export type Announce = <E extends EventName>(event: E, payload: Events[E]) => void

/**
 * Hands a port to the page each time it has loaded. Electron can't pass a port of node:worker_threads to a page, so messages
 * are forwarded from one kind of port to the other. Events are queued while no page has a port.
 */
export function joinWindow(contents: WebContents, engine: RunningEngine): Announce {
  const queued: object[] = []
  let current: MessagePortMain | null = null

  function handOver(): void {
    const { port1: ours, port2: theirs } = new MessageChannelMain()
    const enginePort = engine.connect()
    current?.close()
    current = ours
    ours.on('message', ({ data }) => {
      if (isStructureWithinBounds(data)) enginePort.postMessage(data)
    })
    ours.on('close', () => {
      // Its page has died or is being reloaded, and gets a new port when it has loaded.
      if (current === ours) current = null
      enginePort.close()
    })
    enginePort.on('message', message => ours.postMessage(message))
    enginePort.once('close', () => engineEnded(ours))
    ours.start()
    contents.postMessage('port', null, [theirs])
    for (const message of queued.splice(0)) ours.postMessage(message)
  }

  /** The engine's thread died: the next one is starting already, or never will. */
  function engineEnded(port: MessagePortMain): void {
    const isCurrent = current === port
    current = isCurrent ? null : current
    // Electron emits 'close' within this call.
    port.close()
    if (!isCurrent) return
    // Electron throws where the page has just died.
    if (!contents.isDestroyed() && !contents.isCrashed() && !engine.hasEnded()) handOver()
  }

  contents.on('dom-ready', () => {
    if (isStartPage(contents.getURL())) handOver()
  })
  return (event, payload) => {
    if (current) current.postMessage({ event, payload })
    else queued.push({ event, payload })
  }
}
