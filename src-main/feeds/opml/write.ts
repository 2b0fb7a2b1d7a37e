/** Writes subscriptions as OPML 2.0, folders as nested outlines, so that any other reader can take them. */
import { escapeXml } from '../../lib/escape.ts'
import { addressWithoutCredentials } from '../../lib/urls.ts'

export type OpmlFolder = { id: number; parentId: number | null; title: string }
export type OpmlFeed = {
  url: string
  title: string
  /** The publisher's own title, where the reader has given another. */
  originalTitle?: string
  siteUrl: string | null
  folderId: number | null
}

/** Folders, then feeds, each in the order given. Credentials never leave. `date` is ms since 1970. */
export function writeOpml(list: { title: string; date: number; folders: OpmlFolder[]; feeds: OpmlFeed[] }): string {
  const folders = groupBy(list.folders, folder => folder.parentId)
  const feeds = groupBy(list.feeds, feed => feed.folderId)
  const written = new Set<number>()

  function outlinesIn(folderId: number | null, indent: string): string[] {
    const inside = (folders.get(folderId) ?? []).flatMap(folder => folderLines(folder, indent))
    return [...inside, ...(feeds.get(folderId) ?? []).map(feed => `${indent}${feedOutline(feed)}`)]
  }

  function folderLines(folder: OpmlFolder, indent: string): string[] {
    // Folders that contain each other would never end.
    if (written.has(folder.id)) return []
    written.add(folder.id)
    const name = asXml(folder.title)
    return [
      `${indent}<outline text="${name}" title="${name}">`,
      ...outlinesIn(folder.id, `${indent}  `),
      `${indent}</outline>`,
    ]
  }

  const known = new Set(list.folders.map(folder => folder.id))
  const body = outlinesIn(null, '    ')
  // What hangs below nothing is still the reader's.
  const lost = list.folders.flatMap(folder => folderLines(folder, '    '))
  const orphans = list.feeds.filter(feed => feed.folderId !== null && !known.has(feed.folderId))
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<opml version="2.0">',
    '  <head>',
    `    <title>${asXml(list.title)}</title>`,
    `    <dateCreated>${new Date(list.date).toUTCString()}</dateCreated>`,
    '  </head>',
    '  <body>',
    ...body,
    ...lost,
    ...orphans.map(feed => `    ${feedOutline(feed)}`),
    '  </body>',
    '</opml>',
    '',
  ].join('\n')
}

/** `text` is what the reader sees, `title` what the publisher calls it: by that we tell the one from the other when we read it. */
function feedOutline({ url, title, originalTitle, siteUrl }: OpmlFeed): string {
  const name = asXml(title || url)
  const original = asXml(originalTitle || title || url)
  const site = siteUrl === null ? '' : ` htmlUrl="${asXml(addressWithoutCredentials(siteUrl))}"`
  return `<outline type="rss" text="${name}" title="${original}" xmlUrl="${asXml(addressWithoutCredentials(url))}"${site}/>`
}

/** Line ends would be normalised away in an attribute. */
function asXml(text: string): string {
  return escapeXml(text).replace(/[\t\n\r]+/g, ' ')
}

function groupBy<T>(values: T[], keyOf: (value: T) => number | null): Map<number | null, T[]> {
  const groups = new Map<number | null, T[]>()
  for (const value of values) {
    const key = keyOf(value)
    const group = groups.get(key)
    if (group) group.push(value)
    else groups.set(key, [value])
  }
  return groups
}
