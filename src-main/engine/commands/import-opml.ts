/** Imports a subscription list. A row that can't be imported says why; the others are. */
import type { Input, Output } from '../../api/contract/contract.ts'
import type { ImportedRow } from '../../api/model.ts'
import type { OpmlEntry, OpmlReading, OpmlSource } from '../../feeds/opml/read.ts'
import { hostPort, isOwnNetwork } from '../../http/private-address.ts'
import type { ReadDb } from '../../store/db/open.ts'
import { type FeedRecord, feedByUrl, insertFeed } from '../../store/feeds/feeds.ts'
import { folderAt, listFolders } from '../../store/feeds/folders.ts'
import { isSameName } from '../../store/feeds/names.ts'
import { articlesComingBack, perStep } from '../../store/feeds/visibility.ts'
import { type Returned, rememberUndo, returnedAs, type Undo } from '../../store/undo-log.ts'
import type { Context } from '../context/context.ts'
import { announceSources } from '../context/sources.ts'
import { privateHosts } from './near.ts'

/** Rows in one transaction: some ms of work. */
const rowsPerChunk = 50

export async function importOpml(context: Context, input: Input<'importOpml'>): Promise<Output<'importOpml'>> {
  const { db, intake, chunks } = context
  const reading = await readList(context, input)
  if (reading.kind === 'failed') return reading
  const { entries: all, emptyFolders, problems, isCutOff } = reading
  if (all.length + problems.length + emptyFolders.length === 0) return noFeedsInIt

  const wanted = input.rows && new Set(input.rows)
  const entries = all.filter((_, index) => !wanted || wanted.has(index))
  // Where only some of the feeds were chosen, folders without feeds are not imported.
  const folders = !wanted || areOthersFollowed(db, all, wanted) ? emptyFolders : []
  const rows: ImportedRow[] = []
  let undoId: number | null = null
  const privates = await privateHosts(context, entries, input.allowPrivate === true)

  const importChunk = db.transaction((chunk: OpmlEntry[]) => {
    const isLast = rows.length + chunk.length === entries.length
    const taken = takeInChunk(context, chunk, isLast ? folders : [], privates)
    return { rows: taken.rows, undoId: taken.undo ? rememberUndo(db, undoId, taken.undo, context.now()) : undoId }
  })
  await chunks.run('importOpml', { isWrite: true }, () => {
    const done = importChunk.immediate(chunkOf(db, entries, rows.length))
    undoId = done.undoId
    rows.push(...done.rows)
    return rows.length < entries.length
  })

  announceSources(context)
  context.visibilityJob.runInBackground()
  const added = rows.flatMap(row => (row.outcome === 'added' && row.feedId ? [row.feedId] : []))
  const isFetching = input.fetchNow !== false && added.length > 0
  const fetching = isFetching ? (await intake.refresh({ feedIds: added, isForced: false })).total : 0
  const failed = problems.map(
    (problem): ImportedRow => ({ ...problem, outcome: 'failed', feedId: null, failure: problem.failure }),
  )
  return { kind: 'imported', rows: [...rows, ...(wanted ? [] : failed)], undoId, isCutOff, fetching }
}

export async function readList({ pool }: Context, source: OpmlSource): Promise<OpmlReading> {
  const answer = await pool.run('readOpml', source, { isUrgent: true })
  return answer.ok ? answer.reading : { kind: 'failed', failure: answer.failure }
}

/** What is answered to a list without feeds. */
export const noFeedsInIt = { kind: 'failed', failure: { reason: 'not-a-list', found: 'no-feeds' } } as const

function areOthersFollowed(db: ReadDb, entries: OpmlEntry[], wanted: Set<number>): boolean {
  return entries.every(({ url }, index) => wanted.has(index) || feedByUrl(db, url)?.isRemoved === false)
}

/** The rows of one transaction, and its undo record; null where nothing changed. */
function takeInChunk(
  context: Context,
  chunk: OpmlEntry[],
  folders: string[][],
  privates: ReadonlySet<string>,
): { rows: ImportedRow[]; undo: Undo | null } {
  const { db } = context
  const idsOfFolders = () => listFolders(db).map(folder => folder.id)
  const foldersBefore = new Set(idsOfFolders())
  const taken = chunk.map(entry => takeIn(context, entry, privates))
  for (const path of folders) folderAt(db, path)
  const added = taken.filter(({ row }) => row.outcome === 'added' && row.feedId !== null)
  const feedIds = added.map(({ row }) => row.feedId!)
  const undo = {
    kind: 'import' as const,
    feedIds,
    folderIds: idsOfFolders().filter(id => !foldersBefore.has(id)),
    madeIds: added.filter(({ isMade }) => isMade).map(({ row }) => row.feedId!),
    before: added.flatMap(({ before }) => (before ? [before] : [])),
  }
  return { rows: taken.map(({ row }) => row), undo: feedIds.length + undo.folderIds.length > 0 ? undo : null }
}

/** The entries of the next transaction: fewer where unsubscribed feeds bring their articles back with them. */
export function chunkOf(db: ReadDb, entries: OpmlEntry[], from: number): OpmlEntry[] {
  let articles = 0
  let end = from
  while (end < entries.length && end - from < rowsPerChunk && articles < perStep) {
    const known = feedByUrl(db, entries[end++]!.url)
    if (known?.isRemoved) articles += articlesComingBack(db, known.id)
  }
  return entries.slice(from, end)
}

/** `before`: the state of a feed that had been unsubscribed; `isMade`: its row was made. */
export type Taken = { row: ImportedRow; isMade: boolean; before: Returned | null }

/**
 * Follows one entry of a list, in its folders, unless it is followed already. Inside the caller's transaction. `privates`:
 * hosts on this machine or a private network that the user allowed (engine/commands/near.ts).
 */
export function takeIn({ db, now }: Context, entry: OpmlEntry, privates: ReadonlySet<string>): Taken {
  const { url, title, path, siteUrl } = entry
  const untouched = (row: ImportedRow): Taken => ({ row, isMade: false, before: null })
  const known = feedByUrl(db, url)
  // Wherever it is: the user allowed it when it was followed.
  if (known && !known.isRemoved) {
    return untouched({ url, title, outcome: 'already-there', feedId: known.id, failure: null })
  }
  const address = new URL(url)
  const host = address.hostname
  const isAllowed = privates.has(hostPort(address))
  // A name that only resolves to a private address is refused at the connection; see http/private-address.ts.
  if (!isAllowed && isOwnNetwork(address)) {
    return untouched({ url, title, outcome: 'failed', feedId: null, failure: { reason: 'private-address', host } })
  }
  const before = known && returnedAs(db, known.id)
  const { feedId, isMade } = insertFeed(
    db,
    {
      url,
      title: entry.publisherTitle ?? title,
      customTitle: customTitle(entry, known),
      siteUrl,
      folderId: folderAt(db, path),
      // A public name gets no permission: it could lead into the home network one day.
      privateHost: isAllowed ? hostPort(address) : null,
      nextCheckAt: now(),
    },
    now(),
  )
  return { row: { url, title, outcome: 'added', feedId, failure: null }, isMade, before }
}

/** The user's own name for it; where that is the publisher's title, describeFeed finds out at the first fetch. */
function customTitle({ title, isNamed }: OpmlEntry, known: FeedRecord | null): string | null {
  if (!known) return isNamed ? title : null
  if (!isNamed) return known.title === known.originalTitle || known.title === known.url ? null : known.title
  return known.lastSuccessAt !== null && isSameName(title, known.originalTitle) ? null : title
}
