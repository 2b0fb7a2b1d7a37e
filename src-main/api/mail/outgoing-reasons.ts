/** The words for why mail could not be sent. For windows and the command line. */
import type { Explanation } from '../reasons.ts'
import type { Delivery, OutgoingFailure } from './outgoing.ts'
import { explainMail, quoted } from './reasons.ts'

type Own = {
  [R in OutgoingFailure['reason']]?: (failure: Extract<OutgoingFailure, { reason: R }>) => Explanation
}

/** `hint`: what this provider says of passwords for other programs (resources/mail-providers.json). */
export function explainOutgoing(failure: OutgoingFailure, hint = ''): Explanation {
  const say = words[failure.reason] as ((failure: OutgoingFailure) => Explanation) | undefined
  if (say) return say(failure)
  // Those that have words of their own above are of SMTP alone.
  return explainMail(failure as Parameters<typeof explainMail>[0], hint)
}

export function explainDelivery(delivery: Exclude<Delivery, { kind: 'sent' }>): Explanation {
  return delivery.kind === 'failed' ? explainOutgoing(delivery.failure) : inDoubt
}

/** Of a test, which nobody but the reader tries again. `hint`: as above. */
export function explainTest(delivery: Exclude<Delivery, { kind: 'sent' }>, hint = ''): Explanation {
  if (delivery.kind === 'in-doubt') return { ...inDoubt, next: 'Look whether it came. If it did not, send another.' }
  const said = explainOutgoing(delivery.failure, hint)
  return { ...said, next: nextOfTest[delivery.failure.reason] ?? said.next }
}

/** In place of what says that it is tried again. */
const nextOfTest: { [R in OutgoingFailure['reason']]?: string } = {
  timeout: 'Check the name and the port, and try again.',
  unreachable: 'See whether other programs get their mail, and try again.',
  'broken-off': 'Try again.',
  'too-many': 'Try again in some minutes.',
  'not-taken': 'Look what your provider says of this.',
}

export const inDoubt: Explanation = {
  what: 'The server was given all of it, and nobody knows whether it took it.',
  why: 'The connection broke off, or Broadsheet ended, just before the server’s answer.',
  next: 'Look whether it came. It is not sent again by itself, so that you never have it twice.',
}

const words: Own = {
  dns: ({ host }) => ({
    what: `There is no server called ${host}, or it can’t be found right now.`,
    why: 'Most likely its name is misspelt, or this computer is offline.',
    next: 'Compare the name with what your provider says of outgoing mail (SMTP), and try again.',
  }),
  refused: ({ host, port }) => ({
    what: `${host} refused the connection at port ${port}.`,
    why: 'The machine is there, but no mail server answers at this port.',
    next: 'Outgoing mail is mostly at port 465, or at 587 with STARTTLS. Your provider says which.',
  }),
  tls: failure => {
    const said = explainMail(failure)
    const isOtherPort = said.next.includes('STARTTLS')
    return isOtherPort ? { ...said, next: 'Choose STARTTLS, or port 465.' } : said
  },
  'no-starttls': ({ host }) => ({
    what: `${host} offers no secure connection at this port.`,
    why: 'Your password would cross the network in the clear.',
    next: 'Choose TLS and port 465. Your password was not sent.',
  }),
  'bad-answer': ({ host }) => ({
    what: `What ${host} answers can’t be understood.`,
    why: 'No server for outgoing mail is at this port, or it doesn’t keep to the rules.',
    next: 'Check the name and the port: outgoing mail is mostly at port 465 or 587.',
  }),
  'broken-off': ({ host }) => ({
    what: `The connection to ${host} broke off before the mail was sent.`,
    why: 'The network or the server was interrupted.',
    next: 'Nothing needs doing: Broadsheet tries again by itself.',
  }),
  'too-many': ({ host, said }) => ({
    what: `${host} asks us to come back later${quoted(said)}.`,
    why: 'It is busy, or looks at mail from strangers more closely.',
    next: 'Nothing needs doing: Broadsheet tries again by itself.',
  }),
  'no-password': () => ({
    what: 'The password for outgoing mail is missing, or can’t be read any more.',
    why: 'It was never typed, or was locked by a key that is not on this computer.',
    next: 'Type it again.',
  }),
  'not-from': ({ host, address, said }) => ({
    what: `${host} takes no mail from ${address}${quoted(said)}.`,
    why: 'Most servers send only for the address that logs in.',
    next: 'Use the address of this account as the sender’s.',
  }),
  'not-to': ({ host, address, said }) => ({
    what: `${host} takes no mail for ${address}${quoted(said)}.`,
    why: 'The address is misspelt, its mailbox is full, or this server sends only for those who log in.',
    next: 'Check the address, and the user name.',
  }),
  'not-taken': ({ host, said }) => ({
    what: `${host} did not take the mail${quoted(said)}.`,
    why: 'It may think that it is spam, or have a rule against it.',
    next: 'Look what your provider says of this. Broadsheet tries again in some hours.',
  }),
  'too-large': ({ host }) => ({
    what: `The mail is larger than ${host} takes.`,
    why: 'The pictures in it are most of it.',
    next: 'Have fewer articles in a digest, or use another server.',
  }),
}
