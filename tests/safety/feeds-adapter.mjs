// Lets ../shared/checks/feeds-check.mjs poll its hostile feeds with the project's own client, workers and store. Node 24.
import { fetchFeed } from '../../src-main/engine/feeds/fetch.ts'
import { createHttp, hostPort } from '../../src-main/engine/http.ts'
import { articleById } from '../../src-main/engine/store/article.ts'
import { storeArticles } from '../../src-main/engine/store/articles.ts'
import { openDatabase } from '../../src-main/engine/store/database.ts'
import { insertFeed } from '../../src-main/engine/store/feeds.ts'
import { createPool } from '../../src-main/engine/work/pool.ts'

export async function create() {
  const http = createHttp()
  const db = openDatabase(':memory:')
  const pool = createPool({
    workerFile: new URL('../../src-main/engine/work/worker.ts', import.meta.url),
    size: 2,
    deadlineMs: 8_000,
    memoryMb: 256,
    onBug: (_task, stack) => console.error(stack),
  })
  const validators = new Map()

  async function poll(url) {
    const privateHost = hostPort(new URL(url))
    const feed = { url, title: '', customTitle: null, siteUrl: null, folderId: null, privateHost, nextCheckAt: null }
    const { feedId } = insertFeed(db, feed, Date.now())
    const outcome = await fetchFeed(http, { url, privateHost, validators: validators.get(url) ?? null }, Date.now())
    if (outcome.kind === 'not-modified') return { ok: true, items: itemsOf(feedId) }
    if (outcome.kind !== 'modified') return refused(outcome.kind === 'failed' ? outcome.failure : outcome, feedId)
    const { body, finalUrl, contentType } = outcome
    const read = await pool.run('readFeed', { bytes: body, url: finalUrl, contentType })
    if (!read.ok) return refused(read.failure, feedId)
    validators.set(url, outcome.validators)
    storeArticles(db, feedId, read.feed.articles, Date.now())
    return { ok: true, items: itemsOf(feedId) }
  }

  function refused(failure, feedId) {
    return { ok: false, error: JSON.stringify(failure), items: itemsOf(feedId) }
  }

  function itemsOf(feedId) {
    const ids = db.prepare('SELECT id FROM articles WHERE feed_id = ? ORDER BY id').pluck().all(feedId)
    return ids.map(id => {
      const { title, url, html } = articleById(db, id)
      return { id, title, link: url, text: html }
    })
  }

  return { poll, close: () => Promise.all([pool.close(), http.close()]) }
}
