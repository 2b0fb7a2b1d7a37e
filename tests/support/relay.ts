/** A relay before a server on this computer, by which a test breaks connections, or lets a server fall silent. */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export type Relay = {
  port: number
  /** How many connections have been made through it. */
  connections(): number
  /** The longest literal (RFC 9051, 4.3) that the IMAP server has sent, in bytes. */
  longestLiteral(): number
  /** Bytes that the server has sent. */
  received(): number
  /** Breaks each connection after so many bytes of the server's, until it is told otherwise; null: none. */
  breakAfter(bytes: (() => number) | null): void
  /** Breaks each connection at what the client sends that has this, until it is told otherwise; null: none. */
  breakAt(words: string | null): void
  /** Breaks all connections now. */
  breakAll(): void
  close(): Promise<void>
}

export async function startRelay(to: number): Promise<Relay> {
  const open = new Set<Socket>()
  let count = 0
  let longest = 0
  let received = 0
  let bytesOf: (() => number) | null = null
  let refused: string | null = null
  const server = createServer(client => {
    count++
    const upstream = connect(to, '127.0.0.1')
    let left = bytesOf?.() ?? Number.POSITIVE_INFINITY
    const end = () => {
      client.destroy()
      upstream.destroy()
      open.delete(client)
    }
    open.add(client)
    client.on('data', data => {
      if (refused !== null && data.includes(refused)) end()
      else upstream.write(data)
    })
    upstream.on('data', data => {
      for (const [, bytes] of data.toString('latin1').matchAll(/\{(\d+)\}\r\n/g))
        longest = Math.max(longest, Number(bytes))
      received += data.length
      client.write(data.subarray(0, left))
      left -= data.length
      if (left <= 0) end()
    })
    for (const socket of [client, upstream]) socket.on('error', end).on('close', end)
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const breakAll = () => {
    for (const client of open) client.destroy()
  }
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => count,
    longestLiteral: () => longest,
    received: () => received,
    breakAfter(bytes) {
      bytesOf = bytes
    },
    breakAt(words) {
      refused = words
    },
    breakAll,
    close() {
      breakAll()
      return new Promise(done => server.close(() => done()))
    },
  }
}
