/** Full texts: the page of an article is asked for, its article extracted and stored. */
import type { Failure } from '../../api/model.ts'
import { canonicalUrl } from '../../feeds/prepare/identity-keys.ts'
import { isConnectivity } from '../../http/network.ts'
import { htmlToText } from '../../lib/html-text.ts'
import type { Access } from '../../polling/fetch.ts'
import { hostOf } from '../../polling/poll-queue.ts'
import { htmlOf } from '../../store/articles/article.ts'
import { storeFullText } from '../../store/articles/full-text.ts'
import { joinByPage } from '../../store/copies/by-page.ts'
import type { WriteDb } from '../../store/db/open.ts'
import { asBatch } from '../../store/db/write-gate.ts'
import {
  fullTextOf,
  type PageText,
  type StoredFullText,
  writeFullTextFailure,
} from '../../store/full-texts/full-texts.ts'
import { type PageOfArticle, pageOfArticle } from '../../store/full-texts/wanted.ts'
import { type ArticleDeps, fetchArticle } from './fetch-article.ts'
import { HostTurns } from './host-turns.ts'

/** 'gone': there is no such article any more. `bytes` is what its pages took on the way. */
export type FullTextOutcome =
  | { kind: 'stored'; bytes: number }
  | { kind: 'failed'; failure: Failure; bytes: number }
  | { kind: 'gone' }

export type FullTextDeps = ArticleDeps & {
  db: WriteDb
  /** How the user wants a feed's server to be asked. */
  accessOf(feed: PageOfArticle): Access
  /** By its page an article was found to be a copy of another: lists and counts are other ones. */
  onCopyFound(): void
}

type UnderWay = { isWanted: boolean; outcome: Promise<FullTextOutcome> }

/** A page is read for minutes: nobody waits for more than a few. As many at once to a host as polls have. */
const atOnce = { perHost: 2, inAll: 6 }

export class FullTexts {
  readonly #deps: FullTextDeps
  readonly #turns = new HostTurns(atOnce)
  readonly #underWay = new Map<number, UnderWay>()

  constructor(deps: FullTextDeps) {
    this.#deps = deps
  }

  /**
   * Fetches the full text of an article and stores it, or why there is none. `isWanted`: the reader waits for it, and it is
   * what they read from then on. Asked for twice it is fetched once. Rejects where the disk fails.
   */
  fetch(articleId: number, isWanted: boolean): Promise<FullTextOutcome> {
    const known = this.#underWay.get(articleId)
    if (known) {
      known.isWanted ||= isWanted
      return known.outcome
    }
    const page = pageOfArticle(this.#deps.db, articleId)
    if (!page) return Promise.resolve({ kind: 'gone' })
    const outcome = this.#turns
      .run(hostOf(page.url ?? ''), () => this.#fetchAndStore(articleId, page))
      .finally(() => this.#underWay.delete(articleId))
    this.#underWay.set(articleId, { isWanted, outcome })
    return outcome
  }

  isBusy(): boolean {
    return this.#underWay.size > 0
  }

  /** Once the signal has aborted: waits until nothing is stored any more. */
  async close(): Promise<void> {
    await Promise.allSettled([...this.#underWay.values()].map(({ outcome }) => outcome))
  }

  async #fetchAndStore(articleId: number, page: PageOfArticle): Promise<FullTextOutcome> {
    const { db, accessOf, onCopyFound } = this.#deps
    if (page.url === null) return { kind: 'failed', failure: { reason: 'bad-address' }, bytes: 0 }
    const { url, feedUrl, privateHost } = page
    const feedText = htmlToText(htmlOf(db, [articleId]).get(articleId) ?? '')
    const fetched = await fetchArticle(this.#deps, { url, feedUrl, privateHost, access: accessOf(page), feedText })
    if (fetched.kind === 'failed') return this.#fail(articleId, fetched)
    const { html, title, byline, media } = fetched.article
    const { bytes, missing } = fetched
    const text: PageText = { url: fetched.url, fetchedAt: this.#deps.now(), title, byline, html, media, missing }
    const isWanted = this.#underWay.get(articleId)?.isWanted === true
    if (isShorter(text, fullTextOf(db, articleId))) return { kind: 'stored', bytes }
    const isStored = asBatch(db, () => storeFullText(db, articleId, text, isWanted || null))
    if (!isStored) return { kind: 'gone' }
    const links = [fetched.url, fetched.article.canonical].flatMap(address => canonicalUrl(address) ?? [])
    if (asBatch(db, () => joinByPage(db, articleId, { links, text: fetched.article.text }))) onCopyFound()
    return { kind: 'stored', bytes }
  }

  /** That the network is away says nothing of a page: it is not noted. */
  #fail(articleId: number, { url, failure, bytes }: { url: string; failure: Failure; bytes: number }): FullTextOutcome {
    const { db, now, signal } = this.#deps
    if (!isConnectivity(failure) && !signal.aborted) {
      asBatch(db, () => writeFullTextFailure(db, articleId, { url, failure, fetchedAt: now() }))
    }
    return { kind: 'failed', failure, bytes }
  }
}

/** One that ends earlier than the one that is there, which stays. */
function isShorter(text: PageText, known: StoredFullText | null): boolean {
  return text.missing !== undefined && known?.kind === 'text' && known.html.length > text.html.length
}
