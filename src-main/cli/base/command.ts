/** A command as it was asked for. */
import type { ArticleFormat, View } from '../../api/model.ts'

export type Command = {
  kind: 'command'
  name: string
  /** The arguments after the name: addresses, ids, files, words. */
  words: string[]
  dataDir: string
  isJson: boolean
  isForced: boolean
  /** With their full text. */
  isFull: boolean
  isPrivateAllowed: boolean
  isBatch: boolean
  opml: string | null
  /** Seconds for which an import waits for the first fetch; with 0 it fetches nothing. */
  wait: number
  /** The file to export everything to. */
  all: string | null
  /** What to write an article as, and into which file. */
  format: ArticleFormat
  out: string | null
  view: View
  limit: number
  port: number
  url: string | null
  contentType: string | null
  /** Of a digest: since when (ms), and where to: a file, or 'mail'. */
  since: number | null
  to: string | null
}
