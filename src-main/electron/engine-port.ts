/** Joins a window to the engine: one port for everything, and a new one whenever the page or the engine starts anew. */
import { MessageChannelMain, type MessagePortMain, type WebContents } from 'electron'
import type { EventName, Events } from '../api/events.ts'
import type { RunningEngine } from '../host/engine-host.ts'
import { isStructureWithinBounds } from '../host/message-bounds.ts'
import { isStartPage } from './scheme.ts'

/** What the host itself says to a window, over the same port as the engine. */
export type Announce = <E extends EventName>(event: E, payload: Events[E]) => void

/**
 * Hands a port to the page each time it has loaded. Electron can't pass a port of node:worker_threads to a page, so
 * messages are carried from one kind to the other. What is announced while no page has a port is kept for the next.
 */
export function joinWindow(contents: WebContents, engine: RunningEngine): Announce {
  const kept: object[] = []
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
      // Its page has died or is leaving: the next one is handed a port of its own when it has loaded.
      if (current === ours) current = null
      enginePort.close()
    })
    enginePort.on('message', message => ours.postMessage(message))
    enginePort.once('close', () => engineGone(ours))
    ours.start()
    contents.postMessage('port', null, [theirs])
    for (const message of kept.splice(0)) ours.postMessage(message)
  }

  /** The engine's thread died: its successor is starting already, or never will. */
  function engineGone(port: MessagePortMain): void {
    const isCurrent = current === port
    current = isCurrent ? null : current
    // Electron tells of this end at once, within the call.
    port.close()
    if (!isCurrent) return
    // A page that has just died can be handed nothing: Electron throws.
    if (!contents.isDestroyed() && !contents.isCrashed() && !engine.hasEnded()) handOver()
  }

  contents.on('dom-ready', () => {
    if (isStartPage(contents.getURL())) handOver()
  })
  return (event, payload) => {
    if (current) current.postMessage({ event, payload })
    else kept.push({ event, payload })
  }
}
