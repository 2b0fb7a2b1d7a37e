/** Why mail could not be sent, from the errors of the SMTP library. */
import type { NodemailerError } from 'nodemailer/lib/errors'
import type { Outgoing, OutgoingFailure } from '../api/mail/outgoing.ts'
import { connectionFailureOf, oneLine, silentSeconds } from '../mail-servers/connection.ts'

export function outgoingFailureOf(error: unknown, outgoing: Outgoing): OutgoingFailure {
  const { host, from, to } = outgoing
  const {
    code = '',
    originalCode = '',
    command = '',
    responseCode = 0,
    response = '',
  } = (error ?? {}) as Partial<NodemailerError>
  const said = saidBy(response)
  if (command === 'STARTTLS' && responseCode >= 400) return { reason: 'no-starttls', host }
  if (responseCode === 552 || (code === 'EMESSAGE' && responseCode === 0)) return { reason: 'too-large', host }
  // 4yz: not now (RFC 5321, 4.2.1).
  if (responseCode >= 400 && responseCode < 500) return { reason: 'too-many', host, said }
  if (code === 'EAUTH' || code === 'ENOAUTH' || responseCode === 530) return { reason: 'log-in', host, said }
  if (responseCode >= 500) {
    if (/^MAIL FROM/i.test(command)) return { reason: 'not-from', host, address: from, said }
    if (/^RCPT TO/i.test(command)) return { reason: 'not-to', host, address: to, said }
    return { reason: 'not-taken', host, said }
  }
  if (code === 'EDNS') return { reason: 'dns', host }
  if (code === 'ETIMEDOUT') return { reason: 'timeout', host, seconds: silentSeconds }
  const failed = connectionFailureOf(originalCode || code, outgoing)
  if (failed) return failed
  if (code === 'ETLS') return { reason: 'tls', host, detail: originalCode }
  if (code === 'ECONNECTION') return { reason: 'broken-off', host }
  return { reason: 'bad-answer', host }
}

/** Without its numbers: '550 5.1.1 No such user' is 'No such user'. */
function saidBy(response: string): string {
  return oneLine(response.replace(/^\d{3}[ -](?:\d\.\d{1,3}\.\d{1,3} )?/gm, ''))
}
