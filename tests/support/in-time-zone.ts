/** Run with TZ set: prints which articles are of today in that time zone, and which retention would delete. JSON in and out. */
import { todayStart } from '../../src-main/lib/time.ts'
import { expiredArticles } from '../../src-main/store/articles/retention.ts'
import { addFeed, makeStore } from './articles.ts'
import { makeEngine } from './engine.ts'

/** Times in ms: where a day begins and ends, and when to look. */
export type Asked = { begins: number; ends: number; looks: number[] }
export type Told = {
  /** For each look: where today began, how many articles were of today, and how many the list had. */
  days: { begins: number; counted: number; listed: number }[]
  /** At the day's end: ids of what is older than a day. */
  expired: number[]
}

/** Articles 1 to 4 are of the last moment before the day, its first, its last, and the first after it. */
async function tell({ begins, ends, looks }: Asked): Promise<Told> {
  let now = ends
  const store = makeStore()
  await using engine = makeEngine({ store, now: () => now })
  const client = engine.connect()
  const feedId = addFeed(store.db, 'https://gazette.example/feed')
  const insert = store.db.prepare(
    `INSERT INTO articles (feed_id, title, author, summary, published_at, first_seen_at, is_read)
     VALUES (?, 'Story', '', '', ?, ?, 1)`,
  )
  for (const at of [begins - 1, begins, ends - 1, ends]) insert.run(feedId, at, at)
  const days: Told['days'] = []
  for (now of looks) {
    const { rows } = await client.headlines({ view: { kind: 'today' }, limit: 10 })
    days.push({ begins: todayStart(now), counted: (await client.counts({})).today, listed: rows.length })
  }
  const retention = { days: 1, perFeed: null, megabytes: null, includesUnread: false }
  const question = { retention, feed: null, openArticleId: null, now: ends, isClockTrusted: true }
  return { days, expired: expiredArticles(store.db, question).read }
}

process.stdout.write(JSON.stringify(await tell(JSON.parse(process.argv[2] ?? '') as Asked)))
