import { expect, test } from 'vitest'
import { countArticles } from '../../../src-main/store/articles/counts.ts'
import { storeArticles } from '../../../src-main/store/articles/ingest.ts'
import { setReadWithCopies } from '../../../src-main/store/articles/read-state.ts'
import { createFolder } from '../../../src-main/store/feeds/folders.ts'
import { salvage } from '../../../src-main/store/rescue/salvage.ts'
import { addFeed, makeArticle, makeStore, someNoon } from '../../support/articles.ts'

test('copies that are saved from a damaged database are copies there, and counted as before', () => {
  using damaged = makeStore()
  const folderId = createFolder(damaged.db, 'Local', null)
  const papers = ['gazette', 'herald', 'courier'].map(name =>
    addFeed(damaged.db, `https://${name}.example/feed`, { folderId }),
  )
  for (const title of ['Ferry', 'Bridge'])
    for (const feedId of papers) storeArticles(damaged.db, feedId, [makeArticle({ title })], someNoon)
  setReadWithCopies(damaged.db, [1], true)
  const counts = countArticles(damaged.db, 0)
  expect(counts).toMatchObject({ all: 2, unread: 1, copiesByFolder: { [folderId]: { listed: 4, unread: 2 } } })

  using sound = makeStore()
  // A backup of before: it has one of them, alone.
  addFeed(sound.db, 'https://gazette.example/feed')
  storeArticles(sound.db, 1, [makeArticle({ title: 'Ferry' })], someNoon)
  salvage(sound.db, damaged.db)
  expect(countArticles(sound.db, 0)).toEqual(counts)
})
