/** HTML, addresses and texts that attack whoever shows them, as they would reach a window. */
import { join } from 'node:path'
import { escapeHtml } from '../../src-main/lib/escape.ts'
import { type Corpus, jsonLines } from './corpora.ts'

export type Vector = {
  id: string
  kind: 'attack' | 'benign'
  /** The HTML of an article. */
  html: string
  /** The address that the article's own addresses are relative to, where the vector says. */
  base: string | undefined
  /** What of a benign vector has to be there still: its words, and an element for each CSS selector. */
  keepText: string[]
  keepSelectors: string[]
}

type Line = {
  id: string
  kind: Vector['kind']
  /** The field of a feed that the payload stands in: `content`, `title`, `link`, ... */
  context: string
  payload: string
  base?: string
  keepText?: string[]
  keepSelectors?: string[]
}

const pictureFields = new Set(['favicon_url', 'feed_image_url', 'icon_json', 'itunes_image', 'media_thumbnail'])
const linkFields = /^(?:link|feed_link|guid_permalink|media_content)$|_(?:url|uri)$/

/** The vectors of a corpus, but those that are names of files. */
export function xssVectors({ folder }: Corpus): Vector[] {
  return jsonLines<Line>(join(folder, 'vectors.jsonl'))
    .filter(({ context }) => context !== 'enclosure_filename')
    .map(({ id, kind, context, payload, base, keepText = [], keepSelectors = [] }) => ({
      id,
      kind,
      html: htmlOf(context, payload),
      base: context === 'base_url' ? payload : base,
      keepText,
      keepSelectors,
    }))
}

/** An address becomes a link or a picture; every other text is tried as HTML, whatever field it stands in. */
function htmlOf(context: string, payload: string): string {
  if (context === 'base_url') return '<a href="x">x</a><img src="i.gif"><a href="#f">f</a>'
  if (pictureFields.has(context)) return `<img alt="" src="${escapeHtml(payload)}">`
  return linkFields.test(context) ? `<p><a href="${escapeHtml(payload)}">open</a></p>` : payload
}
