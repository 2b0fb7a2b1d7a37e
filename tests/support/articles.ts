/** Articles and a store for tests, as they come out of the intake. */

import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SafeHtml } from '../../src-main/api/model.ts'
import type { ReadyArticle, ReadyFeed } from '../../src-main/feeds/parsed.ts'
import { unpack } from '../../src-main/store/db/compressed-html.ts'
import { openDatabase, type ReadDb, type WriteDb } from '../../src-main/store/db/open.ts'
import { insertFeed } from '../../src-main/store/feeds/feeds.ts'
import type { PageText } from '../../src-main/store/full-texts/full-texts.ts'

/** Noon of a day in autumn, in ms. */
export const someNoon = Date.UTC(2026, 10, 2, 12)

export type TestStore = { db: WriteDb; dir: string; file: string; [Symbol.dispose](): void }

/** A real database file in a folder of its own, or the one that an engine left in `dir`. */
export function makeStore(dir = mkdtempSync(join(tmpdir(), 'broadsheet-test-'))): TestStore {
  const file = join(dir, 'broadsheet.db')
  const db = openDatabase(file)
  return {
    db,
    dir,
    file,
    [Symbol.dispose]() {
      db.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

export function addFeed(
  db: WriteDb,
  url: string,
  { title = 'The Gazette', folderId = null as number | null } = {},
): number {
  return insertFeed(
    db,
    {
      url,
      title,
      customTitle: null,
      siteUrl: URL.parse('/', url)?.href ?? null,
      folderId,
      privateHost: null,
      nextCheckAt: null,
    },
    someNoon,
  ).feedId
}

/** Ids of all saved articles, ascending. */
export function savedIds(db: ReadDb): number[] {
  return db.prepare<[], number>('SELECT id FROM articles WHERE is_saved = 1 ORDER BY id').pluck().all()
}

/** The versions of an article before its publisher edited it, latest first. */
export function revisionsOf(db: ReadDb, articleId: number): { replacedAt: number; title: string; html: string }[] {
  const sql = 'SELECT replaced_at AS replacedAt, title, html FROM revisions WHERE article_id = ? ORDER BY id DESC'
  return db
    .prepare<[number], { replacedAt: number; title: string; html: Uint8Array }>(sql)
    .all(articleId)
    .map(({ html, ...row }) => ({ ...row, html: unpack(html) }))
}

/** An article with plausible parts; a test states those it is about. */
export function makeArticle(
  part: Partial<Omit<ReadyArticle, 'html' | 'text'>> & { html?: string; text?: string } = {},
): ReadyArticle {
  const { title = 'Harbour ferry runs again', url = `https://gazette.example/${slug(title)}`, ...rest } = part
  const text = part.text ?? `${title}. The ferry crossed the harbour at dawn.`
  return {
    guid: url,
    url,
    canonicalUrl: url && canonical(url),
    fingerprint: createHash('sha1').update(`${title}\n${text}`).digest('hex'),
    titleKey: title.toLowerCase(),
    title,
    author: 'Ada Quill',
    summary: text.slice(0, 120),
    text,
    media: [],
    publishedAt: someNoon - 60_000,
    updatedAt: null,
    categories: [],
    enclosures: [],
    image: null,
    commentsUrl: null,
    commentsCount: null,
    ...rest,
    html: (part.html ?? `<p>${text}</p>`) as SafeHtml,
  }
}

/** What the page of an article says. */
export function somePageText(part: Partial<Omit<PageText, 'html'>> & { html?: string } = {}): PageText {
  const { html = '<p>All that the page says of the lighthouse.</p>', ...rest } = part
  return {
    url: 'https://gazette.example/page',
    fetchedAt: someNoon,
    title: 'Harbour ferry runs again',
    byline: 'Ada Quill',
    media: [],
    ...rest,
    html: html as SafeHtml,
  }
}

/** A feed's document, as the store gets it. */
export function makeFeed(title: string, articles: ReadyArticle[]): ReadyFeed {
  return {
    format: 'rss',
    title,
    siteUrl: null,
    feedUrl: null,
    description: '',
    language: '',
    icon: null,
    ttlMinutes: null,
    skipHours: [],
    skipDays: [],
    articles,
  }
}

function slug(title: string): string {
  return title.toLowerCase().replace(/[^a-z0-9]+/g, '-')
}

function canonical(url: string): string {
  return url
    .replace(/^https?:\/\/(www\.)?/, '')
    .replace(/[?&]utm_[^&]*/g, '')
    .replace(/\/$/, '')
}
