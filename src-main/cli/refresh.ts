/** `refresh`: fetches what is new, and waits until it is stored. */

import type { EngineClient } from '../api/contract/rpc.ts'
import type { HeldBack, ImportedRow, RefreshSummary } from '../api/model.ts'
import { explainInOneLine } from '../api/reasons.ts'
import { isoOrNull } from '../lib/time.ts'
import type { Command } from './base/command.ts'
import { fail, print, printJson } from './base/output.ts'
import { nextSummary } from './first-fetch.ts'
import { countRows, importFile, printCutOff, printFailedRows, rowsInWords } from './opml.ts'

type Held = {
  /** Feeds that were not asked, for whatever reason. */
  heldBack: number
  recent: number
  waiting: number
  /** The latest time that a server of the waiting ones has named. */
  waitUntil: string | null
}
type Refreshed = RefreshSummary & Held & { isElsewhere: boolean }

const nothing: RefreshSummary = { feeds: 0, updated: 0, unchanged: 0, failed: [], newArticles: 0, wasCancelled: false }

export async function refresh(engine: EngineClient, command: Command): Promise<number> {
  const { isJson, isForced, isPrivateAllowed, opml } = command
  const list = { allowPrivate: isPrivateAllowed, fetchNow: false }
  const imported = opml === null ? null : await importFile(engine, opml, list)
  if (imported?.ok === false) return fail(imported.complaint, isJson)
  const { rows = null, isCutOff = false } = imported ?? {}
  if (opml !== null && rows && isCutOff) printCutOff(opml, rows, isJson)
  const stopShowing = process.stderr.isTTY && !isJson ? showProgress(engine) : () => {}
  const refreshed = await refreshAll(engine, isForced)
  stopShowing()
  printSummary(refreshed, rows, isJson)
  const failedRows = rows?.some(row => row.outcome === 'failed') ?? false
  return refreshed.failed.length > 0 || failedRows || isCutOff ? 1 : 0
}

async function refreshAll(engine: EngineClient, isForced: boolean): Promise<Refreshed> {
  const finished = nextSummary(engine)
  const { total, isElsewhere = false, ...held } = await engine.refresh({ isForced })
  return { ...(total === 0 ? nothing : await finished), ...countHeld(held), isElsewhere }
}

function countHeld({ recent, waiting, underWay }: HeldBack): Held {
  const counts = { recent: recent?.feedIds.length ?? 0, waiting: waiting?.feeds ?? 0 }
  const waitUntil = isoOrNull(waiting?.until ?? null)
  return { heldBack: counts.recent + counts.waiting + underWay, ...counts, waitUntil }
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

function printSummary(refreshed: Refreshed, rows: ImportedRow[] | null, isJson: boolean): void {
  const failed = refreshed.failed.map(row => ({ ...row, message: explainInOneLine(row.failure) }))
  if (isJson) {
    const imported = rows && { ...countRows(rows), rows: rows.filter(row => row.outcome === 'failed') }
    printJson({ ...refreshed, failed, imported })
    return
  }
  if (rows) {
    printFailedRows(rows, false)
    print(`List: ${rowsInWords(rows)}.`)
  }
  for (const { feedId, title, failure, message } of failed) {
    fail({ code: failure.reason, message: `Feed ${feedId}, ${title}: ${message}` }, false)
  }
  if (refreshed.isElsewhere) {
    print('Broadsheet is open on this folder, and refreshes it now.')
    return
  }
  const { feeds, updated, unchanged, newArticles } = refreshed
  print(
    `Refreshed ${feeds} feeds: ${newArticles} new articles, ${updated} updated, ${unchanged} unchanged, ${failed.length} failed.${heldInWords(refreshed)}`,
  )
}

function heldInWords({ recent, waiting, waitUntil }: Held): string {
  return [
    recent > 0 ? ` ${recent} not asked, since they were less than five minutes ago (--force asks).` : '',
    waiting > 0 ? ` ${waiting} not asked, since their servers want to be left alone until ${waitUntil}.` : '',
  ].join('')
}
