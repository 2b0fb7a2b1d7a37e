/**
 * Reads an exported ZIP file. It may be anybody's, so this runs in a disposable worker: nothing is written by the names in it,
 * only the files that are known are unpacked, each to a limit, and what was HTML is sanitised anew.
 */
import { unzipSync } from 'fflate'
import type { Failure } from '../api/model.ts'
import type { PortableListening } from '../api/reading/playback.ts'
import { isRecord, parseJson } from '../feeds/json.ts'
import { type OpmlReading, readOpml } from '../feeds/opml/read.ts'
import { type ExportedFeed, type ExportedFolder, fileNames } from './format.ts'
import { listeningOf } from './listening.ts'
import { isExportedPicture, largestPicture, pictureKey } from './pictures.ts'

export type OpenedArchive = {
  ok: true
  subscriptions: OpmlReading | null
  settings: Record<string, unknown>
  /** Not checked yet. */
  feeds: Partial<ExportedFeed>[]
  /** Not checked yet. */
  folders: Partial<ExportedFolder>[]
  listening: PortableListening
  /** What was decided of stories; not checked yet. */
  stories: Record<string, unknown>[]
  /** The elements of saved.json: one a line, perhaps with a comma at its end. */
  saved: Uint8Array
  pictures: { key: string; bytes: Uint8Array }[]
}
type Refused = { ok: false; failure: Failure }

const million = 1_000_000
/** Bytes that may come out of each file. What Broadsheet writes for 20,000 long articles stays below. */
const limits = new Map<string, number>([
  [fileNames.subscriptions, 20 * million],
  [fileNames.settings, 20 * million],
  [fileNames.listening, 5 * million],
  [fileNames.saved, 260 * million],
])
const mostFiles = 70_000
/** Twice what is exported. */
const mostOfPictures = 200 * million

/** `archive` in base64. What it holds is never a reason to throw. */
export function openArchive(archive: string): OpenedArchive | Refused {
  try {
    const files = unpack(Buffer.from(archive, 'base64'))
    const saved = files.get(fileNames.saved)
    if (!saved) throw new Refusal({ reason: 'not-an-export', detail: 'there is no saved.json in it' })
    const settings = readSettings(files.get(fileNames.settings))
    const list = files.get(fileNames.subscriptions)
    return {
      ok: true,
      subscriptions: list ? readOpml(list) : null,
      ...settings,
      listening: readListening(files.get(fileNames.listening)),
      saved: savedLines(saved),
      pictures: picturesOf(files),
    }
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
  let ofPictures = 0
  const seen = new Set<string>()
  const unpacked = unzipSync(bytes, {
    filter({ name, originalSize, size }) {
      if (++files > mostFiles) throw new Refusal({ reason: 'unsafe', detail: 'it holds more files than any export' })
      if (isStraying(name)) throw new Refusal({ reason: 'unsafe', detail: 'a file in it is named to leave its folder' })
      const isPicture = pictureKey(name) !== null
      // One too many is fetched again: the archive is as good without it.
      if (isPicture) ofPictures += originalSize
      if (isPicture && (originalSize > largestPicture || ofPictures > mostOfPictures)) return false
      const limit = isPicture ? largestPicture : limits.get(name)
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

/** Only what is a picture by its bytes. */
function picturesOf(files: Map<string, Uint8Array>): OpenedArchive['pictures'] {
  return [...files].flatMap(([name, bytes]) => {
    const key = pictureKey(name)
    return key !== null && isExportedPicture(bytes) ? [{ key, bytes }] : []
  })
}

/** No file is written under these names, but no export of ours has one. */
function isStraying(name: string): boolean {
  return /(?:^|[/\\])\.\.(?:[/\\]|$)|^[/\\]|^[a-z]:|\0/i.test(name)
}

function readSettings(
  bytes: Uint8Array | undefined,
): Pick<OpenedArchive, 'settings' | 'feeds' | 'folders' | 'stories'> {
  const value: unknown = bytes ? parsed(bytes, fileNames.settings) : {}
  const { settings, feeds, folders, stories } = isRecord(value) ? value : {}
  const records = (list: unknown) => (Array.isArray(list) ? list.filter(isRecord) : [])
  return {
    settings: isRecord(settings) ? settings : {},
    feeds: records(feeds),
    folders: records(folders),
    stories: records(stories),
  }
}

/** Exports of earlier versions have none. */
function readListening(bytes: Uint8Array | undefined): PortableListening {
  return listeningOf(bytes ? parsed(bytes, fileNames.listening) : {})
}

/**
 * Left as bytes, since 100 MB of articles would take a gigabyte once parsed. As `writeEverything` writes them, each is on a line
 * of its own; an array that another program has formatted anew is parsed and written so again.
 */
function savedLines(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (text.indexOf('[\n{"') === 0) {
    const end = text.lastIndexOf('\n]')
    if (end < 0) throw damaged(fileNames.saved)
    return text.subarray(2, end + 1)
  }
  const elements = parsed(bytes, fileNames.saved)
  if (!Array.isArray(elements)) throw damaged(fileNames.saved)
  return Buffer.from(elements.map(element => `${JSON.stringify(element)},\n`).join(''))
}

function parsed(bytes: Uint8Array, name: string): unknown {
  const value = parseJson(new TextDecoder().decode(bytes))
  if (value === undefined) throw damaged(name)
  return value
}

function damaged(name: string): Refusal {
  return new Refusal({ reason: 'not-an-export', detail: `${name} is damaged` })
}
