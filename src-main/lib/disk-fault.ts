/** Classifies disk errors: the only place that knows the codes of SQLite and of the system. */
import type { DiskFault, EngineErrorCode } from '../api/errors.ts'

/** Matched by prefix, for SQLite's extended codes (SQLITE_READONLY_DIRECTORY). */
const faults: [DiskFault, RegExp][] = [
  ['full', /^(?:SQLITE_FULL|ENOSPC$|EDQUOT$)/],
  // CANTOPEN: no file can be made beside the database, or the folder cannot be read.
  ['read-only', /^(?:SQLITE_READONLY|SQLITE_CANTOPEN|SQLITE_PERM|EROFS$|EACCES$|EPERM$)/],
  ['damaged', /^(?:SQLITE_CORRUPT|SQLITE_NOTADB)/],
  ['failing', /^(?:SQLITE_IOERR|EIO$)/],
]

/** EACCES and EPERM are also errors of a connection that a firewall refuses, of a port or of a program. */
const otherCalls = /^(?:connect|listen|bind|accept|send|getaddrinfo|spawn|kill|setpriority)/

/** The fault of the disk; null for any other error. */
export function diskFault(error: unknown): DiskFault | null {
  return faultOfCode(storageCode(error))
}

/** The same for a code alone, as it comes from another thread. */
export function faultOfCode(code: string): DiskFault | null {
  return faults.find(([, codes]) => codes.test(code))?.[0] ?? null
}

/** SQLite's code (also 'SQLITE_BUSY'), or the system's for a file ('EROFS'); '' for any other error. */
export function storageCode(error: unknown): string {
  const code = codeOf(error)
  if (code.startsWith('SQLITE_')) return code
  const isOfFile = !(error instanceof Error && 'syscall' in error && otherCalls.test(String(error.syscall)))
  return isOfFile && faultOfCode(code) !== null ? code : ''
}

/** The code for a window, or for whoever started Broadsheet. */
export function storageErrorCode(error: unknown): Extract<EngineErrorCode, `storage-${string}` | 'internal'> {
  const fault = diskFault(error)
  return fault === null || fault === 'failing' ? 'internal' : `storage-${fault}`
}

/** There is no such file or folder. */
export function isMissing(error: unknown): boolean {
  return codeOf(error) === 'ENOENT'
}

/** The file is no database, as where the user has chosen a picture. */
export function isNoDatabase(error: unknown): boolean {
  return codeOf(error).startsWith('SQLITE_NOTADB')
}

/** SQLite cannot parse a schema or a query: in a file of ours that is damage, too. */
export function isSenseless(error: unknown): boolean {
  return codeOf(error).startsWith('SQLITE_ERROR')
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
