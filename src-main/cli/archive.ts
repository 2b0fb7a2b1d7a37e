/** `export --all`, `import` of the ZIP file that it writes, `export-article` and `export-articles`. */
import { constants, createReadStream } from 'node:fs'
import { copyFile, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import type { EngineClient } from '../api/contract/rpc.ts'
import type { View } from '../api/model.ts'
import { explain } from '../api/reasons.ts'
import type { RunningEngine } from '../host/engine-host.ts'
import { rowsOf } from './articles.ts'
import type { Command } from './base/command.ts'
import { fail, messageOf, print, printJson, readInput } from './base/output.ts'

export type ReadResource = RunningEngine['resource']

const mostBytes = 200_000_000

export async function exportEverything(
  engine: EngineClient,
  { all, isJson }: Command,
  resource: ReadResource,
): Promise<number> {
  const made = await engine.exportEverything({})
  return await copyExport(made, { file: path.resolve(all ?? ''), isJson, resource })
}

export async function exportArticle(
  engine: EngineClient,
  { words, format, out, isJson }: Command,
  resource: ReadResource,
): Promise<number> {
  const articleId = Number(words[0])
  if (!(await engine.article({ id: articleId })))
    return fail({ code: 'not-found', message: `There is no article ${articleId}.` }, isJson)
  const made = await engine.exportArticle({ articleId, format })
  const status = await copyExport(made, { file: path.resolve(out ?? ''), isJson, resource })
  if (status !== 0 || made.missingPictures === 0) return status
  return fail({ code: 'pictures-missing', message: `${made.missingPictures} pictures could not be had.` }, isJson)
}

export async function exportBook(engine: EngineClient, command: Command, resource: ReadResource): Promise<number> {
  const { words, view: listed, limit, out, isJson } = command
  const view: View = words.length > 0 ? { kind: 'search', query: words.join(' ').slice(0, 1_000) } : listed
  const title = await titleOf(engine, view)
  if (title === null) return fail({ code: 'not-found', message: 'There is no such feed or folder.' }, isJson)
  const rows = await rowsOf(engine, view, limit + 1)
  if (rows.length === 0) return fail({ code: 'not-found', message: 'There is no article to write.' }, isJson)
  const articleIds = rows.slice(0, limit).map(row => row.id)
  const made = await engine.exportBook({ title, articleIds })
  const status = await copyExport(made, { file: path.resolve(out ?? ''), isJson, resource })
  if (status !== 0) return status
  if (rows.length > limit && !isJson) print(`These are the first ${limit}; there are more.`)
  const left = articleIds.length - made.articles
  if (left + made.missingPictures === 0) return 0
  const message = `${left} articles did not fit in, and ${made.missingPictures} pictures could not be had.`
  return fail({ code: 'incomplete', message }, isJson)
}

/** What the book is called; null where there is no such feed or folder. */
async function titleOf(engine: EngineClient, view: View): Promise<string | null> {
  const names = {
    all: 'All articles',
    unread: 'Unread',
    saved: 'Saved',
    pages: 'Pages',
    today: 'Today',
    trending: 'Trending',
  } as const
  if (view.kind === 'search') return view.query
  if (view.kind === 'category') return view.name
  if (view.kind !== 'feed' && view.kind !== 'folder') return names[view.kind]
  const { feeds, folders } = await engine.sources({})
  const found =
    view.kind === 'feed' ? feeds.find(({ id }) => id === view.feedId) : folders.find(({ id }) => id === view.folderId)
  return found ? found.title.slice(0, 300) : null
}

type Copied = { file: string; isJson: boolean; resource: ReadResource }

/** Copies an export of the engine's to where the user wants it: the whole file or none. */
export async function copyExport(
  made: { path: string; bytes: number },
  { file, isJson, resource }: Copied,
): Promise<number> {
  const found = await resource(made.path)
  if (!('file' in found))
    return fail({ code: 'internal', message: `The export could not be read (${found.status}).` }, isJson)
  const part = `${file}.part`
  try {
    await rm(part, { force: true })
    await copyFile(found.file, part, constants.COPYFILE_EXCL)
    await rename(part, file)
  } catch (error) {
    await rm(part, { force: true }).catch(() => {})
    return fail({ code: 'not-written', message: `${file} can't be written: ${messageOf(error)}` }, isJson)
  }
  if (isJson) return printJson({ file, bytes: made.bytes })
  return print(`${file}: ${(made.bytes / 1e6).toFixed(1)} MB.`)
}

/** Whether a file is a ZIP file, by its first bytes (APPNOTE 4.3.6). False where it can't be read. */
export async function isArchive(file: string): Promise<boolean> {
  const start = await buffer(createReadStream(file, { end: 3 })).catch(() => null)
  return start !== null && ['504b0304', '504b0506'].includes(start.toString('hex'))
}

export async function importArchive(
  engine: EngineClient,
  { words, isJson, isPrivateAllowed }: Command,
): Promise<number> {
  const [file = ''] = words
  const bytes = await readInput(file, mostBytes, `${file}: an export may have ${mostBytes / 1e6} MB at most.`)
  if (!Buffer.isBuffer(bytes)) return fail(bytes, isJson)
  const answer = await engine.importEverything({ archive: bytes.toString('base64'), allowPrivate: isPrivateAllowed })
  if (answer.kind === 'failed') {
    const { what, why } = explain(answer.failure)
    return fail({ code: answer.failure.reason, message: `${file}: ${what} ${why}` }, isJson)
  }
  const { kind: _, ...counts } = answer
  if (isJson) printJson(counts)
  else {
    const { feeds, folders, saved, alreadyThere } = counts
    print(`Added ${feeds} feeds, ${folders} folders and ${saved} saved articles; ${alreadyThere} were there already.`)
    if (feeds > 0) print('Their articles come with the next refresh.')
  }
  if (counts.refused > 0) {
    const message = `${counts.refused} feeds are on this machine or a private network. Allow them with --allow-private.`
    fail({ code: 'private-address', message }, isJson)
  }
  if (counts.unreadable === 0) return counts.refused > 0 ? 1 : 0
  return fail({ code: 'unreadable', message: `${counts.unreadable} articles could not be read.` }, isJson)
}
