/** Run with a data folder: decides what is told of one new article, says so, and is killed before a client takes it. */
import { hour } from '../../src-main/lib/time.ts'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import { addFeed, makeArticle, makeStore, someNoon } from './articles.ts'
import { makeEngine } from './engine.ts'

const store = makeStore(process.argv[2])
const engine = makeEngine({ store })
const feedId = addFeed(store.db, 'https://gazette.example/feed')
await engine.connect().setReading({ of: { kind: 'feeds', feedIds: [feedId] }, reading: { notify: 'yes' } })
storeArticles(store.db, feedId, [makeArticle({ title: 'It was there' })], someNoon - hour)
engine.notices.decide()
storeArticles(store.db, feedId, [makeArticle({ title: 'Harbour opens', publishedAt: someNoon })], someNoon)
engine.notices.decide()
process.stdout.write('decided\n')
setInterval(() => undefined, hour)
