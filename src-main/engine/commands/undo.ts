/** Undoes a command: puts back what its record (store/undo-log.ts) says, and tells windows and the journal. */
import type { Output } from '../../api/contract/contract.ts'
import { beginPurge } from '../../store/articles/purge-feeds.ts'
import { setRead, setSaved } from '../../store/articles/read-state.ts'
import { takeBackAliases } from '../../store/category-aliases.ts'
import type { WriteDb } from '../../store/db/open.ts'
import { feedById, setRemoved } from '../../store/feeds/feeds.ts'
import { isEmpty, putBackFolder, removeFolder, restoreFolder, takeBackFolder } from '../../store/feeds/folders.ts'
import { putBackFolderReading } from '../../store/feeds/reading.ts'
import { feedState, hasPlace, type PutBack, putBackFeed, writeFeedState } from '../../store/feeds/states.ts'
import { moveArticles } from '../../store/joining/move-articles.ts'
import { takeBackMail } from '../../store/mail/changes.ts'
import { putBackSettings, readSettings } from '../../store/settings.ts'
import { takeBack } from '../../store/stories/decide.ts'
import { type Returned, takeUndo, type Undo } from '../../store/undo-log.ts'
import { tellAliases } from '../context/announce-aliases.ts'
import { announceArticles } from '../context/announce-articles.ts'
import { announceMail } from '../context/announce-mail.ts'
import { tellStories } from '../context/announce-stories.ts'
import type { Context } from '../context/context.ts'
import { announceSources } from '../context/sources.ts'
import { announceSettings } from './settings.ts'

/** Articles that changed, and what became of each other thing. */
type Result = { articleIds: number[]; outcomes: PutBack[] }

/** What was done in chunks is undone in chunks, last first. What somebody has changed since stays. */
export async function undo(context: Context, undoId: number): Promise<Output<'undo'>> {
  const { db, chunks } = context
  let taken: Undo | null = null
  const results: Result[] = []

  const undoChunk = db.transaction(() => {
    const part = takeUndo(db, undoId)
    return part && { ...part, result: putBack(context, part.undo) }
  })
  function step(): boolean {
    const chunk = undoChunk.immediate()
    if (!chunk) return false
    taken = chunk.undo
    results.push(chunk.result)
    return !chunk.isLast
  }
  try {
    await chunks.run('undo', { isWrite: true }, step)
  } finally {
    const articleIds = results.flatMap(result => result.articleIds)
    if (taken) await announce(context, taken, articleIds)
  }
  return taken ? answer(results.flatMap(({ outcomes }) => outcomes)) : { isUndone: false }
}

function answer(outcomes: PutBack[]): Output<'undo'> {
  const left = outcomes.filter(outcome => outcome !== 'done').length
  if (left === 0) return { isUndone: true }
  if (left < outcomes.length) return { isUndone: true, left }
  return { isUndone: false, because: outcomes.includes('changed-since') ? 'changed-since' : 'gone' }
}

async function announce(context: Context, done: Undo, articleIds: number[]): Promise<void> {
  if (done.kind === 'read' || done.kind === 'saved') {
    if (articleIds.length === 0) return
    const state = done.kind === 'read' ? { isRead: done.isRead } : { isSaved: done.isSaved }
    await context.journal.articlesChanged(articleIds, state)
    announceArticles(context, articleIds, state)
    return
  }
  if (done.kind === 'story') {
    await tellStories(context, done.change)
    return
  }
  if (done.kind === 'categories') {
    await tellAliases(context)
    return
  }
  if (done.kind === 'settings') {
    await tellSettings(context, done.before)
    return
  }
  await context.journal.sourcesChanged()
  await context.visibilityJob.run()
  announceSources(context)
  if (done.kind === 'mail') {
    announceMail(context)
    announceSettings(context, {})
  }
  if (done.kind === 'feeds' && done.changes.some(({ before }) => 'retention' in before)) context.retentionChanged()
  // Feeds that went are not to be polled any more, and others may be due.
  if (!['new-folder', 'folder', 'folder-reading', 'remove-folder'].includes(done.kind))
    await context.intake.scheduleChanged()
}

async function tellSettings(context: Context, before: Partial<ReturnType<typeof readSettings>>): Promise<void> {
  const settings = readSettings(context.db)
  const names = Object.keys(before) as (keyof typeof settings)[]
  await context.journal.settingsChanged(Object.fromEntries(names.map(name => [name, settings[name]])))
  announceSettings(context, before)
}

function putBack({ db, now }: Context, record: Undo): Result {
  switch (record.kind) {
    case 'read':
      return { articleIds: setRead(db, record.articleIds, record.isRead), outcomes: ['done'] }
    case 'saved':
      return { articleIds: setSaved(db, record.articleIds, record.isSaved, now()), outcomes: ['done'] }
    case 'moved':
      moveArticles(db, record.articleIds, record.to, record.from)
      return { articleIds: [], outcomes: ['done'] }
    default:
      return { articleIds: [], outcomes: putBackSources(db, record, now()) }
  }
}

function putBackSources(db: WriteDb, record: Exclude<Undo, { articleIds: number[] }>, now: number): PutBack[] {
  switch (record.kind) {
    case 'unsubscribe':
      return followAgain(db, record.feedIds)
    case 'import':
      return takeBackImport(db, record, now)
    case 'feeds':
      return putBackFeeds(db, record)
    case 'new-folder':
      return [takeBackFolder(db, record.made)]
    case 'folder':
      return [putBackFolder(db, record.change)]
    case 'folder-reading':
      return [putBackFolderReading(db, record.change)]
    case 'remove-folder':
      return ['done', ...Array<PutBack>(restoreFolder(db, record.removed)).fill('changed-since')]
    case 'settings':
      return [putBackSettings(db, record)]
    case 'story':
      return [takeBack(db, record.change, now)]
    case 'categories':
      return [takeBackAliases(db, record.change)]
    case 'mail':
      return takeBackMail(db, record.change)
  }
}

/** What became of feeds that only made room for others is not told. */
function putBackFeeds(db: WriteDb, { changes }: Extract<Undo, { kind: 'feeds' }>): PutBack[] {
  return changes.flatMap(change => {
    const outcome = putBackFeed(db, change)
    return change.isAside ? [] : [outcome]
  })
}

function followAgain(db: WriteDb, feedIds: number[]): PutBack[] {
  const feeds = feedIds.map(id => feedById(db, id))
  const removed = feedIds.filter((_, index) => feeds[index]?.isRemoved)
  setRemoved(db, removed, null)
  return feeds.map(feed => (feed?.isRemoved ? 'done' : feed ? 'changed-since' : 'gone'))
}

/** Feeds that were new go with all their articles; those that had been unsubscribed before are so again. */
function takeBackImport(db: WriteDb, record: Extract<Undo, { kind: 'import' }>, now: number): PutBack[] {
  const { feedIds, folderIds, before, madeIds } = record
  const followed = feedIds.filter(id => feedById(db, id)?.isRemoved === false)
  const isMade = (id: number) => madeIds.includes(id)
  const others = followed.filter(id => !isMade(id))
  setRemoved(db, others, now)
  for (const one of before) if (others.includes(one.feedId)) putBackReturned(db, one)
  beginPurge(db, followed.filter(isMade), now)
  // What the user has put there since stays.
  for (const folderId of folderIds.toReversed()) if (isEmpty(db, folderId)) removeFolder(db, folderId)
  if (feedIds.length === 0) return ['done']
  return feedIds.map(id => (followed.includes(id) ? 'done' : 'gone'))
}

function putBackReturned(db: WriteDb, { feedId, ...before }: Returned): void {
  const state = hasPlace(db, before) ? before : { ...before, folderId: null }
  const isElsewhere = feedState(db, feedId, ['url'])?.url !== state.url
  // Its publisher has moved it: credentials for the old server are not for the new one.
  const { url: _, credentials: __, ...rest } = state
  writeFeedState(db, feedId, isElsewhere ? rest : state)
}
