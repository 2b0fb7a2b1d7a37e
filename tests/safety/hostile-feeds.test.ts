/** Hostile feeds and servers (tests/fixtures/feeds-hostile), through the real intake: client, workers, identity, store. */
import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { describe, expect, test } from 'vitest'
import type { Failure } from '../../src-main/api/model.ts'
import { articleById } from '../../src-main/store/articles/article.ts'
import { feedById, insertFeed } from '../../src-main/store/feeds/feeds.ts'
import { intakeWorld } from '../intake/intake-world.ts'
import { someNoon } from '../support/articles.ts'
import { corpora, jsonLines } from '../support/corpora.ts'
import { bytesOf, filledIn, type Segment, type Values, wholeBody } from '../support/recipes.ts'

type Answer = {
  status: number
  /** `x-recipe-length`: a content-length that is wrong by so many bytes. */
  headers?: Record<string, string | string[]>
  body?: Segment[]
}

type Recipe = {
  id: string
  title: string
  response: Answer
  /** What is answered to one poll after the other, in place of `response`; the last one for ever. */
  sequence?: Answer[]
  expect: {
    outcome: 'parse' | 'reject' | 'either'
    limits: { rssMB: number }
    polls?: number
    /** How many articles there are in the end, at least and at most. */
    items?: [number, number]
    /** Later polls bring no articles. */
    stableCount?: boolean
    /** Words that an article has to have. */
    text?: string[]
    never?: string[]
    /** Addresses that may not be asked for. */
    noRequest?: string[]
    noCookieSentBack?: boolean
  }
}

/** What came of it. */
type Seen = {
  failure: Failure | null
  articles: { title: string; html: string }[]
  /** Articles after each poll. */
  counts: number[]
  megabytes: number
}

const world = intakeWorld()

describe.each(corpora('feeds-hostile'))('hostile feeds $name end in articles or a reason', ({ folder }) => {
  const recipes = jsonLines<Recipe>(join(folder, 'recipes.jsonl'))
    .filter(isSelfContained)
    .filter(recipe => !isPatient(recipe))

  test.each(recipes)('$id: $title', async recipe => {
    const seen = await poll(recipe)
    expect(complaints(recipe, seen)).toEqual([])
  })
})

/** Servers that only make us wait are tested with shorter deadlines (tests/http/http.test.ts). */
function isPatient(recipe: Recipe): boolean {
  return /"(?:sleep|drip|x-recipe-delay)":/.test(JSON.stringify(recipe))
}

/** Some lead to another recipe, which is not in every part of the corpus. */
function isSelfContained(recipe: Recipe): boolean {
  return !JSON.stringify(recipe).includes('{{self}}/f/')
}

/** Follows the feed of a recipe and asks for it as often as it says. */
async function poll(recipe: Recipe): Promise<Seen> {
  const { id, response, sequence = [response], expect: expected } = recipe
  let asked = 0
  world.answer = request => {
    const isFeed = request.url === `/f/${id}`
    if (isFeed) asked++
    const answer = isFeed ? sequence[Math.min(asked, sequence.length) - 1]! : elsewhere(request)
    void send(request.socket, answer, { self: world.server.base, id, poll: asked })
  }
  const { db } = world.store
  const url = `${world.server.base}/f/${id}`
  const names = { title: '', customTitle: null, siteUrl: null, folderId: null }
  const { feedId } = insertFeed(db, { url, ...names, privateHost: world.server.host, nextCheckAt: null }, someNoon)

  const counts: number[] = []
  const megabytes = await megabytesTaken(async () => {
    for (let time = 0; time < (expected.polls ?? 1); time++) {
      await world.refresh([feedId])
      counts.push(world.titles().length)
    }
  })
  const articleIds = db.prepare<[], number>('SELECT id FROM articles ORDER BY id').pluck().all()
  const articles = articleIds.map(articleId => articleById(db, articleId)!)
  return { failure: feedById(db, feedId)!.failure, articles, counts, megabytes }
}

/** Pages beside the feed: chains of redirects without end, and a page that nobody is to ask for. */
function elsewhere({ url = '' }: IncomingMessage): Answer {
  const endless = /^\/chain\/endless\?n=(\d+)/.exec(url)
  if (endless) return { status: 302, headers: { location: `{{self}}/chain/endless?n=${Number(endless[1]) + 1}` } }
  if (url === '/chain/pingpong-a') return { status: 302, headers: { location: '{{self}}/chain/pingpong-b' } }
  if (url === '/chain/pingpong-b') return { status: 302, headers: { location: '{{self}}/chain/pingpong-a' } }
  return { status: 404 }
}

/** Writes an answer to the connection itself: some of what servers send is no valid HTTP. */
async function send(socket: Socket, { status, headers = {}, body = [] }: Answer, values: Values): Promise<void> {
  const lines = [`HTTP/1.1 ${status} -`, 'connection: close']
  for (const [name, value] of Object.entries(headers)) {
    if (name === 'x-recipe-length') {
      lines.push(`content-length: ${(await wholeBody(body, values)).length + Number(value)}`)
    } else lines.push(...[value].flat().map(one => `${name}: ${filledIn(one, values)}`))
  }
  const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1')
  async function* parts() {
    yield head
    yield* bytesOf(body, values)
  }
  // A client that has had enough hangs up.
  await pipeline(Readable.from(parts()), socket).catch(() => {})
}

/** The most memory this process and its threads had beyond what they had before, looked at every 20 ms. */
async function megabytesTaken(act: () => Promise<void>): Promise<number> {
  const before = process.memoryUsage.rss()
  let most = before
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss())
  }, 20)
  await act()
  clearInterval(timer)
  return (most - before) / 1_048_576
}

/** What is not as the recipe wants it. */
function complaints({ expect: expected }: Recipe, { failure, articles, counts, megabytes }: Seen): string[] {
  const { outcome, items: [fewest, most] = [0, Infinity], polls = 1, text = [], never = [], noRequest = [] } = expected
  const words = articles.map(({ title, html }) => `${title} ${html}`).join('\n')
  const { seen } = world.server
  const found = {
    'it could not be read': outcome === 'parse' && failure !== null,
    'it was taken for a feed': outcome === 'reject' && failure === null && articles.length > 0,
    'articles are missing': outcome === 'parse' && articles.length < fewest,
    'there are too many articles': outcome === 'parse' && articles.length > most,
    'articles multiply': expected.stableCount === true && new Set(counts).size > 1,
    'words are lost': text.some(one => !words.includes(one)),
    'a file of this computer was read': words.includes('root:x:0:0'),
    'a title has no end': articles.some(({ title }) => title.length > 10_000),
    'entities were expanded': never.includes('stored text over 1 MB') && words.length > 1_000_000,
    'a forbidden address was asked': seen.some(({ path }) => noRequest.some(one => path.startsWith(one))),
    'a cookie came back':
      expected.noCookieSentBack === true && seen.some(({ headers }) => headers.cookie !== undefined),
    'it was asked again and again': seen.length > 25 * polls,
    [`it took ${Math.round(megabytes)} MB`]: megabytes > expected.limits.rssMB,
    'a prototype was changed': 'polluted' in {},
  }
  return Object.entries(found).flatMap(([complaint, isFound]) => (isFound ? [complaint] : []))
}
