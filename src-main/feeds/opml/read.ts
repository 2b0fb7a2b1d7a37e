/** Reads lists of subscriptions (OPML, or addresses line by line). Tolerant of bad XML; takes addresses, names and folders only. */
import type { Failure, OpmlProblem } from '../../api/model.ts'
import { readOutlines } from './outlines.ts'
import { readPlainList } from './plain-list.ts'
import { opmlName } from './values.ts'
import { textKind } from './wrong-file.ts'

export { type OpmlFeed, type OpmlFolder, writeOpml } from './write.ts'
export { binaryKind } from './wrong-file.ts'

export type OpmlEntry = {
  url: string
  /** As the list shows it; the host where it has no name. */
  title: string
  /** The publisher's own title, where the list names another beside it. */
  publisherTitle: string | null
  /** Whether `title` is a name, and not made of the address. */
  isNamed: boolean
  siteUrl: string | null
  /** The folders above it, outermost first, at most 8. */
  path: string[]
}

export type OpmlList = {
  title: string
  /** Each address once. */
  entries: OpmlEntry[]
  /** Folders that no feed is in. */
  emptyFolders: string[][]
  /** Outlines that name a feed whose address cannot be used. */
  problems: OpmlProblem[]
  /** The file ends in the middle: what it had after the last feed is missing. */
  isCutOff: boolean
}
export type OpmlReading = ({ kind: 'read' } & OpmlList) | { kind: 'failed'; failure: Failure }

export const opmlLimits = {
  bytes: 20_000_000,
  entries: 200_000,
  depth: 8,
  nesting: 12_000,
  problems: 1_000,
  emptyFolders: 1_000,
}

/** Pure. Limits: 20 MB, 200,000 entries. */
export function readOpmlText(text: string): OpmlReading {
  if (text.length > opmlLimits.bytes) return failed({ reason: 'too-large', megabytes: opmlLimits.bytes / 1_000_000 })
  if (hasInternalSubset(text)) return failed({ reason: 'unsafe', detail: 'it defines entities of its own' })
  const list = readOutlines(text, opmlLimits)
  if (list.isTooLong) return failed({ reason: 'unsafe', detail: `it lists more than ${opmlLimits.entries} feeds` })
  if (list.isTooDeep) return failed({ reason: 'unsafe', detail: `it nests more than ${opmlLimits.nesting} deep` })
  if (list.isList) {
    const { title, entries, emptyFolders, problems, isCutOff } = list
    return { kind: 'read', title: opmlName(title), entries, emptyFolders, problems, isCutOff }
  }
  const plain = readPlainList(text, opmlLimits)
  return plain ? { kind: 'read', ...plain } : failed({ reason: 'not-a-list', found: textKind(text) })
}

function failed(failure: Failure): OpmlReading {
  return { kind: 'failed', failure }
}

/** Entities that a document defines are how a small file becomes a huge one, or another file. */
function hasInternalSubset(text: string): boolean {
  const start = text.slice(0, 100_000).search(/<!DOCTYPE/i)
  if (start < 0) return false
  const end = text.indexOf('>', start)
  return text.slice(start, end < 0 ? undefined : end).includes('[')
}
