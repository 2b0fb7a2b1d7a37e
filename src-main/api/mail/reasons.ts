/** The words for why a mailbox could not be read. For windows and the command line. */
import { type Explanation, tlsCause } from '../reasons.ts'
import type { MailFailure } from './model.ts'

type Words = { [R in MailFailure['reason']]: (failure: Extract<MailFailure, { reason: R }>) => Explanation }

/** `hint`: what this provider says of passwords for other programs (resources/mail-providers.json). */
export function explainMail(failure: MailFailure, hint = ''): Explanation {
  const say = words[failure.reason] as (failure: MailFailure) => Explanation
  const said = say(failure)
  return failure.reason === 'log-in' && hint !== '' ? { ...said, next: hint } : said
}

/** The server's words within a sentence of ours, which has a full stop of its own. */
export function quoted(said: string): string {
  const words = said.replace(/[.!\s]+$/, '')
  return words === '' ? '' : `: “${words}”`
}

const words: Words = {
  dns: ({ host }) => ({
    what: `There is no server called ${host}, or it can’t be found right now.`,
    why: 'Most likely its name is misspelt, or this computer is offline.',
    next: 'Compare the name with what your provider says of IMAP, and try again.',
  }),
  refused: ({ host, port }) => ({
    what: `${host} refused the connection at port ${port}.`,
    why: 'The machine is there, but no mail server answers at this port.',
    next: 'IMAP is mostly at port 993, or at 143 with STARTTLS. Your provider says which.',
  }),
  unreachable: ({ host }) => ({
    what: `${host} can’t be reached from here.`,
    why: 'The way there is broken, or a firewall on yours is in between.',
    next: 'See whether other programs get their mail. Broadsheet tries again by itself.',
  }),
  timeout: ({ host, seconds }) => ({
    what: `${host} did not answer for ${seconds} seconds.`,
    why: 'It is overloaded, the network is slow, or another kind of server is at this port.',
    next: 'Check the port. If it was right before, nothing needs doing: Broadsheet tries again by itself.',
  }),
  tls: ({ host, detail }) => ({
    what: `The secure connection to ${host} failed${tlsCause(detail)}.`,
    why: /WRONG_VERSION|EPROTO|PACKET_LENGTH/.test(detail)
      ? 'This port may be one where the connection is made secure only after it was opened.'
      : 'The server’s certificate is set up wrongly, or someone is listening in.',
    next: /WRONG_VERSION|EPROTO|PACKET_LENGTH/.test(detail)
      ? 'Choose STARTTLS, or port 993.'
      : 'Check this computer’s date and the server’s name. Your password was not sent.',
  }),
  'no-starttls': ({ host }) => ({
    what: `${host} offers no secure connection at this port.`,
    why: 'Your password would cross the network in the clear.',
    next: 'Choose TLS and port 993. Your password was not sent.',
  }),
  'log-in': ({ host, said }) => ({
    what: `${host} did not accept the user name and password${quoted(said)}.`,
    why: 'One of them is mistyped, or your provider wants a password of its own for each program.',
    next: 'Check both. Many providers have you make an ‘app password’ in the settings of your account.',
  }),
  'no-folder': ({ path }) => ({
    what: `There is no folder “${path}” in this mailbox any more.`,
    why: 'It was renamed or deleted.',
    next: 'Choose its folders anew. What was read from it stays.',
  }),
  'too-many': ({ host, said }) => ({
    what: `${host} asks us to come back later${quoted(said)}.`,
    why: 'Other programs read this mailbox at the same time, or there were many requests lately.',
    next: 'Nothing needs doing: Broadsheet tries again by itself.',
  }),
  'bad-answer': ({ host }) => ({
    what: `What ${host} answers can’t be understood.`,
    why: 'No mail server is at this port, or it doesn’t keep to the rules.',
    next: 'Check the name and the port: IMAP is mostly at port 993.',
  }),
  'broken-off': ({ host }) => ({
    what: `The connection to ${host} broke off.`,
    why: 'The network or the server was interrupted. What was read until then is here.',
    next: 'Nothing needs doing: Broadsheet tries again by itself.',
  }),
  'in-the-clear': ({ host }) => ({
    what: `Your password was not sent to ${host}: it would cross the network in the clear.`,
    why: 'Only a mail server on this computer is spoken to without TLS.',
    next: 'Choose TLS, or STARTTLS.',
  }),
  'no-password': () => ({
    what: 'The password of this mailbox can’t be read any more.',
    why: 'It was locked by a key that is not on this computer.',
    next: 'Type it again.',
  }),
}
