/**
 * The journal on the disk: what the user did, one JSON object a line, appended and synced before the click is answered. It is
 * a second copy of saved articles and subscriptions, should the database be lost.
 *
 * `journal/000004.jsonl` is appended to; `000004.base.jsonl` holds the whole state when it was begun. A base supersedes all
 * files with a lower number.
 */
import {
  closeSync,
  fsync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Settings } from '../../api/settings.ts'
import { syncFile, syncFolder } from '../../lib/fsync.ts'
import type { PortableArticle } from '../../store/articles/portable.ts'
import type { FolderList, Subscription } from '../../store/feeds/subscriptions.ts'
import type { IdRanges } from '../../store/id-ranges.ts'
import type { MailList } from '../../store/mail/portable.ts'
import type { Decision } from '../../store/stories/decisions.ts'

/** Absolute values: replayed from any earlier line on, they end in the same state. `at` in ms. */
export type JournalLine = { at: number } & (
  | { do: 'follow'; feed: Subscription }
  | { do: 'move-feed'; from: string; to: string }
  | { do: 'unfollow'; url: string }
  /** All folders, each by its path; with those that have no feeds. */
  | ({ do: 'folders' } & FolderList)
  | { do: 'save'; article: PortableArticle }
  | { do: 'unsave'; article: Pick<PortableArticle, 'feedUrl' | 'keys'> }
  /** `lineage`: the id of the database whose article ids these are. */
  | { do: 'mark'; lineage: string; isRead: boolean; ranges: IdRanges }
  | { do: 'set'; settings: Partial<Settings> }
  | { do: 'decide-story'; decision: Decision }
  | { do: 'withdraw-story'; id: string }
  /** All mailboxes, and all senders the user has decided of. */
  | ({ do: 'mail' } & MailList)
)

export type JournalFolder = string

export function journalFolder(dataDir: string): JournalFolder {
  return join(dataDir, 'journal')
}

type File = { number: number; isBase: boolean; name: string }

/** In the order in which they are replayed. */
function filesIn(folder: JournalFolder): File[] {
  let names: string[] = []
  try {
    names = readdirSync(folder)
  } catch {
    // No journal yet.
  }
  const files = names.flatMap((name): File[] => {
    const match = /^(\d{6,})(\.base)?\.jsonl$/.exec(name)
    return match ? [{ number: Number(match[1]), isBase: match[2] !== undefined, name }] : []
  })
  const ofBase = Math.max(0, ...files.filter(file => file.isBase).map(file => file.number))
  return files
    .filter(file => file.number >= ofBase)
    .toSorted((a, b) => a.number - b.number || Number(b.isBase) - Number(a.isBase))
}

export function hasJournal(folder: JournalFolder): boolean {
  return filesIn(folder).length > 0
}

/**
 * Appends lines before it returns, and resolves when they are synced, without blocking this thread. Rejects with the system's
 * error. Other processes may append, too: each write is of whole lines, and begins with a line break in case the last line is
 * cut off.
 */
export async function appendLines(folder: JournalFolder, lines: JournalLine[]): Promise<void> {
  if (lines.length === 0) return
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const known = filesIn(folder).findLast(file => !file.isBase)
  const name = known?.name ?? nameOf(newestNumber(folder) || 1)
  const handle = openSync(join(folder, name), 'a', 0o600)
  try {
    writeFileSync(handle, `\n${lines.map(line => JSON.stringify(line)).join('\n')}\n`)
    await sync(handle)
  } finally {
    closeSync(handle)
  }
  if (!known) syncFolder(folder)
}

/** Begins a new file and answers its number. A base for it may be read from the database from now on. */
export function beginFile(folder: JournalFolder): number {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const number = newestNumber(folder) + 1
  const file = join(folder, nameOf(number))
  closeSync(openSync(file, 'a', 0o600))
  syncFile(file)
  syncFolder(folder)
  return number
}

/** Writes the base of a file that was begun, then deletes the files before it. */
export function writeBase(folder: JournalFolder, number: number, lines: Iterable<JournalLine>): void {
  const unfinished = join(folder, `${nameOf(number)}.part`)
  const handle = openSync(unfinished, 'w', 0o600)
  try {
    let pending = ''
    for (const line of lines) {
      pending += `${JSON.stringify(line)}\n`
      if (pending.length < 1_000_000) continue
      writeFileSync(handle, pending)
      pending = ''
    }
    writeFileSync(handle, pending)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(unfinished, join(folder, nameOf(number).replace('.jsonl', '.base.jsonl')))
  syncFolder(folder)
  const needed = new Set(filesIn(folder).map(file => file.name))
  for (const name of readdirSync(folder)) if (!needed.has(name)) rmSync(join(folder, name), { force: true })
}

/** Every line that can be parsed, oldest first; those that are cut off or damaged are skipped. */
export async function* readLines(folder: JournalFolder): AsyncGenerator<JournalLine> {
  for (const { name } of filesIn(folder)) {
    const handle = await open(join(folder, name))
    try {
      for await (const text of handle.readLines({ encoding: 'utf8' })) {
        const line = readLine(text)
        if (line) yield line
      }
    } finally {
      await handle.close()
    }
  }
}

function readLine(text: string): JournalLine | null {
  if (text === '') return null
  try {
    const line: unknown = JSON.parse(text)
    return typeof line === 'object' && line !== null && 'do' in line ? (line as JournalLine) : null
  } catch {
    return null
  }
}

function newestNumber(folder: JournalFolder): number {
  return filesIn(folder).at(-1)?.number ?? 0
}

function nameOf(number: number): string {
  return `${String(number).padStart(6, '0')}.jsonl`
}

const sync = promisify(fsync)
