/** A server on loopback for tests of the client: each path is a function, and every request is remembered. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Seen = { method: string; path: string; headers: IncomingMessage['headers'] }
export type Handler = (request: IncomingMessage, response: ServerResponse) => void
export type TestServer = {
  base: string
  /** `127.0.0.1:port`, as the user's permission for it is written. */
  host: string
  seen: Seen[]
  close(): Promise<void>
}

/** Starts it on a free port; on another address of loopback it is another host. */
export async function serve(handler: Handler, address = '127.0.0.1'): Promise<TestServer> {
  const seen: Seen[] = []
  const server: Server = createServer((request, response) => {
    seen.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers })
    handler(request, response)
  })
  await new Promise<void>(resolve => server.listen(0, address, resolve))
  const host = `${address}:${(server.address() as AddressInfo).port}`
  return {
    base: `http://${host}`,
    host,
    seen,
    close: () =>
      new Promise(resolve => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
