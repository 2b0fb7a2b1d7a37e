/** The web host: the same app in a browser, on this machine only. */
import { randomBytes } from 'node:crypto'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import manifest from '../../package.json' with { type: 'json' }
import type { RunningEngine } from '../host/engine-host.ts'
import { type FileAnswer, fileServer, refusal, rendererFolder } from '../host/file-server.ts'
import { ownHeaders } from '../host/security-headers.ts'
import { minute, second } from '../lib/time.ts'
import { type Asked, hasToken, refusalStatus, subprotocol, upgradeRefusalStatus } from './guard.ts'
import { proofOf, proofPath } from './proof.ts'
import { joinSocket } from './socket.ts'

// An `import` reads every name that node:http has. One of them is a getter that loads Node's own HTTP client, for 60 ms.
const { createServer } = process.getBuiltinModule('node:http')

export type WebHostOptions = {
  engine: Pick<RunningEngine, 'connect' | 'resource'>
  /** 0 takes any free port. */
  port: number
  /** Folder of the built renderer; default out/renderer. */
  root?: string
  /** Bytes one message of a window may have. */
  mostPayload?: number
  /** ms after which a connection is ended on which nothing has moved; a minute as a rule. Windows have pings of their own. */
  mostIdle?: number
  /** This run's secret: 64 hexadecimal digits. Default: fresh random ones. */
  token?: string
}

export type WebHost = {
  /** The address to open, with the token in its fragment: whoever has it can use Broadsheet. */
  url: string
  /** The same without the token. */
  origin: string
  port: number
  token: string
  /** Ends every connection and stops listening. */
  close(): Promise<void>
}

export type WebHostStart = { kind: 'listening'; host: WebHost } | { kind: 'port-taken'; port: number }

const mostWindows = 32
/** An exported archive may come as one call, in base64. Only a window that has shown the token can send anything. */
const mostPayload = 270 * 1024 * 1024
const pingEvery = 30_000
/** Browsers send the next request once the last is answered. Who sends more has us hold an answer for each. */
const mostUnanswered = 8

/** Starts listening on 127.0.0.1. A port that is taken or forbidden is an outcome; anything else is thrown. */
export async function startWebHost(options: WebHostOptions): Promise<WebHostStart> {
  const { engine, root = rendererFolder(), token = randomBytes(32).toString('hex') } = options
  const http = createServer({
    maxHeaderSize: 16 * 1024,
    headersTimeout: 5_000,
    requestTimeout: 10_000,
    keepAliveTimeout: 5_000,
    connectionsCheckingInterval: second,
  })
  http.maxConnections = 512
  // The limits above are for what is sent to us; this one is for who doesn't read what we send.
  http.timeout = options.mostIdle ?? minute
  if (!(await listen(http, options.port))) return { kind: 'port-taken', port: options.port }

  const { port } = http.address() as AddressInfo
  const connect = [`ws://127.0.0.1:${port}`, `ws://localhost:${port}`]
  const answer = fileServer({ root, resource: path => engine.resource(path), connect })
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: options.mostPayload ?? mostPayload,
    perMessageDeflate: false,
    handleProtocols: () => subprotocol,
  })

  const unanswered = new WeakMap<Duplex, number>()
  http.on('request', (request, response) => {
    const { socket } = request
    const waiting = (unanswered.get(socket) ?? 0) + 1
    if (waiting > mostUnanswered) return void socket.destroy()
    unanswered.set(socket, waiting)
    response.once('close', () => unanswered.set(socket, (unanswered.get(socket) ?? 1) - 1))
    void respond(request).then(
      result => write(response, result),
      () => write(response, refusal(500, connect)),
    )
  })
  http.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy())
    const status =
      upgradeRefusalStatus(asked(request), port, token) ?? (sockets.clients.size < mostWindows ? null : 503)
    if (status !== null) return refuseUpgrade(socket, status)
    sockets.handleUpgrade(request, socket, head, window => {
      keepAlive(window)
      joinSocket(window, engine.connect())
    })
  })
  http.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    refuseUpgrade(socket, error.code === 'HPE_HEADER_OVERFLOW' ? 431 : 400)
  })

  async function respond(request: IncomingMessage): Promise<FileAnswer> {
    const status = refusalStatus(asked(request), port)
    if (status !== null) return refusal(status, connect, { connection: 'close' })
    const url = new URL(request.url ?? '/', `http://127.0.0.1:${port}`)
    if (url.pathname === '/ws') return refusal(426, connect, { upgrade: 'websocket' })
    if (url.pathname === '/state') return state(request)
    if (url.pathname === proofPath) return prove(request, url.searchParams.get('challenge'))
    return answer({ method: request.method ?? '', url, range: request.headers.range ?? null })
  }

  /** For health checks. Says nothing to who doesn't have the token. */
  function state(request: IncomingMessage): FileAnswer {
    if (request.method !== 'GET') return refusal(405, connect, { allow: 'GET' })
    if (!hasToken(request.headers, token)) return refusal(401, connect)
    return said('application/json', JSON.stringify({ ok: true, version: manifest.version }))
  }

  /** For a second start on the same data folder: shows that the token there is ours. */
  function prove(request: IncomingMessage, challenge: string | null): FileAnswer {
    if (request.method !== 'GET') return refusal(405, connect, { allow: 'GET' })
    const proof = proofOf(token, port, challenge)
    return proof === null ? refusal(400, connect) : said('text/plain; charset=utf-8', proof)
  }

  function said(type: string, body: string): FileAnswer {
    return {
      status: 200,
      headers: { ...ownHeaders(connect), 'content-type': type, 'cache-control': 'no-store' },
      body,
    }
  }

  async function close(): Promise<void> {
    for (const window of sockets.clients) window.close(1001, 'Broadsheet is closing')
    const closed = new Promise(resolve => http.close(resolve))
    // A window that doesn't answer the closing handshake must not keep us.
    const timer = setTimeout(() => {
      for (const window of sockets.clients) window.terminate()
      http.closeAllConnections()
    }, 500)
    http.closeIdleConnections()
    await closed
    clearTimeout(timer)
  }

  const origin = `http://127.0.0.1:${port}`
  return { kind: 'listening', host: { url: `${origin}/#token=${token}`, origin, port, token, close } }
}

function listen(http: Server, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    http.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(false)
      else reject(error)
    })
    http.listen(port, '127.0.0.1', () => resolve(true))
  })
}

function asked({ method = '', url = '', headers, rawHeaders }: IncomingMessage): Asked {
  return { method, url, headers, rawHeaders }
}

function write(response: ServerResponse, { status, headers, body }: FileAnswer): void {
  response.on('error', () => response.destroy())
  response.writeHead(status, headers)
  response.end(body)
}

function refuseUpgrade(socket: Duplex, status: number): void {
  if (!socket.writable) return void socket.destroy()
  // The other side may never end its half.
  const gone = () => socket.destroy()
  socket.end(`HTTP/1.1 ${status} Refused\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`, gone)
}

/** Ends a window that has gone without a word (sleep, a killed browser). */
function keepAlive(window: WebSocket): void {
  let isAlive = true
  const timer = setInterval(() => {
    if (!isAlive) return window.terminate()
    isAlive = false
    window.ping()
  }, pingEvery)
  timer.unref()
  window.on('pong', () => {
    isAlive = true
  })
  window.on('close', () => clearInterval(timer))
}
