/** News without end, of which it is known what belongs together: batches of articles of six papers, and what the reader says of them. */
import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import type { ReadyArticle } from '../../src-main/feeds/parsed.ts'
import { minute } from '../../src-main/lib/time.ts'
import { makeArticle } from '../support/articles.ts'

/** The last two print what an agency sends. */
export const papers = ['gazette', 'herald', 'courier', 'ledger', 'morning', 'evening']
const agencyPapers = ['morning', 'evening']
/** Its report on an event comes with the next batch. */
const latePaper = 'ledger'
const eventsPerBatch = 8

export const feedUrl = (paper: string): string => `https://www.${paper}.example/feed`

/** What the papers print at once, by paper. `begunAt`: when the news began, in ms. */
export function batchOf(batch: number, begunAt: number): { paper: string; articles: ReadyArticle[] }[] {
  const at = begunAt - 60 * minute + batch * 1_000
  return papers.map(paper => {
    const events = eventsOf(paper === latePaper ? batch - 1 : batch)
    const articles = events.map(event => article(paper, titleOf(paper, event), textOf(paper, event), at))
    const [one, other, third] = namesOf(`${batch} ${paper}`)
    return { paper, articles: [...articles, article(paper, `${one} has ${other}`, `No ${third} but has it.`, at)] }
  })
}

function article(paper: string, title: string, text: string, publishedAt: number): ReadyArticle {
  const url = `https://www.${paper}.example/${title.toLowerCase().replaceAll(/\W+/g, '-')}`
  return makeArticle({ title, text, url, publishedAt })
}

export function eventsOf(batch: number): number[] {
  return batch < 0 ? [] : Array.from({ length: eventsPerBatch }, (_, index) => batch * eventsPerBatch + index)
}

export function titleOf(paper: string, event: number): string {
  const [one, other, third] = namesOf(`event ${event}`)
  switch (paper) {
    case 'gazette':
      return `${one} and ${other} reach ${third}`
    case 'herald':
      return `${third}: ${other} with ${one}`
    case 'courier':
      return `${other} of ${third} tells of ${one}`
    case 'ledger':
      return `What ${one}, ${other} and ${third} mean`
    default:
      return `${one}, ${other}, ${third} (${paper})`
  }
}

function textOf(paper: string, event: number): string {
  if (!agencyPapers.includes(paper)) return `${titleOf(paper, event)}, says the ${paper}.`
  const said = Array.from({ length: 15 }, (_, sentence) => namesOf(`event ${event} sentence ${sentence}`).join(' '))
  return `${namesOf(`event ${event}`).join(' ')}. ${said.join(' was told by ')}.`
}

/** Three names that nothing else has. */
function namesOf(what: string): [string, string, string] {
  return ['a', 'b', 'c'].map(which => nameOf(`${which} ${what}`)) as [string, string, string]
}

const syllables = ['ba', 'ke', 'lo', 'mi', 'nu', 'ra', 'te', 'vo', 'zi', 'du', 'fa', 'ge', 'ho', 'ju', 'pe', 'so']

function nameOf(what: string): string {
  let hash = 0x811c9dc5
  for (const letter of what) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193)
  const parts = Array.from({ length: 6 }, (_, index) => syllables[(hash >>> (4 * index)) & 15])
  return `${parts.join('').replace(/^./, first => first.toUpperCase())}k`
}

/**
 * What the reader says: 'same 8' that the events 8 and 9 are one, 'apart 11' that the herald's report is not of it. 'undo 14':
 * that, too, and takes it back.
 */
export type Saying = `${'same' | 'apart' | 'follow' | 'undo'} ${number}`

const sayings: Record<number, 'same' | 'apart' | 'follow' | 'undo'> = { 0: 'same', 3: 'apart', 5: 'follow', 6: 'undo' }

export function sayingsOn(batch: number): Saying[] {
  return eventsOf(batch).flatMap((event): Saying[] => {
    const kind = sayings[event % eventsPerBatch]
    return kind ? [`${kind} ${event}`] : []
  })
}

export function partsOf(saying: Saying): { kind: 'same' | 'apart' | 'follow' | 'undo'; event: number } {
  const [kind, event] = saying.split(' ') as ['same' | 'apart' | 'follow' | 'undo', string]
  return { kind, event: Number(event) }
}

/** Of whose stories nothing is said that changes them. */
export function isPlain(event: number): boolean {
  return [2, 4, 5, 7].includes(event % eventsPerBatch)
}

/** A story has so many sources before something is said of it. */
const wholeFrom = 4

/** False where it can't be said yet: the stories are not found. `isGrouped`: whether an article is in its story, if it has one. */
export async function say(
  client: EngineClient,
  saying: Saying,
  { idOf, isGrouped }: { idOf: (title: string) => number | null; isGrouped: (id: number) => boolean },
): Promise<boolean> {
  const { kind, event } = partsOf(saying)
  const storyIn = async (paper: string, of: number) => {
    const id = idOf(titleOf(paper, of))
    const story = id === null ? null : (await client.article({ id }))?.story
    return id !== null && story && story.sources >= wholeFrom ? { articleId: id, storyId: story.id } : null
  }
  const [own, first, next] = [
    await storyIn('herald', event),
    await storyIn('gazette', event),
    await storyIn('gazette', event + 1),
  ]
  if (!first || !next) return false
  if (!own) {
    // It was said, and the program killed before it answered; or the article has yet to come to its story.
    const id = idOf(titleOf('herald', event))
    return (kind === 'apart' || kind === 'undo') && id !== null && isGrouped(id)
  }
  if (kind === 'follow') await client.followStory({ storyId: own.storyId, isFollowed: true })
  else if (kind === 'same') await client.correctStory({ kind, articleId: own.articleId, otherId: next.articleId })
  else {
    const { undoId } = await client.correctStory({ kind: 'apart', ...own })
    if (kind === 'undo' && undoId !== null) await client.undo({ undoId })
  }
  return true
}

/**
 * What belongs together: all of a story, or what of it is certain. A report that is apart may be one story with what came late,
 * and the program may have been killed before something was taken back.
 */
export type Expected = { titles: string[]; sources: number; uncertain: string[] }

/** Once these batches are printed, grouped, and what the reader says of them is said. */
export function storiesOf(batches: number): Expected[] {
  const events = Array.from({ length: batches }, (_, batch) => eventsOf(batch)).flat()
  return events.flatMap((event): Expected[] => {
    const titles = titlesOf(event, batches)
    const sources = titles.length
    const of = (paper: string) => titles.filter(title => title === titleOf(paper, event))
    const place = event % eventsPerBatch
    if (place === 1) return []
    if (place === 0) return [{ titles: [...titles, ...titlesOf(event + 1, batches)], sources, uncertain: [] }]
    if (place !== 3 && place !== 6) return [{ titles, sources, uncertain: [] }]
    const uncertain = [...of('herald'), ...of(latePaper)]
    return [{ titles: titles.filter(title => !uncertain.includes(title)), sources, uncertain }]
  })
}

/** Without the second paper's copy of the agency's report, which is no source of its own. */
function titlesOf(event: number, batches: number): string[] {
  const isLateThere = Math.floor(event / eventsPerBatch) + 1 < batches
  const shown = papers.slice(0, -1).filter(paper => paper !== latePaper || isLateThere)
  return shown.map(paper => titleOf(paper, event))
}

/** How many articles there are, copies counted once. */
export function articlesIn(batches: number): number {
  const late = Math.max(0, batches - 1) * eventsPerBatch
  return batches * (papers.length + eventsPerBatch * (papers.length - 2)) + late
}
