/** Takes in a subscription list. A row that can't be taken says why; the others come in. */
import type { Input, Output } from '../api/contract.ts'
import type { ImportedRow } from '../api/model.ts'
import { announceSources } from './commands-feeds.ts'
import type { Context } from './context.ts'
import type { OpmlEntry } from './feeds/opml.ts'
import { hostPort, isLocalName, isOwnNetwork, isPrivateAddress, literalAddress } from './http-address.ts'
import type { ReadDb } from './store/database.ts'
import { feedByUrl, insertFeed } from './store/feeds.ts'
import { createFolder, listFolders } from './store/folders.ts'
import { articlesComingBack, perStep } from './store/settling.ts'
import { rememberUndo } from './store/undos.ts'

/** Rows that one transaction takes in: some ms of work. */
const rowsPerSlice = 50

export async function importOpml(context: Context, input: Input<'importOpml'>): Promise<Output<'importOpml'>> {
  const { db, intake, now, slices } = context
  const reading = await context.readOpml(input.text)
  if (reading.kind === 'failed') return reading

  const wanted = input.rows && new Set(input.rows)
  const entries = reading.entries.filter((_, index) => !wanted || wanted.has(index))
  const rows: ImportedRow[] = []
  let undoId: number | null = null

  const importSlice = db.transaction((slice: OpmlEntry[]) => {
    const foldersBefore = new Set(listFolders(db).map(folder => folder.id))
    const taken = slice.map(entry => takeIn(context, entry, input.allowPrivate === true))
    const feedIds = addedFeeds(taken)
    const folderIds = listFolders(db)
      .map(folder => folder.id)
      .filter(id => !foldersBefore.has(id))
    const isNothing = feedIds.length + folderIds.length === 0
    return {
      taken,
      undoId: isNothing ? undoId : rememberUndo(db, undoId, { kind: 'import', feedIds, folderIds }, now()),
    }
  })
  await slices.run('importOpml', () => {
    const done = importSlice.immediate(sliceOf(db, entries, rows.length))
    undoId = done.undoId
    rows.push(...done.taken)
    return rows.length < entries.length
  })

  announceSources(context)
  context.settler.settleSoon()
  const added = addedFeeds(rows)
  if (input.fetchNow !== false && added.length > 0) await intake.refresh({ feedIds: added, isForced: false })
  const failed = reading.problems.map(
    (problem): ImportedRow => ({ ...problem, outcome: 'failed', feedId: null, failure: problem.failure }),
  )
  return { kind: 'imported', rows: [...rows, ...(wanted ? [] : failed)], undoId }
}

/** What one transaction takes in from an entry on. Feeds that were unsubscribed bring their articles back with them. */
export function sliceOf(db: ReadDb, entries: OpmlEntry[], from: number): OpmlEntry[] {
  let articles = 0
  let end = from
  while (end < entries.length && end - from < rowsPerSlice && articles < perStep) {
    const known = feedByUrl(db, entries[end++]!.url)
    if (known?.isRemoved) articles += articlesComingBack(db, known.id)
  }
  return entries.slice(from, end)
}

function addedFeeds(rows: ImportedRow[]): number[] {
  return rows.flatMap(row => (row.outcome === 'added' && row.feedId ? [row.feedId] : []))
}

/** Follows one entry of a list, in its folders, unless it is followed already. Inside the caller's transaction. */
export function takeIn({ db, now }: Context, { url, title, path }: OpmlEntry, allowPrivate: boolean): ImportedRow {
  const known = feedByUrl(db, url)
  // The user said yes to it when it was followed, wherever it is.
  if (known && !known.isRemoved) return { url, title, outcome: 'already-there', feedId: known.id, failure: null }
  const address = new URL(url)
  const host = address.hostname
  // A name that turns out to be private is refused when it is asked; see http-address.ts.
  const literal = literalAddress(address)
  if (!allowPrivate && (isLocalName(host) || (literal !== null && isPrivateAddress(literal)))) {
    return { url, title, outcome: 'failed', feedId: null, failure: { reason: 'private-address', host } }
  }
  const folderId = path.reduce<number | null>((parentId, name) => createFolder(db, name, parentId), null)
  const { feedId, isNew } = insertFeed(
    db,
    {
      url,
      title,
      customTitle: null,
      siteUrl: null,
      folderId,
      // A public name gets no permission: it could lead into the home network one day.
      privateHost: allowPrivate && isOwnNetwork(address) ? hostPort(address) : null,
      nextCheckAt: now(),
    },
    now(),
  )
  return { url, title, outcome: isNew ? 'added' : 'already-there', feedId, failure: null }
}
