/** Replays the journal on a database: subscriptions, saved articles, read marks, settings, and what was decided of stories. */
import { htmlToText } from '../../lib/html-text.ts'
import { attempt, type Log } from '../../lib/log.ts'
import type { PortableArticle } from '../../store/articles/portable.ts'
import { deleteEmptyFeed } from '../../store/articles/purge-feeds.ts'
import { idsBetween, setRead, setSaved } from '../../store/articles/read-state.ts'
import { type ReturningArticle, restoreSaved } from '../../store/articles/restore-saved.ts'
import { readMeta, writeMeta } from '../../store/db/meta.ts'
import type { WriteDb } from '../../store/db/open.ts'
import { changeFeedUrl, feedByUrl, setRemoved } from '../../store/feeds/feeds.ts'
import { type FolderList, follow, restoreFolders } from '../../store/feeds/subscriptions.ts'
import type { IdRanges } from '../../store/id-ranges.ts'
import { articleByKeys, fingerprint, type KeyKind } from '../../store/identity/keys.ts'
import { restoreMail } from '../../store/mail/portable.ts'
import { changeSettings, withPresentNames } from '../../store/settings.ts'
import { correctionsState, keptFor, putBackDecision, removeDecision } from '../../store/stories/decisions.ts'
import { groupAnew } from '../../store/stories/grouped.ts'
import { type JournalFolder, type JournalLine, readLines } from './file.ts'

/** A line about one feed, article or setting. */
type OneThing = Exclude<JournalLine, { do: 'folders' }>

/** On a database that no other program has open. Lines that can't be replayed are logged and skipped. `now` in ms. */
export async function replayJournal(
  db: WriteDb,
  folder: JournalFolder,
  { now, log }: { now: number; log: Log },
): Promise<void> {
  const corrections = correctionsState(db)
  let batch: OneThing[] = []
  let folders: FolderList | null = null
  const run = () => {
    db.transaction(() => {
      for (const line of batch) attempt(log, 'replaying the journal', () => replay(db, line, now))
    }).immediate()
    batch = []
  }
  for await (const line of readLines(folder)) {
    // The last list supersedes the others.
    if (line.do === 'folders') folders = line
    else batch.push(line)
    if (batch.length >= 200) run()
  }
  run()
  // What was decided and taken back is put back and removed: stories stay as they are where nothing else was decided.
  if (correctionsState(db) !== corrections) groupAnew(db)
  // An earlier version wrote passwords of proxies down as they were typed.
  writeMeta(db, 'proxiesSealed', null)
  const list = folders
  if (list) attempt(log, 'following the journal', () => db.transaction(() => restoreFolders(db, list)).immediate())
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
      restoreSaved(db, [returningFrom(line.article)], now)
      return
    case 'unsave': {
      const id = articleByKeys(db, line.article)
      if (id !== null) setSaved(db, [id], false, now)
      return
    }
    case 'mark':
      // Ids of another database are of other articles.
      if (line.lineage !== readMeta(db, 'databaseId')) return
      for (const [first, last] of pairsOf(line.ranges)) setRead(db, idsBetween(db, first, last), line.isRead)
      return
    case 'decide-story':
      if (line.decision.decidedAt >= now - keptFor) putBackDecision(db, line.decision)
      return
    case 'withdraw-story':
      removeDecision(db, line.id)
      return
    case 'mail':
      restoreMail(db, line)
      return
    case 'set':
      changeSettings(db, withPresentNames(line.settings))
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
  const { id: feedId, privateHost } = feed
  if (!there || deleteEmptyFeed(db, there.id)) changeFeedUrl(db, { feedId, url: to, privateHost }, now)
  else if (!feed.isRemoved) setRemoved(db, [feed.id], now)
}

/** An article of the journal, as restoreSaved takes it. */
export function returningFrom(article: PortableArticle): ReturningArticle {
  const { feedUrl, feedTitle, savedAt, isRead } = article
  const lastKey = (wanted: KeyKind) => article.keys.findLast(({ kind }) => kind === wanted)?.key ?? null
  return {
    feedUrl,
    feedTitle,
    savedAt,
    isRead,
    fullText: article.fullText ?? null,
    article: {
      ...article,
      canonicalUrl: lastKey('link'),
      fingerprint: lastKey(fingerprint) ?? '',
      titleKey: lastKey('title') ?? '',
      text: htmlToText(article.html),
      // Journals written before it was kept have none.
      commentsCount: article.commentsCount ?? null,
      hashes: { whole: article.hash, visible: article.visibleHash },
    },
    stored: article,
  }
}

function* pairsOf(ranges: IdRanges): Generator<[number, number]> {
  for (let at = 0; at + 1 < ranges.length; at += 2) yield [ranges[at]!, ranges[at + 1]!]
}
