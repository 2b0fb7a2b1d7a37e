/** Reads articles of saved.json through the steps of a feed's items, so that nothing unsafe comes in this way. */
import type { Enclosure } from '../api/model.ts'
import { isRecord, parseJson } from '../feeds/json.ts'
import { emptyFeed, type ParsedItem } from '../feeds/parsed.ts'
import { prepareFeed } from '../feeds/prepare/prepare.ts'
import { sanitizeHtml } from '../feeds/sanitize/sanitize.ts'
import { hostPort } from '../http/private-address.ts'
import { escapeText } from '../lib/escape.ts'
import { cleanText } from '../lib/text.ts'
import { webAddress } from '../lib/urls.ts'
import { packArticles } from '../store/articles/pack.ts'
import type { PortableFullText } from '../store/articles/portable.ts'
import type { ReturningArticle } from '../store/articles/restore-saved.ts'
import { pagesTitle, pagesUrl } from '../store/feeds/pages.ts'

export type ReadArticles = { ok: true; articles: ReturningArticle[] }

/** `bytes` are lines of `OpenedArchive.saved`. Those that are no articles are left out. */
export function readArticles(bytes: Uint8Array): ReadArticles {
  const lines = new TextDecoder().decode(bytes).split('\n')
  return { ok: true, articles: lines.flatMap(line => readArticle(parseJson(line.replace(/,$/, ''))) ?? []) }
}

function readArticle(element: unknown): ReturningArticle | null {
  if (!isRecord(element)) return null
  const isPage = element.feedUrl === pagesUrl
  const feedUrl = isPage ? pagesUrl : webAddress(text(element.feedUrl))
  if (feedUrl === null || typeof element.html !== 'string') return null
  const { articles } = prepareFeed(
    { format: 'json', feed: emptyFeed, items: [itemOf(element, element.html)] },
    { url: isPage ? (webAddress(text(element.url)) ?? feedUrl) : feedUrl, isOwn: true },
  )
  const [article] = packArticles(articles, true)
  if (!article) return null
  return {
    feedUrl,
    feedTitle: isPage ? pagesTitle : text(element.feedTitle).slice(0, 300),
    savedAt: time(element.savedAt),
    isRead: element.isRead === true,
    article,
    fullText: fullTextOf(element.fullText),
    stored: null,
  }
}

function itemOf(element: Record<string, unknown>, html: string): ParsedItem {
  return {
    id: text(element.guid) || null,
    title: text(element.title),
    link: text(element.url) || null,
    originalLink: null,
    authors: text(element.author)
      .split(', ')
      .map(name => ({ name, email: '', url: '' })),
    publishedAt: text(element.publishedAt) || null,
    updatedAt: text(element.updatedAt) || null,
    summaryHtml: escapeText(text(element.summary)),
    contentHtml: html,
    categories: list(element.categories).map(text),
    enclosures: list(element.enclosures).filter(isRecord).map(enclosureOf),
    image: text(element.image) || null,
    player: null,
    isEpisode: false,
    commentsUrl: text(element.commentsUrl) || null,
    commentsCount: typeof element.commentsCount === 'number' ? element.commentsCount : null,
    durationSeconds: null,
  }
}

/** Null where there is none, or none that can be read. */
function fullTextOf(element: unknown): PortableFullText | null {
  if (!isRecord(element) || typeof element.html !== 'string') return null
  const url = webAddress(text(element.url))
  if (url === null) return null
  const { html, media } = sanitizeHtml(element.html, { base: url, privateHost: hostPort(new URL(url)) })
  const isShown = typeof element.isShown === 'boolean' ? element.isShown : null
  const [title, byline] = [cleanText(text(element.title)), cleanText(text(element.byline), 300)]
  return { url, fetchedAt: time(element.fetchedAt) ?? 0, title, byline, html, media, isShown }
}

function enclosureOf({ url, type, length, medium, duration, title }: Record<string, unknown>): Enclosure {
  return {
    url: text(url),
    type: text(type),
    length: typeof length === 'number' ? length : null,
    ...((medium === 'audio' || medium === 'video' || medium === 'image') && { medium }),
    ...(typeof duration === 'number' && duration > 0 && { duration }),
    ...(typeof title === 'string' && { title }),
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

function time(value: unknown): number | null {
  const ms = Date.parse(text(value))
  return Number.isFinite(ms) ? ms : null
}
