/** Connects a window's WebSocket to a port of the engine: JSON text on one side, structured messages on the other. */
import type { MessagePort } from 'node:worker_threads'
import type { WebSocket } from 'ws'
import { isWithinBounds } from '../lib/message-bounds.ts'

/** Bytes that may be buffered for a window that does not read. */
const mostUnread = 64 * 1024 * 1024
/** Calls a window may have under way. The page itself has a handful. */
const mostCalls = 1_000

/** Close codes (RFC 6455, 7.4.1). The page connects again after 'service restart'. */
const code = { invalidData: 1007, policy: 1008, restart: 1012, tryLater: 1013 } as const

/** Forwards messages both ways until either side ends, and ends the other then. */
export function joinSocket(socket: WebSocket, port: MessagePort): void {
  let underWay = 0

  socket.on('message', (data, isBinary) => {
    // Messages that were sent before we closed the connection may still arrive.
    if (socket.readyState !== socket.OPEN) return
    const message = isBinary ? undefined : parseObject(String(data))
    if (message === undefined) return socket.close(code.invalidData, 'JSON objects only')
    if (++underWay > mostCalls) return socket.close(code.policy, 'too many calls at once')
    port.postMessage(message)
  })
  port.on('message', message => {
    if (!('event' in message)) underWay--
    if (socket.bufferedAmount > mostUnread) return socket.close(code.tryLater, 'reads too slowly')
    socket.send(JSON.stringify(message))
  })

  socket.on('close', () => port.close())
  // Without a listener a broken frame would end the process; 'close' follows it.
  socket.on('error', () => port.close())
  port.once('close', () => socket.close(code.restart, 'engine ended'))
}

function parseObject(text: string): object | undefined {
  if (!isWithinBounds(text)) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}
