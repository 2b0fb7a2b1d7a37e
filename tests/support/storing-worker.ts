/** Stores a large feed in a thread of its own, as the intake does; says when it begins and when it is done. */
import { parentPort, workerData } from 'node:worker_threads'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import { openDatabase } from '../../src-main/store/db/open.ts'
import { joinAsBatch, type WriteGate } from '../../src-main/store/db/write-gate.ts'
import { makeArticle, someNoon } from './articles.ts'

type Start = { file: string; feedId: number; count: number; writeGate?: WriteGate }
const { file, feedId, count, writeGate } = workerData as Start
const text = 'Words of an article. '.repeat(100)
const articles = Array.from({ length: count }, (_, index) => makeArticle({ title: `T${index}`, text: text + index }))
const db = openDatabase(file)
if (writeGate) joinAsBatch(db, writeGate, false)
parentPort?.postMessage('begins')
storeArticles(db, feedId, articles, someNoon)
db.close()
parentPort?.postMessage('done')
