/** Fills a library before a test of reading starts. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Broadsheet, broadsheet } from './broadsheet.ts'

export type Shelf = { [folder: string]: string[] }

/** Imports feeds in folders ('' for the top level), by the addresses of the feed server, and fetches them all. */
export async function stock(app: Broadsheet, base: string, shelf: Shelf): Promise<void> {
  const outlines = Object.entries(shelf).map(([folder, paths]) => {
    const feeds = paths.map(path => `<outline type="rss" xmlUrl="${base}${path}"/>`).join('')
    return folder === '' ? feeds : `<outline text="${folder}">${feeds}</outline>`
  })
  await app.restart(async dataDir => {
    const file = join(dataDir, 'shelf.opml')
    writeFileSync(file, `<opml version="2.0"><body>${outlines.join('')}</body></opml>`)
    await broadsheet(dataDir, 'import', file, '--allow-private')
  })
}
