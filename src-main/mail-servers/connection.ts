/** What holds for every connection to a mail server, of whichever protocol. */
import type { MailFailure, MailServer } from '../api/mail/model.ts'

/** Seconds of silence after which a server counts as gone. */
export const silentSeconds = 30

type ConnectionFailure = Extract<
  MailFailure,
  { reason: 'dns' | 'refused' | 'unreachable' | 'timeout' | 'tls' | 'broken-off' }
>

/** By the code of Node's sockets and TLS; null for any other. */
export function connectionFailureOf(
  code: string,
  { host, port }: Pick<MailServer, 'host' | 'port'>,
): ConnectionFailure | null {
  if (/^(?:ENOTFOUND|EAI_AGAIN|EAI_FAIL|EAI_NODATA)$/.test(code)) return { reason: 'dns', host }
  if (code === 'ECONNREFUSED') return { reason: 'refused', host, port }
  if (/^(?:EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN|EADDRNOTAVAIL)$/.test(code))
    return { reason: 'unreachable', host }
  if (/TIMEOUT|ETIMEDOUT/.test(code)) return { reason: 'timeout', host, seconds: silentSeconds }
  if (tlsCodes.test(code)) return { reason: 'tls', host, detail: code }
  if (/^(?:ECONNRESET|EPIPE|ECONNABORTED)$/.test(code)) return { reason: 'broken-off', host }
  return null
}

const tlsCodes =
  /^(?:ERR_TLS|ERR_SSL|CERT_|CRL_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA|EPROTO$)/

/** What a server says, as it is shown. */
export function oneLine(said: string): string {
  return said.replace(/\s+/g, ' ').trim().slice(0, 200)
}
