/**
 * Keeps saved articles whole: fetches the text of the page where the feed gives only its beginning, and the pictures that each
 * shows, a file for each beside the database, where no cache evicts them. The database says what is left to do: so it matters not
 * how an article came to be saved, and after an end in the middle the next start goes on.
 */
import type { LoadedResource } from '../../api/engine-thread.ts'
import type { Failure } from '../../api/model.ts'
import { mediaKey } from '../../feeds/pictures/media-key.ts'
import { shownPictures } from '../../feeds/pictures/shown-pictures.ts'
import { isSilence } from '../../http/network.ts'
import { diskFault, storageCode } from '../../lib/disk-fault.ts'
import { day, hour, minute } from '../../lib/time.ts'
import { articleById, type StoredArticle } from '../../store/articles/article.ts'
import { durably, type WriteDb } from '../../store/db/open.ts'
import { asBatch } from '../../store/db/write-gate.ts'
import {
  articlesToKeep,
  isAnyUnkept,
  type KeptState,
  type PinnedPicture,
  pinnedKeys,
  pinPictures,
  triesOf,
  unpinMissing,
  unpinUnsaved,
} from '../../store/saved/pinned-pictures.ts'
import { inTrouble, type MediaRequest, unreached } from '../media/media.ts'
import type { PictureFiles } from '../media/picture-files.ts'
import type { PictureAccess } from './picture-access.ts'
import { isTextWanted } from './wanted-text.ts'

export type SavedKeeper = {
  /** Fetches what is due, article by article; a call while it is under way has it look once more. */
  keep(): Promise<void>
  /** The reader had the pictures of a saved article loaded, where they are to be asked for: these are kept, too. */
  keepAsked(articleId: number): Promise<void>
  /** A server has answered somebody: the network works. */
  answered(): void
  /** Forgets what was kept for articles that are not saved any more, and removes the files. */
  sweep(): Promise<void>
  close(): Promise<void>
}

type Parts = {
  db: WriteDb
  files: PictureFiles
  media: (request: MediaRequest) => Promise<LoadedResource>
  /** Nothing is to be fetched now that the reader has not asked for. */
  mustWait(): boolean
  access(feedId: number): PictureAccess
  /** Fetches the text of an article's page, and stores it. */
  fetchText(articleId: number): Promise<{ kind: 'stored' | 'gone' } | { kind: 'failed'; failure: Failure }>
  /** A file or a row could not be written; with the code of SQLite or the system. */
  onDiskFailed(code: string): void
  now(): number
  signal: AbortSignal
}

/** A long photo report has a hundred pictures; a page of thousands is a catalogue, which nobody saves for its pictures. */
const mostPictures = 200
/** A photo report of a hundred pictures at 500 kB each; a thousand ordinary articles (1 to 2 MB) are as much as a film. */
const mostBytes = 60_000_000
const firstRetry = 5 * minute
const slowestRetry = 6 * hour
/** A server that has refused a picture for two days will not give it. While the network is away nothing is given up. */
const mostTries = 12
/** Articles in a row that no server could be reached for: the others would fare no better. */
const silentArticles = 3
/** An answer of any server this fresh (ms) proves that the network works, so that another one's silence is its own. */
const proofTime = minute

export function createSavedKeeper(parts: Parts): SavedKeeper {
  const { db, now, signal } = parts
  let working: Promise<void> = Promise.resolve()
  let isWaiting = false
  const network: Network = { lastAnswerAt: Number.NEGATIVE_INFINITY }

  /** One after the other: a sweep must not meet a file that no row names yet. */
  function inTurn(work: () => Promise<void>): Promise<void> {
    const turn = working.then(() => (signal.aborted ? undefined : work()))
    working = turn.catch(() => undefined)
    return turn
  }

  function keep(): Promise<void> {
    if (isWaiting) return working
    isWaiting = true
    return inTurn(() => reportingDisk(parts, keepDue))
  }

  async function keepDue(): Promise<void> {
    isWaiting = false
    let silent = 0
    for (const articleId of articlesToKeep(db, now())) {
      if (signal.aborted || parts.mustWait() || silent >= silentArticles) break
      const missing = await keepOne(parts, network, articleId)
      silent = missing === 'network' ? silent + 1 : 0
    }
  }

  return {
    keep,
    keepAsked: articleId =>
      inTurn(() => reportingDisk(parts, async () => void (await keepOne(parts, network, articleId, true)))),
    answered() {
      network.lastAnswerAt = now()
    },
    sweep: () => inTurn(() => sweep(parts)),
    close: () => working,
  }
}

type Network = { lastAnswerAt: number }

function isNetworkProven({ lastAnswerAt }: Network, now: number): boolean {
  return now >= lastAnswerAt && now - lastAnswerAt < proofTime
}

/** What a full disk did not take is due still, and is taken by the next run. */
async function reportingDisk({ onDiskFailed }: Parts, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (diskFault(error) === null) throw error
    onDiskFailed(storageCode(error))
  }
}

/** Why some of an article's pictures may be there another time. */
type Missing = 'network' | 'server' | 'not-wanted' | null

/** `isAsked`: the reader has asked for its pictures. */
async function keepOne(parts: Parts, network: Network, articleId: number, isAsked = false): Promise<Missing> {
  const { db, files, now, signal } = parts
  const article = articleById(db, articleId)
  if (!article) return null
  const textMissing = await keepText(parts, network, article)
  if (signal.aborted) return null
  const withText = articleById(db, articleId) ?? article
  const { pictures, missing: picturesMissing } = await findPictures(parts, network, withText, isAsked)
  if (signal.aborted) return null
  const missing = picturesMissing ?? textMissing
  // The files are on the disk before the database names them, and that is before another article has its turn.
  files.sync()
  const state = nextState(missing, triesOf(db, articleId) + 1, now())
  asBatch(db, () => durably(db, () => pinPictures(db, articleId, pictures, state)))
  return missing
}

/** A page that was reached and has no text to keep is not asked for again: the feed's text stays. */
async function keepText({ db, fetchText, now }: Parts, network: Network, article: StoredArticle): Promise<Missing> {
  if (!isTextWanted(db, article, now())) return null
  const outcome = await fetchText(article.id)
  if (outcome.kind !== 'failed' || !isSilence(outcome.failure)) return null
  return isNetworkProven(network, now()) ? 'server' : 'network'
}

type Found = { pictures: PinnedPicture[]; missing: Missing }

/** Those that are on the disk, and those that servers give, within the budget of an article. */
async function findPictures(parts: Parts, network: Network, article: StoredArticle, isAsked: boolean): Promise<Found> {
  const { files, signal } = parts
  const { pictures, privateHostFor, proxy } = parts.access(article.sourceId)
  const mayLoad = pictures === 'load' || (pictures === 'ask' && isAsked)
  const silentHosts = new Set<string>()
  const found: Found = { pictures: [], missing: null }
  let bytes = 0
  for (const url of picturesOf(article).slice(0, mostPictures)) {
    if (signal.aborted || bytes >= mostBytes) break
    const request = { url, privateHost: privateHostFor(url), proxy }
    const key = mediaKey(request)
    let size = await files.size(key)
    if (size === null) {
      if (!mayLoad) found.missing = 'not-wanted'
      // As without a network: it counts as no try.
      else if (!isAsked && parts.mustWait()) found.missing = 'network'
      const host = URL.parse(url)?.host ?? ''
      // A server that did not answer once would be waited for again.
      if (!mayLoad || found.missing === 'network' || silentHosts.has(host)) continue
      const answer = await fetchPicture(parts, network, request)
      if (answer.missing !== null) {
        found.missing = answer.missing
        silentHosts.add(host)
      }
      if (answer.bytes === null || bytes + answer.bytes.length > mostBytes) continue
      await files.write(key, answer.bytes)
      size = answer.bytes.length
    }
    bytes += size
    found.pictures.push({ key, bytes: size })
  }
  return found
}

/** Of both of its texts. */
function picturesOf(article: StoredArticle): string[] {
  const { fullText } = article
  const { html, media } = fullText?.kind === 'text' ? fullText : article
  return [...new Set([...shownPictures(article), ...shownPictures({ ...article, html, media })])]
}

type Fetched = { bytes: Uint8Array | null; missing: 'network' | 'server' | null }

async function fetchPicture({ media, now }: Parts, network: Network, request: MediaRequest): Promise<Fetched> {
  const { status, type, bytes } = await media(request)
  if (status === unreached) return { bytes: null, missing: isNetworkProven(network, now()) ? 'server' : 'network' }
  network.lastAnswerAt = now()
  if (status === inTrouble) return { bytes: null, missing: 'server' }
  return { bytes: status === 200 && type.startsWith('image/') ? bytes : null, missing: null }
}

function nextState(missing: Missing, tries: number, now: number): KeptState {
  if (missing === null || (missing === 'server' && tries >= mostTries)) return { tries, nextTryAt: null }
  // Nobody is asked: in a day the reader may want pictures.
  if (missing === 'not-wanted') return { tries: 0, nextTryAt: now + day }
  // No server is troubled, so it counts as no try.
  if (missing === 'network') return { tries: tries - 1, nextTryAt: now + firstRetry }
  return { tries, nextTryAt: now + Math.min(firstRetry * 2 ** (tries - 1), slowestRetry) }
}

async function sweep({ db, files, signal }: Parts): Promise<void> {
  const there = await files.keys()
  const isThere = new Set(there)
  const lost = [...pinnedKeys(db)].filter(key => !isThere.has(key))
  // They were removed after the backup that the database is from was made.
  if (lost.length > 0) unpinMissing(db, lost)
  asBatch(db, () => durably(db, () => unpinUnsaved(db)))
  // After a recovery they may be pictures of an article that is still to claim them.
  if (isAnyUnkept(db)) return
  const kept = pinnedKeys(db)
  for (const key of there) if (!kept.has(key) && !signal.aborted) await files.remove(key)
}
