/** Groups enclosures: the same film in three sizes, or an episode in three formats, is one. */
import { type EnclosureKind, enclosureKind } from '../../src-main/api/enclosures.ts'
import type { Enclosure } from '../../src-main/api/model.ts'

/** `others` are further variants of `file`, for those who want another. */
type FileGroup = { kind: EnclosureKind; file: Enclosure; others: Enclosure[] }

/** In the order of the feed; what plays best on the web first where a group has several formats. */
export function groupedFiles(enclosures: Enclosure[]): FileGroup[] {
  const groups = new Map<string, FileGroup>()
  for (const file of enclosures) {
    const kind = enclosureKind(file)
    const key = kind === 'audio' || kind === 'video' ? `${kind} ${stem(file.url)}` : file.url
    const group = groups.get(key)
    if (group) group.others.push(file)
    else groups.set(key, { kind, file, others: [] })
  }
  return [...groups.values()]
}

/** The address without extension, query and quality suffix. */
function stem(url: string): string {
  const parsed = URL.parse(url)
  if (!parsed) return url
  const name = parsed.pathname.replace(/\.[a-z\d]{2,5}$/i, '')
  // Where a program serves the files, the query names the file.
  if (name === parsed.pathname) return url
  return parsed.hostname + name.replace(/[-_./]?(?:360|480|540|720|1080|1440|2160|hd|sd|low|high|hq|lq)p?$/i, '')
}
