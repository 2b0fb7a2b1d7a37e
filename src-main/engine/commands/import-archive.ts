/** Imports an exported archive, in chunks. What is there stays; what is missing is added. */
import { isDeepStrictEqual } from 'node:util'
import { withAliasesOf } from '../../api/categories/aliases.ts'
import type { Input, Output } from '../../api/contract/contract.ts'
import type { Failure, Folder, ImportedRow } from '../../api/model.ts'
import type { Settings } from '../../api/settings.ts'
import { feedRetention, readingChanges, settings as settingsShape } from '../../api/shapes.ts'
import { exportedDecision } from '../../api/stories/shapes.ts'
import { settingsLeftOut } from '../../archive/format.ts'
import type { OpenedArchive } from '../../archive/read.ts'
import type { OpmlEntry } from '../../feeds/opml/read.ts'
import { stackOf } from '../../lib/log.ts'
import { takeInListening } from '../../store/articles/playback.ts'
import { type RestoredSaved, type ReturningArticle, restoreSaved } from '../../store/articles/restore-saved.ts'
import { setFeedRetention } from '../../store/articles/retention.ts'
import { listFeeds, renameFeed, setPaused } from '../../store/feeds/feeds.ts'
import { listFolders } from '../../store/feeds/folders.ts'
import { changeFeedReading, changeFolderReading } from '../../store/feeds/reading.ts'
import { folderPaths } from '../../store/feeds/subscriptions.ts'
import { changeSettings, readSettings, withPresentNames } from '../../store/settings.ts'
import { keptFor, putBackDecision } from '../../store/stories/decisions.ts'
import { groupAnew } from '../../store/stories/grouped.ts'
import type { Context } from '../context/context.ts'
import { announceSources } from '../context/sources.ts'
import { chunkOf, takeIn } from './import-opml.ts'
import { privateHosts } from './near.ts'
import { announceSettings } from './settings.ts'

/** Articles in one transaction: 5 to 10 ms of work. */
const articlesPerChunk = 5
/** Of saved.json, which a worker reads at a time: some dozen articles. */
const partBytes = 300_000
const newline = 10
/** What is decided in 90 days. */
const mostDecisions = 5_000

export async function importEverything(
  context: Context,
  { archive, allowPrivate = false }: Input<'importEverything'>,
): Promise<Output<'importEverything'>> {
  const { db, intake } = context
  const opened = await context.pool.run('openArchive', { archive }, { isUrgent: true })
  if (!opened.ok) return { kind: 'failed', failure: opened.failure }
  if (opened.subscriptions?.kind === 'failed') return { kind: 'failed', failure: asPart(opened.subscriptions.failure) }

  const isFresh = listFeeds(db).length === 0
  const foldersBefore = listFolders(db).map(({ id }) => id)
  const { added: feeds, refused } = await importFeeds(context, opened, allowPrivate)
  const newFolders = listFolders(db).filter(({ id }) => !foldersBefore.includes(id))
  await setReadingOfFolders(context, opened.folders, newFolders)
  await keepPictures(context, opened)
  const articles = await importArticles(context, opened)
  await importListening(context, opened)
  await importSettings(context, opened.settings, isFresh)
  await importDecisions(context, opened.stories)

  announceSources(context)
  context.savedChanged()
  context.visibilityJob.runInBackground()
  if (feeds > 0) await intake.scheduleChanged()
  return { kind: 'imported', feeds, folders: newFolders.length, refused, ...articles }
}

/** The file that is no list is not the one that the user chose, but one in it. */
function asPart(failure: Failure): Failure {
  if (failure.reason !== 'not-a-list') return failure
  return { reason: 'not-an-export', detail: 'its subscriptions.opml is no OPML file' }
}

/** Follows what is not followed yet, as the import of a list does. */
async function importFeeds(
  context: Context,
  { subscriptions, feeds: details }: OpenedArchive,
  allowPrivate: boolean,
): Promise<{ added: number; refused: number }> {
  const entries = subscriptions?.kind === 'read' ? subscriptions.entries : []
  const privates = await privateHosts(context, entries, allowPrivate)
  const { db, chunks, now } = context
  const byUrl = new Map(details.map(detail => [detail.url, detail]))
  const outcomes: ImportedRow['outcome'][] = []
  const importEntry = (entry: OpmlEntry): ImportedRow['outcome'] => {
    const { outcome, feedId } = takeIn(context, entry, privates).row
    if (outcome !== 'added' || feedId === null) return outcome
    const { customTitle, isPaused, retention, reading } = byUrl.get(entry.url) ?? {}
    if (customTitle === null) renameFeed(db, feedId, null)
    else if (typeof customTitle === 'string' && customTitle !== '') renameFeed(db, feedId, customTitle.slice(0, 300))
    if (isPaused === true) setPaused(db, [feedId], true, now())
    const rule = feedRetention().safeParse(retention)
    if (rule.success) setFeedRetention(db, feedId, rule.data)
    const options = readingChanges().safeParse(reading)
    if (options.success) changeFeedReading(db, [feedId], options.data)
    return outcome
  }
  const importChunk = db.transaction((chunk: OpmlEntry[]) => chunk.map(importEntry))
  await chunks.run('importEverything', { isWrite: true }, () => {
    outcomes.push(...importChunk.immediate(chunkOf(db, entries, outcomes.length)))
    return outcomes.length < entries.length
  })
  const count = (wanted: ImportedRow['outcome']) => outcomes.filter(outcome => outcome === wanted).length
  return { added: count('added'), refused: count('failed') }
}

/** Of folders that came with the archive; one that was there keeps its own. */
function setReadingOfFolders(
  { db, chunks }: Context,
  exported: OpenedArchive['folders'],
  made: Folder[],
): Promise<void> {
  const set = db.transaction(() => {
    const paths = folderPaths(db)
    for (const { path, reading } of exported) {
      const options = readingChanges().safeParse(reading)
      const folder = made.find(({ id }) => isDeepStrictEqual(paths.get(id), path))
      if (folder && options.success) changeFolderReading(db, folder.id, options.data)
    }
  })
  return chunks.run('importEverything', { isWrite: true }, () => {
    set.immediate()
    return false
  })
}

/** Where they are when the articles come, nobody is asked for them. One that can't be written is fetched instead. */
async function keepPictures({ pictureFiles, log }: Context, { pictures }: OpenedArchive): Promise<void> {
  try {
    for (const { key, bytes } of pictures) {
      if ((await pictureFiles.size(key)) === null) await pictureFiles.write(key, bytes)
    }
  } catch (error) {
    log(`keeping the pictures of an archive failed: ${stackOf(error)}`)
  }
}

type Counted = { saved: number; alreadyThere: number; unreadable: number }

async function importArticles(context: Context, { saved }: OpenedArchive): Promise<Counted> {
  const counted: Counted = { saved: 0, alreadyThere: 0, unreadable: 0 }
  for (const lines of partsOf(saved)) {
    const read = await context.pool.run('readArticles', { bytes: lines }, { isUrgent: true })
    const articles = read.ok ? read.articles : []
    counted.unreadable += lines.filter(byte => byte === newline).length - articles.length
    const restored = await restoreInChunks(context, articles)
    counted.saved += restored.savedIds.length
    counted.alreadyThere += restored.knownIds.length
    await context.journal.articlesChanged(restored.savedIds, { isSaved: true })
  }
  return counted
}

/** Whole lines. Where the worker dies of one, the others of the same part are unreadable with it. */
function* partsOf(lines: Uint8Array): Generator<Uint8Array> {
  for (let start = 0, end = 0; start < lines.length; start = end) {
    end = lines.indexOf(newline, start + partBytes) + 1 || lines.length
    yield lines.slice(start, end)
  }
}

async function restoreInChunks({ db, chunks, now }: Context, articles: ReturningArticle[]): Promise<RestoredSaved> {
  const all: RestoredSaved = { savedIds: [], knownIds: [] }
  let start = 0
  const restoreChunk = db.transaction((chunk: ReturningArticle[]) => {
    // A file may claim any time.
    const savedBy = now()
    const past = chunk.map(one => ({ ...one, savedAt: one.savedAt && Math.min(one.savedAt, savedBy) }))
    return restoreSaved(db, past, savedBy)
  })
  await chunks.run('importEverything', { isWrite: true }, () => {
    const restored = restoreChunk.immediate(articles.slice(start, start + articlesPerChunk))
    all.savedIds.push(...restored.savedIds)
    all.knownIds.push(...restored.knownIds)
    start += articlesPerChunk
    return start < articles.length
  })
  return all
}

function importListening({ db, chunks, now }: Context, { listening }: OpenedArchive): Promise<void> {
  // A file may claim any time.
  const heard = listening.heard.map(one => ({ ...one, heardAt: Math.min(one.heardAt, now()) }))
  const take = db.transaction(() => takeInListening(db, { ...listening, heard }))
  return chunks.run('importEverything', { isWrite: true }, () => {
    take.immediate()
    return false
  })
}

/** Each setting that is valid. Limits of retention only where there were no feeds yet: else articles would be deleted. */
/** What was decided of stories holds once the articles come. Older than what is kept of such here, it is left out. */
async function importDecisions(context: Context, stories: Record<string, unknown>[]): Promise<void> {
  const { db, journal, now } = context
  const read = stories.slice(0, mostDecisions).flatMap(one => exportedDecision().safeParse(one).data ?? [])
  const decisions = read
    .map(one => ({ ...one, decidedAt: Date.parse(one.decidedAt) }))
    .filter(({ decidedAt }) => decidedAt > now() - keptFor && decidedAt <= now())
  const ids = db.transaction(() => decisions.filter(one => putBackDecision(db, one)).map(({ id }) => id)).immediate()
  if (ids.length === 0) return
  groupAnew(db)
  await journal.storiesDecided(ids)
  context.storiesDecided()
}

async function importSettings(context: Context, settings: Record<string, unknown>, isFresh: boolean): Promise<void> {
  const left = new Set<string>([...settingsLeftOut, ...(isFresh ? [] : ['retention'])])
  const changes: Record<string, unknown> = {}
  const known = withPresentNames(settings)
  for (const [name, shape] of Object.entries(settingsShape().shape)) {
    if (left.has(name) || known[name] === undefined) continue
    const read = shape.safeParse(known[name])
    if (read.success) changes[name] = read.data
  }
  if (Object.keys(changes).length === 0) return
  const aliases = changes.categoryAliases as Settings['categoryAliases'] | undefined
  if (aliases) changes.categoryAliases = withAliasesOf(readSettings(context.db).categoryAliases, aliases)
  changeSettings(context.db, changes as Partial<Settings>)
  await context.journal.settingsChanged(changes as Partial<Settings>)
  announceSettings(context, changes as Partial<Settings>)
}
