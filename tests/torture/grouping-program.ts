/**
 * `grouping-program.ts WORK` (JSON): the engine with its grouping thread, over a data folder in which articles come and the
 * reader corrects stories, until it is killed; or until all is done. Says on standard output what it has done.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { createGrouping } from '../../src-main/grouping/client.ts'
import { threadFile } from '../../src-main/host/file-server.ts'
import { databaseFile } from '../../src-main/safety/data-files.ts'
import { openStore } from '../../src-main/safety/recovery/open-store.ts'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import { openDatabase } from '../../src-main/store/db/open.ts'
import { createWriteGate, joinAsBatch, joinAsInteractive } from '../../src-main/store/db/write-gate.ts'
import { readGrouped } from '../../src-main/store/stories/grouped.ts'
import { makeEngine } from '../support/engine.ts'
import { batchOf, feedUrl, type Saying, say, sayingsOn } from './news.ts'
import { isAllGrouped } from './recount.ts'

export type Work = {
  dataDir: string
  /** When the news began, in ms. */
  begunAt: number
  /** Batches that may not be stored wholly, and what the reader may not have said. */
  batches: number[]
  sayings: Saying[]
  /** Further batches come from this one on; null: none do, and the program ends once all is grouped and said. */
  nextBatch: number | null
}
export type Done = { stored: number } | { saying: Saying } | { said: Saying } | { grouped: number } | 'ready' | 'all'

const work = JSON.parse(process.argv[2] ?? '') as Work
const { dataDir, begunAt } = work
const tell = (done: Done) => process.stdout.write(`${JSON.stringify(done)}\n`)
const log = (line: string) => process.stderr.write(`${line}\n`)

const file = databaseFile(dataDir)
const { db } = await openStore({ dataDir, now: Date.now(), log, isAlone: true })
const intake = openDatabase(file, 'NORMAL')
const writeGate = createWriteGate()
joinAsInteractive(db, writeGate)
joinAsBatch(intake, writeGate, false)
const engine = makeEngine({ store: { db, dir: dataDir, file, [Symbol.dispose]: () => {} }, now: Date.now })
const grouping = createGrouping({ groupingFile: threadFile('grouping'), dataDir, writeGate, log, delayMs: 0 })
const client = engine.connect()
const toSay = new Set(work.sayings)

const idByTitle = db.prepare<[string], number>('SELECT id FROM articles WHERE title = ?').pluck()
const idOf = (title: string) => idByTitle.get(title) ?? null
const isGrouped = (id: number) => id <= (readGrouped(db)?.upTo ?? 0)
const idByFeed = db.prepare<[string], number>('SELECT id FROM feeds WHERE url = ?').pluck()

async function printBatch(batch: number): Promise<void> {
  for (const { paper, articles } of batchOf(batch, begunAt)) {
    storeArticles(intake, idByFeed.get(feedUrl(paper))!, articles, Date.now())
    grouping.wake()
    await sleep(2)
  }
  tell({ stored: batch })
  for (const saying of sayingsOn(batch)) toSay.add(saying)
}

async function sayWhatCanBe(): Promise<void> {
  for (const saying of toSay) {
    tell({ saying })
    if (!(await say(client, saying, { idOf, isGrouped }))) continue
    toSay.delete(saying)
    tell({ said: saying })
  }
}

grouping.on('grouped', ({ articleIds }) => tell({ grouped: articleIds.length }))
grouping.wake()
tell('ready')
for (const batch of work.batches) await printBatch(batch)
for (let batch = work.nextBatch; batch !== null; batch++) {
  await printBatch(batch)
  await sayWhatCanBe()
}
while (toSay.size > 0 || !isAllGrouped(db)) {
  await sayWhatCanBe()
  grouping.wake()
  await sleep(10)
}
tell('all')
await grouping.close()
await engine.close()
intake.close()
db.close()
