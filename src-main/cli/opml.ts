/** Subscription lists in and out. */
import { readFile, stat } from 'node:fs/promises'
import type { Output } from '../api/contract.ts'
import type { ImportedRow } from '../api/model.ts'
import { explain, explainInOneLine } from '../api/reasons.ts'
import type { EngineClient } from '../api/rpc.ts'
import { exportEverything, importArchive, isArchive, type ReadResource } from './archive.ts'
import type { Command } from './arguments.ts'
import { type FetchedRow, withFirstFetch } from './first-fetch.ts'
import { type Complaint, fail, oneLine, print, printJson } from './output.ts'

const mostBytes = 20_000_000

type Answer = Extract<Output<'importOpml'>, { kind: 'imported' }>
export type Imported =
  | ({ ok: true } & Pick<Answer, 'rows' | 'isCutOff' | 'fetching'>)
  | { ok: false; complaint: Complaint }

/** Follows what the list at `file` has; where `fetchNow`, what was added is being fetched then. */
export async function takeInList(
  engine: EngineClient,
  file: string,
  { allowPrivate, fetchNow }: { allowPrivate: boolean; fetchNow: boolean },
): Promise<Imported> {
  const list = await readList(file)
  if (typeof list !== 'string') return { ok: false, complaint: list }
  const answer = await engine.importOpml({ file: list, allowPrivate, fetchNow })
  if (answer.kind === 'imported') return { ok: true, ...answer }
  const { what, next } = explain(answer.failure)
  return { ok: false, complaint: { code: answer.failure.reason, message: `${file}: ${what} ${next}` } }
}

/** In base64: the engine finds out what it is, and in which encoding. */
async function readList(file: string): Promise<string | Complaint> {
  try {
    const { size } = await stat(file)
    if (size <= mostBytes) return (await readFile(file)).toString('base64')
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
  for (const { title, url, outcome, failure } of rows) {
    if (!failure || outcome !== 'failed') continue
    const next = failure.reason === 'private-address' ? ' Allow it with --allow-private.' : ''
    fail({ code: failure.reason, message: `${title} (${url}): ${explainInOneLine(failure)}${next}` }, isJson)
  }
}

/** Says on stderr that the file ends in the middle. */
export function tellCutOff(file: string, rows: ImportedRow[], isJson: boolean): void {
  const last = rows.findLast(row => row.outcome !== 'failed') ?? rows.at(-1)
  const after = last ? ` after “${last.title || last.url}”` : ''
  const message = `${file} ends in the middle: what it had${after} is missing. Export it anew.`
  fail({ code: 'cut-off', message }, isJson)
}

export async function importList(engine: EngineClient, command: Command): Promise<number> {
  const { words, isJson, isPrivateAllowed, wait } = command
  const [file = ''] = words
  if (await isArchive(file)) return await importArchive(engine, command)
  const rows = await withFirstFetch(engine, wait * 1_000, () =>
    takeInList(engine, file, { allowPrivate: isPrivateAllowed, fetchNow: wait > 0 }),
  )
  if (!rows.ok) return fail(rows.complaint, isJson)
  if (rows.isCutOff) tellCutOff(file, rows.rows, isJson)
  if (isJson) printJson(rows.rows.map(row => ({ ...row, message: row.failure && explainInOneLine(row.failure) })))
  else tell(rows.rows)
  return countRows(rows.rows).failed > 0 || rows.isCutOff ? 1 : 0
}

function tell(rows: FetchedRow[]): void {
  tellFailedRows(rows, false)
  const { added, alreadyThere, failed } = countRows(rows)
  const failing = rows.filter(row => row.fetch === 'failed')
  const waiting = rows.filter(row => row.fetch === 'waiting')
  for (const { title, url, failure } of failing) {
    print(`Added, but failing: ${oneLine(title)}  ${url}  ${failure ? explainInOneLine(failure) : ''}`)
  }
  print(`Imported ${added} feeds, ${alreadyThere} were followed already, ${failed} failed.`)
  if (failing.length > 0) print(`${failing.length} of those added could not be fetched; they are tried again.`)
  if (waiting.length > 0) print(`The articles of ${waiting.length} come with the next refresh.`)
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
