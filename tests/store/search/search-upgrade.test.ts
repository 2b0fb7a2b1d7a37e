/** Volumes of the text index that the first Broadsheets made, without marks, are made anew while nothing else happens. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { htmlToText } from '../../../src-main/lib/html-text.ts'
import { isUpgradeWanted, upgradeStep } from '../../../src-main/store/articles/index-upgrade.ts'
import { openDatabase, type WriteDb } from '../../../src-main/store/db/open.ts'
import { indexArticle, mergeIndexStep, unindexArticle, volumes } from '../../../src-main/store/search/index.ts'
import { searchArticles } from '../../../src-main/store/search/search.ts'

const queries = ['羽ペン', 'ferry', 'harbour', 'has:image', 'is:saved', 'feed:gazette', 'title:1', 'before:2030']

let dir: string
let db: WriteDb
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'broadsheet-upgrade-'))
  const fixture = join(import.meta.dirname, '../../fixtures/schemas/schema-1.db.gz')
  writeFileSync(join(dir, 'broadsheet.db'), gunzipSync(readFileSync(fixture)))
  db = openDatabase(join(dir, 'broadsheet.db'))
})
afterEach(() => {
  db.close()
  rmSync(dir, { recursive: true })
})

function reopen(): void {
  db.close()
  db = openDatabase(join(dir, 'broadsheet.db'))
}

function found(): Record<string, unknown> {
  return Object.fromEntries(queries.map(query => [query, searchArticles(db, query)]))
}

function tables(): string[] {
  const sql =
    "SELECT name FROM sqlite_schema WHERE name GLOB 'article_[ino][ndel]*' AND sql LIKE 'CREATE VIRTUAL%' ORDER BY 1"
  return db.prepare<[], string>(sql).pluck().all()
}

test('step by step, ended and begun again between any two, searches find the same all the time', () => {
  expect(volumes(db).map(volume => volume.hasMarks)).toEqual([false])
  const before = found()
  expect(Object.values(before).filter(hits => (hits as unknown[]).length > 0).length).toBeGreaterThan(4)

  let steps = 0
  for (; upgradeStep(db, htmlToText); steps++) {
    expect(found()).toEqual(before)
    reopen()
  }
  expect(steps).toBeGreaterThan(4)
  expect(volumes(db).map(volume => volume.hasMarks)).toEqual([true])
  expect(tables()).toEqual(['article_index_0'])
  expect(isUpgradeWanted(db)).toBe(false)
  while (mergeIndexStep(db));
  expect(found()).toEqual(before)
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  db.exec("INSERT INTO article_index_0 (article_index_0) VALUES ('integrity-check')")
})

test('what is stored, edited and deleted meanwhile is so afterwards', () => {
  const other = openDatabase(join(dir, 'broadsheet.db'))
  const text = (word: string) => ({ title: word, text: `${word} over the harbour`, author: '' })
  const ids = () => [...new Set(['zeppelin', 'balloon', 'kite', 'glider'].map(word => searchArticles(db, word)))]

  upgradeStep(db, htmlToText)
  upgradeStep(db, htmlToText)
  // The first are in the new volume already, the last are not; the other connection is the intake's.
  for (const [id, word] of [
    [2, 'zeppelin'],
    [41, 'balloon'],
    [3, 'kite'],
  ] as const) {
    unindexArticle(other, id)
    indexArticle(other, id, text(word), 'Gazette')
  }
  unindexArticle(other, 3)
  const before = ids()
  expect(before[0]).not.toEqual([])

  while (upgradeStep(db, htmlToText));
  // The other connection has written to the old volume before.
  indexArticle(other, 3, text('glider'), 'Gazette')
  other.close()
  const [zeppelin, , kite, glider] = ids()
  expect([zeppelin, kite]).toEqual([before[0], before[2]])
  expect(glider).not.toEqual([])
  const marked = db.prepare<[string], number>('SELECT rowid FROM article_index_0 WHERE article_index_0 MATCH ?').pluck()
  expect(marked.all('marks:\uE000f1')).toContain(3)
})
