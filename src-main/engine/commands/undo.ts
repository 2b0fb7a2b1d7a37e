/** Undoes a command: puts back what its record (store/undo-log.ts) says, and tells windows and the journal. */
import type { Output } from '../../api/contract.ts'
import { beginPurge } from '../../store/articles/purge-feeds.ts'
import { setRead, setSaved } from '../../store/articles/read-state.ts'
import type { WriteDb } from '../../store/db/open.ts'
import { feedById, setRemoved } from '../../store/feeds/feeds.ts'
import { isEmpty, putBackFolder, removeFolder, restoreFolder, takeBackFolder } from '../../store/feeds/folders.ts'
import { feedState, hasPlace, type PutBack, putBackFeed, writeFeedState } from '../../store/feeds/states.ts'
import { putBackSettings, readSettings } from '../../store/settings.ts'
import { type Returned, takeUndo, type Undo } from '../../store/undo-log.ts'
import type { Context } from '../context/context.ts'
import { announceSources } from '../context/sources.ts'
import { announceArticles } from './articles.ts'
import { announceSettings } from './settings.ts'

/** Articles that changed, and how many other things were put back, were changed by somebody since, or are gone. */
type Result = { articleIds: number[]; done: number; changed: number; gone: number }

/** What was done in chunks is undone in chunks, last first. What somebody has changed since stays. */
export async function undo(context: Context, undoId: number): Promise<Output<'undo'>> {
  const { db, chunks } = context
  let taken: Undo | null = null
  const sum: Result = { articleIds: [], done: 0, changed: 0, gone: 0 }

  const undoChunk = db.transaction(() => {
    const part = takeUndo(db, undoId)
    return part && { ...part, result: putBack(context, part.undo) }
  })
  function step(): boolean {
    const chunk = undoChunk.immediate()
    if (!chunk) return false
    taken = chunk.undo
    add(sum, chunk.result)
    return !chunk.isLast
  }
  try {
    await chunks.run('undo', { isWrite: true }, step)
  } finally {
    if (taken) await announce(context, taken, sum.articleIds)
  }
  return taken ? answer(sum) : { isUndone: false }
}

function add(sum: Result, { articleIds, done, changed, gone }: Result): void {
  for (const id of articleIds) sum.articleIds.push(id)
  sum.done += done
  sum.changed += changed
  sum.gone += gone
}

function answer({ done, changed, gone }: Result): Output<'undo'> {
  const left = changed + gone
  if (left === 0) return { isUndone: true }
  return done > 0 ? { isUndone: true, left } : { isUndone: false, because: changed > 0 ? 'changed-since' : 'gone' }
}

async function announce(context: Context, done: Undo, articleIds: number[]): Promise<void> {
  if (done.kind === 'read' || done.kind === 'saved') {
    if (articleIds.length === 0) return
    const state = done.kind === 'read' ? { isRead: done.isRead } : { isSaved: done.isSaved }
    await context.journal.articlesChanged(articleIds, state)
    announceArticles(context, articleIds, state)
    return
  }
  if (done.kind === 'settings') {
    await tellSettings(context, done.before)
    return
  }
  await context.journal.sourcesChanged()
  await context.visibilityJob.run()
  announceSources(context)
  if (done.kind === 'feeds' && done.changes.some(({ before }) => 'retention' in before)) context.retentionChanged()
  // Feeds that went are not to be polled any more, and others may be due.
  if (!['new-folder', 'folder', 'remove-folder'].includes(done.kind)) await context.intake.scheduleChanged()
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
      return tallyArticles(setRead(db, record.articleIds, record.isRead))
    case 'saved':
      return tallyArticles(setSaved(db, record.articleIds, record.isSaved, now()))
    case 'unsubscribe':
      return tally(...followAgain(db, record.feedIds))
    case 'import':
      return takeBackImport(db, record, now())
    case 'feeds':
      return putBackFeeds(db, record)
    case 'new-folder':
      return tally(takeBackFolder(db, record.made))
    case 'folder':
      return tally(putBackFolder(db, record.change))
    case 'remove-folder':
      return { ...tally('done'), changed: restoreFolder(db, record.removed) }
    case 'settings':
      return tally(putBackSettings(db, record))
  }
}

function tally(...results: PutBack[]): Result {
  const count = (result: PutBack) => results.filter(one => one === result).length
  return { articleIds: [], done: count('done'), changed: count('changed-since'), gone: count('gone') }
}

const tallyArticles = (articleIds: number[]): Result => ({ ...tally('done'), articleIds })

function putBackFeeds(db: WriteDb, { changes }: Extract<Undo, { kind: 'feeds' }>): Result {
  const results = changes.map(change => ({ isAside: change.isAside === true, result: putBackFeed(db, change) }))
  return tally(...results.filter(({ isAside }) => !isAside).map(({ result }) => result))
}

function followAgain(db: WriteDb, feedIds: number[]): PutBack[] {
  const states = feedIds.map(feedId => ({ feedId, feed: feedById(db, feedId) }))
  setRemoved(
    db,
    states.filter(({ feed }) => feed?.isRemoved).map(({ feedId }) => feedId),
    null,
  )
  return states.map(({ feed }) => (feed?.isRemoved ? 'done' : feed ? 'changed-since' : 'gone'))
}

/** Feeds that were new go with all their articles; those that had been unsubscribed before are so again. */
function takeBackImport(db: WriteDb, record: Extract<Undo, { kind: 'import' }>, now: number): Result {
  const { feedIds, folderIds, before, madeIds } = record
  const made = new Set(madeIds)
  const followed = feedIds.filter(id => feedById(db, id)?.isRemoved === false)
  const others = followed.filter(id => !made.has(id))
  if (others.length > 0) setRemoved(db, others, now)
  for (const one of before) if (others.includes(one.feedId)) putBackReturned(db, one)
  beginPurge(
    db,
    followed.filter(id => made.has(id)),
    now,
  )
  // What the user has put there since stays.
  for (const folderId of folderIds.toReversed()) if (isEmpty(db, folderId)) removeFolder(db, folderId)
  return { ...tally('done'), done: feedIds.length > 0 ? followed.length : 1, gone: feedIds.length - followed.length }
}

function putBackReturned(db: WriteDb, { feedId, ...before }: Returned): void {
  const state = hasPlace(db, before) ? before : { ...before, folderId: null }
  const isElsewhere = feedState(db, feedId, ['url'])?.url !== state.url
  // Its publisher has moved it: credentials for the old server are not for the new one.
  const { url: _, credentials: __, ...rest } = state
  writeFeedState(db, feedId, isElsewhere ? rest : state)
}
