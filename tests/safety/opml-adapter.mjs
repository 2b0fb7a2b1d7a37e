// Lets ../shared/checks/opml-check.mjs import its hostile lists with the project's own reader and writer. Node 24.
import { readFileSync, statSync } from 'node:fs'
import { readOpml } from '../../src-main/feeds/opml/read.ts'
import { opmlLimits } from '../../src-main/feeds/opml/values.ts'
import { writeOpml } from '../../src-main/feeds/opml/write.ts'

export async function createOpml() {
  const folders = []
  const feeds = []

  /** As the engine does it: a folder per name and parent, each address once. */
  function folderFor(path) {
    let parentId = null
    for (const title of path) {
      const known = folders.find(folder => folder.parentId === parentId && folder.title === title)
      const folder = known ?? { id: folders.length + 1, parentId, title }
      if (!known) folders.push(folder)
      parentId = folder.id
    }
    return parentId
  }

  return {
    async importFile(path) {
      if (statSync(path).size > opmlLimits.bytes) return { ok: false, error: 'too large', feeds: [] }
      const reading = readOpml(readFileSync(path))
      if (reading.kind === 'failed') return { ok: false, error: reading.failure.reason, feeds: [] }
      const known = new Set(feeds.map(feed => feed.url))
      for (const { url, title, path } of reading.entries) {
        if (known.has(url)) continue
        feeds.push({ url, title, siteUrl: null, folderId: folderFor(path), folder: path.join('/') })
      }
      return { ok: true, feeds: feeds.map(({ url, title, folder }) => ({ url, title, folder })) }
    },
    exportText: () => writeOpml({ title: 'Broadsheet', date: 0, folders, feeds }),
  }
}
