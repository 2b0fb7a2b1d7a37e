/** Why a mailbox could not be read, from the errors of sockets, TLS and the IMAP library. */
import type { ImapFlowError } from 'imapflow'
import type { MailFailure, MailServer } from '../../api/mail/model.ts'

/** Carries a failure out of a connection; caught where a mailbox is looked at. */
export class MailFailed extends Error {
  readonly failure: MailFailure
  constructor(failure: MailFailure) {
    super(failure.reason)
    this.failure = failure
  }
}

/** Seconds of silence after which a server counts as gone. */
export const silentSeconds = 30

export function mailFailureOf(error: unknown, server: MailServer, path?: string): MailFailure {
  const { host, port } = server
  const { code = '', message = '', ...told } = (error ?? {}) as Partial<ImapFlowError>
  if (told.authenticationFailed) return { reason: 'log-in', host, said: saidBy(told) }
  if (code === 'ETHROTTLE' || /LIMIT|OVERQUOTA|INUSE|UNAVAILABLE/.test(told.serverResponseCode ?? ''))
    return { reason: 'too-many', host, said: saidBy(told) }
  if (path !== undefined && (told.mailboxMissing || told.responseStatus === 'NO')) return { reason: 'no-folder', path }
  if (/^(?:ENOTFOUND|EAI_AGAIN|EAI_FAIL|EAI_NODATA)$/.test(code)) return { reason: 'dns', host }
  if (code === 'ECONNREFUSED') return { reason: 'refused', host, port }
  if (/^(?:EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN|EADDRNOTAVAIL)$/.test(code))
    return { reason: 'unreachable', host }
  if (/TIMEOUT|ETIMEDOUT/.test(code)) return { reason: 'timeout', host, seconds: silentSeconds }
  if (isTls(code, message)) return { reason: 'tls', host, detail: code }
  if (told.tlsFailed) return { reason: 'no-starttls', host }
  if (/^(?:NoConnection|EConnectionClosed|ClosedAfterConnect\w*|StateLogout|ECONNRESET|EPIPE|ECONNABORTED)$/.test(code))
    return { reason: 'broken-off', host }
  return { reason: 'bad-answer', host }
}

function isTls(code: string, message: string): boolean {
  return (
    /^(?:ERR_TLS|ERR_SSL|CERT_|CRL_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA|EPROTO)/.test(
      code,
    ) || /secure TLS connection was established/.test(message)
  )
}

/** The server's own words, in one line. */
function saidBy({ responseText = '' }: Partial<ImapFlowError>): string {
  return responseText.replace(/\s+/g, ' ').trim().slice(0, 200)
}
