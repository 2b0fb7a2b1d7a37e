/** Where the window's connections come from: to the engine in either host, and to the Electron host itself. */
import type { PortSource } from '../../src-main/api/contract/link.ts'
import { connectTo } from '../../src-main/api/contract/rpc.ts'
import type { HostClient } from '../../src-main/api/host/calls.ts'
import { type Port, portOfDomPort } from '../../src-main/api/ports.ts'

/** Ports that the Electron host hands to the page, one for each run of the engine. */
function portsFromHost(page: Window): PortSource {
  let newest: Port | null = null
  let waiting: ((port: Port) => void) | null = null
  let endLast: () => void = () => undefined
  onHandedPort(page, 'broadsheet-engine-port', port => {
    // The last engine has ended, whether or not its port has closed by now.
    endLast()
    const ended = Promise.withResolvers<void>()
    port.addEventListener('close', () => ended.resolve(), { once: true })
    endLast = ended.resolve
    newest = { ...portOfDomPort(port), onClose: listener => void ended.promise.then(() => listener()) }
    waiting?.(newest)
  })
  return {
    async next() {
      newest ??= await new Promise<Port>(resolve => (waiting = resolve))
      const port = newest
      newest = null
      waiting = null
      return port
    },
  }
}

/**
 * Calls the listener with the Electron host, once for a page. Its events wait in their port until the first listener is there. No
 * other host has any.
 */
export function onHost(page: Window, listener: (host: HostClient) => void): void {
  onHandedPort(page, 'broadsheet-host-port', port => listener(connectTo(portOfDomPort(port))))
}

/** Ports that the preload script gives to this page under a name. */
function onHandedPort(page: Window, name: string, listener: (port: MessagePort) => void): void {
  page.addEventListener('message', event => {
    const [port] = event.ports
    if (event.source === page && event.data === name && port) listener(port)
  })
}

/** Ports over WebSockets to the page's own server. The token goes as a subprotocol: addresses end up in logs. */
function portsFromSocket(address: string, token: string): PortSource {
  return {
    next: () =>
      new Promise((resolve, reject) => {
        const socket = new WebSocket(address, ['broadsheet.v1', `token.${token}`])
        socket.addEventListener('open', () => resolve(portOfSocket(socket)), { once: true })
        socket.addEventListener('close', () => reject(new Error('refused')), { once: true })
      }),
  }
}

function portOfSocket(socket: WebSocket): Port {
  return {
    send: message => socket.send(JSON.stringify(message)),
    onMessage: listener =>
      socket.addEventListener('message', event => listener(JSON.parse(String(event.data)) as unknown)),
    onClose: listener => socket.addEventListener('close', () => listener(), { once: true }),
    close: () => socket.close(),
  }
}

const tokenKey = 'broadsheet-token'

/** Takes the token out of the address, so that it is neither seen nor bookmarked, and keeps it for a reload of this tab. */
function takeToken(page: Window): string | null {
  const found = /^#token=([0-9a-f]{16,})$/i.exec(page.location.hash)?.[1]
  if (found) {
    page.sessionStorage.setItem(tokenKey, found)
    page.history.replaceState(null, '', page.location.pathname)
  }
  return page.sessionStorage.getItem(tokenKey)
}

/** The right source for this page; null where it has no business with an engine. */
export function portSourceOf(page: Window): PortSource | null {
  if (page.location.protocol === 'app:') return portsFromHost(page)
  const token = takeToken(page)
  const scheme = page.location.protocol === 'https:' ? 'wss:' : 'ws:'
  return token ? portsFromSocket(`${scheme}//${page.location.host}/ws`, token) : null
}
