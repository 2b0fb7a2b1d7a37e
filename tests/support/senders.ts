/** Puts senders into the database of a Broadsheet that runs, as a look at a mailbox would. */
import { databaseFile } from '../../src-main/safety/data-files.ts'
import { openDatabase } from '../../src-main/store/db/open.ts'
import { writeMailboxState } from '../../src-main/store/mail/changes.ts'
import { nextMailboxId, recordMailboxLook } from '../../src-main/store/mail/mailboxes.ts'
import { noteSender, type SeenSender } from '../../src-main/store/mail/senders.ts'
import { someNoon } from './articles.ts'

/** The windows that are open hear nothing of it. Answers their ids. */
export function writeSenders(dataDir: string, senders: Partial<SeenSender>[]): number[] {
  const db = openDatabase(databaseFile(dataDir))
  try {
    return db.transaction(() => senders.map((sender, index) => noteSender(db, { ...aSender(index), ...sender })))()
  } finally {
    db.close()
  }
}

function aSender(index: number): SeenSender {
  return {
    key: `list:${index}.harbour.example`,
    name: `Harbour ${index}`,
    address: `news-${index}@harbour.example`,
    isNewsletter: true,
    unsubscribe: null,
    subject: `The tide of day ${index}`,
    sentAt: someNoon - index * 3_600_000,
  }
}

/** Puts a mailbox into it whose password nobody can read, so that it fails without any server. */
export function writeMailbox(dataDir: string, address: string): void {
  const db = openDatabase(databaseFile(dataDir))
  try {
    const id = nextMailboxId(db)
    const server = { host: 'imap.harbour.example', port: 993, security: 'tls', userName: address } as const
    writeMailboxState(db, id, { ...server, address, password: '00', readSince: someNoon, folders: ['INBOX'] })
    recordMailboxLook(db, id, { reason: 'no-password' }, someNoon)
  } finally {
    db.close()
  }
}
