/** What every exchange with one address has in common: it is asked, its headers come in time, and it is answered once. */
import type { Dispatcher } from 'undici'
import type { Failure } from '../api/model.ts'
import type { BodyShare } from './body/body-budget.ts'
import { failureOf } from './failure.ts'
import type { HttpLimits, HttpResponse } from './types.ts'

export type Exchange = {
  url: URL
  headers: Record<string, string>
  /** Sent by POST; absent: nothing is, by GET. */
  form?: string
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

/** undici calls it as the answer arrives. What becomes of the body is said by the two that extend it. */
export abstract class RunningExchange<Body> implements Dispatcher.DispatchHandler {
  protected readonly request: Exchange
  protected controller: Dispatcher.DispatchController | undefined
  /** Of the headers; then of whatever else has to come in time. */
  protected timer: NodeJS.Timeout | undefined
  protected isSettled = false
  readonly #resolve: (result: Exchanged<Body>) => void

  constructor(request: Exchange, resolve: (result: Exchanged<Body>) => void) {
    this.request = request
    this.#resolve = resolve
  }

  /** An answer other than those that only announce it. */
  protected abstract onAnswer(status: number, headers: Record<string, string>, setCookie: string[]): void
  protected abstract onGiveUp(failure: Failure): void
  protected abstract onBroken(failure: Failure): void
  abstract onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void
  abstract onResponseEnd(): void

  start(dispatcher: Dispatcher): void {
    const { url, headers, form, limits, giveUp } = this.request
    giveUp.addEventListener('abort', this.#giveUp)
    if (giveUp.aborted) return void this.#giveUp()
    const { origin, pathname, search } = url
    const timeouts = { headersTimeout: 0, bodyTimeout: limits.dripWindow }
    const sent = form === undefined ? ({ method: 'GET' } as const) : ({ method: 'POST', body: form } as const)
    try {
      dispatcher.dispatch({ origin, path: pathname + search, ...sent, headers, ...timeouts }, this)
    } catch (error) {
      this.fail(failureOf(error, url.hostname, limits))
    }
  }

  onRequestStart(started: Dispatcher.DispatchController): void {
    this.controller = started
    if (this.isSettled) return void this.abort('given up')
    const { headers } = this.request.limits
    this.timer = setTimeout(() => this.fail({ reason: 'timeout', seconds: headers / 1_000 }), headers)
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, incoming: Incoming): void {
    // 1xx answers only announce the real one.
    if (this.isSettled || status < 200) return
    clearTimeout(this.timer)
    this.onAnswer(status, flat(incoming), [incoming['set-cookie'] ?? []].flat())
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    const { url, limits } = this.request
    this.onBroken(failureOf(error, url.hostname, limits))
  }

  protected fail(failure: Failure): void {
    this.settle({ kind: 'failed', failure })
    this.abort('given up')
  }

  protected abort(why: string): void {
    this.controller?.abort(new Error(why))
  }

  /** The first answer counts. */
  protected settle(result: Exchanged<Body>): void {
    if (this.isSettled) return
    this.isSettled = true
    clearTimeout(this.timer)
    this.request.giveUp.removeEventListener('abort', this.#giveUp)
    this.#resolve(result)
  }

  readonly #giveUp = (): void => this.onGiveUp(this.request.giveUp.reason as Failure)
}

/** Whether an answer redirects (RFC 9110, 15.4). A 304 does not, and neither does a 300. */
export function isRedirect(status: number, headers: Record<string, string>): boolean {
  return [301, 302, 303, 307, 308].includes(status) && headers.location !== undefined
}

type Incoming = Record<string, string | string[] | undefined>

function flat(headers: Incoming): Record<string, string> {
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
