/** Why a connection or an answer failed, from the error of a socket, of TLS or of the HTTP client. */
import type { Failure } from '../api/model.ts'
import { PrivateAddress } from './private-address.ts'
import type { HttpLimits } from './types.ts'

type Coded = { code?: unknown; name?: unknown; message?: unknown; cause?: unknown; errors?: unknown }

/** `host` is that of the request. */
export function failureOf(error: unknown, host: string, limits: HttpLimits): Failure {
  const cause = rootCause(error)
  if (cause instanceof PrivateAddress) return { reason: 'private-address', host }
  const { code: givenCode, message, name } = cause as Coded
  const code = typeof givenCode === 'string' ? givenCode : ''

  if (/^(?:ENOTFOUND|EAI_AGAIN|EAI_FAIL|EAI_NODATA)$/.test(code)) return { reason: 'dns', host }
  if (code === 'ECONNREFUSED') return { reason: 'refused', host }
  if (/^(?:EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN|EADDRNOTAVAIL)$/.test(code))
    return { reason: 'unreachable', host }
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ETIMEDOUT') {
    return { reason: 'timeout', seconds: limits.connect / 1_000 }
  }
  if (code === 'UND_ERR_BODY_TIMEOUT') return { reason: 'too-slow', seconds: limits.dripWindow / 1_000 }
  if (code === 'UND_ERR_HEADERS_OVERFLOW') return { reason: 'bad-answer', detail: 'headers over 64 KB' }
  // api/reasons.ts explains by the code what is wrong with a certificate.
  if (isTls(code, String(message ?? ''))) return { reason: 'tls', host, detail: code }
  if (isProxyRefusal(code, String(message ?? ''))) return { reason: 'http', status: 407 }
  // The parser's own errors have no code.
  return { reason: 'bad-answer', detail: name === 'HTTPParserError' ? noHttp : wordsFor(code) }
}

/** undici has no code of its own for a 407, neither for tunnels nor for plain requests through a proxy. */
function isProxyRefusal(code: string, message: string): boolean {
  return (code === 'UND_ERR_INVALID_ARG' || code === 'UND_ERR_ABORTED') && /\bproxy\b.*\b407\b/i.test(message)
}

const noHttp = 'it does not speak the language of the web'
const brokenOff =
  /^(?:UND_ERR_(?:SOCKET|CLOSED|DESTROYED|RES_CONTENT_LENGTH_MISMATCH)|ECONNRESET|ECONNABORTED|EPIPE|ERR_STREAM_PREMATURE_CLOSE|ERR_HTTP2_(?:STREAM_ERROR|SESSION_ERROR|STREAM_CANCEL|GOAWAY_SESSION))$/

/** For readers of feeds, who are not shown codes. */
function wordsFor(code: string): string {
  if (brokenOff.test(code)) return 'the connection broke off before all of it had come'
  if (code.startsWith('ERR_HTTP2')) return noHttp
  if (/^UND_ERR_(?:PRX|SOCKS)/.test(code)) return 'the proxy on the way refused'
  return 'it can’t be understood'
}

function isTls(code: string, message: string): boolean {
  return (
    /^(ERR_TLS|ERR_SSL|CERT_|CRL_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA|EPROTO)/.test(code) ||
    /secure TLS connection was established/.test(message)
  )
}

/** Unwraps errors: several addresses tried give an AggregateError, whose first entry is of the preferred address. */
function rootCause(error: unknown): unknown {
  let at = error
  for (let depth = 0; depth < 5; depth++) {
    if (at instanceof PrivateAddress) return at
    const { errors, cause, code } = (at ?? {}) as Coded
    const first = Array.isArray(errors) ? errors[0] : undefined
    if (first) at = first
    else if (cause && typeof code !== 'string') at = cause
    else return at ?? {}
  }
  return at
}
