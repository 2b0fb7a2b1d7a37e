/** One request to one address whose body is not collected but read as it arrives. Without redirects; times and sizes of headers only. */
import type { Dispatcher } from 'undici'
import type { Failure } from '../api/model.ts'
import { BodyPipe, type BodyStream } from './body/body-stream.ts'
import { dispatchGet, type Exchange, type Exchanged, flat, type Incoming, isRedirect } from './exchange.ts'
import { failureOf } from './failure.ts'

const compressed: Failure = { reason: 'bad-answer', detail: 'it is compressed, although we asked for it as it is' }

/** Never rejects. A server that stops sending for `dripWindow` while somebody reads has broken off. */
export function openExchange(dispatcher: Dispatcher, request: Exchange): Promise<Exchanged<BodyStream>> {
  const { promise, resolve } = Promise.withResolvers<Exchanged<BodyStream>>()
  new OpeningExchange(request, resolve).start(dispatcher)
  return promise
}

class OpeningExchange implements Dispatcher.DispatchHandler {
  readonly #request: Exchange
  readonly #resolve: (result: Exchanged<BodyStream>) => void
  #controller: Dispatcher.DispatchController | undefined
  #timer: NodeJS.Timeout | undefined
  #isSettled = false
  readonly #pipe = new BodyPipe({
    pause: () => this.#controller?.pause(),
    resume: () => this.#controller?.resume(),
    abort: () => this.#controller?.abort(new Error('not wanted')),
  })

  constructor(request: Exchange, resolve: (result: Exchanged<BodyStream>) => void) {
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
    const headers = flat(incoming)
    const isPlain = ['', 'identity'].includes(headers['content-encoding']?.trim().toLowerCase() ?? '')
    if (!isPlain && status < 300) return void this.#fail(compressed)
    const setCookie = [incoming['set-cookie'] ?? []].flat()
    this.#settle({ kind: 'answer', status, headers, setCookie, body: this.#pipe })
    // Of a redirect and of a refusal the status is all that matters.
    if (isRedirect(status, headers) || status >= 300) this.#pipe.close()
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#pipe.write(chunk)
  }

  onResponseEnd(): void {
    this.#pipe.end()
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    const { url, limits } = this.#request
    this.#fail(failureOf(error, url.hostname, limits))
  }

  readonly #onGiveUp = (): void => this.#fail(this.#request.giveUp.reason as Failure)

  #fail(failure: Failure): void {
    this.#pipe.fail(failure)
    this.#controller?.abort(new Error('given up'))
    this.#settle({ kind: 'failed', failure })
  }

  #settle(result: Exchanged<BodyStream>): void {
    if (this.#isSettled) return
    this.#isSettled = true
    clearTimeout(this.#timer)
    this.#request.giveUp.removeEventListener('abort', this.#onGiveUp)
    this.#resolve(result)
  }
}
