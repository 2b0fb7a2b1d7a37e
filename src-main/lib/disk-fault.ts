/** What an error says of the disk: the only place that knows the codes that SQLite and the system have for it. */

/**
 * No room left; a folder or file that may not be written, or opened; a database with damaged pages; a disk that fails to
 * read or write.
 */
export type DiskFault = 'full' | 'read-only' | 'damaged' | 'failing'

/** A prefix of the code, since SQLite's extended codes (SQLITE_READONLY_DIRECTORY) say the same in more detail. */
const faults: [DiskFault, RegExp][] = [
  ['full', /^(?:SQLITE_FULL|ENOSPC$|EDQUOT$)/],
  // CANTOPEN: the folder takes no file beside the database, or its permissions hide it.
  ['read-only', /^(?:SQLITE_READONLY|SQLITE_CANTOPEN|SQLITE_PERM|EROFS$|EACCES$|EPERM$)/],
  ['damaged', /^(?:SQLITE_CORRUPT|SQLITE_NOTADB)/],
  ['failing', /^(?:SQLITE_IOERR|EIO$)/],
]

/** The system says EACCES and EPERM of a connection that a firewall refuses, and of a port or a program, too. */
const otherCalls = /^(?:connect|listen|bind|accept|send|getaddrinfo|spawn|kill|setpriority)/

/** What is wrong with the disk; null for any other mistake. */
export function diskFault(error: unknown): DiskFault | null {
  return faultOfCode(storageCode(error))
}

/** The same for a code alone: of an error of another thread nothing else comes across. */
export function faultOfCode(code: string): DiskFault | null {
  return faults.find(([, codes]) => codes.test(code))?.[0] ?? null
}

/** What SQLite ('SQLITE_BUSY', too) or the system ('EROFS') call what happened to a file; '' for any other mistake. */
export function storageCode(error: unknown): string {
  const code = codeOf(error)
  if (code.startsWith('SQLITE_')) return code
  const isOfFile = !(error instanceof Error && 'syscall' in error && otherCalls.test(String(error.syscall)))
  return isOfFile && faultOfCode(code) !== null ? code : ''
}

/** What a window or whoever started Broadsheet is told of it. */
export function storageErrorCode(error: unknown): `storage-${Exclude<DiskFault, 'failing'>}` | 'internal' {
  const fault = diskFault(error)
  return fault === null || fault === 'failing' ? 'internal' : `storage-${fault}`
}

/** It is no database at all, as where someone has named a picture. */
export function isNoDatabase(error: unknown): boolean {
  return codeOf(error).startsWith('SQLITE_NOTADB')
}

/** SQLite can make no sense of a schema, or of a question: of a file nobody has changed, that is damage as well. */
export function isSenseless(error: unknown): boolean {
  return codeOf(error).startsWith('SQLITE_ERROR')
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
