/** Writes the export archive, a ZIP file: subscriptions, settings, and saved articles as JSON and HTML. */
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { constants, deflateRawSync } from 'node:zlib'
import { Zip, ZipPassThrough } from 'fflate'
import { writeOpml } from '../feeds/opml/write.ts'
import { leadPictures, withLeadPictures } from '../feeds/pictures/lead-pictures.ts'
import { isoOrNull } from '../lib/time.ts'
import { addressWithoutCredentials } from '../lib/urls.ts'
import { portableListening } from '../store/articles/playback.ts'
import {
  type PortableArticle,
  type PortableFullText,
  savedArticles,
  savedArticlesById,
} from '../store/articles/portable.ts'
import type { ReadDb } from '../store/db/open.ts'
import { listFeeds, webFeeds } from '../store/feeds/feeds.ts'
import { listFolders } from '../store/feeds/folders.ts'
import { folderList } from '../store/feeds/subscriptions.ts'
import { feedsRead } from '../store/reading.ts'
import { pinnedFor } from '../store/saved/pinned-pictures.ts'
import { readSettings } from '../store/settings.ts'
import { allDecisions, type Decision } from '../store/stories/decisions.ts'
import {
  type ExportedArticle,
  type ExportedDecision,
  type ExportedFeed,
  type ExportedFolder,
  type ExportedListening,
  fileNames,
  settingsLeftOut,
} from './format.ts'
import { articlePage, type IndexEntry, indexPage, pageName } from './html-pages.ts'
import { withOwnPictures } from './own-pictures.ts'
import { picturesToExport } from './pictures.ts'

/** A ZIP file without extensions holds 65,535 files (APPNOTE 4.4.21). */
const mostPages = 60_000
/** Characters that are compressed at a time. */
const blockLength = 500_000

/** Adds a file to the archive; `write` may be called many times. */
type AddFile = (name: string, fill: (write: (text: string) => void) => void) => void

/** The same for what is compressed already. */
type StoreFile = (name: string, bytes: Uint8Array) => void

type Exported = {
  file: string
  /** In ms. */
  at: number
  /** The folder of the pictures that are kept for saved articles. */
  pictures: string
}

/**
 * Writes `file` from one state of the database; answers its size in bytes. It is there whole, or not at all.
 * Holds one article at a time. Throws where the disk fails.
 */
export function writeEverything(db: ReadDb, { file, at, pictures }: Exported): number {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const part = `${file}.part`
  const descriptor = openSync(part, 'w', 0o600)
  try {
    const bytes = zipInto(descriptor, at, (add, store) => {
      // First, since the pages show those that are here.
      const names = new Map<string, string>()
      for (const { key, name, bytes } of picturesToExport(db, pictures)) {
        store(name, bytes)
        names.set(key, name)
      }
      fill(db, { at, names, add })
    })
    fsyncSync(descriptor)
    renameSync(part, file)
    return bytes
  } catch (error) {
    rmSync(part, { force: true })
    throw error
  } finally {
    closeSync(descriptor)
  }
}

/** `names`: of the pictures in the archive, by their keys. */
function fill(db: ReadDb, { at, names, add }: { at: number; names: Map<string, string>; add: AddFile }): void {
  const feeds = webFeeds(db)
  add(fileNames.subscriptions, write =>
    write(writeOpml({ title: 'Broadsheet subscriptions', date: at, folders: listFolders(db), feeds })),
  )
  const ownOfFeeds = feeds.map(
    ({ url, title, originalTitle, paused, retention, reading }): ExportedFeed => ({
      url: addressWithoutCredentials(url),
      customTitle: title !== originalTitle && title !== url ? title : null,
      isPaused: paused === 'by-user',
      retention,
      reading,
    }),
  )
  const settings = Object.entries(readSettings(db)).filter(([name]) => !settingsLeftOut.some(left => left === name))
  const ofFolders: ExportedFolder[] = folderList(db).reading
  const stories = allDecisions(db).map(exportedDecision)
  const own = { settings: Object.fromEntries(settings), feeds: ownOfFeeds, folders: ofFolders, stories }
  add(fileNames.settings, write => write(JSON.stringify(own, null, 2)))

  add(fileNames.listening, write => write(JSON.stringify(exportedListening(db), null, 2)))

  // First saved first, so that an import saves them in the same order; each on its own line, so that it need not parse all at once.
  add(fileNames.saved, write => {
    let between = '[\n'
    for (const article of savedArticles(db, 'first saved')) {
      write(between + JSON.stringify(exported(article)))
      between = ',\n'
    }
    write(between === '[\n' ? '[]\n' : '\n]\n')
  })

  writePages(db, { at, names, add })
}

/** A page for each saved article, as a window shows it (saved.json is what is stored), and the list of all. */
function writePages(db: ReadDb, { at, names, add }: { at: number; names: Map<string, string>; add: AddFile }): void {
  const entries: IndexEntry[] = []
  const alwaysIds = new Set(feedsRead(db, 'fullText', 'always'))
  const always = new Set(listFeeds(db).flatMap(feed => (alwaysIds.has(feed.id) ? [feed.url] : [])))
  let left = 0
  for (const { id, article } of savedArticlesById(db, 'last saved')) {
    if (entries.length >= mostPages) {
      left++
      continue
    }
    const name = pageName(entries.length + 1, article.title)
    const { fullText } = article
    const isFullShown = fullText?.isShown ?? always.has(article.feedUrl)
    const text = fullText && isFullShown ? { ...article, ...fullText } : article
    const shown = withLeadPictures(leadPictures(text), text.html)
    const html = withOwnPictures(shown, article.feedUrl, keptNames(db, id, names))
    const page = { ...exported(article), html, language: article.language }
    add(`saved/${name}`, write => write(articlePage(page)))
    entries.push({ name, title: page.title, feedTitle: page.feedTitle, publishedAt: page.publishedAt })
  }
  add(fileNames.index, write => write(indexPage(entries, { at, left })))
}

/** Of the pictures in the archive, those that are kept for this article: from `saved/` they are one folder up. */
function keptNames(db: ReadDb, articleId: number, names: Map<string, string>): Map<string, string> {
  return new Map(
    pinnedFor(db, articleId).flatMap(key => {
      const name = names.get(key)
      return name ? [[key, `../${name}`] as const] : []
    }),
  )
}

function exportedListening(db: ReadDb): ExportedListening {
  const { heard, queue } = portableListening(db)
  const open = <Episode extends { feedUrl: string }>(episode: Episode) => ({
    ...episode,
    feedUrl: addressWithoutCredentials(episode.feedUrl),
  })
  return {
    heard: heard.map(({ heardAt, ...one }) => ({ ...open(one), heardAt: new Date(heardAt).toISOString() })),
    queue: queue.map(open),
  }
}

function exportedDecision({ id, kind, decidedAt, articles }: Decision): ExportedDecision {
  const named = articles.map(({ feedUrl, keys }) => ({ feedUrl: addressWithoutCredentials(feedUrl), keys }))
  return { id, kind, decidedAt: new Date(decidedAt).toISOString(), articles: named }
}

function exported(article: PortableArticle): ExportedArticle {
  const { feedTitle, guid, url, title, author, summary, image, isRead, html } = article
  const { categories, enclosures, commentsUrl, commentsCount, fullText } = article
  return {
    feedUrl: addressWithoutCredentials(article.feedUrl),
    ...{ feedTitle, guid, url, title, author, summary, image, isRead, html },
    ...{ categories, enclosures, commentsUrl, commentsCount },
    publishedAt: new Date(article.publishedAt).toISOString(),
    updatedAt: isoOrNull(article.updatedAt),
    savedAt: isoOrNull(article.savedAt),
    ...(fullText && { fullText: exportedFullText(fullText) }),
  }
}

function exportedFullText({ media: _, fetchedAt, ...text }: PortableFullText): ExportedArticle['fullText'] {
  return { ...text, fetchedAt: new Date(fetchedAt).toISOString() }
}

/** Writes each chunk as soon as it is compressed: the archive is never whole in memory. */
function zipInto(descriptor: number, at: number, fill: (add: AddFile, store: StoreFile) => void): number {
  let bytes = 0
  const zip = new Zip((error, chunk) => {
    if (error) throw error
    for (let done = 0; done < chunk.length; ) done += writeSync(descriptor, chunk, done)
    bytes += chunk.length
  })
  const store: StoreFile = (name, content) => {
    const entry = new ZipPassThrough(name)
    entry.mtime = at
    zip.add(entry)
    entry.push(content, true)
  }
  fill((name, fillFile) => {
    const entry = new Deflated(name)
    entry.mtime = at
    zip.add(entry)
    let waiting = ''
    fillFile(text => {
      waiting += text
      if (waiting.length < blockLength) return
      entry.push(Buffer.from(waiting), false)
      waiting = ''
    })
    entry.push(Buffer.from(waiting), true)
  }, store)
  zip.end()
  return bytes
}

/** Compresses with Node's own zlib, which takes a third of the time; block by block, each ending on a whole byte. */
class Deflated extends ZipPassThrough {
  override compression = 8

  protected override process(chunk: Uint8Array, isLast: boolean): void {
    const finishFlush = isLast ? constants.Z_FINISH : constants.Z_SYNC_FLUSH
    this.ondata(null, deflateRawSync(chunk, { finishFlush }), isLast)
  }
}
