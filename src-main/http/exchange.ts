/** One request to one address, without redirects, within all limits. */
import type { Dispatcher } from 'undici'
import type { Failure } from '../api/model.ts'
import { BodySink } from './body/body-sink.ts'
import { type Exchange, type Exchanged, isRedirect, RunningExchange } from './running-exchange.ts'

const noBody = new Uint8Array(0)
/** The body of a redirect is read up to here to keep the connection; a longer one ends it. */
const drainBytes = 65_536

/** Never rejects. */
export function exchange(dispatcher: Dispatcher, request: Exchange): Promise<Exchanged> {
  const { promise, resolve } = Promise.withResolvers<Exchanged>()
  new CollectingExchange(request, resolve).start(dispatcher)
  return promise
}

class CollectingExchange extends RunningExchange<Uint8Array> {
  #sink: BodySink | undefined
  #received = 0

  protected onAnswer(status: number, headers: Record<string, string>, setCookie: string[]): void {
    if (isRedirect(status, headers)) this.#end({ kind: 'answer', status, headers, body: noBody, setCookie }, true)
    else this.#startBody(status, headers)
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#received += chunk.length
    if (!this.isSettled) this.#sink?.write(chunk)
    else if (this.#received > drainBytes) this.abort('not wanted')
  }

  onResponseEnd(): void {
    // A decoder may still have bytes, without the network: no drip guard for those.
    clearTimeout(this.timer)
    if (!this.isSettled) this.#sink?.end()
  }

  /** What there is of a body is taken: it may be a whole document. */
  protected onBroken(failure: Failure): void {
    if (!this.isSettled && this.#sink) this.#sink.breakOff(failure)
    else this.fail(failure)
  }

  protected onGiveUp(failure: Failure): void {
    // Out of time, what is there is taken; cancelled, nothing is.
    if (failure.reason === 'too-slow') this.onBroken(failure)
    else this.fail(failure)
  }

  protected override fail(failure: Failure): void {
    this.#end({ kind: 'failed', failure })
  }

  #startBody(status: number, headers: Record<string, string>): void {
    const { limits, maxBytes: most, share } = this.request
    const isError = status >= 400
    const maxBytes = isError ? Math.min(limits.errorBodyBytes, most) : most
    const announced = Number(headers['content-length'])
    if (!isError && announced > maxBytes) {
      return void this.fail({ reason: 'too-large', megabytes: maxBytes / 1_000_000 })
    }
    const onHeld = (bytes: number) => share?.grow(bytes)
    this.#sink = new BodySink(headers['content-encoding'] ?? '', { maxBytes, onHeld }, result => {
      const answer = { kind: 'answer' as const, status, headers, setCookie: [] }
      if (result.kind === 'body') this.#end({ ...answer, body: result.bytes }, true)
      // The status alone says what is wrong.
      else if (isError) this.#end({ ...answer, body: noBody })
      else if (!result.partial) this.fail(result.failure)
      else this.#end({ kind: 'failed', failure: result.failure, partial: { status, headers, body: result.partial } })
    })
    this.#watchDrip()
    share?.receiveBy({ pause: () => this.#pause(), resume: () => this.#resume() })
  }

  #pause(): void {
    this.controller?.pause()
    this.#sink?.pause()
  }

  /** Its times begin anew: what it waited for was ours. */
  #resume(): void {
    this.timer?.refresh()
    this.request.onResume()
    this.#sink?.resume()
    this.controller?.resume()
  }

  #watchDrip(): void {
    const { limits, share } = this.request
    const { dripBytes, dripWindow } = limits
    let before = this.#received
    this.timer = setInterval(() => {
      if (!share?.isPaused && this.#received - before < dripBytes)
        this.onBroken({ reason: 'too-slow', seconds: dripWindow / 1_000 })
      before = this.#received
    }, dripWindow)
  }

  #end(result: Exchanged, keepsConnection = false): void {
    if (this.isSettled) return
    this.settle(result)
    this.request.share?.receiveBy(null)
    this.#sink?.destroy()
    if (!keepsConnection) this.abort('given up')
  }
}
