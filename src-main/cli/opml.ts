/** `import` and `export` of subscription lists. */
import type { Output } from '../api/contract/contract.ts'
import type { EngineClient } from '../api/contract/rpc.ts'
import type { ImportedRow } from '../api/model.ts'
import { explain, explainInOneLine } from '../api/reasons.ts'
import { exportEverything, importArchive, isArchive, type ReadResource } from './archive.ts'
import type { Command } from './base/command.ts'
import { type Complaint, fail, oneLine, print, printJson, readInput } from './base/output.ts'
import { type FetchedRow, withFirstFetch } from './first-fetch.ts'

const mostBytes = 20_000_000

type Answer = Extract<Output<'importOpml'>, { kind: 'imported' }>
export type Imported =
  | ({ ok: true } & Pick<Answer, 'rows' | 'isCutOff' | 'fetching'>)
  | { ok: false; complaint: Complaint }

/** Follows what the list in `file` has; with `fetchNow` the fetching of what was added has begun then. */
export async function importFile(
  engine: EngineClient,
  file: string,
  { allowPrivate, fetchNow }: { allowPrivate: boolean; fetchNow: boolean },
): Promise<Imported> {
  const tooLarge = `${file}: a list may have ${mostBytes / 1_000_000} MB at most.`
  const list = await readInput(file, mostBytes, tooLarge)
  if (!Buffer.isBuffer(list)) return { ok: false, complaint: list }
  // In base64: the engine finds its format and encoding.
  const answer = await engine.importOpml({ file: list.toString('base64'), allowPrivate, fetchNow })
  if (answer.kind === 'imported') return { ok: true, ...answer }
  const { what, next } = explain(answer.failure)
  return { ok: false, complaint: { code: answer.failure.reason, message: `${file}: ${what} ${next}` } }
}

export function countRows(rows: ImportedRow[]): { added: number; alreadyThere: number; failed: number } {
  const count = (outcome: ImportedRow['outcome']) => rows.filter(row => row.outcome === outcome).length
  return { added: count('added'), alreadyThere: count('already-there'), failed: count('failed') }
}

/** Writes to stderr which rows failed, and why. */
export function printFailedRows(rows: ImportedRow[], isJson: boolean): void {
  for (const { title, url, outcome, failure } of rows) {
    if (!failure || outcome !== 'failed') continue
    const next = failure.reason === 'private-address' ? ' Allow it with --allow-private.' : ''
    fail({ code: failure.reason, message: `${title} (${url}): ${explainInOneLine(failure)}${next}` }, isJson)
  }
}

/** Writes to stderr that the file ends in the middle. */
export function printCutOff(file: string, rows: ImportedRow[], isJson: boolean): void {
  const last = rows.findLast(row => row.outcome !== 'failed') ?? rows.at(-1)
  const after = last ? ` after “${last.title || last.url}”` : ''
  const message = `${file} ends in the middle: what it had${after} is missing. Export it anew.`
  fail({ code: 'cut-off', message }, isJson)
}

export async function importList(engine: EngineClient, command: Command): Promise<number> {
  const { words, isJson, isPrivateAllowed, wait } = command
  const [file = ''] = words
  if (await isArchive(file)) return await importArchive(engine, command)
  const imported = await withFirstFetch(engine, wait * 1_000, () =>
    importFile(engine, file, { allowPrivate: isPrivateAllowed, fetchNow: wait > 0 }),
  )
  if (!imported.ok) return fail(imported.complaint, isJson)
  const { rows, isCutOff } = imported
  if (isCutOff) printCutOff(file, rows, isJson)
  if (isJson) printJson(rows.map(row => ({ ...row, message: row.failure && explainInOneLine(row.failure) })))
  else printRows(rows)
  return countRows(rows).failed > 0 || isCutOff ? 1 : 0
}

function printRows(rows: FetchedRow[]): void {
  printFailedRows(rows, false)
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
