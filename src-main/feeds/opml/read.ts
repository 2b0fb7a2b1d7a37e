/** Reads lists of subscriptions: OPML, or an address on each line. Tolerant of bad XML; reads addresses, names and folders. */
import type { Failure, OpmlProblem } from '../../api/model.ts'
import { decode } from '../formats/decode.ts'
import { readOutlines } from './outlines.ts'
import { readPlainList } from './plain-list.ts'
import { opmlLimits } from './values.ts'
import { binaryKind, textKind } from './wrong-file.ts'

export type OpmlEntry = {
  url: string
  /** The name in the list; the host where it has none. */
  title: string
  /** The publisher's own title, where the list has another name beside it. */
  publisherTitle: string | null
  /** Whether `title` is a name, not derived from the address. */
  isNamed: boolean
  siteUrl: string | null
  /** The folders above it, outermost first, at most 8. */
  path: string[]
}

export type OpmlList = {
  title: string
  /** Each address once. */
  entries: OpmlEntry[]
  /** Paths of folders without feeds. */
  emptyFolders: string[][]
  /** Feeds without a usable address. */
  problems: OpmlProblem[]
  /** The file is truncated: feeds after the last one may be missing. */
  isCutOff: boolean
}
export type OpmlReading = ({ kind: 'read' } & OpmlList) | { kind: 'failed'; failure: Failure }

/** What a window sends: pasted text, or a file in base64. */
export type OpmlSource = { text?: string | undefined; file?: string | undefined }

export function readOpmlSource({ text = '', file }: OpmlSource): OpmlReading {
  return readOpml(file === undefined ? text : Buffer.from(file, 'base64'))
}

/** Of bytes, finds file type and charset. Beyond `opmlLimits` the reading fails, as for what is no list. */
export function readOpml(input: string | Uint8Array): OpmlReading {
  if (input.length > opmlLimits.bytes) return failed({ reason: 'too-large', megabytes: opmlLimits.bytes / 1_000_000 })
  if (typeof input === 'string') return readText(input)
  const found = binaryKind(input)
  if (found) return failed({ reason: 'not-a-list', found })
  const decoded = decode(input, null)
  return decoded.ok ? readText(decoded.text) : failed(decoded.failure)
}

function readText(text: string): OpmlReading {
  if (hasInternalSubset(text)) return failed({ reason: 'unsafe', detail: 'it defines entities of its own' })
  const { list, isList, unsafe } = readOutlines(text)
  if (unsafe !== null) return failed({ reason: 'unsafe', detail: unsafe })
  if (isList) return { kind: 'read', ...list }
  const plain = readPlainList(text)
  return plain ? { kind: 'read', ...plain } : failed({ reason: 'not-a-list', found: textKind(text) })
}

function failed(failure: Failure): OpmlReading {
  return { kind: 'failed', failure }
}

/** A DOCTYPE that defines entities: with these a small file expands to a huge one, or reads another file. */
function hasInternalSubset(text: string): boolean {
  const start = text.slice(0, 100_000).search(/<!DOCTYPE/i)
  if (start < 0) return false
  const end = text.indexOf('>', start)
  return text.slice(start, end < 0 ? undefined : end).includes('[')
}
