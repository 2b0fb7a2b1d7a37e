/** Stores a large feed in a thread of its own, as the intake does; says when it begins and when it is done. */
import { parentPort, workerData } from 'node:worker_threads'
import { storeArticles } from '../../src-main/engine/store/articles.ts'
import { openDatabase } from '../../src-main/engine/store/database.ts'
import { makeArticle, someNoon } from './articles.ts'

const { file, feedId, count } = workerData as { file: string; feedId: number; count: number }
const text = 'Words of an article. '.repeat(100)
const articles = Array.from({ length: count }, (_, index) => makeArticle({ title: `T${index}`, text: text + index }))
const db = openDatabase(file)
parentPort?.postMessage('begins')
storeArticles(db, feedId, articles, someNoon)
db.close()
parentPort?.postMessage('done')
