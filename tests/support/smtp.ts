/** A real server for outgoing mail on this computer, for one test: it keeps what it is given, and fails as it is told. */
import { readFileSync } from 'node:fs'
import type { AddressInfo, Socket } from 'node:net'
import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server'

export const password = 'a-secret-word'

/** `raw` is the whole message. */
export type Received = { from: string; to: string[]; raw: string; isSecure: boolean }

export type Smtp = {
  port: number
  received: Received[]
  /** Every attempt to log in. */
  logins: string[]
  /** How many clients have connected. */
  connections(): number
  /** Ends all connections without a word. */
  breakOff(): void
  stop(): Promise<void>
}

const tlsFile = (name: string) => readFileSync(new URL(`../fixtures/tls/${name}`, import.meta.url))

/** By default in the clear, with a log-in; `options` are those of smtp-server. `onMessage` may refuse what has all come. */
export async function startSmtp(
  options: SMTPServerOptions & { onMessage?: (message: Received) => void | Promise<void> } = {},
): Promise<Smtp> {
  const { onMessage, ...rest } = options
  const received: Received[] = []
  const logins: string[] = []
  let connections = 0
  const server = new SMTPServer({
    key: tlsFile('loopback-key.pem'),
    cert: tlsFile('loopback-cert.pem'),
    allowInsecureAuth: true,
    hideSTARTTLS: !rest.secure,
    disableReverseLookup: true,
    logger: false,
    closeTimeout: 100,
    onConnect(_session, done) {
      connections++
      done()
    },
    onAuth(auth, _session, done) {
      logins.push(`${auth.username}:${auth.password}`)
      if (auth.password !== password) return done(new Error('Wrong password'))
      done(null, { user: auth.username })
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => void take(Buffer.concat(chunks).toString('latin1'), session).then(() => done(), done))
    },
    ...rest,
  })
  // A client that is killed resets its connection.
  server.on('error', () => {})

  async function take(raw: string, { envelope, secure }: SMTPServerSession): Promise<void> {
    const from = envelope.mailFrom ? envelope.mailFrom.address : ''
    const message = { from, to: envelope.rcptTo.map(({ address }) => address), raw, isSecure: secure }
    await onMessage?.(message)
    received.push(message)
  }

  const sockets = new Set<Socket>()
  server.server.on('connection', socket => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.server.address() as AddressInfo).port,
    received,
    logins,
    connections: () => connections,
    breakOff() {
      for (const socket of sockets) socket.destroy()
    },
    stop: () => new Promise(resolve => server.close(() => resolve())),
  }
}

/** The server's answer to what it refuses. */
export function refusal(code: number, words: string): Error {
  return Object.assign(new Error(words), { responseCode: code })
}
