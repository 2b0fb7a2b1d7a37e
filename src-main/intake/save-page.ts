/** Saves a web page by its address: its article is fetched as a full text is, in all its pages, and kept under 'Pages'. */
import type { Failure, MissingPage } from '../api/model.ts'
import { readAddress } from '../api/names/typed-address.ts'
import type { ExtractedPage, Failed } from '../feeds/documents.ts'
import type { ReadyArticle } from '../feeds/parsed.ts'
import { hostPort } from '../http/private-address.ts'
import { setSaved } from '../store/articles/read-state.ts'
import { restoreSaved } from '../store/articles/restore-saved.ts'
import { durably, type WriteDb } from '../store/db/open.ts'
import { asBatch } from '../store/db/write-gate.ts'
import { allowPrivatePages, pageAt, pagesTitle, pagesUrl } from '../store/feeds/pages.ts'
import { recordUndo } from '../store/undo-log.ts'
import { type ArticleDeps, fetchArticle } from './full-text/fetch-article.ts'

/** `allowPrivate`: the user was asked, and the name may lead to this machine or a private network. */
export type SavePageRequest = { url: string; allowPrivate?: boolean }

export type SavePageOutcome =
  /** `missing`: the first of its pages that it is kept without. */
  | { kind: 'saved'; articleId: number; undoId: number; missing?: MissingPage }
  | { kind: 'already-there'; articleId: number }
  | { kind: 'failed'; failure: Failure }

export type SavingParts = ArticleDeps & {
  db: WriteDb
  /** In a worker. `url`: where its first page was found. */
  prepare(page: ExtractedPage, url: string): Promise<{ ok: true; article: ReadyArticle } | Failed>
  /** Whether an address the user typed may be fetched although it is private. */
  mayBePrivate(url: URL, isAllowed?: boolean): Promise<boolean>
}

const noAccess = { credentials: null, proxy: null, userAgent: null }

/** What is wrong with the page is in the answer. Rejects where the disk fails. */
export async function savePage(parts: SavingParts, request: SavePageRequest): Promise<SavePageOutcome> {
  const { db } = parts
  const address = readAddress(request.url)
  if (!address) return { kind: 'failed', failure: { reason: 'bad-address' } }
  const typed = new URL(address.url)
  typed.hash = ''
  const known = pageAt(db, typed.href)
  if (known) return known.isSaved ? { kind: 'already-there', articleId: known.articleId } : saveAgain(parts, known)

  const isPrivate = await parts.mayBePrivate(typed, request.allowPrivate)
  const privateHost = isPrivate ? hostPort(typed) : null
  const place = { url: typed.href, feedUrl: pagesUrl, privateHost, access: noAccess }
  const fetched = await fetchArticle(parts, { ...place, feedText: '' })
  if (fetched.kind === 'failed') return { kind: 'failed', failure: fetched.failure }
  const prepared = await parts.prepare(fetched.article, fetched.url)
  if (!prepared.ok) return { kind: 'failed', failure: prepared.failure }
  const { missing } = fetched
  const outcome = store(parts, prepared.article, privateHost)
  return outcome.kind === 'saved' && missing ? { ...outcome, missing } : outcome
}

/** It had been saved before, and is here still. */
function saveAgain({ db, now }: SavingParts, { articleId }: { articleId: number }): SavePageOutcome {
  const save = db.transaction((): SavePageOutcome => {
    setSaved(db, [articleId], true, now())
    const undoId = recordUndo(db, { kind: 'saved', articleIds: [articleId], isSaved: false }, now())
    return { kind: 'saved', articleId, undoId }
  })
  return asBatch(db, () => durably(db, () => save.immediate()))
}

/** With this commit it is on the disk. A page that is there under another address is not stored twice. */
function store({ db, now }: SavingParts, article: ReadyArticle, privateHost: string | null): SavePageOutcome {
  const save = db.transaction((): SavePageOutcome => {
    if (privateHost !== null) allowPrivatePages(db, privateHost)
    const source = { feedUrl: pagesUrl, feedTitle: pagesTitle }
    const page = { ...source, savedAt: now(), isRead: false, article, stored: null, fullText: null }
    const { savedIds, knownIds } = restoreSaved(db, [page], now())
    const [articleId] = savedIds
    if (articleId === undefined) return { kind: 'already-there', articleId: knownIds[0]! }
    const undoId = recordUndo(db, { kind: 'saved', articleIds: [articleId], isSaved: false }, now())
    return { kind: 'saved', articleId, undoId }
  })
  return asBatch(db, () => durably(db, () => save.immediate()))
}
