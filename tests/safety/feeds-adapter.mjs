// For ../shared/checks/feeds-check.mjs: polls its hostile feeds with the project's own client, workers and store, in a thread of
// its own, as the program does. Node 24.
import { isMainThread, parentPort, Worker } from 'node:worker_threads'

export async function create() {
  const thread = new Worker(new URL(import.meta.url))
  const waiting = []
  thread.on('message', answer => waiting.shift()?.resolve(answer))
  thread.on('error', error => waiting.shift()?.reject(error))
  return {
    poll(url) {
      thread.postMessage(url)
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }))
    },
    close: () => thread.terminate(),
  }
}

if (!isMainThread && parentPort) {
  const poll = await createIntake()
  parentPort.on('message', async url => parentPort.postMessage(await poll(url)))
}

async function createIntake() {
  const source = name => import(new URL(`../../src-main/${name}.ts`, import.meta.url).href)
  const { fetchFeed } = await source('polling/fetch')
  const { createHttp } = await source('http/client')
  const { hostPort } = await source('http/private-address')
  const { articleById } = await source('store/articles/article')
  const { storeArticles } = await source('store/articles/ingest')
  const { openDatabase } = await source('store/db/open')
  const { insertFeed } = await source('store/feeds/feeds')
  const { feedLimits } = await source('workers/limits')
  const { createPool } = await source('workers/pool')

  const http = createHttp()
  const db = openDatabase(':memory:')
  const pool = createPool({
    workerFile: new URL('../../src-main/workers/worker.ts', import.meta.url),
    size: 2,
    ...feedLimits,
    onBug: (_task, stack) => console.error(stack),
  })
  const validators = new Map()
  const access = { credentials: null, proxy: null, userAgent: null }

  async function poll(url) {
    const privateHost = hostPort(new URL(url))
    const feed = { url, title: '', customTitle: null, siteUrl: null, folderId: null, privateHost, nextCheckAt: null }
    const { feedId } = insertFeed(db, feed, Date.now())
    const outcome = await fetchFeed(
      http,
      { url, privateHost, validators: validators.get(url) ?? null, access },
      Date.now(),
    )
    if (outcome.kind === 'not-modified') return { ok: true, items: itemsOf(feedId) }
    if (outcome.kind !== 'modified') return refused(outcome.kind === 'failed' ? outcome.failure : outcome, feedId)
    const { body, breakOff, finalUrl, contentType } = outcome
    const read = await pool.run('readFeed', { bytes: body, url: finalUrl, contentType })
    if (!read.ok) return refused(breakOff ?? read.failure, feedId)
    storeArticles(db, feedId, read.feed.articles, Date.now())
    // Refreshing (refresh-feed.ts) keeps what there is of a document that breaks off, and no validators.
    if (read.end !== 'closed') return refused(breakOff ?? { reason: 'cut-off' }, feedId)
    validators.set(url, outcome.validators)
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

  return poll
}
