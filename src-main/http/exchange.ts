/** One request to one address, without redirects, within all limits. */
import type { Dispatcher } from 'undici'
import type { Failure } from '../api/model.ts'
import type { BodyShare } from './body/body-budget.ts'
import { BodySink } from './body/body-sink.ts'
import { failureOf } from './failure.ts'
import type { HttpLimits, HttpResponse } from './types.ts'

export type Exchange = {
  url: URL
  headers: Record<string, string>
  maxBytes: number
  limits: HttpLimits
  /** Its abort reason is the Failure to answer. */
  giveUp: AbortSignal
  /** Where the body is counted. */
  share?: BodyShare
  /** The body had to wait for others, and goes on. */
  onResume(): void
}
/** `setCookie` is of redirects only; `partial` is what there is of an answer that broke off. */
export type Exchanged<Body = Uint8Array> =
  | ({ kind: 'answer'; setCookie: string[] } & HttpResponse<Body>)
  | { kind: 'failed'; failure: Failure; partial?: HttpResponse }

const noBody = new Uint8Array(0)
/** The body of a redirect is read up to here to keep the connection; a longer one ends it. */
const drainBytes = 65_536

/** Never rejects. */
export function exchange(dispatcher: Dispatcher, request: Exchange): Promise<Exchanged> {
  const { promise, resolve } = Promise.withResolvers<Exchanged>()
  new RunningExchange(request, resolve).start(dispatcher)
  return promise
}

/** Asks undici, which calls `handler` as the answer arrives. Answers why it could not be asked; null where it was. */
export function dispatchGet(
  dispatcher: Dispatcher,
  { url, headers, limits }: Pick<Exchange, 'url' | 'headers' | 'limits'>,
  handler: Dispatcher.DispatchHandler,
): Failure | null {
  const { origin, pathname, search } = url
  const timeouts = { headersTimeout: 0, bodyTimeout: limits.dripWindow }
  try {
    dispatcher.dispatch({ origin, path: pathname + search, method: 'GET', headers, ...timeouts }, handler)
    return null
  } catch (error) {
    return failureOf(error, url.hostname, limits)
  }
}

/** undici calls it as the answer arrives; it resolves once. */
class RunningExchange implements Dispatcher.DispatchHandler {
  readonly #request: Exchange
  readonly #resolve: (result: Exchanged) => void
  #controller: Dispatcher.DispatchController | undefined
  #timer: NodeJS.Timeout | undefined
  #sink: BodySink | undefined
  #received = 0
  #isSettled = false

  constructor(request: Exchange, resolve: (result: Exchanged) => void) {
    this.#request = request
    this.#resolve = resolve
  }

  start(dispatcher: Dispatcher): void {
    const { giveUp } = this.#request
    giveUp.addEventListener('abort', this.#onGiveUp)
    if (giveUp.aborted) return void this.#onGiveUp()
    const failure = dispatchGet(dispatcher, this.#request, this)
    if (failure) this.#fail(failure)
  }

  onRequestStart(started: Dispatcher.DispatchController): void {
    this.#controller = started
    if (this.#isSettled) return void started.abort(new Error('given up'))
    const { headers } = this.#request.limits
    this.#timer = setTimeout(() => this.#fail({ reason: 'timeout', seconds: headers / 1_000 }), headers)
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, incoming: Incoming): void {
    // 1xx answers only announce the real one.
    if (this.#isSettled || status < 200) return
    clearTimeout(this.#timer)
    const headers = flat(incoming)
    if (!isRedirect(status, headers)) return void this.#startBody(status, headers)
    this.#settle(
      { kind: 'answer', status, headers, body: noBody, setCookie: [incoming['set-cookie'] ?? []].flat() },
      true,
    )
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#received += chunk.length
    if (!this.#isSettled) this.#sink?.write(chunk)
    else if (this.#received > drainBytes) this.#controller?.abort(new Error('not wanted'))
  }

  onResponseEnd(): void {
    // A decoder may still have bytes, without the network: no drip guard for those.
    clearTimeout(this.#timer)
    if (!this.#isSettled) this.#sink?.end()
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    const { url, limits } = this.#request
    this.#breakOff(failureOf(error, url.hostname, limits))
  }

  #startBody(status: number, headers: Record<string, string>): void {
    const { limits, maxBytes: most, share } = this.#request
    const isError = status >= 400
    const maxBytes = isError ? Math.min(limits.errorBodyBytes, most) : most
    const announced = Number(headers['content-length'])
    if (!isError && announced > maxBytes) {
      return void this.#fail({ reason: 'too-large', megabytes: maxBytes / 1_000_000 })
    }
    const onHeld = (bytes: number) => share?.grow(bytes)
    this.#sink = new BodySink(headers['content-encoding'] ?? '', { maxBytes, onHeld }, result => {
      const answer = { kind: 'answer' as const, status, headers, setCookie: [] }
      if (result.kind === 'body') this.#settle({ ...answer, body: result.bytes }, true)
      // The status alone says what is wrong.
      else if (isError) this.#settle({ ...answer, body: noBody })
      else if (!result.partial) this.#fail(result.failure)
      else this.#settle({ kind: 'failed', failure: result.failure, partial: { status, headers, body: result.partial } })
    })
    this.#watchDrip()
    share?.receiveBy({ pause: () => this.#pause(), resume: () => this.#resume() })
  }

  #pause(): void {
    this.#controller?.pause()
    this.#sink?.pause()
  }

  /** Its times begin anew: what it waited for was ours. */
  #resume(): void {
    this.#timer?.refresh()
    this.#request.onResume()
    this.#sink?.resume()
    this.#controller?.resume()
  }

  #watchDrip(): void {
    const { limits, share } = this.#request
    const { dripBytes, dripWindow } = limits
    let before = this.#received
    this.#timer = setInterval(() => {
      if (!share?.isPaused && this.#received - before < dripBytes)
        this.#breakOff({ reason: 'too-slow', seconds: dripWindow / 1_000 })
      before = this.#received
    }, dripWindow)
  }

  readonly #onGiveUp = (): void => {
    const failure = this.#request.giveUp.reason as Failure
    // Out of time, what is there is taken; cancelled, nothing is.
    if (failure.reason === 'too-slow') this.#breakOff(failure)
    else this.#fail(failure)
  }

  /** What there is of a body is kept: it may be a whole document. */
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
    this.#request.giveUp.removeEventListener('abort', this.#onGiveUp)
    this.#request.share?.receiveBy(null)
    this.#sink?.destroy()
    if (!keepsConnection) this.#controller?.abort(new Error('given up'))
    this.#resolve(result)
  }
}

/** Whether an answer redirects (RFC 9110, 15.4). A 304 does not, and neither does a 300. */
export function isRedirect(status: number, headers: Record<string, string>): boolean {
  return [301, 302, 303, 307, 308].includes(status) && headers.location !== undefined
}

export type Incoming = Record<string, string | string[] | undefined>

export function flat(headers: Incoming): Record<string, string> {
  const result: Record<string, string> = Object.create(null)
  for (const [name, value] of Object.entries(headers)) {
    // Pseudo headers of HTTP/2; and cookies, which only the next hop gets.
    if (value === undefined || name.startsWith(':') || name === 'set-cookie') continue
    result[name.toLowerCase()] = Array.isArray(value) ? joined(name, value) : value
  }
  return result
}

/** Repeated lists are joined with a comma (RFC 9110, 5.3); of a header with one value the first counts. */
function joined(name: string, values: string[]): string {
  return ['cache-control', 'link', 'content-encoding', 'vary'].includes(name) ? values.join(', ') : (values[0] ?? '')
}
