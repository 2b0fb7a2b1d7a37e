/** One request and the redirects it follows: each hop has its own address check, proxy, cookies and headers. */

import type { Dispatcher } from 'undici'
import type { Failure } from '../api/model.ts'
import { isWeb, withoutCredentials } from '../lib/urls.ts'
import type { Connections } from './connections.ts'
import { ChainCookies } from './cookies.ts'
import { headerOfUrl } from './credentials.ts'
import { hostPort, isLocalName, isOwnNetwork, isPrivateAddress, literalAddress } from './private-address.ts'
import { type Environment, proxyFor } from './proxy.ts'
import { type Exchange, type Exchanged, isRedirect } from './running-exchange.ts'
import type { Hop, HttpAnswer, HttpLimits, HttpRequest } from './types.ts'

type ChainParts<Body> = {
  /** What is done with each address. */
  exchange(dispatcher: Dispatcher, request: Exchange): Promise<Exchanged<Body>>
  request: HttpRequest
  /** Sent by POST, to the first address only: a redirect is the answer. */
  form?: string | undefined
  /** Its address. */
  start: URL
  limits: HttpLimits
  environment: Environment
  connections: Connections
  /** Sent with every request. */
  headers: Record<string, string>
  /** Its reason is the Failure to answer. */
  giveUp: AbortSignal
  /** A body that had to wait for others goes on. */
  onResume(): void
}

export class RequestChain<Body> {
  readonly #parts: ChainParts<Body>
  readonly #cookies: ChainCookies | null
  readonly #hops: Hop[] = []
  /** With their cookies: an address that gets another cookie than before is no loop. */
  readonly #asked = new Set<string>()

  constructor(parts: ChainParts<Body>) {
    this.#parts = parts
    this.#cookies = parts.request.carriesCookies ? new ChainCookies() : null
  }

  async run(): Promise<HttpAnswer<Body>> {
    for (let url = this.#parts.start; ; ) {
      this.#asked.add(this.#keyOf(url))
      const exchanged = await this.#ask(url)
      const place = { url: bareAddress(url), hops: this.#hops }
      if (exchanged.kind === 'failed') {
        const { failure, partial } = exchanged
        return { kind: 'failed', failure, ...(partial && { partial: { ...partial, ...place } }) }
      }
      const { setCookie, ...answer } = exchanged
      if (this.#parts.form !== undefined || !isRedirect(answer.status, answer.headers)) return { ...answer, ...place }
      const next = nextHop(url, answer.headers.location ?? '')
      if ('reason' in next) return { kind: 'failed', failure: next }
      this.#cookies?.take(url, setCookie, answer.headers.date)
      this.#hops.push({ status: answer.status, from: bareAddress(url), to: bareAddress(next) })
      const isLoop = this.#asked.has(this.#keyOf(next)) || this.#hops.length > this.#parts.limits.hops
      if (isLoop) return { kind: 'failed', failure: { reason: 'redirect-loop' } }
      url = next
    }
  }

  #keyOf(url: URL): string {
    return `${bareAddress(url)} ${this.#cookies?.header(url) ?? ''}`
  }

  async #ask(url: URL): Promise<Exchanged<Body>> {
    const isAllowed = this.#parts.request.privateHost === hostPort(url)
    const proxy = this.#proxyOf(url)
    // No lookup is called for a literal address, and a proxy looks names up in its own network: those are judged by their form.
    if (!isAllowed && (proxy === null ? isPlainlyPrivate(url) : isOwnNetwork(url))) {
      return { kind: 'failed', failure: { reason: 'private-address', host: url.hostname } }
    }
    if (!isAllowed || proxy === null) return this.#exchange(url, isAllowed, proxy)
    // A private host is asked directly; behind a mandatory proxy its name may be known or reached there only.
    const exchanged = await this.#exchange(url, isAllowed, null)
    return isOutOfReach(exchanged, url) ? this.#exchange(url, isAllowed, proxy) : exchanged
  }

  #proxyOf(url: URL): string | null {
    const { request, environment } = this.#parts
    return request.proxy === 'direct' ? null : (request.proxy ?? proxyFor(url, environment))
  }

  #exchange(url: URL, isPrivateAllowed: boolean, proxy: string | null): Promise<Exchanged<Body>> {
    const { request, form, limits, connections, giveUp, onResume, exchange } = this.#parts
    const maxBytes = request.maxBytes ?? limits.bodyBytes
    const dispatcher = connections.pick(isPrivateAllowed, proxy)
    const { share } = request
    return exchange(dispatcher, {
      url,
      headers: this.#headersFor(url),
      form,
      maxBytes,
      limits,
      giveUp,
      share,
      onResume,
    })
  }

  /** Credentials and other headers stay with the origin they were meant for (RFC 9110, 15.4); validators with their address. */
  #headersFor(url: URL): Record<string, string> {
    const { request, start, headers: fixed } = this.#parts
    const { accept, conditional, headers, range, userAgent } = request
    const cookie = this.#cookies?.header(url)
    return {
      ...(url.origin === start.origin && { ...headerOfUrl(start), ...headers }),
      ...(conditional?.url === bareAddress(url) && conditional.headers),
      ...(cookie && { cookie }),
      ...(range && { range }),
      accept,
      ...fixed,
      ...(userAgent && { 'user-agent': userAgent }),
    }
  }
}

/** A proxy's own machine is not this one, and an address means another host there. */
function isOutOfReach(exchanged: Exchanged<unknown>, url: URL): boolean {
  if (exchanged.kind !== 'failed' || isLocalName(url.hostname) || literalAddress(url) !== null) return false
  return ['dns', 'refused', 'unreachable', 'timeout'].includes(exchanged.failure.reason)
}

function isPlainlyPrivate(url: URL): boolean {
  const literal = literalAddress(url)
  return isLocalName(url.hostname) || (literal !== null && isPrivateAddress(literal))
}

/** Without the fragment, which is never sent, and without credentials, which belong in no record. */
function bareAddress(url: URL): string {
  const bare = withoutCredentials(new URL(url))
  bare.hash = ''
  return bare.href
}

/** Where a redirect leads, or why it is not followed: only to http(s), and never from https to http. */
function nextHop(from: URL, location: string): URL | Failure {
  // Header values are bytes; addresses written in UTF-8 are the common breach of RFC 9110, 10.2.2.
  const text = Buffer.from(location, 'latin1').toString('utf8')
  const next = URL.parse(text.includes('\ufffd') ? location : text, from.href)
  const isDowngrade = from.protocol === 'https:' && next?.protocol === 'http:'
  if (!next || !isWeb(next) || isDowngrade) return { reason: 'bad-redirect', to: location.slice(0, 500) }
  return next
}
