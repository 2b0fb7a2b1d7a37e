/** Settings > Digest: sending it by e-mail. */
import { absoluteTime, dayOf, inText, startOfDay, timeOfDay, timeText } from '../format.ts'
import type { DeedWords } from '../undo.ts'

export const words = {
  title: 'By e-mail',
  off: 'Each digest can be sent to you as mail, too, by your own mail server.',
  setUp: 'Set up…',
  change: 'Change…',
  stop: 'Stop sending',
  by: (host: string): string => `By ${host}`,

  none: 'The next digest is the first that is sent.',
  sent: (at: number, now: number): string =>
    startOfDay(at) === startOfDay(now) ? `Sent today at ${timeOfDay(at)}.` : `Last sent on ${absoluteTime(at)}.`,
  waits: 'Is about to be sent.',
  sending: 'Is being sent…',
  again: (at: number, now: number): string => `Is tried again ${inText(at, now)}.`,
  inDoubt: (at: number, now: number): string => `In doubt since ${timeText(at, now)}.`,
  failedWhat: (day: number, at: number, now: number): string =>
    `The digest of ${dayOf(day)} could not be sent (last try: ${timeText(at, now)}).`,
  inDoubtWhat: (day: number): string => `The digest of ${dayOf(day)} may or may not have been sent.`,
  tryNow: 'Try again now',
  sendAgain: 'Send again',
  arrived: 'It came',

  dialog: {
    setUp: 'Send digests by e-mail',
    change: 'Change how digests are sent',
    intro: 'By your own mail server, to you and to nobody else.',
    address: 'Your address',
    host: 'SMTP server',
    userNameHint: 'Left empty where the server asks for none.',
    to: 'Send to',
    toHint: 'Another address of yours, if you like: a second mailbox, or a place for reading later.',
    test: 'Send a test',
    testAgain: 'Send another test',
    testing: (host: string): string => `Handing a few words over to ${host}…`,
    sent: (to: string): string => `Sent to ${to}. See whether it has come: the first one may be taken for spam.`,
    save: 'Save',
  },

  mistakes: {
    address: 'A whole address, like ada@example.com.',
    password: 'The password of this account.',
    host: 'The name of a server, like smtp.example.com.',
    security: 'Only for a server on this computer: your password would cross the network in the clear.',
  },

  set: (to: string, before: string | null): DeedWords => ({
    done: `Digests are sent to ${to}.`,
    undone: before === null ? 'No digest is sent by e-mail.' : `As it was before: digests are sent to ${before}.`,
  }),
  stopped: (to: string): DeedWords => ({
    done: 'No digest is sent by e-mail any more.',
    undone: `Digests are sent to ${to} again.`,
  }),
}
