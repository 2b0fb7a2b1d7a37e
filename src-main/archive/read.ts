/**
 * Reads an exported ZIP file. It may be anybody's, so this runs in a disposable worker: nothing is written by the names in it,
 * only the files that are known are unpacked, each to a limit, and what was HTML is sanitised anew.
 */
import { unzipSync } from 'fflate'
import type { Failure } from '../api/model.ts'
import { isRecord } from '../feeds/json.ts'
import { readOpml } from '../feeds/opml/file.ts'
import type { OpmlReading } from '../feeds/opml/read.ts'
import { type ExportedFeed, fileNames } from './format.ts'

/** A part of saved.json, in bytes: some elements of its array, and the commas between them. */
export type SavedPart = { start: number; end: number; articles: number }

export type OpenedArchive = {
  ok: true
  subscriptions: OpmlReading | null
  settings: Record<string, unknown>
  /** Not checked yet. */
  feeds: Partial<ExportedFeed>[]
  saved: Uint8Array
  parts: SavedPart[]
}
type Refused = { ok: false; failure: Failure }

const million = 1_000_000
/** Bytes that may come out of each file. What Broadsheet writes for 20,000 long articles stays below. */
const limits = new Map<string, number>([
  [fileNames.subscriptions, 20 * million],
  [fileNames.settings, 20 * million],
  [fileNames.saved, 260 * million],
])
const mostFiles = 70_000
const partBytes = million
const partArticles = 100

/** `archive` in base64. What it holds is never a reason to throw. */
export function openArchive(archive: string): OpenedArchive | Refused {
  try {
    const files = unpack(Buffer.from(archive, 'base64'))
    const saved = files.get(fileNames.saved)
    if (!saved) throw new Refusal({ reason: 'not-an-export', detail: 'there is no saved.json in it' })
    const settings = readSettings(files.get(fileNames.settings))
    const list = files.get(fileNames.subscriptions)
    return { ok: true, subscriptions: list ? readOpml(list) : null, ...settings, saved, parts: partsOf(saved) }
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, failure: error.failure }
    // Too deep or too large is for the pool to report.
    if (error instanceof RangeError) throw error
    const detail = error instanceof Error ? error.message : String(error)
    return { ok: false, failure: { reason: 'not-an-export', detail } }
  }
}

class Refusal extends Error {
  readonly failure: Failure
  constructor(failure: Failure) {
    super(failure.reason)
    this.failure = failure
  }
}

/** The known files by name: in a Map, since a name may be `__proto__`. */
function unpack(bytes: Uint8Array): Map<string, Uint8Array> {
  let files = 0
  const seen = new Set<string>()
  const unpacked = unzipSync(bytes, {
    filter({ name, originalSize, size }) {
      if (++files > mostFiles) throw new Refusal({ reason: 'unsafe', detail: 'it holds more files than any export' })
      if (isStraying(name)) throw new Refusal({ reason: 'unsafe', detail: 'a file in it is named to leave its folder' })
      const limit = limits.get(name)
      if (limit === undefined) return false
      if (seen.has(name)) throw new Refusal({ reason: 'unsafe', detail: `${name} is in it twice` })
      seen.add(name)
      // The sizes are what the file states; fflate unpacks no more than that.
      if (originalSize > limit || size > limit) {
        throw new Refusal({ reason: 'unsafe', detail: `${name} would be larger than ${limit / million} MB` })
      }
      return true
    },
  })
  return new Map(Object.entries(unpacked))
}

/** No file is written under these names, but no export of ours has one. */
function isStraying(name: string): boolean {
  return /(?:^|[/\\])\.\.(?:[/\\]|$)|^[/\\]|^[a-z]:|\0/i.test(name)
}

function readSettings(bytes: Uint8Array | undefined): Pick<OpenedArchive, 'settings' | 'feeds'> {
  const value: unknown = bytes ? parseJson(bytes, fileNames.settings) : {}
  const { settings, feeds } = isRecord(value) ? value : {}
  return { settings: isRecord(settings) ? settings : {}, feeds: Array.isArray(feeds) ? feeds.filter(isRecord) : [] }
}

function parseJson(bytes: Uint8Array, name: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    throw new Refusal({ reason: 'not-an-export', detail: `${name} is damaged` })
  }
}

const code = { quote: 34, comma: 44, open: 91, escape: 92, close: 93, openBrace: 123, closeBrace: 125 }
const isSpace = (byte: number) => byte === 32 || byte === 10 || byte === 13 || byte === 9

/** Splits the array without parsing it: parsed whole, 100 MB of articles would take a gigabyte. */
function partsOf(bytes: Uint8Array): SavedPart[] {
  const parts: SavedPart[] = []
  let at = 0
  while (at < bytes.length && isSpace(bytes[at]!)) at++
  if (bytes[at] !== code.open) throw damaged()
  at++
  let part: SavedPart | null = null
  let depth = 0
  let isText = false
  for (; at < bytes.length; at++) {
    const byte = bytes[at]!
    if (isText) {
      if (byte === code.escape) at++
      else if (byte === code.quote) isText = false
    } else if (byte === code.quote) isText = true
    else if (byte === code.openBrace || byte === code.open) {
      if (depth++ > 0) continue
      const isFull = part !== null && (at - part.start > partBytes || part.articles >= partArticles)
      if (part === null || isFull) {
        part = { start: at, end: at, articles: 0 }
        parts.push(part)
      }
      part.articles++
    } else if (byte === code.closeBrace || (byte === code.close && depth > 0)) {
      if (--depth === 0 && part) part.end = at + 1
      if (depth < 0) throw damaged()
    } else if (byte === code.close) return parts
    else if (depth === 0 && byte !== code.comma && !isSpace(byte)) throw damaged()
  }
  throw damaged()
}

function damaged(): Refusal {
  return new Refusal({ reason: 'not-an-export', detail: `${fileNames.saved} is damaged` })
}
