/** Reads lists of subscriptions: OPML, or an address on each line. Tolerant of bad XML; reads addresses, names and folders. */
import type { Failure, OpmlProblem } from '../../api/model.ts'
import { readOutlines } from './outlines.ts'
import { readPlainList } from './plain-list.ts'
import { opmlLimits, opmlName } from './values.ts'
import { textKind } from './wrong-file.ts'

export { opmlLimits }

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

/** Beyond `opmlLimits` the reading fails, as for text that is no list. */
export function readOpmlText(text: string): OpmlReading {
  if (text.length > opmlLimits.bytes) return failed({ reason: 'too-large', megabytes: opmlLimits.bytes / 1_000_000 })
  if (hasInternalSubset(text)) return failed({ reason: 'unsafe', detail: 'it defines entities of its own' })
  const list = readOutlines(text)
  if (list.isTooLong) return failed({ reason: 'unsafe', detail: `it lists more than ${opmlLimits.entries} feeds` })
  if (list.isTooDeep) return failed({ reason: 'unsafe', detail: `it nests more than ${opmlLimits.nesting} deep` })
  if (list.isList) {
    const { title, entries, emptyFolders, problems, isCutOff } = list
    return { kind: 'read', title: opmlName(title), entries, emptyFolders, problems, isCutOff }
  }
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
