/** Why a mailbox could not be read, from the errors of sockets, TLS and the IMAP library. */
import type { ImapFlowError } from 'imapflow'
import type { MailFailure, MailServer } from '../../api/mail/model.ts'
import { connectionFailureOf, oneLine } from '../../mail-servers/connection.ts'

/** Carries a failure out of a connection; caught where a mailbox is looked at. */
export class MailFailed extends Error {
  readonly failure: MailFailure
  constructor(failure: MailFailure) {
    super(failure.reason)
    this.failure = failure
  }
}

export function mailFailureOf(error: unknown, server: MailServer, path?: string): MailFailure {
  const { host } = server
  const { code = '', message = '', ...told } = (error ?? {}) as Partial<ImapFlowError>
  if (told.authenticationFailed) return { reason: 'log-in', host, said: saidBy(told) }
  if (code === 'ETHROTTLE' || /LIMIT|OVERQUOTA|INUSE|UNAVAILABLE/.test(told.serverResponseCode ?? ''))
    return { reason: 'too-many', host, said: saidBy(told) }
  if (path !== undefined && (told.mailboxMissing || told.responseStatus === 'NO')) return { reason: 'no-folder', path }
  const failed = connectionFailureOf(code, server)
  if (failed) return failed
  if (/secure TLS connection was established/.test(message)) return { reason: 'tls', host, detail: code }
  if (told.tlsFailed) return { reason: 'no-starttls', host }
  if (/^(?:NoConnection|EConnectionClosed|ClosedAfterConnect\w*|StateLogout)$/.test(code))
    return { reason: 'broken-off', host }
  return { reason: 'bad-answer', host }
}

function saidBy({ responseText = '' }: Partial<ImapFlowError>): string {
  return oneLine(responseText)
}
