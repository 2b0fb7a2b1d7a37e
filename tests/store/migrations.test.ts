import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { articleById } from '../../src-main/store/articles/article.ts'
import { countArticles } from '../../src-main/store/articles/counts.ts'
import { migrations } from '../../src-main/store/db/migrations.ts'
import { listFeeds } from '../../src-main/store/feeds/feeds.ts'
import { listFolders } from '../../src-main/store/feeds/folders.ts'
import { searchArticles } from '../../src-main/store/search/search.ts'
import { readSettings } from '../../src-main/store/settings.ts'
import { earlierStore, openUpgraded } from '../support/earlier-store.ts'

const fixtures = join(import.meta.dirname, '../fixtures/schemas')
const earlier = Array.from({ length: migrations.length - 1 }, (_, index) => index + 1)

test('a database of every earlier schema is kept, to be opened by these tests', () => {
  const missing = earlier.filter(version => !existsSync(join(fixtures, `schema-${version}.db.gz`)))
  expect(missing, 'before a schema changes, a file of the old one goes to tests/fixtures/schemas').toEqual([])
})

test.each(earlier)('a database of schema %i opens with all that was in it', version => {
  using store = earlierStore(`schemas/schema-${version}`)
  const db = openUpgraded(store.file)
  expect(db.pragma('user_version', { simple: true })).toBe(migrations.length)
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  expect(db.pragma('foreign_key_check')).toEqual([])

  expect(listFeeds(db).map(feed => [feed.title, feed.paused])).toEqual([
    ['My Gazette', null],
    ['羽ペン通信', 'by-user'],
  ])
  expect(listFolders(db).map(folder => folder.title)).toEqual(['News', 'Größer & näher'])
  // One feed of 20 articles is unsubscribed; of its articles only the saved one is listed.
  expect(countArticles(db, 0)).toMatchObject({ all: 41, unread: 37, saved: 3 })
  expect(articleById(db, 26)).toMatchObject({ title: '羽ペン 14', isSaved: true, isDamaged: false })
  expect(searchArticles(db, '羽ペン')).not.toEqual([])
  expect(searchArticles(db, 'is:saved feed:羽ペン')).toContainEqual(expect.objectContaining({ id: 26 }))
  expect(readSettings(db)).toMatchObject({ theme: 'dark', textSize: 20 })
  // In those of schemas 8 and 9 they were turned off.
  expect(readSettings(db).pictures).toBe(version >= 8 ? 'never' : 'load')
  db.close()
})
