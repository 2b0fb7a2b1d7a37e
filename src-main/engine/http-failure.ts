/** Says in our words why a connection or an answer failed. */
import type { Failure } from '../api/model.ts'
import { PrivateAddress } from './http-address.ts'
import type { HttpLimits } from './http-types.ts'

type Coded = { code?: unknown; message?: unknown; cause?: unknown; errors?: unknown }

/** `host` is the name that was asked; errors come from Node's sockets, its TLS or the HTTP client. */
export function failureOf(error: unknown, host: string, limits: HttpLimits): Failure {
  const cause = rootCause(error)
  if (cause instanceof PrivateAddress) return { reason: 'private-address', host }
  const { code, message } = cause as Coded
  const name = typeof code === 'string' ? code : ''
  const detail = name || String(message ?? 'unknown').slice(0, 200)

  if (name === 'ENOTFOUND' || name === 'EAI_AGAIN' || name === 'EAI_FAIL' || name === 'EAI_NODATA') {
    return { reason: 'dns', host }
  }
  if (name === 'ECONNREFUSED') return { reason: 'refused', host }
  if (unreachable.has(name)) return { reason: 'unreachable', host }
  if (name === 'UND_ERR_CONNECT_TIMEOUT' || name === 'ETIMEDOUT') {
    return { reason: 'timeout', seconds: limits.connect / 1_000 }
  }
  if (name === 'UND_ERR_HEADERS_TIMEOUT') return { reason: 'timeout', seconds: limits.headers / 1_000 }
  if (name === 'UND_ERR_BODY_TIMEOUT') return { reason: 'too-slow', seconds: limits.dripWindow / 1_000 }
  if (name === 'UND_ERR_HEADERS_OVERFLOW') return { reason: 'bad-answer', detail: 'headers over 64 KB' }
  if (isTls(name, String(message ?? ''))) return { reason: 'tls', host, detail }
  return { reason: 'bad-answer', detail }
}

const unreachable = new Set(['EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'ENETDOWN', 'EADDRNOTAVAIL'])

function isTls(code: string, message: string): boolean {
  return (
    /^(ERR_TLS|ERR_SSL|CERT_|CRL_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA|EPROTO)/.test(code) ||
    /secure TLS connection was established/.test(message)
  )
}

/** Looks through wrappers: several addresses tried give an AggregateError, whose first entry is the preferred address. */
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
