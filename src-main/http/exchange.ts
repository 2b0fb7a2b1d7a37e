/** One request to one address: no redirects, but every limit. */
import type { Dispatcher } from 'undici'
import type { Failure } from '../api/model.ts'
import { type BodySink, bodySink } from './body.ts'
import { failureOf } from './failure.ts'
import type { CameOfAnswer, HttpLimits } from './types.ts'

export type Exchange = {
  url: URL
  headers: Record<string, string>
  maxBytes: number
  limits: HttpLimits
  /** Its abort reason is the Failure to answer. */
  giveUp: AbortSignal
}
type Told = { status: number; headers: Record<string, string>; body: Uint8Array }
/** `setCookie` is what a redirect sets; of other answers nobody asks it. `came` is what there is of an answer that broke off. */
export type Exchanged =
  | ({ kind: 'answer'; setCookie: string[] } & Told)
  | { kind: 'failed'; failure: Failure; came?: Omit<CameOfAnswer, 'url' | 'hops'> }

const noBody = new Uint8Array(0)
/** A page behind a redirect is let through up to here to keep the connection; a longer one costs the connection. */
const drainBytes = 65_536

/** Asks and answers; never rejects. */
export function exchange(dispatcher: Dispatcher, asked: Exchange): Promise<Exchanged> {
  const { promise, resolve } = Promise.withResolvers<Exchanged>()
  new Running(asked, resolve).start(dispatcher)
  return promise
}

/** One request while it is under way: undici tells it what comes, and it answers once. */
class Running implements Dispatcher.DispatchHandler {
  readonly #asked: Exchange
  readonly #resolve: (result: Exchanged) => void
  #controller: Dispatcher.DispatchController | undefined
  #timer: NodeJS.Timeout | undefined
  #sink: BodySink | undefined
  #received = 0
  #isSettled = false

  constructor(asked: Exchange, resolve: (result: Exchanged) => void) {
    this.#asked = asked
    this.#resolve = resolve
  }

  start(dispatcher: Dispatcher): void {
    const { url, headers, limits, giveUp } = this.#asked
    giveUp.addEventListener('abort', this.#onGiveUp)
    if (giveUp.aborted) return void this.#onGiveUp()
    const { origin, pathname, search } = url
    const timeouts = { headersTimeout: 0, bodyTimeout: limits.dripWindow }
    try {
      dispatcher.dispatch({ origin, path: pathname + search, method: 'GET', headers, ...timeouts }, this)
    } catch (error) {
      this.#fail(failureOf(error, url.hostname, limits))
    }
  }

  onRequestStart(started: Dispatcher.DispatchController): void {
    this.#controller = started
    if (this.#isSettled) return void started.abort(new Error('given up'))
    const { headers } = this.#asked.limits
    this.#timer = setTimeout(() => this.#fail({ reason: 'timeout', seconds: headers / 1_000 }), headers)
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, incoming: Incoming): void {
    // 1xx answers only announce the real one.
    if (this.#isSettled || status < 200) return
    clearTimeout(this.#timer)
    const headers = flat(incoming)
    if (!isRedirect(status, headers)) return void this.#startBody(status, headers)
    this.#settle({ kind: 'answer', status, headers, body: noBody, setCookie: cookiesOf(incoming) }, true)
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#received += chunk.length
    if (!this.#isSettled) this.#sink?.write(chunk)
    else if (this.#received > drainBytes) this.#controller?.abort(new Error('not wanted'))
  }

  onResponseEnd(): void {
    // What a decoder still holds comes out now, without the network; the drip guard has done its work.
    clearTimeout(this.#timer)
    if (!this.#isSettled) this.#sink?.end()
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    const { url, limits } = this.#asked
    this.#breakOff(failureOf(error, url.hostname, limits))
  }

  #startBody(status: number, headers: Record<string, string>): void {
    const { limits, maxBytes: most } = this.#asked
    const isError = status >= 400
    const maxBytes = isError ? Math.min(limits.errorBodyBytes, most) : most
    const announced = Number(headers['content-length'])
    if (!isError && announced > maxBytes) {
      return void this.#fail({ reason: 'too-large', megabytes: maxBytes / 1_000_000 })
    }
    this.#sink = bodySink(headers['content-encoding'] ?? '', maxBytes, result => {
      const answer = { kind: 'answer' as const, status, headers, setCookie: [] }
      if (result.kind === 'body') this.#settle({ ...answer, body: result.bytes }, true)
      // The status alone says what is wrong; the page with it is only looked at.
      else if (isError) this.#settle({ ...answer, body: noBody })
      else if (!result.came) this.#fail(result.failure)
      else this.#settle({ kind: 'failed', failure: result.failure, came: { status, headers, body: result.came } })
    })
    this.#watchDrip()
  }

  #watchDrip(): void {
    const { dripBytes, dripWindow } = this.#asked.limits
    let before = this.#received
    this.#timer = setInterval(() => {
      if (this.#received - before < dripBytes) this.#breakOff({ reason: 'too-slow', seconds: dripWindow / 1_000 })
      before = this.#received
    }, dripWindow)
  }

  readonly #onGiveUp = (): void => {
    const failure = this.#asked.giveUp.reason as Failure
    // Who cancels wants nothing any more; who has waited long enough takes what is there.
    if (failure.reason === 'too-slow') this.#breakOff(failure)
    else this.#fail(failure)
  }

  /** What came of a body is kept: it may be a whole document, or the half of one. */
  #breakOff(failure: Failure): void {
    if (!this.#isSettled && this.#sink) this.#sink.breakOff(failure)
    else this.#fail(failure)
  }

  #fail(failure: Failure): void {
    this.#settle({ kind: 'failed', failure })
  }

  #settle(result: Exchanged, keepsConnection = false): void {
    if (this.#isSettled) return
    this.#isSettled = true
    clearTimeout(this.#timer)
    this.#asked.giveUp.removeEventListener('abort', this.#onGiveUp)
    this.#sink?.destroy()
    if (!keepsConnection) this.#controller?.abort(new Error('given up'))
    this.#resolve(result)
  }
}

/** Whether an answer sends us elsewhere (RFC 9110, 15.4). A 304 does not, and neither does a 300. */
export function isRedirect(status: number, headers: Record<string, string>): boolean {
  return [301, 302, 303, 307, 308].includes(status) && headers.location !== undefined
}

type Incoming = Record<string, string | string[] | undefined>

function cookiesOf(headers: Incoming): string[] {
  const value = headers['set-cookie'] ?? []
  return typeof value === 'string' ? [value] : value
}

function flat(headers: Incoming): Record<string, string> {
  const result: Record<string, string> = Object.create(null)
  for (const [name, value] of Object.entries(headers)) {
    // Pseudo headers of HTTP/2, and cookies, which go no further than the next hop.
    if (value === undefined || name.startsWith(':') || name === 'set-cookie') continue
    result[name.toLowerCase()] = Array.isArray(value) ? joined(name, value) : value
  }
  return result
}

/** Lists may be repeated and join with a comma (RFC 9110, 5.3); of a header that is one value the first counts. */
function joined(name: string, values: string[]): string {
  return ['cache-control', 'link', 'content-encoding', 'vary'].includes(name) ? values.join(', ') : (values[0] ?? '')
}
