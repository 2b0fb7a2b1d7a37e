/** The one HTTP client: bounded in bytes and time, polite about who we are, and closed to private networks. */
import dns from 'node:dns'
import type { Socket } from 'node:net'
import { networkInterfaces } from 'node:os'
import { Agent, buildConnector, type Dispatcher, ProxyAgent } from 'undici'
import type { Failure } from '../api/model.ts'
import { minute } from '../lib/time.ts'
import { isWeb, percentDecoded, withoutCredentials } from '../lib/urls.ts'
import { chainCookies } from './cookies.ts'
import { type Exchange, type Exchanged, exchange, isRedirect } from './exchange.ts'
import { isOffline, mayBeOurWay, type Networks } from './network.ts'
import {
  anyLookup,
  hostPort,
  isLocalName,
  isOwnNetwork,
  isPrivateAddress,
  literalAddress,
  PrivateAddress,
  publicLookup,
  type Resolve,
} from './private-address.ts'
import { type Environment, proxyFor } from './proxy.ts'
import type { Hop, Http, HttpAnswer, HttpLimits, HttpRequest } from './types.ts'
import { userAgent } from './user-agent.ts'

export { hostPort } from './private-address.ts'
export type { CameOfAnswer, Hop, Http, HttpAnswer, HttpLimits, HttpRequest } from './types.ts'

export type HttpOptions = {
  limits?: Partial<HttpLimits>
  userAgent?: string
  /** Where HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY are read; the process's environment as a rule. */
  environment?: Environment
  /** How names become addresses; the system's way as a rule. */
  resolve?: Resolve
  /** The networks this computer is on; asked of the system as a rule. */
  networks?: () => Networks
  /** Certificate authorities to trust instead of the usual ones. */
  ca?: string
}

export const defaultLimits: HttpLimits = {
  bodyBytes: 20_000_000,
  headerBytes: 65_536,
  errorBodyBytes: 262_144,
  connect: 10_000,
  headers: 15_000,
  whole: minute,
  hops: 5,
  dripWindow: 15_000,
  dripBytes: 1_024,
}

/** Makes a client. `close` drops its connections; what is under way then fails. */
export function createHttp(options: HttpOptions = {}): Http {
  const limits = { ...defaultLimits, ...options.limits }
  const environment = options.environment ?? process.env
  const networks = options.networks ?? networkInterfaces
  const dispatchers = createDispatchers(limits, options)
  const fixed = { 'user-agent': options.userAgent ?? userAgent, 'accept-encoding': 'gzip, br, zstd' }

  async function get(request: HttpRequest): Promise<HttpAnswer> {
    const start = URL.parse(request.url)
    if (!start || !isWeb(start)) return { kind: 'failed', failure: { reason: 'bad-address' } }
    const giveUp = new AbortController()
    const whole = setTimeout(() => giveUp.abort(tooLong(limits)), limits.whole)
    const onAbort = () => giveUp.abort({ reason: 'bad-answer', detail: 'cancelled' } satisfies Failure)
    request.signal?.addEventListener('abort', onAbort)
    if (request.signal?.aborted) onAbort()
    try {
      return withoutBlame(await follow(request, start, giveUp.signal))
    } finally {
      clearTimeout(whole)
      request.signal?.removeEventListener('abort', onAbort)
    }
  }

  /** Where there is no network at all, no name and no server is at fault. */
  function withoutBlame(answer: HttpAnswer): HttpAnswer {
    if (answer.kind !== 'failed' || !mayBeOurWay(answer.failure) || !isOffline(networks())) return answer
    return { kind: 'failed', failure: { reason: 'offline' } }
  }

  async function follow(request: HttpRequest, start: URL, giveUp: AbortSignal): Promise<HttpAnswer> {
    const hops: Hop[] = []
    const cookies = request.carriesCookies ? chainCookies() : null
    /** An address that is asked with another cookie than before is no circle. */
    const asked = new Set<string>()
    let url = start
    for (;;) {
      const cookie = cookies?.header(url) ?? ''
      asked.add(`${shown(url)} ${cookie}`)
      const exchanged = await ask(request, url, start.origin, cookie, giveUp)
      if (exchanged.kind === 'failed') {
        const { failure, came } = exchanged
        return { kind: 'failed', failure, ...(came && { came: { ...came, url: shown(url), hops } }) }
      }
      const { status, headers, body } = exchanged
      if (!isRedirect(status, headers)) return { kind: 'answer', status, headers, body, url: shown(url), hops }
      const next = nextHop(url, headers.location ?? '')
      if ('reason' in next) return { kind: 'failed', failure: next }
      cookies?.take(url, exchanged.setCookie, headers.date)
      hops.push({ status, from: shown(url), to: shown(next) })
      const isSeen = asked.has(`${shown(next)} ${cookies?.header(next) ?? ''}`)
      if (isSeen || hops.length > limits.hops) return { kind: 'failed', failure: { reason: 'redirect-loop' } }
      url = next
    }
  }

  async function ask(
    request: HttpRequest,
    url: URL,
    firstOrigin: string,
    cookie: string,
    giveUp: AbortSignal,
  ): Promise<Exchanged> {
    const isAllowed = request.privateHost === hostPort(url)
    const proxy = proxyOf(request, url)
    // Node asks no lookup for a literal address, and a proxy asks its own network for names: those are judged by their form.
    if (!isAllowed && (proxy === null ? isPlainlyPrivate(url) : isOwnNetwork(url))) {
      return { kind: 'failed', failure: { reason: 'private-address', host: url.hostname } }
    }
    const through = (way: string | null) =>
      exchange(dispatchers.pick(isAllowed, way), asking(request, url, firstOrigin, cookie, giveUp))
    if (!isAllowed || proxy === null) return await through(proxy)
    // What is near is asked directly; behind a proxy that all have to take, its name may be known or reached there only.
    const exchanged = await through(null)
    return isOutOfReach(exchanged, url) ? await through(proxy) : exchanged
  }

  function asking(request: HttpRequest, url: URL, firstOrigin: string, cookie: string, giveUp: AbortSignal): Exchange {
    return {
      url,
      headers: {
        ...headersFor(request, url, firstOrigin),
        ...(cookie && { cookie }),
        accept: request.accept,
        ...fixed,
        ...named(request),
      },
      maxBytes: request.maxBytes ?? limits.bodyBytes,
      limits,
      giveUp,
    }
  }

  function proxyOf(request: HttpRequest, url: URL): string | null {
    if (request.proxy === 'direct') return null
    return request.proxy ?? proxyFor(url, environment)
  }

  return { get, close: dispatchers.close }
}

/** A proxy's own machine is not this one, and an address means another host there. */
function isOutOfReach(exchanged: Exchanged, url: URL): boolean {
  if (exchanged.kind !== 'failed' || isLocalName(url.hostname) || literalAddress(url) !== null) return false
  return ['dns', 'refused', 'unreachable', 'timeout'].includes(exchanged.failure.reason)
}

function isPlainlyPrivate(url: URL): boolean {
  const literal = literalAddress(url)
  return isLocalName(url.hostname) || (literal !== null && isPrivateAddress(literal))
}

function tooLong(limits: HttpLimits): Failure {
  return { reason: 'too-slow', seconds: limits.whole / 1_000 }
}

/** Without the fragment, which is never sent, and without credentials, which belong in no record. */
function shown(url: URL): string {
  const bare = withoutCredentials(new URL(url))
  bare.hash = ''
  return bare.href
}

/** Where a redirect leads, or why it is not followed: only to the web, and never from a secure address to an open one. */
function nextHop(from: URL, location: string): URL | Failure {
  // Header values are bytes; addresses written in UTF-8 are the common breach of RFC 9110, 10.2.2.
  const text = Buffer.from(location, 'latin1').toString('utf8')
  const next = URL.parse(text.includes('\ufffd') ? location : text, from.href)
  const isDowngrade = from.protocol === 'https:' && next?.protocol === 'http:'
  if (!next || !isWeb(next) || isDowngrade) return { reason: 'bad-redirect', to: location.slice(0, 500) }
  return next
}

function named({ userAgent: name }: HttpRequest): Record<string, string> {
  return name ? { 'user-agent': name } : {}
}

/** Credentials and other headers stay with the origin they were meant for (RFC 9110, 15.4); validators with their address. */
function headersFor(request: HttpRequest, url: URL, firstOrigin: string): Record<string, string> {
  const isHome = url.origin === firstOrigin
  const conditional = request.conditional?.url === shown(url) ? request.conditional.headers : {}
  const credentials = isHome ? basic(URL.parse(request.url)) : {}
  return { ...credentials, ...(isHome ? request.headers : {}), ...conditional }
}

function basic(url: URL | null): Record<string, string> {
  if (!url?.username && !url?.password) return {}
  const pair = `${percentDecoded(url.username)}:${percentDecoded(url.password)}`
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` }
}

type Dispatchers = { pick(isPrivateAllowed: boolean, proxy: string | null): Dispatcher; close(): Promise<void> }

/**
 * Connections to allowed private hosts live in a pool of their own: else a request without that permission could travel
 * on a connection that one with it had opened.
 */
function createDispatchers(limits: HttpLimits, { resolve = dns.lookup, ca }: HttpOptions): Dispatchers {
  const common = { maxHeaderSize: limits.headerBytes, allowH2: true }
  const connecting = { timeout: limits.connect, allowH2: true, autoSelectFamily: true, ca }
  const open = new Agent({
    ...common,
    connections: 6,
    connect: refusePrivate(buildConnector({ ...connecting, lookup: publicLookup(resolve) })),
  })
  const allowed = new Agent({
    ...common,
    connections: 16,
    connect: buildConnector({ ...connecting, lookup: anyLookup(resolve) }),
  })
  const proxies = new Map<string, Dispatcher>()

  function proxied(uri: string): Dispatcher {
    const known = proxies.get(uri)
    if (known) return known
    const address = new URL(uri)
    const token = basic(address).authorization
    // Once they are a header, they are in no text that anybody could write down.
    const tls = { requestTls: { ca }, proxyTls: { ca } }
    const made = new ProxyAgent({ ...common, uri: withoutCredentials(address).href, connections: 6, token, ...tls })
    proxies.set(uri, made)
    return made
  }

  return {
    pick: (isPrivateAllowed, proxy) => (proxy ? proxied(proxy) : isPrivateAllowed ? allowed : open),
    close: async () => {
      await Promise.all([open, allowed, ...proxies.values()].map(dispatcher => dispatcher.destroy()))
    },
  }
}

/** A second look at where the socket really went: whatever the lookup said, nothing is sent to a private address. */
function refusePrivate(connect: buildConnector.connector): buildConnector.connector {
  return (options, callback) =>
    connect(options, (...result) => {
      const socket = result[1] as Socket | null
      if (socket && isPrivateAddress(socket.remoteAddress ?? '')) {
        socket.destroy()
        callback(new PrivateAddress(options.hostname), null)
      } else callback(...result)
    })
}
