/** The mailboxes as a part of the intake. */
import { connectToMailbox } from '../newsletters/imap/connection.ts'
import { MailFailed } from '../newsletters/imap/failure.ts'
import type { IntakeParts } from './parts.ts'
import type { Intake } from './protocol.ts'

/** `onKept`: newsletters may have been kept, whose icons are to be looked for. */
export function createMailCalls(
  { signal }: Pick<IntakeParts, 'signal'>,
  onKept: () => void,
): Pick<Intake, 'testMailbox' | 'mailChanged'> {
  return {
    async testMailbox(access) {
      try {
        const connection = await connectToMailbox(access, signal)
        const folders = await connection.folders()
        connection.close()
        return { kind: 'works', folders }
      } catch (error) {
        if (error instanceof MailFailed) return { kind: 'failed', failure: error.failure }
        throw error
      }
    },
    mailChanged: async () => onKept(),
  }
}
