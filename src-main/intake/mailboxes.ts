/** The mailboxes as a part of the intake: read with its workers, and their articles go through its queue. */
import { connectToMailbox } from '../newsletters/imap/connection.ts'
import { MailFailed } from '../newsletters/imap/failure.ts'
import { type ImportDeps, importMail } from '../newsletters/import-mail.ts'
import { Mailboxes } from '../newsletters/mailboxes.ts'
import { tellSender } from '../newsletters/tell-sender.ts'
import type { IngestQueue } from '../store/articles/ingest-queue.ts'
import { pollingPausedUntil } from '../store/polling-pause.ts'
import type { IntakeParts } from './parts.ts'
import type { Intake } from './protocol.ts'

export type MailParts = {
  mailboxes: Mailboxes
  calls: Pick<Intake, 'testMailbox' | 'tellSender' | 'mailChanged' | 'importMail'>
}

/** `onKept`: newsletters may have been kept, whose icons are to be looked for. */
export function createMailParts(parts: IntakeParts, storeFeed: IngestQueue['store'], onKept: () => void): MailParts {
  const { db, http, pool, clock, now, secrets, emit, log, signal } = parts
  const readMessage = (bytes: Uint8Array, options: { isGiven?: boolean } = {}, omission?: string) =>
    pool.run('readMail', { bytes, now: now(), isFirst: true, omission }, { signal, ...options })
  const deps: ImportDeps = {
    db,
    now,
    readMessage: bytes => readMessage(bytes),
    findMessages: (bytes, state) => pool.run('splitMbox', { bytes, state }, { signal }),
    storeFeed,
    onArticles: (feedId, { newIds, editedIds }) => emit('feed-refreshed', { feedId, newIds, editedIds }),
  }
  const mailboxes = new Mailboxes({
    ...deps,
    readMessage: (source, omission) => readMessage(source, { isGiven: true }, omission),
    clock,
    log,
    connect: connectToMailbox,
    openPassword: secrets.open,
    pausedUntil: () => pollingPausedUntil(db, now()),
    async readHeads(heads) {
      const read = await pool.run('readMailHeads', { heads, now: now() }, { signal })
      return read.ok ? read.heads : heads.map(() => null)
    },
    onChanged: () => emit('mail-changed', {}),
  })

  return {
    mailboxes,
    calls: {
      tellSender: ({ url }) => tellSender(http, url, signal),
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
      async importMail({ file }) {
        const imported = await importMail(deps, file)
        onKept()
        return imported
      },
      async mailChanged({ reconnectId }) {
        onKept()
        if (reconnectId !== null) mailboxes.reconnect(reconnectId)
        else mailboxes.changed()
      },
    },
  }
}
