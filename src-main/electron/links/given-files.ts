/** Files that the system or the command line gives: which arguments name one, and what is read of it. */
import { constants } from 'node:fs'
import { type FileHandle, lstat, open, realpath } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { GivenFile, GivenFileRefusal } from '../../api/host/given-file.ts'

/** What Broadsheet opens: lists, saved feeds, exported archives, backups, and shortcuts to an address. */
const endings = /\.(?:opml|xml|rss|atom|zip|db|url|webloc|desktop)$/i
const longestPath = 4_096
/** The limit of the contract for a list. */
const mostBytes = 20_000_000
const databaseStart = 'SQLite format 3\0'

/** The files among the arguments, as full paths. Switches, folders, links and files of other kinds are ignored. */
export function filesIn(args: readonly string[], folder: string): string[] {
  return args
    .filter((_, index) => args[index - 1] !== '--data')
    .map(argument => pathIn(argument))
    .filter(file => file !== null && endings.test(file) && !file.includes('\0'))
    .map(file => path.resolve(folder, file!))
}

function pathIn(argument: string): string | null {
  if (argument.length > longestPath || argument.startsWith('-')) return null
  if (/^file:/i.test(argument)) return pathOfUrl(argument)
  // A letter and a colon is a drive of Windows.
  return /^[a-z][a-z\d+.-]+:/i.test(argument) ? null : argument
}

/** Desktops of Linux may give a file by its address. */
function pathOfUrl(address: string): string | null {
  try {
    return fileURLToPath(address)
  } catch {
    // Of another host, or with a '/' in a name.
    return null
  }
}

/** Reads a file of at most 20 MB. What is no plain file is not opened: a pipe would wait for good, a device may act. */
export async function readGiven(file: string): Promise<GivenFile> {
  const name = path.basename(file).slice(0, 255)
  const refused = (reason: GivenFileRefusal): GivenFile => ({ name, kind: 'refused', reason })
  // Windows would show its name and a proof of the password to the computer there.
  if (/^[\\/]{2}/.test(file)) return refused('elsewhere')
  let handle: FileHandle | null = null
  try {
    const real = await realpath(file)
    if (!(await lstat(real)).isFile()) return refused('not-a-file')
    // Something else may be there by now. Windows has neither flag.
    handle = await open(real, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0))
    const entry = await handle.stat()
    if (!entry.isFile()) return refused('not-a-file')
    if (entry.size === 0) return refused('empty')
    if (await isDatabase(handle)) return { name, kind: 'backup', bytes: entry.size }
    if (entry.size > mostBytes) return refused('too-large')
    const content = Buffer.alloc(entry.size)
    const { bytesRead } = await handle.read(content, 0, entry.size, 0)
    return { name, kind: 'content', content: content.subarray(0, bytesRead).toString('base64') }
  } catch (error) {
    return refused(reasonOf(error))
  } finally {
    await handle?.close()
  }
}

async function isDatabase(handle: FileHandle): Promise<boolean> {
  const start = Buffer.alloc(databaseStart.length)
  await handle.read(start, 0, start.length, 0)
  return start.toString('latin1') === databaseStart
}

const reasons: Record<string, GivenFileRefusal> = {
  ENOENT: 'missing',
  ENOTDIR: 'missing',
  ELOOP: 'missing',
}

function reasonOf(error: unknown): GivenFileRefusal {
  const { code = '' } = error as NodeJS.ErrnoException
  return reasons[code] ?? 'unreadable'
}
