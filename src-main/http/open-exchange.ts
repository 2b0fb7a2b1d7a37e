/** One request to one address whose body is not collected but read as it arrives. Without redirects; times and sizes of headers only. */
import type { Dispatcher } from 'undici'
import type { Failure } from '../api/model.ts'
import { BodyPipe, type BodyStream } from './body/body-stream.ts'
import { type Exchange, type Exchanged, RunningExchange } from './running-exchange.ts'

const compressed: Failure = { reason: 'bad-answer', detail: 'it is compressed, although we asked for it as it is' }

/** Never rejects. A server that stops sending for `dripWindow` while somebody reads has broken off. */
export function openExchange(dispatcher: Dispatcher, request: Exchange): Promise<Exchanged<BodyStream>> {
  const { promise, resolve } = Promise.withResolvers<Exchanged<BodyStream>>()
  new OpenExchange(request, resolve).start(dispatcher)
  return promise
}

class OpenExchange extends RunningExchange<BodyStream> {
  readonly #pipe = new BodyPipe({
    pause: () => this.controller?.pause(),
    resume: () => this.controller?.resume(),
    abort: () => this.abort('not wanted'),
  })

  protected onAnswer(status: number, headers: Record<string, string>, setCookie: string[]): void {
    const isPlain = ['', 'identity'].includes(headers['content-encoding']?.trim().toLowerCase() ?? '')
    if (!isPlain && status < 300) return void this.fail(compressed)
    this.settle({ kind: 'answer', status, headers, setCookie, body: this.#pipe })
    // Of a redirect and of a refusal the status is all that matters.
    if (status >= 300) this.#pipe.close()
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#pipe.write(chunk)
  }

  onResponseEnd(): void {
    this.#pipe.end()
  }

  protected onBroken(failure: Failure): void {
    this.fail(failure)
  }

  protected onGiveUp(failure: Failure): void {
    this.fail(failure)
  }

  protected override fail(failure: Failure): void {
    this.#pipe.fail(failure)
    super.fail(failure)
  }
}
