/** Mailboxes, and the newsletters in them, as windows see them. Plain JSON. */
import type { Failure } from '../model.ts'

/** How a server is spoken to. 'none': in the clear, which only a server on this machine may be. */
export type MailSecurity = 'tls' | 'starttls' | 'none'

/** Where a mailbox is, and who opens it. */
export type MailServer = { host: string; port: number; security: MailSecurity; userName: string }

/** Why a mailbox could not be read. Data, never an exception; words in reasons.ts. */
export type MailFailure =
  | { reason: 'dns'; host: string }
  | { reason: 'refused'; host: string; port: number }
  | { reason: 'unreachable'; host: string }
  /** The server is silent for so long. */
  | { reason: 'timeout'; host: string; seconds: number }
  /** `detail`: the code of Node's TLS. */
  | { reason: 'tls'; host: string; detail: string }
  /** It is to be asked in the clear first, and then does not offer a secure connection. */
  | { reason: 'no-starttls'; host: string }
  /** `said`: the server's own words. */
  | { reason: 'log-in'; host: string; said: string }
  | { reason: 'no-folder'; path: string }
  /** The server asks for fewer connections or requests. */
  | { reason: 'too-many'; host: string; said: string }
  /** What answers is no mail server, or does not keep to the rules. */
  | { reason: 'bad-answer'; host: string }
  | { reason: 'broken-off'; host: string }
  /** A server elsewhere would be sent the password in the clear. */
  | { reason: 'in-the-clear'; host: string }
  /** The password was sealed on another computer, or its key is gone. */
  | { reason: 'no-password' }

/** A mailbox whose newsletters are read. Its password is never answered. */
export type Mailbox = MailServer & {
  id: number
  /** As the reader named it: the e-mail address. */
  address: string
  /** Paths of the folders that are looked at. */
  folders: string[]
  /** Ms: nothing is read that was sent before. */
  readSince: number
  /** Null before the first time. */
  lastSuccessAt: number | null
  failure: MailFailure | null
  failingSince: number | null
}

/** A folder on the server. `use`: what it is for, where the server says so. */
export type MailFolder = {
  path: string
  use: 'inbox' | 'all' | 'archive' | 'junk' | 'sent' | 'drafts' | 'trash' | null
}

/** The ways out that a message offers (RFC 2369). Nothing is sent by reading it. */
export type Unsubscribe = {
  httpUrl: string | null
  /** A whole address: `mailto:leave@list.example?subject=leave`. */
  mailto: string | null
  /** A POST to `httpUrl` is enough (RFC 8058). */
  isOneClick: boolean
}

/** What came of a file of messages. Those that had come before are in `messages` and not in `newMessages`. */
export type ImportedMail =
  | {
      kind: 'imported'
      messages: number
      newMessages: number
      unreadable: number
      /** The newsletters they are of. */
      feedIds: number[]
      /** Null where all of them were followed already. */
      undoId: number | null
    }
  | { kind: 'failed'; failure: Failure }

/** What came of telling a sender. 'refused': its server did not take it. */
export type Told = { kind: 'told' } | { kind: 'refused'; status: number } | { kind: 'failed'; failure: Failure }

export type SenderDecision = 'kept' | 'left-out'

/** Who sends newsletters, or anything else, to the mailboxes. */
export type MailSender = {
  id: number
  name: string
  address: string
  /** False: nothing in its messages says that it is one; it is left out until the reader says otherwise. */
  isNewsletter: boolean
  /** Null: the reader has not decided. */
  decision: SenderDecision | null
  /** The feed that has its messages as articles; null where it is not followed. */
  feedId: number | null
  /** Messages that are known and not read, and the latest of all. */
  waiting: number
  latestSubject: string
  latestAt: number
}
