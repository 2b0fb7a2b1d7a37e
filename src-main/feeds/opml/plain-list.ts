/** Reads lists with an address on each line: people's own, and Newsboat's (address, tags, "~name"). */
import type { OpmlEntry, OpmlList } from './read.ts'
import { isName, opmlAddress, opmlLimits, opmlName } from './values.ts'

/** Null if any line is something else. */
export function readPlainList(text: string): OpmlList | null {
  const list: OpmlList = { title: '', entries: [], emptyFolders: [], problems: [], isCutOff: false }
  const seen = new Set<string>()
  for (const raw of text.split(/[\r\n]+/)) {
    const line = raw.trim()
    if (line === '' || line.startsWith('#')) continue
    const [address = ''] = line.split(/\s/, 1)
    // Newsboat's own: commands whose output is a feed, and searches.
    if (/^"?(?:exec|filter|query):/.test(line)) {
      list.problems.push({ title: opmlName(line), url: opmlName(line), failure: { reason: 'bad-address' } })
      continue
    }
    const url = /^(?:https?|feed):/i.test(address) ? opmlAddress(address) : null
    if (url === null || list.entries.length >= opmlLimits.entries) return null
    if (!seen.has(url)) list.entries.push(entryOf(url, line.slice(address.length)))
    seen.add(url)
  }
  return list.entries.length > 0 ? list : null
}

function entryOf(url: string, rest: string): OpmlEntry {
  const words = [...rest.slice(0, 2_000).matchAll(/"([^"]*)"|(\S+)/g)].map(match =>
    opmlName(match[1] ?? match[2] ?? ''),
  )
  const name = words.find(word => word.startsWith('~'))?.slice(1) ?? ''
  const folder = words.find(word => word !== '' && !/^[~!#]/.test(word))
  const isNamed = isName(name, url)
  const title = isNamed ? name : new URL(url).hostname
  return { url, title, isNamed, publisherTitle: null, siteUrl: null, path: folder ? [folder] : [] }
}
