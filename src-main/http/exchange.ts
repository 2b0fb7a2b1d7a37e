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
  const { url, limits, giveUp } = asked
  return new Promise(resolve => {
    let controller: Dispatcher.DispatchController | undefined
    let timer: NodeJS.Timeout | undefined
    let sink: BodySink | undefined
    let received = 0
    let isSettled = false

    function settle(result: Exchanged, keepsConnection = false): void {
      if (isSettled) return
      isSettled = true
      clearTimeout(timer)
      giveUp.removeEventListener('abort', onGiveUp)
      sink?.destroy()
      if (!keepsConnection) controller?.abort(new Error('given up'))
      resolve(result)
    }
    const fail = (failure: Failure) => settle({ kind: 'failed', failure })
    /** What came of a body is kept: it may be a whole document, or the half of one. */
    const breakOff = (failure: Failure) => {
      if (!isSettled && sink) sink.breakOff(failure)
      else fail(failure)
    }
    const onGiveUp = () => {
      const failure = giveUp.reason as Failure
      // Who cancels wants nothing any more; who has waited long enough takes what is there.
      if (failure.reason === 'too-slow') breakOff(failure)
      else fail(failure)
    }

    function watchDrip(): void {
      let before = received
      timer = setInterval(() => {
        if (received - before < limits.dripBytes) breakOff({ reason: 'too-slow', seconds: limits.dripWindow / 1_000 })
        before = received
      }, limits.dripWindow)
    }

    function startBody(status: number, headers: Record<string, string>): void {
      const isError = status >= 400
      const maxBytes = isError ? Math.min(limits.errorBodyBytes, asked.maxBytes) : asked.maxBytes
      const announced = Number(headers['content-length'])
      if (!isError && announced > maxBytes) {
        fail({ reason: 'too-large', megabytes: maxBytes / 1_000_000 })
        return
      }
      sink = bodySink(headers['content-encoding'] ?? '', maxBytes, result => {
        if (result.kind === 'body') settle({ kind: 'answer', status, headers, body: result.bytes, setCookie: [] }, true)
        // The status alone says what is wrong; the page with it is only looked at.
        else if (isError) settle({ kind: 'answer', status, headers, body: noBody, setCookie: [] })
        else if (!result.came) fail(result.failure)
        else settle({ kind: 'failed', failure: result.failure, came: { status, headers, body: result.came } })
      })
      watchDrip()
    }

    const handler: Dispatcher.DispatchHandler = {
      onRequestStart(started) {
        controller = started
        if (isSettled) return started.abort(new Error('given up'))
        timer = setTimeout(() => fail({ reason: 'timeout', seconds: limits.headers / 1_000 }), limits.headers)
      },
      onResponseStart(_controller, status, incoming) {
        // 1xx answers only announce the real one.
        if (isSettled || status < 200) return
        clearTimeout(timer)
        const headers = flat(incoming)
        if (isRedirect(status, headers)) {
          return settle({ kind: 'answer', status, headers, body: noBody, setCookie: cookiesOf(incoming) }, true)
        }
        startBody(status, headers)
      },
      onResponseData(_controller, chunk) {
        received += chunk.length
        if (!isSettled) sink?.write(chunk)
        else if (received > drainBytes) controller?.abort(new Error('not wanted'))
      },
      onResponseEnd() {
        // What a decoder still holds comes out now, without the network; the drip guard has done its work.
        clearTimeout(timer)
        if (!isSettled) sink?.end()
      },
      onResponseError(_controller, error) {
        breakOff(failureOf(error, url.hostname, limits))
      },
    }

    giveUp.addEventListener('abort', onGiveUp)
    if (giveUp.aborted) return onGiveUp()
    try {
      dispatcher.dispatch(
        {
          origin: url.origin,
          path: url.pathname + url.search,
          method: 'GET',
          headers: asked.headers,
          headersTimeout: 0,
          bodyTimeout: limits.dripWindow,
        },
        handler,
      )
    } catch (error) {
      fail(failureOf(error, url.hostname, limits))
    }
  })
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
