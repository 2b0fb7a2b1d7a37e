/** The one HTTP client: limited in bytes and time, honest about who we are, and closed to private networks. */
import { networkInterfaces } from 'node:os'
import project from '../../package.json' with { type: 'json' }
import type { Failure } from '../api/model.ts'
import { minute } from '../lib/time.ts'
import { isWeb, withoutCredentials } from '../lib/urls.ts'
import type { BodyStream } from './body/body-stream.ts'
import { type ConnectionOptions, Connections } from './connections.ts'
import { exchange } from './exchange.ts'
import { isConnectivity, isOffline, type Networks } from './network.ts'
import { openExchange } from './open-exchange.ts'
import type { Environment } from './proxy.ts'
import { RequestChain } from './request-chain.ts'
import type { Http, HttpAnswer, HttpLimits, HttpRequest } from './types.ts'

export type HttpOptions = ConnectionOptions & {
  limits?: Partial<HttpLimits>
  /** Where HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY are read; the process's environment as a rule. */
  environment?: Environment
  /** The networks this computer is on; asked of the system as a rule. */
  networks?: () => Networks
}

const defaultLimits: HttpLimits = {
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

/** Our name, version and where to complain (RFC 9110, 10.1.5). */
const userAgent = `Broadsheet/${project.version} (+https://github.com/broadsheet-reader/broadsheet)`

/** What becomes of a body, and in which codings it may come. */
type Way<Body> = Pick<ConstructorParameters<typeof RequestChain<Body>>[0], 'exchange' | 'headers'>

const collected: Way<Uint8Array> = {
  exchange,
  headers: { 'user-agent': userAgent, 'accept-encoding': 'gzip, br, zstd' },
}
/** Ranges are of what is sent: of a compressed file they would be parts of the compression. */
const asItArrives: Way<BodyStream> = {
  exchange: openExchange,
  headers: { 'user-agent': userAgent, 'accept-encoding': 'identity' },
}

const formHeaders = { 'content-type': 'application/x-www-form-urlencoded' }

/** Without credentials; an address that is none stays, to be refused. */
function bareOf(address: string): string {
  const url = URL.parse(address)
  return url ? withoutCredentials(url).href : address
}

/** Makes a client. `close` drops its connections, and requests on them fail. */
export function createHttp(options: HttpOptions = {}): Http {
  const { environment = process.env, networks = networkInterfaces } = options
  const limits = { ...defaultLimits, ...options.limits }
  const connections = new Connections(limits, options)
  const parts = { limits, environment, connections }

  async function ask<Body>(request: HttpRequest, way: Way<Body>, form?: string): Promise<HttpAnswer<Body>> {
    const start = URL.parse(request.url)
    if (!start || !isWeb(start)) return { kind: 'failed', failure: { reason: 'bad-address' } }
    const giveUp = new AbortController()
    const tooSlow: Failure = { reason: 'too-slow', seconds: limits.whole / 1_000 }
    const { share } = request
    const timer = setTimeout(() => {
      if (share?.isPaused) timer.refresh()
      else giveUp.abort(tooSlow)
    }, limits.whole)
    const onAbort = () => giveUp.abort({ reason: 'bad-answer', detail: 'cancelled' } satisfies Failure)
    request.signal?.addEventListener('abort', onAbort)
    if (request.signal?.aborted) onAbort()
    try {
      const answer = await new RequestChain({
        ...parts,
        ...way,
        request,
        form,
        start,
        giveUp: giveUp.signal,
        onResume: () => timer.refresh(),
      }).run()
      // Only a network on the way says so, of itself (RFC 6585, 6).
      if (answer.kind === 'answer' && answer.status === 511) return { kind: 'failed', failure: { reason: 'sign-in' } }
      // Without a network no name and no server is at fault.
      const isOurs = answer.kind === 'failed' && isConnectivity(answer.failure) && isOffline(networks())
      return isOurs ? { kind: 'failed', failure: { reason: 'offline' } } : answer
    } finally {
      clearTimeout(timer)
      request.signal?.removeEventListener('abort', onAbort)
    }
  }

  return {
    get: request => ask(request, collected),
    open: request => ask(request, asItArrives),
    post: ({ url, form, ...request }) =>
      ask({ ...request, url: bareOf(url), accept: '*/*', headers: formHeaders }, collected, form),
    close: () => connections.close(),
  }
}
