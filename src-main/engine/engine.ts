/** The engine: answers windows over ports, and tells them what the intake brings. Knows no host. */
import { join } from 'node:path'
import type { Checked, Name, Output } from '../api/contract/contract.ts'
import type { EngineThread } from '../api/engine-thread.ts'
import type { Port } from '../api/ports.ts'
import { exportFolder } from '../archive/downloads.ts'
import type { LoadResource } from '../archive/export-pictures.ts'
import type { IntakeClient } from '../intake/client.ts'
import { createPictureFiles } from '../intake/media/picture-files.ts'
import { createChunks } from '../lib/chunks.ts'
import { systemClock } from '../lib/clock.ts'
import { attempt, type Log } from '../lib/log.ts'
import { createReserve } from '../safety/disk-reserve.ts'
import { beginFile, journalFolder } from '../safety/journal/file.ts'
import { asInteractive } from '../store/db/write-gate.ts'
import { readSettings } from '../store/settings.ts'
import { makeCategoryCommands } from './categories/commands.ts'
import { makeCategoryQueries } from './categories/queries.ts'
import { makeAccessCommands } from './commands/access.ts'
import { makeArchiveCommands } from './commands/archive.ts'
import { makeArticleCommands } from './commands/articles.ts'
import { changeFeedUrl } from './commands/change-address.ts'
import { makeFeedCommands } from './commands/feeds.ts'
import { makeFolderCommands } from './commands/folders.ts'
import { importOpml } from './commands/import-opml.ts'
import { makePlaceCommands } from './commands/place.ts'
import { makeRefreshCommands } from './commands/refresh.ts'
import { makeRetentionCommands } from './commands/retention.ts'
import { changeSettings } from './commands/settings.ts'
import { makeStorageCommands } from './commands/storage.ts'
import { undo } from './commands/undo.ts'
import { announceStories } from './context/announce-stories.ts'
import { createAnnouncer } from './context/announcer.ts'
import { createBackupList } from './context/backup-list.ts'
import { type Context, currentCounts } from './context/context.ts'
import { createDrawingWatchdog, type DrawingWatchdog } from './context/drawing-watchdog.ts'
import { DiskHealth } from './context/health.ts'
import { announceSources } from './context/sources.ts'
import { createVisibilityJob } from './context/visibility-job.ts'
import { makeDigestCalls } from './digest/commands.ts'
import { createDigestMaker } from './digest/digests.ts'
import { createDigestFile } from './digest/file.ts'
import { createDigestMail, type DigestMail } from './digest/mail.ts'
import { createDailyBackup } from './idle/daily-backup.ts'
import { forwardIntakeEvents } from './intake-events.ts'
import { makeMailCommands } from './mail/commands.ts'
import { makeMailQueries } from './mail/queries.ts'
import { createNotices, makeNoticeCommands, type Notices } from './notices/notices.ts'
import { makeQueries } from './queries.ts'
import { makeAroundQueries } from './reading/around.ts'
import { makeExportArticle } from './reading/export-article.ts'
import { makeFullTextCommands } from './reading/full-text.ts'
import { makePlaybackCalls } from './reading/playback.ts'
import { savePage } from './reading/save-page.ts'
import { setReading } from './reading/set-reading.ts'
import { answerResource, loadInAdvance } from './resources.ts'
import { createRunCall, retryWhenDiskFull } from './run-call.ts'
import { serveCalls } from './serve.ts'
import { makeStoryCommands } from './stories/commands.ts'
import { makeStoryQueries } from './stories/queries.ts'

/** What the thread gives: ways to end it, and its log. */
export type Surroundings = {
  /** Ends this engine; the host starts another, and windows connect to that. */
  restart(): void
  isEnding(): boolean
  /** SQLite found the database damaged as it worked. */
  onDamage(code: string): void
  /** Hears which share of a store of an earlier version has been rewritten, from 0 to 1. */
  onUpgrade(share: number): void
  log: Log
}

export type EngineParts = Omit<Context, 'exportFolder' | 'pictureFiles' | 'announcer' | 'chunks' | 'visibilityJob'> &
  Omit<Surroundings, 'isEnding' | 'onUpgrade'> & { dataDir: string; intake: IntakeClient }

export type Engine = {
  /** Answers a window until its port closes. */
  serve(port: Port): void
  /** The bytes of an icon or a medium, by its signed path, and those of an opened recording. */
  resource: EngineThread['resource']
  readRecording: EngineThread['readRecording']
  closeRecording: EngineThread['closeRecording']
  /** Something outside this engine changed the database: windows ask again. */
  changedElsewhere(): void
  /** The stories of these articles were found, or have more or fewer sources. */
  storiesChanged(articleIds: number[]): void
  notices: Notices
  /** Whether it has room, or has room again; to be called every few seconds. */
  lookAtDisk(): void
  /** Where one is due. */
  makeDailyBackup(): Promise<void>
  /** Where one is due; answers whether it was. */
  makeDueDigest(): Promise<boolean>
  /** The last one, into the user's folder, where it is not there. */
  writeDigestFile(): Promise<void>
  digestMail: DigestMail
  /** With a base of what is so now. */
  beginJournalAnew(): Promise<void>
  /** Ends the windows' connections; what was asked before is finished when this answers. */
  close(): Promise<void>
}

type Handlers = { [N in Name]: (input: Checked<N>, window: object) => Output<N> | Promise<Output<N>> }

export function createEngine(parts: EngineParts): Engine {
  const { db, dataDir, intake, log } = parts
  const announcer = createAnnouncer(() => currentCounts(parts), log)
  const onRoom = () => attempt(log, 'waking the poller', () => void intake.scheduleChanged().catch(() => {}))
  const health = new DiskHealth({ ...parts, announcer, reserve: createReserve(dataDir), onRoom })
  const chunks = createChunks(log, ({ isWrite }, step) =>
    asInteractive(db, isWrite, () => retryWhenDiskFull(health, step)),
  )
  const visibilityJob = createVisibilityJob({ db, chunks, onReturned: () => announceSources({ announcer }) })
  const pictureFiles = createPictureFiles(join(dataDir, 'pictures'))
  const context: Context = {
    ...parts,
    exportFolder: exportFolder(dataDir),
    pictureFiles,
    announcer,
    chunks,
    visibilityJob,
  }
  const load: LoadResource = path => answerResource(context, path, null)
  const watchdog = createDrawingWatchdog({ db, clock: systemClock, log })
  const backupList = createBackupList({ ...parts, announcer, wantedFolder: () => readSettings(db).backupFolder })
  const digestMail = createDigestMail(context, loadInAdvance(context))
  const handlers = {
    ...handlersOn(context, watchdog),
    ...makeRefreshCommands(context, intake),
    ...makeExportArticle(context, load),
    ...makeDigestCalls(context, { mail: digestMail, load }),
    ...makeStorageCommands(context, { backupList, health, restart: parts.restart }),
    refreshProgress: forwardIntakeEvents(intake, context, health),
  } satisfies Handlers
  const runCall = createRunCall({ ...parts, health, handlers })

  async function beginJournalAnew(): Promise<void> {
    await parts.maintenance.writeJournalBase({ number: beginFile(journalFolder(dataDir)), at: parts.now() })
    parts.journal.caughtUp()
  }

  // What an end cut short.
  visibilityJob.runInBackground()
  return {
    serve(port) {
      announcer.add(port)
      serveCalls(port, runCall, log)
    },
    resource: ({ path, range }) => answerResource(context, path, range),
    readRecording: request => intake.readRecording(request),
    closeRecording: request => intake.closeRecording(request),
    changedElsewhere() {
      announceSources(context)
      context.savedChanged()
      visibilityJob.runInBackground()
    },
    storiesChanged: articleIds => attempt(log, 'telling of stories', () => announceStories(context, articleIds)),
    lookAtDisk: () => health.look(),
    makeDailyBackup: createDailyBackup({ ...parts, backupList, health, beginJournalAnew }),
    makeDueDigest: createDigestMaker(context),
    writeDigestFile: createDigestFile(context, loadInAdvance(context)),
    digestMail,
    beginJournalAnew,
    notices: createNotices({ ...context, clock: systemClock }),
    async close() {
      announcer.close()
      watchdog.close()
      await chunks.idle()
    },
  }
}

/** The calls that need nothing but the context. */
function handlersOn(context: Context, watchdog: DrawingWatchdog) {
  return {
    ...makeQueries(context),
    ...makeAroundQueries(context),
    ...makeArticleCommands(context),
    ...makeFullTextCommands(context),
    ...makeFeedCommands(context),
    ...makeFolderCommands(context),
    ...makeNoticeCommands(context),
    changeFeedUrl: input => changeFeedUrl(context, input),
    ...makeAccessCommands(context),
    ...makeRetentionCommands(context),
    setReading: input => setReading(context, input),
    ...makeArchiveCommands(context),
    importOpml: input => importOpml(context, input),
    savePage: input => savePage(context, input),
    undo: ({ undoId }) => undo(context, undoId),
    ...makePlaceCommands(context, watchdog),
    ...makePlaybackCalls(context),
    ...makeStoryQueries(context),
    ...makeStoryCommands(context),
    ...makeCategoryQueries(context),
    ...makeCategoryCommands(context),
    ...makeMailQueries(context),
    ...makeMailCommands(context),
    changeSettings: changes => changeSettings(context, changes),
  } satisfies Partial<Handlers>
}
