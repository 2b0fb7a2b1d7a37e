/** Headlines as lines of JSON, as labelled ones come. */
import { isRecord, parseJson } from '../feeds/json.ts'
import type { ArticleId, Headline } from './headline.ts'
import { createStories } from './stories.ts'
import { loadLanguages } from './words/language.ts'

export type BadLine = { number: number; problem: string }

/** The headlines of a text, and what is wrong with its other lines. */
export function readHeadlines(text: string): { headlines: Headline[]; bad: BadLine[] } {
  const headlines: Headline[] = []
  const bad: BadLine[] = []
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const headline = readHeadline(line)
    if (typeof headline === 'string') bad.push({ number: index + 1, problem: headline })
    else headlines.push(headline)
  }
  return { headlines, bad }
}

/** A headline, or what is wrong with the line. */
function readHeadline(line: string): Headline | string {
  const read = parseJson(line)
  if (!isRecord(read)) return 'not a JSON object.'
  const { id, title, url = '', host, publishedAt, text = '', language = null } = read
  if (typeof id !== 'string' && typeof id !== 'number') return 'the id has to be text or a number.'
  if (typeof title !== 'string') return 'the title is missing.'
  if (typeof publishedAt !== 'number' || !Number.isFinite(publishedAt))
    return 'publishedAt has to be a number, in milliseconds.'
  if (typeof url !== 'string' || typeof text !== 'string') return 'url and text have to be text.'
  if (language !== null && typeof language !== 'string') return 'the language has to be text.'
  const site = typeof host === 'string' ? host : (URL.parse(url)?.hostname ?? '')
  return { id, title, url, host: site, publishedAt, text, language }
}

/** The stories of headlines that come one after the other, each at its own time; one that stands alone is a story of one. */
export async function storiesOf(headlines: Headline[]): Promise<{ id: ArticleId; story: number }[]> {
  const stories = createStories()
  const languageOf = await loadLanguages()
  for (const headline of headlines) stories.add([{ ...headline, language: languageOf(headline) }], headline.publishedAt)
  let last = headlines.reduce((most, { id }) => Math.max(most, stories.storyOf(id) ?? 0), 0)
  return headlines.map(({ id }) => ({ id, story: stories.storyOf(id) ?? ++last }))
}
