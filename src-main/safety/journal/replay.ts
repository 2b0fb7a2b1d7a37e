/** Replays the journal on a database: subscriptions, saved articles, read marks and settings. */
import { htmlToText } from '../../lib/html-text.ts'
import { attempt, type Log } from '../../lib/log.ts'
import { forgetEmptyFeed } from '../../store/articles/leaving.ts'
import { setRead, setSaved } from '../../store/articles/read-state.ts'
import { articlesIn, findByMarks, findSaved, insertSaved, type SavedArticle } from '../../store/articles/saved.ts'
import { readMeta, writeMeta } from '../../store/db/meta.ts'
import type { WriteDb } from '../../store/db/open.ts'
import { changeFeedUrl, feedByUrl, setRemoved } from '../../store/feeds/feeds.ts'
import { follow, keepFolders } from '../../store/feeds/subscriptions.ts'
import type { IdRanges } from '../../store/id-ranges.ts'
import { indexArticle } from '../../store/search/index.ts'
import { changeSettings } from '../../store/settings.ts'
import { type JournalFolder, type JournalLine, readLines } from './file.ts'

/** A line about one feed, article or setting. */
type OneThing = Exclude<JournalLine, { do: 'folders' }>

/** On a database that no other program has open. Lines that can't be replayed are logged and skipped. `now` in ms. */
export async function replayJournal(
  db: WriteDb,
  folder: JournalFolder,
  { now, log }: { now: number; log: Log },
): Promise<void> {
  let batch: OneThing[] = []
  let folders: string[][] | null = null
  const run = () => {
    db.transaction(() => {
      for (const line of batch) attempt(log, 'replaying the journal', () => replay(db, line, now))
    }).immediate()
    batch = []
  }
  for await (const line of readLines(folder)) {
    // The last list supersedes the others.
    if (line.do === 'folders') folders = line.paths
    else batch.push(line)
    if (batch.length >= 200) run()
  }
  run()
  // An earlier version wrote passwords of proxies down as they were typed.
  writeMeta(db, 'proxiesSealed', null)
  const paths = folders
  if (paths) attempt(log, 'replaying the journal', () => db.transaction(() => keepFolders(db, paths)).immediate())
}

function replay(db: WriteDb, line: OneThing, now: number): void {
  switch (line.do) {
    case 'follow':
      follow(db, line.feed, now)
      return
    case 'move-feed':
      moveFeed(db, line, now)
      return
    case 'unfollow': {
      const feed = feedByUrl(db, line.url)
      if (feed && !feed.isRemoved) setRemoved(db, [feed.id], now)
      return
    }
    case 'save':
      save(db, line.article, now)
      return
    case 'unsave': {
      const id = findByMarks(db, line.article)
      if (id !== null) setSaved(db, [id], false, now)
      return
    }
    case 'mark':
      // Ids of another database are of other articles.
      if (line.lineage !== readMeta(db, 'databaseId')) return
      for (const [first, last] of pairsOf(line.ranges)) setRead(db, articlesIn(db, first, last), line.isRead)
      return
    case 'set':
      changeSettings(db, line.settings)
  }
}

/**
 * When this was written, no other feed had the new address. In a database that is newer than the line the feed has moved
 * already, and a line before this one has added the old address again.
 */
function moveFeed(db: WriteDb, { from, to }: { from: string; to: string }, now: number): void {
  const feed = feedByUrl(db, from)
  if (!feed) return
  const there = feedByUrl(db, to)
  if (!there || forgetEmptyFeed(db, there.id)) changeFeedUrl(db, feed.id, to, feed.privateHost, now)
  else if (!feed.isRemoved) setRemoved(db, [feed.id], now)
}

function save(db: WriteDb, article: SavedArticle, now: number): void {
  const known = findSaved(db, article, now)
  if (known !== null) {
    setSaved(db, [known], true, article.savedAt ?? now)
    return
  }
  const id = insertSaved(db, article, now)
  indexArticle(db, id, { ...article, text: htmlToText(article.html) }, article.feedTitle)
}

function* pairsOf(ranges: IdRanges): Generator<[number, number]> {
  for (let at = 0; at + 1 < ranges.length; at += 2) yield [ranges[at]!, ranges[at + 1]!]
}
