/** The engine: answers windows over ports, and tells them what the intake brings. Knows no host. */
import type { Checked, Name, Output } from '../api/contract.ts'
import type { RefreshProgress } from '../api/model.ts'
import type { Port } from '../api/ports.ts'
import { createExports, exportFolder } from '../archive/downloads.ts'
import type { IntakeClient } from '../intake/client.ts'
import type { Resource } from '../intake/protocol.ts'
import { attempt } from '../lib/log.ts'
import type { Secrets } from '../lib/secrets.ts'
import { createSlices } from '../lib/slices.ts'
import type { KeeperTasks } from '../maintenance/protocol.ts'
import { createReserve } from '../safety/disk-reserve.ts'
import { beginFile, journalFolder } from '../safety/journal/file.ts'
import type { Journal } from '../safety/journal/journal.ts'
import type { WriteDb } from '../store/db/open.ts'
import { goFirst } from '../store/db/write-gate.ts'
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
import { announceFeed, announceSources } from './context/sources.ts'
import { createSettler } from './context/visibility-job.ts'
import { type Caretaker, createCaretaker } from './idle/daily-backup.ts'
import { createShowing } from './idle/showing.ts'
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
  keeper: KeeperTasks
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
  caretaker: Caretaker
  /** Ends the windows' connections; what was asked before is finished when this answers. */
  close(): Promise<void>
}

type Handlers = { [N in Name]: (input: Checked<N>, window: object) => Output<N> | Promise<Output<N>> }

export function createEngine(parts: EngineParts): Engine {
  const announcer = createAnnouncer(() => currentCounts(parts), parts.log)
  const slices = createSlices(parts.log, ({ isWrite }, step) =>
    goFirst(parts.db, isWrite, () => withRoom(health, step)),
  )
  const settler = createSettler({ db: parts.db, slices, onReturned: () => announceSources(context) })
  const showing = createShowing(parts)
  const exports = createExports(exportFolder(parts.dataDir))
  const context: Context = { ...parts, exports, announcer, slices, settler }
  const health = createHealth({
    ...parts,
    announcer,
    reserve: createReserve(parts.dataDir),
    onRoom: () => attempt(parts.log, 'waking the poller', () => void parts.intake.scheduleChanged().catch(() => {})),
  })
  const caretaker = createCaretaker({
    ...parts,
    announcer,
    health,
    beginJournal: () => beginFile(journalFolder(parts.dataDir)),
    wantedFolder: () => readSettings(parts.db).backupFolder,
  })
  let progress: RefreshProgress = { isRunning: false, done: 0, total: 0, failed: 0, newArticles: 0 }

  const handlers = {
    ...makeQueries(context),
    refreshProgress: () => progress,
    ...makeArticleCommands(context),
    ...makeFeedCommands(context),
    ...makeFolderCommands(context),
    ...makeRefresh(context),
    changeFeedUrl: input => changeFeedUrl(context, input),
    ...makeAccess(context),
    ...makeKeeping(context, { caretaker, health, restart: parts.restart }),
    ...makeRetention(context),
    ...makeEverything(context),
    importOpml: input => importOpml(context, input),
    undo: ({ undoId }) => undo(context, undoId),
    changeSettings: changes => changeSettings(context, showing.take(changes)),
  } satisfies Handlers

  const runCall = createRunCall({ ...parts, health, handlers })

  parts.intake.on('feed-refreshed', ({ feedId, newIds, editedIds }) => {
    if (newIds.length + editedIds.length === 0) return
    announcer.emit('articles-arrived', { feedId, newIds, editedIds })
    announcer.countsChangedSoon()
  })
  parts.intake.on('feed-changed', ({ feedId }) => {
    attempt(parts.log, 'announcing a feed', () => announceFeed(context, feedId))
  })
  parts.intake.on('refresh-progress', now => {
    progress = now
    announcer.emit('refresh-progress', now)
  })
  parts.intake.on('refresh-finished', summary => announcer.emit('refresh-finished', summary))
  parts.intake.on('storage-failed', ({ code }) => health.intakeFailed(code))

  // What an end cut short.
  settler.settleSoon()
  return {
    serve(port) {
      announcer.add(port)
      serveCalls(port, runCall, parts.log)
    },
    resource: path => answerResource(context, path),
    changedElsewhere() {
      announceSources(context)
      settler.settleSoon()
    },
    caretaker,
    async close() {
      announcer.close()
      showing.close()
      caretaker.close()
      health.close()
      await slices.idle()
    },
  }
}
