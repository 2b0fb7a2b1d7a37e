/** The tasks of the disposable workers, and the messages between them and the pool. */
import type { OpenedArchive } from '../archive/read.ts'
import type { ReadArticles } from '../archive/read-articles.ts'
import type { Drawn, Purpose } from '../drawing/draw.ts'
import type { PageLinks } from '../feeds/discover/page.ts'
import type { Document, ExtractedPage, Failed, FeedDocument } from '../feeds/documents.ts'
import type { OpmlSource } from '../feeds/opml/file.ts'
import type { OpmlReading } from '../feeds/opml/read.ts'
import type { FeedEnd, ParsedFeed, ReadyFeed } from '../feeds/parsed.ts'

export type Tasks = {
  /** Decode, parse, normalise, sanitise: a feed that may be stored. */
  readFeed(input: FeedDocument): Promise<{ ok: true; feed: ReadyFeed; end: FeedEnd } | Failed>
  /** Decode and parse only: the neutral form that `broadsheet parse` prints. */
  parseOnly(input: Document): Promise<{ ok: true; feed: ParsedFeed } | Failed>
  /** The article of a web page, sanitised. */
  extractPage(input: Document): Promise<ExtractedPage | Failed>
  /** The feeds and icons that a page links to. */
  readPage(input: Document): Promise<PageLinks | Failed>
  /** An SVG as a bitmap, with its text over it where it has any; null where it is no SVG or shows nothing. */
  drawSvg(input: { bytes: Uint8Array; purpose: Purpose }): Promise<{ ok: true; drawn: Drawn | null } | Failed>
  /** A subscription list. */
  readOpml(input: OpmlSource): Promise<{ ok: true; reading: OpmlReading } | Failed>
  /** An exported archive, in base64: its contents, with the articles still as bytes. */
  openArchive(input: { archive: string }): Promise<OpenedArchive | Failed>
  /** Some articles of an archive, prepared and sanitised as a feed's are. */
  readArticles(input: { bytes: Uint8Array }): Promise<ReadArticles | Failed>
}

export type TaskName = keyof Tasks
export type TaskInput<K extends TaskName> = Parameters<Tasks[K]>[0]
export type TaskOutput<K extends TaskName> = Awaited<ReturnType<Tasks[K]>>

/** Pool to thread and back. `ready` comes once, when the thread has loaded its code. */
export type WorkerRequest = { task: TaskName; input: unknown }
export type WorkerAnswer = { kind: 'ready' } | { kind: 'done'; output: unknown } | { kind: 'bug'; stack: string }
