/** Fetches what is new, waits until it is stored, and says what came. */
import type { ImportedRow, RefreshSummary } from '../api/model.ts'
import { explainInOneLine } from '../api/reasons.ts'
import { type EngineClient, EngineError } from '../api/rpc.ts'
import type { Command } from './arguments.ts'
import { countRows, rowsInWords, takeInList, tellCutOff, tellFailedRows } from './lists.ts'
import { fail, print, printJson } from './output.ts'

type Refreshed = RefreshSummary & { heldBack: number; isElsewhere: boolean }

const nothing: RefreshSummary = { feeds: 0, updated: 0, unchanged: 0, failed: [], newArticles: 0, wasCancelled: false }

export async function refresh(engine: EngineClient, command: Command): Promise<number> {
  const { isJson, isForced, isPrivateAllowed, opml } = command
  let rows: ImportedRow[] | null = null
  let isCutOff = false
  if (opml !== null) {
    const imported = await takeInList(engine, opml, { allowPrivate: isPrivateAllowed, fetchNow: false })
    if (!imported.ok) return fail(imported.complaint, isJson)
    rows = imported.rows
    isCutOff = imported.isCutOff
    if (isCutOff) tellCutOff(opml, rows, isJson)
  }
  const stopShowing = process.stderr.isTTY && !isJson ? showProgress(engine) : () => {}
  const refreshed = await refreshAll(engine, isForced)
  stopShowing()
  tell(refreshed, rows, isJson)
  const failedRows = rows?.some(row => row.outcome === 'failed') ?? false
  return refreshed.failed.length > 0 || failedRows || isCutOff ? 1 : 0
}

/** Listens before it asks: the end may come before the answer is handled. */
async function refreshAll(engine: EngineClient, isForced: boolean): Promise<Refreshed> {
  const finished = new Promise<RefreshSummary>((resolve, reject) => {
    engine.on('refresh-finished', resolve)
    engine.onClose(() => reject(new EngineError('closed', 'while refreshing')))
  })
  // Nobody waits for it when there is nothing to refresh.
  finished.catch(() => {})
  const { total, heldBack, isElsewhere = false } = await engine.refresh({ isForced })
  return { ...(total === 0 ? nothing : await finished), heldBack, isElsewhere }
}

function showProgress(engine: EngineClient): () => void {
  const stop = engine.on('refresh-progress', ({ isRunning, done, total, newArticles }) => {
    if (isRunning) process.stderr.write(`\r${done} of ${total}, ${newArticles} new `)
  })
  return () => {
    stop()
    process.stderr.write('\r\u001b[K')
  }
}

function tell(refreshed: Refreshed, rows: ImportedRow[] | null, isJson: boolean): void {
  const failed = refreshed.failed.map(row => ({ ...row, message: explainInOneLine(row.failure) }))
  if (isJson) {
    const imported = rows && { ...countRows(rows), rows: rows.filter(row => row.outcome === 'failed') }
    printJson({ ...refreshed, failed, imported })
    return
  }
  if (rows) {
    tellFailedRows(rows, false)
    print(`List: ${rowsInWords(rows)}.`)
  }
  for (const { feedId, title, failure, message } of failed) {
    fail({ code: failure.reason, message: `Feed ${feedId}, ${title}: ${message}` }, false)
  }
  if (refreshed.isElsewhere) {
    print('Broadsheet is open on this folder, and refreshes it now.')
    return
  }
  const { feeds, updated, unchanged, newArticles, heldBack } = refreshed
  const waiting =
    heldBack > 0 ? ` ${heldBack} not asked, since they were moments ago or asked us to wait (--force asks).` : ''
  print(
    `Refreshed ${feeds} feeds: ${newArticles} new articles, ${updated} updated, ${unchanged} unchanged, ${failed.length} failed.${waiting}`,
  )
}
