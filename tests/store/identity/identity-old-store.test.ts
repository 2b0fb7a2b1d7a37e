/** A store of the program that had other rules of identity (tests/fixtures/store-6) goes on without loss or repetition. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { articleById } from '../../../src-main/store/articles/article.ts'
import { storeArticles } from '../../../src-main/store/articles/ingest.ts'
import type { WriteDb } from '../../../src-main/store/db/open.ts'
import { tasks } from '../../../src-main/workers/tasks.ts'
import { earlierStore, openUpgraded } from '../../support/earlier-store.ts'
import { type Listed, listed } from '../../support/publisher.ts'

const fixture = join(import.meta.dirname, '../../fixtures/store-6')
const day = 24 * 60 * 60 * 1_000
const then = Date.UTC(2026, 10, 28)

type OldStore = { db: WriteDb; [Symbol.dispose](): void }

function oldStore(): OldStore {
  const store = earlierStore('store-6/store')
  const db = openUpgraded(store.file)
  return {
    db,
    [Symbol.dispose]() {
      db.close()
      store[Symbol.dispose]()
    },
  }
}

/** Publishes all documents of the fixture again, each changed by `change`. Answers the titles of new articles. */
async function publishAgain(db: WriteDb, now: number, change = (document: string) => document): Promise<string[]> {
  const known = new Set(listed(db).map(({ id }) => id))
  const feeds = db.prepare<[], { id: number; url: string }>('SELECT id, url FROM feeds ORDER BY id').all()
  for (const { id, url } of feeds) {
    const document = readFileSync(join(fixture, url.split('/').at(-1) ?? ''), 'utf8')
    const read = await tasks.readFeed({ bytes: Buffer.from(change(document)), url, contentType: null })
    if (!read.ok) throw new Error(`${url} can't be read`)
    storeArticles(db, id, read.feed.articles, now)
  }
  return listed(db)
    .filter(({ id }) => !known.has(id))
    .map(({ title }) => title)
}

/** What that program had lost; of the changelog it kept version 3 only. */
const lostThen = ['Version 1', 'Version 2']

const state = (articles: Listed[]) => articles.map(({ id, isRead, isSaved }) => ({ id, isRead, isSaved }))

test.each<{ name: string; change?: (document: string) => string; lost?: string[] }>([
  { name: 'as they were' },
  {
    name: 'with https for http, or the other way round',
    change: document => document.replaceAll('https://', 'http://'),
  },
  {
    name: 'from another domain',
    change: document =>
      document.replace(/https:\/\/(gazette|news|cast|ticker|notes|tool)\.example/g, 'https://$1.moved.example'),
  },
  {
    name: 'with new guids',
    change: document => document.replace(/(<guid[^>]*>|"id": "|<id>)/g, '$1new-'),
  },
  { name: 'with an edit of each text', change: document => document.replaceAll('ferry', 'ferryboat') },
])('documents that come again $name bring only what was lost before', async ({ change }) => {
  using store = oldStore()
  const before = state(listed(store.db))
  expect(before.filter(({ isSaved }) => isSaved)).toHaveLength(6)

  expect((await publishAgain(store.db, then, change)).sort()).toEqual(lostThen)
  expect(state(listed(store.db)).slice(0, before.length)).toEqual(before)
  expect(
    listed(store.db)
      .filter(({ isRead }) => !isRead)
      .map(({ title }) => title)
      .sort(),
  ).toEqual(lostThen)

  expect(await publishAgain(store.db, then + day, change)).toEqual([])
  expect(await publishAgain(store.db, then + 2 * day)).toEqual([])
})

test('what our rules alone make otherwise is no edit of the publisher', async () => {
  using store = oldStore()
  await publishAgain(store.db, then)
  expect(store.db.prepare('SELECT COUNT(*) FROM revisions').pluck().get()).toBe(0)
  // From then on an edit is one again.
  await publishAgain(store.db, then + day, document => document.replaceAll('harbour', 'haven'))
  expect(store.db.prepare('SELECT COUNT(*) FROM revisions').pluck().get()).toBeGreaterThan(10)
})

test('what was saved opens with its text, and what was deleted stays away', async () => {
  using store = oldStore()
  await publishAgain(store.db, then)
  const saved = listed(store.db).filter(({ isSaved, title }) => isSaved && !title.startsWith('Headline'))
  const texts = saved.map(({ id }) => articleById(store.db, id)?.html ?? '')
  expect(texts.map(html => /harbour|A note/.test(html))).toEqual([true, true, true, true, true])
  expect(
    listed(store.db).some(({ title }) => title.startsWith('Story 2:') || title.startsWith('Headline number 3')),
  ).toBe(false)
})
