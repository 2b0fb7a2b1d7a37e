/** What the engine's queries and commands work with. */
import type { Counts } from '../api/model.ts'
import type { Announcer } from './events.ts'
import type { ReadArticles } from './everything-articles.ts'
import type { OpenedArchive } from './everything-read.ts'
import type { Exports } from './exports.ts'
import type { OpmlReading } from './feeds/opml.ts'
import type { Intake } from './intake-protocol.ts'
import type { KeeperTasks } from './keeper-protocol.ts'
import type { Journal } from './keeping/journal.ts'
import type { Log } from './log.ts'
import type { OpmlSource } from './opml-file.ts'
import type { Secrets } from './secrets.ts'
import type { Settler } from './settler.ts'
import type { Signer } from './signing.ts'
import type { Slices } from './slices.ts'
import { countArticles } from './store/counts.ts'
import type { WriteDb } from './store/database.ts'
import type { Failed } from './work/task-types.ts'

export type Archives = {
  /** In base64. */
  open: (archive: string) => Promise<OpenedArchive | Failed>
  readArticles: (bytes: Uint8Array) => Promise<ReadArticles | Failed>
}

export type Context = {
  db: WriteDb
  /** The last starts came to no good end: nothing is fetched. */
  isSafeMode: boolean
  intake: Intake
  /** Does in a thread of its own what reads much of the database. */
  keeper: KeeperTasks
  exports: Exports
  /** Rules of retention changed. They take effect some time later. */
  retentionChanged: () => void
  announcer: Announcer
  /** For work that would hold the thread too long at once. */
  slices: Slices
  settler: Settler
  journal: Journal
  signer: Signer
  secrets: Secrets
  /** Milliseconds since 1970. */
  now: () => number
  log: Log
  /** Whether an address is on this machine or a private network. */
  isPrivateHost: (url: URL) => Promise<boolean>
  /** Reads a subscription list where a hostile one can do no harm. */
  readOpml: (source: OpmlSource) => Promise<OpmlReading>
  /** Reads exported archives there, too. */
  archives: Archives
}

/** Midnight where the user is, in ms. */
export function todayStart(now: number): number {
  return new Date(now).setHours(0, 0, 0, 0)
}

export function currentCounts({ db, now }: Pick<Context, 'db' | 'now'>): Counts {
  return countArticles(db, todayStart(now()))
}
