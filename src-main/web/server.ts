/** The web host: the same app in a browser, on this machine only. */
import { randomBytes } from 'node:crypto'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Duplex, pipeline, Readable } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import manifest from '../../package.json' with { type: 'json' }
import type { RunningEngine } from '../host/engine-host.ts'
import { type FileAnswer, type FileRequest, fileServer, refusal, rendererFolder } from '../host/file-server.ts'
import { ownHeaders } from '../host/security-headers.ts'
import { minute, second } from '../lib/time.ts'
import { hasToken, refusalStatus, subprotocol, upgradeRefusalStatus } from './guard.ts'
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
  /** ms after which an idle connection is ended; default a minute. Windows have pings of their own. */
  mostIdle?: number
}

export type WebHost = {
  /** The address to open, with the token in its fragment: it gives access to everything. */
  url: string
  /** The same without the token. */
  origin: string
  port: number
  /** This run's secret. */
  token: string
  /** Ends every connection and stops listening. */
  close(): Promise<void>
}

export type WebHostStart = { kind: 'listening'; host: WebHost } | { kind: 'port-taken'; port: number }

const mostWindows = 32
/** An exported archive may come as one call, in base64. Only a window that has shown the token can send anything. */
const mostPayload = 270 * 1024 * 1024
const pingInterval = 30 * second
/** Browsers send a request once the last is answered. Pipelined ones would have us hold an answer for each. */
const mostUnanswered = 8

/** Starts listening on 127.0.0.1. A port that is taken or forbidden is an outcome; anything else is thrown. */
export async function startWebHost(options: WebHostOptions): Promise<WebHostStart> {
  const http = createHttp(options.mostIdle ?? minute)
  if (!(await listen(http, options.port))) return { kind: 'port-taken', port: options.port }
  const { port } = http.address() as AddressInfo
  const { engine, root = rendererFolder() } = options
  const token = randomBytes(32).toString('hex')
  const connect = [`ws://127.0.0.1:${port}`, `ws://localhost:${port}`]
  const files = fileServer({
    root,
    resource: (path, range) => engine.resource(path, range),
    connect,
    keepsAddress: options.port !== 0,
  })
  answerRequests(http, responder({ port, token, connect, files }), connect)
  const windows = acceptWindows(http, { port, token, engine, mostPayload: options.mostPayload ?? mostPayload })
  http.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    refuseUpgrade(socket, error.code === 'HPE_HEADER_OVERFLOW' ? 431 : 400)
  })
  const origin = `http://127.0.0.1:${port}`
  const close = () => closeAll(http, windows)
  return { kind: 'listening', host: { url: `${origin}/#token=${token}`, origin, port, token, close } }
}

function createHttp(mostIdle: number): Server {
  const http = createServer({
    maxHeaderSize: 16 * 1024,
    headersTimeout: 5_000,
    requestTimeout: 10_000,
    keepAliveTimeout: 5_000,
    connectionsCheckingInterval: second,
  })
  http.maxConnections = 512
  // The limits above are for what clients send; this one is for clients that do not read what we send.
  http.timeout = mostIdle
  return http
}

type Respond = (request: IncomingMessage) => Promise<FileAnswer>

function answerRequests(http: Server, respond: Respond, connect: string[]): void {
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
}

type Served = { port: number; token: string; connect: string[]; files(request: FileRequest): Promise<FileAnswer> }

/** Answers plain requests: files and resources, and what health checks and other starts ask. */
function responder({ port, token, connect, files }: Served): Respond {
  /** For health checks. Says nothing without the token. */
  function state(request: IncomingMessage): FileAnswer {
    if (request.method !== 'GET') return refusal(405, connect, { allow: 'GET' })
    if (!hasToken(request.headers, token)) return refusal(401, connect)
    return answer('application/json', JSON.stringify({ ok: true, version: manifest.version }))
  }

  /** For a second start on the same data folder: proves that the token there is ours. */
  function prove(request: IncomingMessage, challenge: string | null): FileAnswer {
    if (request.method !== 'GET') return refusal(405, connect, { allow: 'GET' })
    const proof = proofOf(token, port, challenge)
    return proof === null ? refusal(400, connect) : answer('text/plain; charset=utf-8', proof)
  }

  function answer(type: string, body: string): FileAnswer {
    const headers = { ...ownHeaders(connect), 'content-type': type, 'cache-control': 'no-store' }
    return { status: 200, headers, body }
  }

  return async request => {
    const status = refusalStatus(request, port)
    if (status !== null) return refusal(status, connect, { connection: 'close' })
    const url = new URL(request.url ?? '/', `http://127.0.0.1:${port}`)
    if (url.pathname === '/ws') return refusal(426, connect, { upgrade: 'websocket' })
    if (url.pathname === '/state') return state(request)
    if (url.pathname === proofPath) return prove(request, url.searchParams.get('challenge'))
    return files({ method: request.method ?? '', url, range: request.headers.range ?? null })
  }
}

type WindowOptions = { port: number; token: string; mostPayload: number; engine: Pick<RunningEngine, 'connect'> }

/** Upgrades the requests of windows, each of which gets a port of the engine. */
function acceptWindows(http: Server, { port, token, mostPayload, engine }: WindowOptions): WebSocketServer {
  const windows = new WebSocketServer({
    noServer: true,
    maxPayload: mostPayload,
    perMessageDeflate: false,
    handleProtocols: () => subprotocol,
  })
  http.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy())
    const refused = upgradeRefusalStatus(request, port, token)
    const status = refused ?? (windows.clients.size < mostWindows ? null : 503)
    if (status !== null) return refuseUpgrade(socket, status)
    windows.handleUpgrade(request, socket, head, window => {
      keepAlive(window)
      joinSocket(window, engine.connect())
    })
  })
  return windows
}

async function closeAll(http: Server, windows: WebSocketServer): Promise<void> {
  for (const window of windows.clients) window.close(1001, 'Broadsheet is closing')
  const closed = new Promise(resolve => http.close(resolve))
  // A window that doesn't answer the closing handshake must not keep us.
  const timer = setTimeout(() => {
    for (const window of windows.clients) window.terminate()
    http.closeAllConnections()
  }, 500)
  http.closeIdleConnections()
  await closed
  clearTimeout(timer)
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

function write(response: ServerResponse, { status, headers, body }: FileAnswer): void {
  response.on('error', () => response.destroy())
  response.writeHead(status, headers)
  // A client that leaves ends the reading, too.
  if (body instanceof Readable) pipeline(body, response, () => response.destroy())
  else response.end(body)
}

function refuseUpgrade(socket: Duplex, status: number): void {
  if (!socket.writable) return void socket.destroy()
  // The other side may never end its half.
  const gone = () => socket.destroy()
  socket.end(`HTTP/1.1 ${status} Refused\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`, gone)
}

/** Ends a connection that was lost without a close (sleep, a killed browser). */
function keepAlive(window: WebSocket): void {
  let isAlive = true
  const timer = setInterval(() => {
    if (!isAlive) return window.terminate()
    isAlive = false
    window.ping()
  }, pingInterval)
  timer.unref()
  window.on('pong', () => {
    isAlive = true
  })
  window.on('close', () => clearInterval(timer))
}
