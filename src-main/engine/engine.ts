/** The engine: answers windows over ports, and tells them what the intake brings. Knows no host. */
import type { Checked, Name, Output } from '../api/contract.ts'
import type { Resource } from '../api/engine-thread.ts'
import type { Port } from '../api/ports.ts'
import { createExports, exportFolder } from '../archive/downloads.ts'
import type { IntakeClient } from '../intake/client.ts'
import { createChunks } from '../lib/chunks.ts'
import { attempt } from '../lib/log.ts'
import type { Secrets } from '../lib/secrets.ts'
import type { MaintenanceTasks } from '../maintenance/protocol.ts'
import { createReserve } from '../safety/disk-reserve.ts'
import { beginFile, journalFolder } from '../safety/journal/file.ts'
import type { Journal } from '../safety/journal/journal.ts'
import type { WriteDb } from '../store/db/open.ts'
import { asInteractive } from '../store/db/write-gate.ts'
import { readSettings } from '../store/settings.ts'
import { makeAccess } from './commands/access.ts'
import { makeEverything } from './commands/archive.ts'
import { makeArticleCommands } from './commands/articles.ts'
import { changeFeedUrl } from './commands/change-address.ts'
import { makeFeedCommands } from './commands/feeds.ts'
import { makeFolderCommands } from './commands/folders.ts'
import { importOpml } from './commands/import-opml.ts'
import { makeRefresh } from './commands/refresh.ts'
import { makeRetention } from './commands/retention.ts'
import { changeSettings } from './commands/settings.ts'
import { makeKeeping } from './commands/storage.ts'
import { undo } from './commands/undo.ts'
import { createAnnouncer } from './context/announcer.ts'
import { type Context, currentCounts } from './context/context.ts'
import { createHealth } from './context/health.ts'
import type { Signer } from './context/signing.ts'
import { announceSources } from './context/sources.ts'
import { createVisibilityJob } from './context/visibility-job.ts'
import { type BackupJob, createBackupJob } from './idle/daily-backup.ts'
import { createShowing, type Showing } from './idle/showing.ts'
import { tellIntakeNews } from './intake-news.ts'
import { makeQueries } from './queries.ts'
import { answerResource } from './resources.ts'
import { createRunCall, withRoom } from './run-call.ts'
import { serveCalls } from './serve.ts'

export type EngineParts = {
  db: WriteDb
  dataDir: string
  /** The last starts came to no good end. */
  isSafeMode: boolean
  /** Ends this engine; the host starts another, and windows connect to that. */
  restart(): void
  /** SQLite found the database damaged as it worked. */
  onDamage(code: string): void
  intake: IntakeClient
  journal: Journal
  maintenance: MaintenanceTasks
  retentionChanged: () => void
  signer: Signer
  secrets: Secrets
  now: () => number
  isPrivateHost: Context['isPrivateHost']
  readOpml: Context['readOpml']
  archives: Context['archives']
  /** Where a call that took long, or a bug, is written down. */
  log: (line: string) => void
}

export type Engine = {
  /** Answers a window until its port closes. */
  serve(port: Port): void
  /** The bytes of an icon or a medium, by its signed path. */
  resource(path: string): Promise<Resource>
  /** Something outside this engine changed the database: windows ask again. */
  changedElsewhere(): void
  /** Sees to the backups. */
  backupJob: BackupJob
  /** Ends the windows' connections; what was asked before is finished when this answers. */
  close(): Promise<void>
}

type Handlers = { [N in Name]: (input: Checked<N>, window: object) => Output<N> | Promise<Output<N>> }

export function createEngine(parts: EngineParts): Engine {
  const { db, dataDir, intake, log } = parts
  const announcer = createAnnouncer(() => currentCounts(parts), log)
  const onRoom = () => attempt(log, 'waking the poller', () => void intake.scheduleChanged().catch(() => {}))
  const health = createHealth({ ...parts, announcer, reserve: createReserve(dataDir), onRoom })
  const chunks = createChunks(log, ({ isWrite }, step) => asInteractive(db, isWrite, () => withRoom(health, step)))
  const visibilityJob = createVisibilityJob({ db, chunks, onReturned: () => announceSources({ announcer }) })
  const exports = createExports(exportFolder(dataDir))
  const context: Context = { ...parts, exports, announcer, chunks, visibilityJob }
  const showing = createShowing(parts)
  const backupJob = createBackupJob({
    ...parts,
    announcer,
    health,
    beginJournal: () => beginFile(journalFolder(dataDir)),
    wantedFolder: () => readSettings(db).backupFolder,
  })
  const refreshProgress = tellIntakeNews(intake, context, health)
  const keeping = makeKeeping(context, { backupJob, health, restart: parts.restart })
  const handlers = { ...handlersOn(context, showing), ...keeping, refreshProgress } satisfies Handlers
  const runCall = createRunCall({ ...parts, health, handlers })

  // What an end cut short.
  visibilityJob.settleSoon()
  return {
    serve(port) {
      announcer.add(port)
      serveCalls(port, runCall, log)
    },
    resource: path => answerResource(context, path),
    changedElsewhere() {
      announceSources(context)
      visibilityJob.settleSoon()
    },
    backupJob,
    async close() {
      announcer.close()
      showing.close()
      backupJob.close()
      health.close()
      await chunks.idle()
    },
  }
}

/** The calls that need nothing but what all of them work with. */
function handlersOn(context: Context, showing: Showing) {
  return {
    ...makeQueries(context),
    ...makeArticleCommands(context),
    ...makeFeedCommands(context),
    ...makeFolderCommands(context),
    ...makeRefresh(context),
    changeFeedUrl: input => changeFeedUrl(context, input),
    ...makeAccess(context),
    ...makeRetention(context),
    ...makeEverything(context),
    importOpml: input => importOpml(context, input),
    undo: ({ undoId }) => undo(context, undoId),
    changeSettings: changes => changeSettings(context, showing.take(changes)),
  } satisfies Partial<Handlers>
}
