/** `list`, `search`, `read`, `save` and `unsave`. */

import type { EngineClient } from '../api/contract/rpc.ts'
import { type Article, type HeadlineRow, type MissingPage, type PageKey, shownHtml, type View } from '../api/model.ts'
import { explainMissing, explainPage } from '../api/reading/page-reasons.ts'
import { explain } from '../api/reasons.ts'
import { htmlToLines } from '../lib/html-text.ts'
import { isoOrNull, localTime } from '../lib/time.ts'
import type { Command } from './base/command.ts'
import { fail, oneLine, print, printJson } from './base/output.ts'

const pageSize = 500

export async function listArticles(engine: EngineClient, { view, limit, isJson }: Command): Promise<number> {
  if (view.kind === 'feed') {
    const { feeds } = await engine.sources({})
    const isThere = feeds.some(feed => feed.id === view.feedId)
    if (!isThere) return fail({ code: 'not-found', message: `There is no feed ${view.feedId}.` }, isJson)
  }
  return printRows(await rowsOf(engine, view, limit), isJson)
}

export async function searchArticles(engine: EngineClient, { words, limit, isJson }: Command): Promise<number> {
  return printRows(await rowsOf(engine, { kind: 'search', query: words.join(' ').slice(0, 1_000) }, limit), isJson)
}

/** The first of them, as a list shows them. */
export async function rowsOf(engine: EngineClient, view: View, limit: number): Promise<HeadlineRow[]> {
  const rows: HeadlineRow[] = []
  let after: PageKey | null = null
  do {
    const page = await engine.headlines({ view, limit: Math.min(pageSize, limit - rows.length), after })
    rows.push(...page.rows)
    after = page.next
  } while (after !== null && rows.length < limit)
  return rows
}

function printRows(rows: HeadlineRow[], isJson: boolean): number {
  if (isJson) return printJson(rows.map(rowAsJson))
  for (const row of rows) {
    const marks = `${row.isRead ? ' ' : '•'}${row.isSaved ? '*' : ' '}`
    print(
      `${String(row.id).padStart(7)} ${marks} ${localTime(row.publishedAt)}  ${oneLine(nameOf(row))}  [${oneLine(row.feedTitle)}]`,
    )
  }
  return 0
}

function rowAsJson(row: HeadlineRow) {
  return {
    id: row.id,
    feedId: row.feedId,
    feedTitle: row.feedTitle,
    title: nameOf(row),
    url: row.url,
    author: row.author,
    publishedAt: isoOrNull(row.publishedAt),
    read: row.isRead,
    saved: row.isSaved,
    summary: row.summary,
  }
}

/** Its title, or what stands for one. */
function nameOf({ title, isPicture, publishedAt }: HeadlineRow): string {
  return title || `${isPicture ? 'Photo' : 'Untitled'}, ${localTime(publishedAt)}`
}

/** Shows the articles and marks them read, as opening them in a window does. */
export async function readArticles(engine: EngineClient, { words, isFull, isJson }: Command): Promise<number> {
  const found = await findArticles(engine, words.map(Number), isJson)
  if (!found) return 1
  const articleIds = found.map(article => article.id)
  await engine.markRead({ articleIds, isRead: true })
  const isMissing = isFull && !(await showFullTexts(engine, found, isJson))
  const shown = await findArticles(engine, articleIds, isJson)
  if (!shown) return 1
  const isCut = isFull && shown.map(article => sayMissingPage(article, isJson)).includes(true)
  if (isJson) printJson(shown.length === 1 ? articleAsJson(shown[0]!) : shown.map(articleAsJson))
  else print(shown.map(articleAsText).join('\n\n'))
  return isMissing || isCut ? 1 : 0
}

/** True, after an error, where the full text of an article is without its later pages. */
function sayMissingPage({ fullText }: Article, isJson: boolean): boolean {
  const missing = fullText?.kind === 'text' ? fullText.missing : undefined
  if (missing) sayMissing(missing, isJson)
  return missing !== undefined
}

function sayMissing(missing: MissingPage, isJson: boolean): void {
  const { what, why } = explainMissing(missing, URL.parse(missing.url)?.hostname ?? 'The site')
  fail({ code: 'page-missing', message: `${what} ${why} ${missing.url}` }, isJson)
}

/** Chooses the full text of these articles. False, after an error, where one can't be had. */
async function showFullTexts(engine: EngineClient, articles: Article[], isJson: boolean): Promise<boolean> {
  let isComplete = true
  for (const { id: articleId, url, fullText } of articles) {
    if (fullText?.kind === 'text') {
      await engine.showFullText({ articleId, isFull: true })
      continue
    }
    const answer = await engine.fetchFullText({ articleId })
    if (answer.kind === 'fetched') continue
    isComplete = false
    const { what, why } = explainPage(answer.failure, URL.parse(url ?? '')?.hostname ?? 'The site')
    fail({ code: answer.failure.reason, message: `${what} ${why}` }, isJson)
  }
  return isComplete
}

export const unsave = (engine: EngineClient, command: Command): Promise<number> =>
  setSaved(engine, command, command.words.map(Number), false)

/** What is no number is an address. A page that can't be saved does not stop the others. */
export async function save(engine: EngineClient, command: Command): Promise<number> {
  const isId = (word: string) => /^\d+$/.test(word)
  const { words, isPrivateAllowed, isJson } = command
  const ids = words.filter(isId).map(Number)
  let isFailed = false
  for (const url of words.filter(word => !isId(word))) {
    const answer = await engine.savePage({ url, allowPrivate: isPrivateAllowed })
    if (answer.kind === 'failed') {
      isFailed = true
      const { what, why } = explain(answer.failure, { feedTitle: url })
      fail({ code: answer.failure.reason, message: `${url}: ${what} ${why}` }, isJson)
      continue
    }
    ids.push(answer.articleId)
    if (answer.kind === 'saved' && answer.missing) sayMissing(answer.missing, isJson)
  }
  const exitCode = ids.length > 0 ? await setSaved(engine, command, ids, true) : 0
  return isFailed ? 1 : exitCode
}

async function setSaved(engine: EngineClient, { isJson }: Command, ids: number[], isSaved: boolean): Promise<number> {
  const articles = await findArticles(engine, ids, isJson)
  if (!articles) return 1
  const { changed } = await engine.setSaved({ articleIds: articles.map(article => article.id), isSaved })
  if (isJson) return printJson({ changed, articles: articles.map(article => rowAsJson({ ...article, isSaved })) })
  for (const article of articles) print(`${isSaved ? 'Saved' : 'No longer saved'}: ${oneLine(nameOf(article))}`)
  return 0
}

/** All of them, or null after an error for the first that is missing. */
async function findArticles(engine: EngineClient, ids: number[], isJson: boolean): Promise<Article[] | null> {
  const articles: Article[] = []
  for (const id of ids) {
    const article = await engine.article({ id })
    if (article) articles.push(article)
    else {
      fail({ code: 'not-found', message: `There is no article ${id}.` }, isJson)
      return null
    }
  }
  return articles
}

function articleAsJson(article: Article) {
  const { categories, enclosures, commentsUrl, commentsCount } = article
  const updatedAt = isoOrNull(article.updatedAt)
  const html = shownHtml(article)
  const text = htmlToLines(html)
  return { ...rowAsJson(article), updatedAt, html, text, categories, enclosures, commentsUrl, commentsCount }
}

function articleAsText(article: Article): string {
  const by = article.author === '' ? '' : `Post by ${oneLine(article.author)} · `
  const head = [oneLine(nameOf(article)), `${by}${oneLine(article.feedTitle)} · ${localTime(article.publishedAt)}`]
  if (article.url) head.push(article.url)
  return `${head.join('\n')}\n\n${htmlToLines(shownHtml(article))}`
}
