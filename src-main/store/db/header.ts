/** The first 100 bytes of a database file of ours (sqlite.org/fileformat.html, 1.3). */
import { closeSync, openSync, readSync } from 'node:fs'

/** We will never have so many schema versions: a larger number is noise. */
const mostSchemas = 10_000

/**
 * What is wrong with the header, in a few words; null where it can be one of ours, of any version. SQLite itself takes an
 * unknown header for that of a later SQLite, and reports that the file can't be written.
 */
export function headerDamage(file: string): string | null {
  const header = Buffer.alloc(100)
  const handle = openSync(file, 'r')
  try {
    if (readSync(handle, header, 0, 100, 0) < 100) return 'it is shorter than a header'
  } finally {
    closeSync(handle)
  }
  if (header.toString('latin1', 0, 16) !== 'SQLite format 3\0') return 'it is no database'
  const isKnown =
    header.readUInt16BE(16) === 8_192 &&
    [1, 2].includes(header[18]!) &&
    [1, 2].includes(header[19]!) &&
    // Four bytes that have one value in every database: 0, 64, 32, 32.
    header.readUInt32BE(20) === 0x00_40_20_20 &&
    header.readUInt32BE(44) <= 4 &&
    header.readUInt32BE(56) <= 1 &&
    header.readUInt32BE(60) <= mostSchemas
  return isKnown ? null : 'its header is spoilt'
}
