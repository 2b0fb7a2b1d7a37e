/** Reads and writes lists of subscriptions (OPML 2.0). Reading is tolerant, and takes address, name and folders only. */
import type { Failure, OpmlProblem } from '../../api/model.ts'

/** One subscription; `path` are the folders above it, outermost first, at most 8. */
export type OpmlEntry = { url: string; title: string; path: string[] }
export type OpmlReading =
  | { kind: 'read'; title: string; entries: OpmlEntry[]; problems: OpmlProblem[] }
  | { kind: 'failed'; failure: Failure }

/** Pure; runs in a worker. Limits: 20 MB, 200,000 entries. Text, or bytes whose encoding is found out. */
export function readOpml(input: string | Uint8Array): OpmlReading {
  void input
  return { kind: 'failed', failure: { reason: 'malformed', detail: 'no OPML', line: null } }
}

export type OpmlFolder = { id: number; parentId: number | null; title: string }
export type OpmlFeed = { url: string; title: string; siteUrl: string | null; folderId: number | null }

/** Feeds and folders come out in the order given; credentials never leave. `date` is ms since 1970. */
export function writeOpml(_list: { title: string; date: number; folders: OpmlFolder[]; feeds: OpmlFeed[] }): string {
  return ''
}
