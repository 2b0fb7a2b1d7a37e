/** Whether an edit is one that no reader would call so: other white space, a time stamp, a count, an address. */
import { htmlToLines } from '../../lib/html-text.ts'

type Version = { title: string; html: string }
/** `until`: when it was replaced (ms); 0 for the one of today. */
export type StoredVersion = Version & { until: number }

const ago = /\b\d+\s*(?:s|sec|m|min|h|hr|d|seconds?|minutes?|hours?|days?|weeks?|months?)\.?\s+ago\b/giu
const counts =
  /\b\d[\d.,]*\s?[km]?\s+(?:comments?|views?|likes?|shares?|replies|reply|points?|votes?|reads?|min(?:ute)?s? read)\b/giu
const addresses = /\bhttps?:\/\/\S+/giu
/** A line that is a time stamp: beside dates and times it has only such words. */
const stampWords =
  /\b(?:last|first|updated?|published|modified|edited|posted|on|at|by|am|pm|gmt|utc|[ce]e?s?t|uhr|stand|aktualisiert|zuletzt|mis à jour|publié|actualizado|jan\w*|feb\w*|mar\w*|apr\w*|may|jun\w*|jul\w*|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*|mon\w*|tue\w*|wed\w*|thu\w*|fri\w*|sat\w*|sun\w*)\b/giu

export function isTrivialEdit(before: Version, after: Version): boolean {
  return gist(before) === gist(after)
}

function gist({ title, html }: Version): string {
  return [title, ...htmlToLines(html).split('\n')]
    .map(lineOf)
    .filter(line => line !== '')
    .join('\n')
}

function lineOf(line: string): string {
  const said = line.replace(addresses, '').replace(ago, '').replace(counts, '').replace(/\s+/g, ' ').trim()
  return /\d/.test(said) && /^[\d\s:.,/()|–-]*$/.test(said.replace(stampWords, '')) ? '' : said
}
