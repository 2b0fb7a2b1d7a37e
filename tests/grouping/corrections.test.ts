/** What is stored becomes stories, and what the reader knows better holds: over a start, a new run of all, and a restored backup. */
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import { createGrouper } from '../../src-main/grouping/group.ts'
import { day, hour } from '../../src-main/lib/time.ts'
import { beginFile, journalFolder, writeBase } from '../../src-main/safety/journal/file.ts'
import { linesOf } from '../../src-main/safety/journal/journal.ts'
import { replayJournal } from '../../src-main/safety/journal/replay.ts'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import { openDatabase, type WriteDb } from '../../src-main/store/db/open.ts'
import { copyDatabase } from '../../src-main/store/rescue/copy.ts'
import { readSettings } from '../../src-main/store/settings.ts'
import { putTogether } from '../../src-main/store/stories/decide.ts'
import { allDecisions, forgetOldDecisions } from '../../src-main/store/stories/decisions.ts'
import { groupAnew } from '../../src-main/store/stories/grouped.ts'
import { loadLanguages } from '../../src-main/stories/words/language.ts'
import { addFeed, makeArticle, someNoon } from '../support/articles.ts'
import { makeEngine, type TestEngine } from '../support/engine.ts'
import { addressOf, papers, type Report, reports, titlesOf } from '../support/news-day.ts'
import { bytesOf } from '../support/resources.ts'

const languageOf = await loadLanguages()
let engine: TestEngine
let client: EngineClient
beforeEach(() => {
  engine = makeEngine()
  client = engine.connect()
  for (const paper of papers) addFeed(engine.db, feedUrl(paper), { title: paper })
  for (const report of reports) storeReport(report)
  return () => engine[Symbol.asyncDispose]()
})

const feedUrl = (paper: string) => `https://www.${paper.toLowerCase()}.example/feed`

function storeReport(report: Report, db = engine.db): void {
  const feedId = db.prepare<[string], number>('SELECT id FROM feeds WHERE url = ?').pluck().get(feedUrl(report.paper))!
  const { title, text, hoursAgo } = report
  const article = makeArticle({ title, text, url: addressOf(report), publishedAt: someNoon - hoursAgo * hour })
  storeArticles(db, feedId, [article], someNoon)
}

const later: Report = {
  paper: 'Abendblatt',
  event: 'dam',
  hoursAgo: 1,
  title: 'Orrin Valley: rescue goes on after dam burst',
  text: 'The dam in the Orrin Valley burst this morning; thousands left their homes.',
}

/** As a start of the program does it: nothing is known but what is stored. */
function group(db: WriteDb = engine.db): void {
  const grouper = createGrouper(db, () => someNoon)
  // They are loaded when they are asked for.
  let known: typeof languageOf | null = null
  for (let isMore = true; isMore; ) {
    const step = grouper.step(known)
    if (step.lacksLanguages) known = languageOf
    isMore = step.isMore
  }
}

/** The titles of each story, oldest first. */
function storiesIn(db: WriteDb = engine.db): string[][] {
  const sql = `SELECT story_id AS story, title FROM story_articles JOIN articles ON articles.id = article_id
    ORDER BY published_at, articles.id`
  const rows = db.prepare<[], { story: number; title: string }>(sql).all()
  return [...Map.groupBy(rows, ({ story }) => story).values()].map(story => story.map(({ title }) => title))
}

function idOf(title: string, db = engine.db): number {
  return db.prepare<[string], number>('SELECT id FROM articles WHERE title = ?').pluck().get(title)!
}

async function storyOf(title: string) {
  const article = await client.article({ id: idOf(title) })
  return article?.story ? await client.story({ storyId: article.story.id }) : null
}

const [pears, books] = ['How to prune an old pear tree', 'City library lends out its ten millionth book']
const [dam, strike, comet] = [titlesOf('dam'), titlesOf('strike'), titlesOf('comet')]

test('what was stored is grouped, whenever the program was killed between the two', () => {
  group()
  expect(storiesIn()).toEqual([dam, strike, comet])
  // Killed after the first hundred were stored, and in the middle of the next.
  const filler = Array.from({ length: 150 }, (_, index) => ({ ...reports[1]!, title: `Word ${index} of ${index * 7}` }))
  for (const report of [...filler, later]) storeReport(report)
  const killed = createGrouper(engine.db, () => someNoon)
  killed.step(languageOf)
  group()
  expect(storiesIn()[0]).toEqual([...dam, later.title])
})

test('what came after copies were looked for waits until they are again', () => {
  storeReport(later)
  const until = idOf(later.title) - 1
  const grouper = createGrouper(engine.db, () => someNoon)
  while (grouper.step(languageOf, until).isMore);
  expect(storiesIn()).toEqual([dam, strike, comet])
  while (grouper.step(languageOf, until + 1).isMore);
  expect(storiesIn()[0]).toEqual([...dam, later.title])
})

test('a start changes no story', () => {
  group()
  const before = engine.db.prepare('SELECT * FROM story_articles').all()
  group()
  expect(engine.db.prepare('SELECT * FROM story_articles').all()).toEqual(before)
})

test('after a start, too, an article is in the language that was found for it', () => {
  const german = {
    ...later,
    title: 'Orsolya Brandner und Emeric Dumont treffen Tadeusz Walk in Weimar',
    text: 'Die drei wollen sich am Abend über die neue Brücke einigen, heißt es in der Stadt.',
  }
  storeReport(german)
  group()
  const english = {
    ...later,
    paper: 'Ledger',
    title: 'Orsolya Brandner and Emeric Dumont meet Tadeusz Walk in Weimar',
    text: 'The three want to agree on the new bridge by the evening, it is said in the town.',
  }
  storeReport(english)
  group()
  expect(storiesIn().flat()).not.toContain(english.title)
})

test('an article that is not of a story stays out of it: after a start, when others join, and in a new run of all', async () => {
  group()
  const story = await storyOf(dam[0]!)
  await client.correctStory({ kind: 'apart', articleId: idOf(dam[2]!), storyId: story!.id })
  expect(storiesIn()).toEqual([dam.slice(0, 2), strike, comet])
  group()
  expect(storiesIn()).toEqual([dam.slice(0, 2), strike, comet])
  storeReport(later)
  group()
  expect(storiesIn().find(titles => titles.includes(dam[0]!))).not.toContain(dam[2])
  groupAnew(engine.db)
  group()
  expect(storiesIn().find(titles => titles.includes(dam[0]!))).toEqual(expect.not.arrayContaining([dam[2]]))
})

test('stories that are one stay one, also in a new run of all, until that is taken back', async () => {
  group()
  const { undoId } = await client.correctStory({ kind: 'same', articleId: idOf(dam[0]!), otherId: idOf(comet[0]!) })
  const both = expect.arrayContaining([...dam, ...comet])
  expect(storiesIn()).toEqual([both, strike])
  group()
  expect(storiesIn()).toEqual([both, strike])
  await client.undo({ undoId: undoId! })
  expect(storiesIn()).toEqual([dam, strike, comet])
  group()
  expect(storiesIn()).toEqual([dam, strike, comet])

  await client.correctStory({ kind: 'same', articleId: idOf(dam[0]!), otherId: idOf(comet[0]!) })
  groupAnew(engine.db)
  group()
  expect(storiesIn()).toEqual([both, strike])
})

test('what others have on the event of an article stands below it, also where only the reader knows that it is one', async () => {
  group()
  const related = async (title: string) => {
    const rows = (await client.around({ articleId: idOf(title) })).related
    return rows.map(row => row.title)
  }
  expect(await related(pears)).toEqual([])
  await client.correctStory({ kind: 'same', articleId: idOf(pears), otherId: idOf(books) })
  expect([await related(pears), await related(books)]).toEqual([[books], [pears]])
})

test('a program that goes on groups as one that is started anew, whatever the reader says and takes back', async () => {
  const goingOn = createGrouper(engine.db, () => someNoon)
  const go = () => {
    while (goingOn.step(languageOf).isMore);
  }
  const numbered = () => engine.db.prepare('SELECT article_id, story_id FROM story_articles ORDER BY article_id').all()
  const said = async (what: () => Promise<unknown>) => {
    await what()
    const decided = numbered()
    go()
    expect(numbered()).toEqual(decided)
    group()
    expect(numbered()).toEqual(decided)
  }
  go()
  let undone: number | null = null
  await said(async () => {
    const together = { kind: 'same', articleId: idOf(dam[0]!), otherId: idOf(comet[0]!) } as const
    undone = (await client.correctStory(together)).undoId
  })
  storeReport(later)
  go()
  const both = expect.arrayContaining([...dam, ...comet, later.title])
  expect(storiesIn()).toEqual([both, strike])
  await said(() => client.undo({ undoId: undone! }))
  await said(async () => {
    const apart = { kind: 'apart', articleId: idOf(dam[2]!), storyId: (await storyOf(dam[0]!))!.id } as const
    undone = (await client.correctStory(apart)).undoId
  })
  expect(storiesIn()).toContainEqual(dam.slice(0, 2))
  await said(() => client.undo({ undoId: undone! }))
  expect(storiesIn()).toContainEqual(dam)
})

test('what was decided of articles that come while the program goes on holds as they come', async () => {
  group()
  const story = await storyOf(dam[0]!)
  await client.correctStory({ kind: 'apart', articleId: idOf(dam[2]!), storyId: story!.id })
  const { path } = await client.exportEverything({})
  const archive = Buffer.from(bytesOf(await engine.resource(path))).toString('base64')

  await using other = makeEngine()
  const goingOn = createGrouper(other.db, () => someNoon)
  goingOn.step(languageOf)
  await other.connect().importEverything({ archive })
  for (const report of reports) storeReport(report, other.db)
  while (goingOn.step(languageOf).isMore);
  expect(storiesIn(other.db)).toContainEqual(dam.slice(0, 2))
})

test('what is said later takes the place of what it contradicts, and taking it back puts that in force again', async () => {
  group()
  const held = () => engine.db.prepare<[], string>('SELECT kind FROM story_decisions').pluck().all()
  const regrouped = () => {
    groupAnew(engine.db)
    group()
    return storiesIn().find(titles => titles.includes(dam[0]!))
  }
  const [first, , third] = dam.map(title => idOf(title)) as [number, number, number]
  const storyId = (await storyOf(dam[0]!))!.id
  await client.correctStory({ kind: 'apart', articleId: third, storyId })
  const same = await client.correctStory({ kind: 'same', articleId: third, otherId: first })
  expect([held(), regrouped()]).toEqual([['same'], dam])
  await client.undo({ undoId: same.undoId! })
  expect([held(), regrouped()]).toEqual([['apart'], dam.slice(0, 2)])

  await client.correctStory({ kind: 'same', articleId: third, otherId: first })
  const apart = await client.correctStory({ kind: 'apart', articleId: third, storyId: (await storyOf(dam[0]!))!.id })
  expect([held(), regrouped()]).toEqual([['apart'], dam.slice(0, 2)])
  await client.undo({ undoId: apart.undoId! })
  expect([held(), regrouped()]).toEqual([['same'], dam])
})

test('a story of two ends where one is not of it, and taking that back leaves what has joined another since', async () => {
  group()
  const [one, other] = strike.map(title => idOf(title)) as [number, number]
  const { undoId } = await client.correctStory({
    kind: 'apart',
    articleId: one,
    storyId: (await storyOf(strike[0]!))!.id,
  })
  expect(storiesIn()).toEqual([dam, comet])
  await client.correctStory({ kind: 'same', articleId: other, otherId: idOf(comet[0]!) })
  await client.undo({ undoId: undoId! })
  expect(storiesIn().find(titles => titles.includes(comet[0]!))).toContain(strike[1])
})

test('a decision that was forgotten, as nothing can join its story any more, does not come back with a crash', async () => {
  group()
  const folder = journalFolder(engine.dir)
  writeBase(folder, beginFile(folder), linesOf(engine.db, readSettings(engine.db), someNoon))
  await client.followStory({ storyId: (await storyOf(dam[0]!))!.id, isFollowed: true })
  const now = someNoon + 91 * day
  forgetOldDecisions(engine.db, now)
  await replayJournal(engine.db, folder, { now, log: line => expect.fail(line) })
  expect(allDecisions(engine.db)).toEqual([])
})

test('what the reader says while articles are compared holds', () => {
  group()
  storeReport(later)
  const [one, other] = [idOf(dam[0]!), idOf(comet[0]!)]
  let isSaid = false
  const saying: typeof languageOf = headline => {
    const about = { newId: () => 'said meanwhile', now: someNoon }
    if (!isSaid)
      engine.db.transaction(() => putTogether(engine.db, { articleId: one, otherId: other }, about)).immediate()
    isSaid = true
    return languageOf(headline)
  }
  const grouper = createGrouper(engine.db, () => someNoon)
  while (grouper.step(saying).isMore);
  expect(isSaid).toBe(true)
  expect(storiesIn()).toEqual(expect.arrayContaining([expect.arrayContaining([...dam, ...comet, later.title])]))
  expect(storiesIn()).toHaveLength(2)
})

test('a story that is followed is so in a new run of all, whatever its number', async () => {
  group()
  await client.followStory({ storyId: (await storyOf(dam[0]!))!.id, isFollowed: true })
  groupAnew(engine.db)
  group()
  expect(await storyOf(dam[1]!)).toMatchObject({ isFollowed: true, sources: 3 })
  expect(await storyOf(comet[0]!)).toMatchObject({ isFollowed: false })
})

test('a restored backup has what was decided since by the journal, and its stories hold to it', async () => {
  group()
  const folder = journalFolder(engine.dir)
  writeBase(folder, beginFile(folder), linesOf(engine.db, readSettings(engine.db), someNoon))
  const backup = join(engine.dir, 'copy.db')
  await copyDatabase(join(engine.dir, 'broadsheet.db'), backup, { at: someNoon, reason: 'daily' })
  const story = await storyOf(dam[0]!)
  await client.correctStory({ kind: 'apart', articleId: idOf(dam[2]!), storyId: story!.id })

  const restored = openDatabase(backup)
  await replayJournal(restored, folder, { now: someNoon, log: line => expect.fail(line) })
  group(restored)
  expect(storiesIn(restored)).toContainEqual(dam.slice(0, 2))
  restored.close()
})

test('after a crash, what was decided and taken back, or holds already, leaves the stories as they are', async () => {
  group()
  const folder = journalFolder(engine.dir)
  writeBase(folder, beginFile(folder), linesOf(engine.db, readSettings(engine.db), someNoon))
  const story = await storyOf(dam[0]!)
  const { undoId } = await client.correctStory({ kind: 'apart', articleId: idOf(dam[2]!), storyId: story!.id })
  await client.undo({ undoId: undoId! })
  await client.correctStory({ kind: 'same', articleId: idOf(strike[0]!), otherId: idOf(comet[0]!) })
  group()
  const before = engine.db.prepare('SELECT * FROM story_articles').all()
  await replayJournal(engine.db, folder, { now: someNoon, log: line => expect.fail(line) })
  group()
  expect(engine.db.prepare('SELECT * FROM story_articles').all()).toEqual(before)
})

test('what was decided of articles that come back only after the restore holds when they do', async () => {
  group()
  const folder = journalFolder(engine.dir)
  writeBase(folder, beginFile(folder), linesOf(engine.db, readSettings(engine.db), someNoon))
  const story = await storyOf(dam[0]!)
  await client.correctStory({ kind: 'apart', articleId: idOf(dam[2]!), storyId: story!.id })

  await using empty = makeEngine()
  await replayJournal(empty.db, folder, { now: someNoon, log: line => expect.fail(line) })
  for (const report of reports) storeReport(report, empty.db)
  group(empty.db)
  expect(storiesIn(empty.db)).toContainEqual(dam.slice(0, 2))
})

test('what was decided goes out with everything else, and holds where it is taken in', async () => {
  group()
  const story = await storyOf(dam[0]!)
  await client.correctStory({ kind: 'apart', articleId: idOf(dam[2]!), storyId: story!.id })
  await client.followStory({ storyId: (await storyOf(comet[0]!))!.id, isFollowed: true })
  const { path } = await client.exportEverything({})
  const archive = Buffer.from(bytesOf(await engine.resource(path))).toString('base64')

  await using other = makeEngine()
  await other.connect().importEverything({ archive })
  for (const report of reports) storeReport(report, other.db)
  group(other.db)
  expect(storiesIn(other.db)).toContainEqual(dam.slice(0, 2))
  const of = other.db.prepare<[number], number>('SELECT story_id FROM story_articles WHERE article_id = ?').pluck()
  const storyId = of.get(idOf(comet[0]!, other.db))!
  expect(await other.connect().story({ storyId })).toMatchObject({ isFollowed: true })
})

test.each([
  { what: 'was old when it came', part: { publishedAt: someNoon - 121 * hour }, isTaken: false },
  {
    what: 'is a recording of which nothing is said',
    part: { enclosures: [recording()], summary: 'Tonight.' },
    isTaken: false,
  },
  {
    what: 'is a recording that says what it is about',
    part: { enclosures: [recording()], summary: later.text.repeat(3) },
    isTaken: true,
  },
])('an article that $what: joins a story? $isTaken', async ({ part, isTaken }) => {
  group()
  const feedId = addFeed(engine.db, 'https://radio.example/feed')
  const given = { title: later.title, text: later.text, url: 'https://radio.example/1', publishedAt: someNoon - hour }
  storeArticles(engine.db, feedId, [makeArticle({ ...given, ...part })], someNoon)
  group()
  expect(storiesIn().flat().includes(later.title)).toBe(isTaken)
})

function recording() {
  return { url: 'https://radio.example/1.mp3', type: 'audio/mpeg', length: 9 }
}

test('what is not listed any more is no source, and is one again when it comes back', async () => {
  group()
  const { feeds } = await client.sources({})
  const ledger = feeds.find(({ title }) => title === 'Ledger')!
  const { undoId } = await client.unsubscribe({ feedIds: [ledger.id] })
  expect(await storyOf(dam[0]!)).toMatchObject({ sources: 2, articles: [{ title: dam[0] }, { title: dam[1] }] })
  await client.undo({ undoId: undoId! })
  expect(await storyOf(dam[0]!)).toMatchObject({ sources: 3 })
})
