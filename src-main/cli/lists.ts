/** Subscription lists in and out. */
import { readFile, stat } from 'node:fs/promises'
import type { ImportedRow } from '../api/model.ts'
import { explain, explainInOneLine } from '../api/reasons.ts'
import type { EngineClient } from '../api/rpc.ts'
import { opmlText } from '../engine/feeds/opml-values.ts'
import type { Command } from './arguments.ts'
import { exportEverything, importArchive, isArchive, type ReadResource } from './everything.ts'
import { type Complaint, fail, oneLine, print, printJson } from './output.ts'

const mostBytes = 20_000_000

export type Imported = { ok: true; rows: ImportedRow[] } | { ok: false; complaint: Complaint }

/** Follows what the list at `file` has; fetches nothing yet. */
export async function takeInList(engine: EngineClient, file: string, allowPrivate: boolean): Promise<Imported> {
  const text = await readList(file)
  if (typeof text !== 'string') return { ok: false, complaint: text }
  const answer = await engine.importOpml({ text, allowPrivate, fetchNow: false })
  if (answer.kind === 'imported') return { ok: true, rows: answer.rows }
  const { what, why } = explain(answer.failure)
  return { ok: false, complaint: { code: answer.failure.reason, message: `${file}: ${what} ${why}` } }
}

async function readList(file: string): Promise<string | Complaint> {
  try {
    const { size } = await stat(file)
    if (size <= mostBytes) return opmlText(await readFile(file))
    return { code: 'too-large', message: `${file}: a list may have ${mostBytes / 1_000_000} MB at most.` }
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    return { code: 'no-file', message: `${file} can't be read: ${detail}` }
  }
}

export function countRows(rows: ImportedRow[]): { added: number; alreadyThere: number; failed: number } {
  const count = (outcome: ImportedRow['outcome']) => rows.filter(row => row.outcome === outcome).length
  return { added: count('added'), alreadyThere: count('already-there'), failed: count('failed') }
}

/** Says on stderr which rows could not be taken, and why. */
export function tellFailedRows(rows: ImportedRow[], isJson: boolean): void {
  for (const { title, url, failure } of rows) {
    if (!failure) continue
    const next = failure.reason === 'private-address' ? ' Allow it with --allow-private.' : ''
    fail({ code: failure.reason, message: `${title} (${url}): ${explainInOneLine(failure)}${next}` }, isJson)
  }
}

export async function importList(engine: EngineClient, command: Command): Promise<number> {
  const { words, isJson, isPrivateAllowed } = command
  if (await isArchive(words[0] ?? '')) return await importArchive(engine, command)
  const imported = await takeInList(engine, words[0] ?? '', isPrivateAllowed)
  if (!imported.ok) return fail(imported.complaint, isJson)
  const { added, alreadyThere, failed } = countRows(imported.rows)
  if (isJson) printJson(imported.rows.map(row => ({ ...row, message: row.failure && explainInOneLine(row.failure) })))
  else {
    tellFailedRows(imported.rows, false)
    print(`Imported ${added} feeds, ${alreadyThere} were followed already, ${failed} failed.`)
    if (added > 0) print('Their articles come with the next refresh.')
  }
  return failed > 0 ? 1 : 0
}

export async function exportList(engine: EngineClient, command: Command, resource: ReadResource): Promise<number> {
  if (command.all !== null) return await exportEverything(engine, command, resource)
  const { text } = await engine.exportOpml({})
  return command.isJson ? printJson({ opml: text }) : print(text)
}

/** One line for a person: '3 feeds added, 1 failed'. */
export function rowsInWords(rows: ImportedRow[]): string {
  const { added, alreadyThere, failed } = countRows(rows)
  return oneLine(`${added} added, ${alreadyThere} followed already, ${failed} failed`)
}
