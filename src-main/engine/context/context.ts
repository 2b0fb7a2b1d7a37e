/** What every query and command of the engine gets. */
import type { Counts } from '../../api/model.ts'
import type { PictureFiles } from '../../intake/media/picture-files.ts'
import type { Intake } from '../../intake/protocol.ts'
import type { Chunks } from '../../lib/chunks.ts'
import type { Log } from '../../lib/log.ts'
import type { Secrets } from '../../lib/secrets.ts'
import { todayStart } from '../../lib/time.ts'
import type { MaintenanceTasks } from '../../maintenance/tasks.ts'
import type { Journal } from '../../safety/journal/journal.ts'
import { countArticles } from '../../store/articles/counts.ts'
import { badgeOf } from '../../store/badge.ts'
import type { WriteDb } from '../../store/db/open.ts'
import type { Pool } from '../../workers/pool.ts'
import type { Announcer } from './announcer.ts'
import type { Signer } from './signing.ts'
import type { VisibilityJob } from './visibility-job.ts'

export type Context = {
  db: WriteDb
  /** The last starts failed: nothing is fetched. */
  isSafeMode: boolean
  intake: Intake
  maintenance: MaintenanceTasks
  exportFolder: string
  /** What is kept for saved articles. */
  pictureFiles: PictureFiles
  /** The rules of retention changed. They take effect half a minute later. */
  retentionChanged: () => void
  /** Articles were saved or are not any more. Their pictures are fetched in the background. */
  savedChanged: () => void
  /** The reader decided something of stories, or took it back: they are grouped by it from now on. */
  storiesDecided: () => void
  announcer: Announcer
  /** For work that would block the thread for long. */
  chunks: Chunks
  visibilityJob: VisibilityJob
  journal: Journal
  signer: Signer
  secrets: Secrets
  /** Milliseconds since 1970. */
  now: () => number
  log: Log
  /** Whether an address is on this machine or a private network. */
  isPrivateHost: (url: URL) => Promise<boolean>
  /** Reads subscription lists and exported archives, which may be hostile. */
  pool: Pick<Pool, 'run'>
}

export function currentCounts({ db, now }: Pick<Context, 'db' | 'now'>): Counts {
  const counts = countArticles(db, todayStart(now()))
  return { ...counts, badge: badgeOf(db, counts) }
}
