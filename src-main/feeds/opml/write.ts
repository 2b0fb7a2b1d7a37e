/** Writes subscriptions as OPML 2.0, with folders as nested outlines. */
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

/** Folders, then feeds, each in the given order, without credentials. `date` in ms. */
export function writeOpml(list: { title: string; date: number; folders: OpmlFolder[]; feeds: OpmlFeed[] }): string {
  const folders = Map.groupBy(list.folders, folder => folder.parentId)
  const feeds = Map.groupBy(list.feeds, feed => feed.folderId)
  const written = new Set<number>()

  function outlinesIn(folderId: number | null, indent: string): string[] {
    const inside = (folders.get(folderId) ?? []).flatMap(folder => folderLines(folder, indent))
    return [...inside, ...(feeds.get(folderId) ?? []).map(feed => `${indent}${feedOutline(feed)}`)]
  }

  function folderLines(folder: OpmlFolder, indent: string): string[] {
    // Folders that contain each other would recurse forever.
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
  // Folders and feeds whose parent is missing are written at the top.
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

/** `text` is the user's name for it, `title` the publisher's: both survive an import of ours. */
function feedOutline({ url, title, originalTitle, siteUrl }: OpmlFeed): string {
  const name = asXml(title || url)
  const original = asXml(originalTitle || title || url)
  const site = siteUrl === null ? '' : ` htmlUrl="${asXml(addressWithoutCredentials(siteUrl))}"`
  return `<outline type="rss" text="${name}" title="${original}" xmlUrl="${asXml(addressWithoutCredentials(url))}"${site}/>`
}

/** Parsers replace line ends in attributes anyway (XML 1.0, 3.3.3). */
function asXml(text: string): string {
  return escapeXml(text).replace(/[\t\n\r]+/g, ' ')
}
