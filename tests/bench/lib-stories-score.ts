/** How well stories agree with labels. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { ArticleId, Headline } from '../../src-main/stories/headline.ts'
import type { StoryOptions } from '../../src-main/stories/options.ts'
import { createStories } from '../../src-main/stories/stories.ts'
import { randomFrom } from './lib-store-words.ts'

export type Labelled = Headline & { label: string }

const hour = 60 * 60 * 1_000
const file = path.join(import.meta.dirname, '../../../shared/data/stories/headlines.jsonl')

/** The labelled headlines beside the repository, titles only; null where they are not there. */
export function labelledHeadlines(): Labelled[] | null {
  if (!existsSync(file)) return null
  const lines = readFileSync(file, 'utf8').trim().split('\n')
  return lines.map(line => {
    const { id, title, url, host, story, publishedAt } = JSON.parse(line)
    return { id, title, text: '', language: 'en', url, host, publishedAt, label: story }
  })
}

/** Two halves of the labels: parameters are chosen by the one and confirmed by the other. */
export function halves(all: Labelled[]): [Labelled[], Labelled[]] {
  const isFirst = ({ label }: Labelled) => createHash('sha1').update(label).digest()[0]! % 2 === 0
  return [all.filter(isFirst), all.filter(headline => !isFirst(headline))]
}

/** Each comes up to so many hours earlier or later than it did, as feeds are polled. */
export function mixed(all: Labelled[], hours: number, seed: number): Labelled[] {
  const random = randomFrom(seed)
  const arrivals = all.map(headline => ({ headline, at: headline.publishedAt + (random() * 2 - 1) * hours * hour }))
  return arrivals.toSorted((one, other) => one.at - other.at).map(({ headline }) => headline)
}

/** Half of the labels, another one for each seed. */
export function randomHalf(all: Labelled[], seed: number): Labelled[] {
  const random = randomFrom(seed)
  const labels = [...new Set(all.map(({ label }) => label))].map(label => ({ label, at: random() }))
  const chosen = labels.toSorted((one, other) => one.at - other.at).slice(0, labels.length / 2)
  const isChosen = new Set(chosen.map(({ label }) => label))
  return all.filter(({ label }) => isChosen.has(label))
}

/** The stories by article when they come one by one; who stands alone has one of their own. */
export function groupInOrder(all: Headline[], options: Partial<StoryOptions> = {}): Map<ArticleId, string> {
  const stories = createStories(options)
  for (const headline of all) stories.add([headline], headline.publishedAt)
  return new Map(all.map(({ id }) => [id, String(stories.storyOf(id) ?? `alone ${id}`)]))
}

export type Score = { precision: number; recall: number; f1: number; pairs: number }

/**
 * B-cubed precision, recall and F1 (Bagga and Baldwin 1998): of each article's story the share that has its label, of its
 * label the share that is in its story, means over articles. `pairs`: of all pairs in one story those of one label.
 */
export function score(found: string[], labels: string[]): Score {
  const stories = countOf(found)
  const sizes = countOf(labels)
  const both = countOf(found.map((story, at) => `${story}\n${labels[at]}`))
  let [precision, recall] = [0, 0]
  for (const [at, story] of found.entries()) {
    const shared = both.get(`${story}\n${labels[at]}`)!
    precision += shared / stories.get(story)! / found.length
    recall += shared / sizes.get(labels[at]!)! / found.length
  }
  const pairsOf = (counts: Map<string, number>) =>
    [...counts.values()].reduce((sum, count) => sum + (count * (count - 1)) / 2, 0)
  return {
    precision,
    recall,
    f1: (2 * precision * recall) / (precision + recall),
    pairs: pairsOf(both) / pairsOf(stories),
  }
}

function countOf(values: string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}

export function scoreOf(all: Labelled[], options: Partial<StoryOptions> = {}): Score {
  const stories = groupInOrder(all, options)
  return score(
    all.map(({ id }) => stories.get(id)!),
    all.map(({ label }) => label),
  )
}

/** The story with most wrong pairs: how many articles of which label, each with an example. */
export function largestWrong(all: Labelled[]): { label: string; articles: number; title: string }[] {
  const stories = groupInOrder(all)
  const wrongPairs = (group: Labelled[]) => {
    const pairs = (count: number) => (count * (count - 1)) / 2
    const right = [...countOf(group.map(({ label }) => label)).values()].map(pairs)
    return right.reduce((left, some) => left - some, pairs(group.length))
  }
  const groups = [...Map.groupBy(all, ({ id }) => stories.get(id)).values()]
  const [worst = []] = groups.toSorted((one, other) => wrongPairs(other) - wrongPairs(one))
  const byLabel = [...Map.groupBy(worst, ({ label }) => label)]
  return byLabel
    .map(([label, group]) => ({ label, articles: group.length, title: group[0]!.title }))
    .toSorted((one, other) => other.articles - one.articles)
}
