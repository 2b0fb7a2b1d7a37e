/** Servers on loopback and clients of a test's own, which end with it. */
import { afterEach } from 'vitest'
import { createHttp, type HttpOptions } from '../../src-main/http/client.ts'
import type { Http } from '../../src-main/http/types.ts'
import { type Handler, serve, type TestServer } from './http-server.ts'

export type HttpWorld = {
  server(handler: Handler): Promise<TestServer>
  /** A forward proxy that answers everything itself: 'by proxy'. */
  proxyServer(): Promise<TestServer>
  /** A client that knows nothing of the environment of this process, on a computer with a network. */
  client(options?: HttpOptions): Http
  /** Something else to close after the test; what was opened last is closed first. */
  after(end: () => Promise<unknown>): void
}

const loopback = { address: '127.0.0.1', internal: true }
/** The networks of a computer with a cable. */
export const wired = { lo: [loopback], eth0: [{ address: '192.0.2.7', internal: false }] }
/** Of one whose cable is out. */
export const unplugged = { lo: [loopback], eth0: [{ address: 'fe80::1', internal: false }] }

/** Call once at the top of a test file. */
export function httpWorld(): HttpWorld {
  const ends: (() => Promise<unknown>)[] = []
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end()
  })

  async function server(handler: Handler): Promise<TestServer> {
    const started = await serve(handler)
    ends.push(started.close)
    return started
  }

  return {
    server,
    proxyServer: () => server((_, response) => response.end('by proxy')),
    client(options = {}) {
      const http = createHttp({ environment: {}, networks: () => wired, ...options })
      ends.push(http.close)
      return http
    },
    after: end => void ends.push(end),
  }
}
