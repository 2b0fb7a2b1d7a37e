/** Kills a program while it groups articles that come and the reader corrects its stories, and looks at what it left. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import Database from 'better-sqlite3'
import type { Story } from '../../src-main/api/stories/model.ts'
import { openDatabase, type ReadDb } from '../../src-main/store/db/open.ts'
import { followedStories } from '../../src-main/store/stories/followed.ts'
import { groupAnew, readGrouped } from '../../src-main/store/stories/grouped.ts'
import { storyOf } from '../../src-main/store/stories/stories.ts'
import { addFeed, makeStore } from '../support/articles.ts'
import { makeEngine } from '../support/engine.ts'
import type { Done, Work } from './grouping-program.ts'
import { articlesIn, feedUrl, isPlain, papers, partsOf, type Saying, sayingsOn, storiesOf, titleOf } from './news.ts'
import { createRandom } from './random.ts'
import { isAllGrouped, miscountsIn } from './recount.ts'

/** `interrupted`: how many kills fell after something was grouped, and left something to be grouped. */
export type GroupingReport = { rounds: number; interrupted: number; articles: number; said: number; problems: string[] }

/** What the program has done when it is killed, at most, and how much later that is, in ms. */
const mostDone = 30
const latest = 40

/** `seconds` ends it early. */
export async function groupingRounds(options: {
  dataDir: string
  rounds: number
  seconds: number
  seed?: number
}): Promise<GroupingReport> {
  const { dataDir, rounds, seconds, seed = 1 } = options
  const random = createRandom(seed)
  const report: GroupingReport = { rounds: 0, interrupted: 0, articles: 0, said: 0, problems: [] }
  const ends = performance.now() + seconds * 1_000
  const begunAt = Date.now()
  makeFeeds(dataDir)
  const stored = new Set<number>()
  const said = new Set<Saying>()
  const found = new Map<number, number>()

  const workLeft = (): Work => {
    const all = Array.from({ length: Math.max(0, ...stored) + 1 }, (_, batch) => batch)
    const batches = all.filter(batch => !stored.has(batch))
    const sayings = [...stored].flatMap(sayingsOn).filter(saying => !said.has(saying))
    return { dataDir, begunAt, batches, sayings, nextBatch: all.length }
  }
  const last: { isAnyGrouped: boolean; saying: Saying | null } = { isAnyGrouped: false, saying: null }
  const note = (done: Done) => {
    if (typeof done === 'string') return
    if ('stored' in done) stored.add(done.stored)
    else if ('saying' in done) last.saying = done.saying
    else if ('said' in done) said.add(done.said)
    else last.isAnyGrouped = true
  }

  while (report.rounds < rounds && performance.now() < ends) {
    const isAnew = report.rounds % 3 === 2
    if (isAnew) groupAnewIn(dataDir)
    // The journal may decide again what was being taken back: then stories are found anew, too.
    if (isAnew || last.saying?.startsWith('undo')) found.clear()
    Object.assign(last, { isAnyGrouped: false, saying: null })
    await runProgram(workLeft(), note, { afterDone: random.below(mostDone), andMs: random.below(latest) })
    // As it was left: closing it for writing would tidy up.
    const db = new Database(join(dataDir, 'broadsheet.db'), { readonly: true }) as unknown as ReadDb & { close(): void }
    if (last.isAnyGrouped && !isAllGrouped(db)) report.interrupted++
    report.problems.push(...problemsIn(db, said, found).map(problem => `round ${report.rounds}: ${problem}`))
    db.close()
    report.rounds++
  }
  const { batches, nextBatch, ...rest } = workLeft()
  // The next one may be there by half.
  await runProgram({ ...rest, batches: [...batches, nextBatch!], nextBatch: null }, note, null)
  report.said = said.size
  const { articles, problems } = await lookAtTheEnd(dataDir, stored.size)
  report.articles = articles
  report.problems.push(...problems)
  return report
}

function makeFeeds(dataDir: string): void {
  mkdirSync(dataDir, { recursive: true })
  const db = openDatabase(join(dataDir, 'broadsheet.db'))
  for (const paper of papers) addFeed(db, feedUrl(paper), { title: paper })
  // So that the program need not find it.
  db.prepare("UPDATE feeds SET language = 'en'").run()
  db.close()
}

/** As where the method is another one: the program then finds all stories anew. */
function groupAnewIn(dataDir: string): void {
  const db = openDatabase(join(dataDir, 'broadsheet.db'))
  groupAnew(db)
  db.close()
}

type Kill = { afterDone: number; andMs: number }

/** `kill` null: it ends by itself. */
async function runProgram(work: Work, note: (done: Done) => void, kill: Kill | null): Promise<void> {
  const program = join(import.meta.dirname, 'grouping-program.ts')
  const child = spawn(process.execPath, [program, JSON.stringify(work)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const gone = once(child, 'close')
  const patience = setTimeout(() => child.kill(), kill ? 60_000 : 120_000)
  let left = kill?.afterDone
  let isEnding = false
  createInterface({ input: child.stdout }).on('line', line => {
    const done = JSON.parse(line) as Done
    isEnding ||= done === 'all'
    note(done)
    if (typeof done === 'object' && 'saying' in done) return
    if (kill && left !== undefined && left-- === 0) setTimeout(() => child.kill('SIGKILL'), kill.andMs)
  })
  const [code, signal] = await gone
  clearTimeout(patience)
  if (kill ? signal !== 'SIGKILL' : code !== 0 || !isEnding) throw new Error(`the program ended with ${code ?? signal}`)
}

/** `found`: the stories of events as they were after the last kill, to which those are added that are there by now. */
function problemsIn(db: ReadDb, said: Set<Saying>, found: Map<number, number>): string[] {
  const problems = miscountsIn(db)
  // While they are found anew, an article may have no story yet.
  for (const saying of isAllGrouped(db) ? said : []) if (!holds(db, saying)) problems.push(`'${saying}' is forgotten`)
  // All are to be found anew, and the program has not begun.
  if (readGrouped(db) === null) return problems
  const ofGazette = `SELECT story_id FROM story_articles JOIN stories ON stories.id = story_id JOIN articles ON articles.id = article_id
    WHERE title = ? AND sources >= 4`
  const storyAbout = db.prepare<[string], number>(ofGazette).pluck()
  for (const event of [...said].map(saying => partsOf(saying).event + 2).filter(isPlain)) {
    const story = storyAbout.get(titleOf('gazette', event))
    const before = found.get(event)
    if (before !== undefined && before !== story) problems.push(`the story of ${event} was ${before}, and is ${story}`)
    if (story !== undefined) found.set(event, story)
  }
  return problems
}

function holds(db: ReadDb, saying: Saying): boolean {
  const { kind, event } = partsOf(saying)
  const idOf = db.prepare<[string], number>('SELECT id FROM articles WHERE title = ?').pluck()
  const storyIn = (paper: string, of = event) => storyOf(db, idOf.get(titleOf(paper, of))!)
  const story = storyIn('herald')
  if (kind === 'same') return story !== null && story === storyIn('gazette', event + 1)
  if (kind === 'apart') return story === null || story !== storyIn('gazette')
  return kind === 'undo' || (story !== null && followedStories(db).has(story))
}

/** What a window shows once all is grouped: how many articles, and what is wrong with their stories. */
async function lookAtTheEnd(dataDir: string, batches: number): Promise<{ articles: number; problems: string[] }> {
  using store = makeStore(dataDir)
  await using engine = makeEngine({ store, now: Date.now })
  const client = engine.connect()
  const problems: string[] = miscountsIn(store.db)
  const stories = new Map<string, Pick<Story, 'id' | 'sources'>>()
  for (const storyId of store.db.prepare<[], number>('SELECT id FROM stories').pluck().all()) {
    const story = (await client.story({ storyId }))!
    if (story.articles.length < 2) problems.push(`'${story.articles[0]?.title}' is a story by itself`)
    for (const { title } of story.articles) {
      if (stories.has(title)) problems.push(`'${title}' is of two stories`)
      stories.set(title, story)
    }
  }
  const seen = new Set<number>()
  for (const { titles, sources, uncertain } of storiesOf(batches)) {
    const ids = new Set(titles.map(title => stories.get(title)?.id))
    const [id] = ids
    if (id === undefined || ids.size > 1 || seen.has(id)) problems.push(`'${titles[0]}' is of ${[...ids].join(', ')}`)
    const found = stories.get(titles[0]!)?.sources
    if (uncertain.length === 0 && found !== sources)
      problems.push(`'${titles[0]}' has ${found} sources, not ${sources}`)
    if (id !== undefined) seen.add(id)
    for (const title of [...titles, ...uncertain]) stories.delete(title)
  }
  for (const title of stories.keys()) problems.push(`'${title}' is of a story`)
  const { all: articles } = await client.counts({})
  if (articles !== articlesIn(batches)) problems.push(`${articles} articles are listed, not ${articlesIn(batches)}`)
  return { articles, problems }
}
