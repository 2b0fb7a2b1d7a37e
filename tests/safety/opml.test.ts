/** Hostile lists of feeds (tests/fixtures/opml-hostile), imported as a window imports a file. */
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Feed } from '../../src-main/api/model.ts'
import { corpora, jsonLines } from '../support/corpora.ts'
import { makeEngine } from '../support/engine.ts'
import { type Segment, wholeBody } from '../support/recipes.ts'

type Recipe = {
  id: string
  title: string
  body: Segment[]
  expect: {
    outcome: 'import' | 'reject' | 'either'
    /** How many feeds are followed then, where it was imported: a number, or at least and at most. */
    feeds?: number | [number, number]
    /** Words of a feed's title. */
    text?: string[]
    /** How often it is imported. */
    repeat?: number
  }
}

describe.each(corpora('opml-hostile'))('hostile lists $name bring feeds or a reason', ({ folder }) => {
  test.each(jsonLines<Recipe>(join(folder, 'recipes.jsonl')))('$id: $title', async ({ body, expect: expected }) => {
    await using engine = makeEngine()
    const client = engine.connect()
    // No window hands over more than 20 MB: what comes after 25 makes no difference.
    const file = (await wholeBody(body, {}, 25_000_000)).toString('base64')
    let isImported = false
    for (let time = 0; time < (expected.repeat ?? 1); time++) {
      const answer = await client.importOpml({ file, fetchNow: false }).catch(() => null)
      isImported = answer?.kind === 'imported'
    }
    const { feeds } = await client.sources({})
    expect(complaints(expected, isImported, feeds)).toEqual([])
  })
})

/** What is not as the recipe wants it. */
function complaints(expected: Recipe['expect'], isImported: boolean, feeds: Feed[]): string[] {
  const { outcome, text = [] } = expected
  const [fewest = 0, most = fewest] = expected.feeds === undefined ? [0, Infinity] : [expected.feeds].flat()
  const titles = feeds.map(({ title }) => title)
  const addresses = feeds.flatMap(({ url, siteUrl }) => [url, siteUrl ?? url])
  const found = {
    'it was not imported': outcome === 'import' && !isImported,
    'it was taken for a list': outcome === 'reject' && feeds.length > 0,
    'feeds are missing': isImported && feeds.length < fewest,
    'there are too many feeds': isImported && feeds.length > most,
    'words are lost': text.some(words => !titles.some(title => title.includes(words))),
    'an address of another kind was kept': addresses.some(address => !/^https?:\/\//.test(address)),
    'a title has no end': titles.some(title => title.length > 1_000),
    'a file of this computer was read': titles.some(title => title.includes('root:x:0')),
    'a prototype was changed': 'polluted' in {},
  }
  return Object.entries(found).flatMap(([complaint, isFound]) => (isFound ? [complaint] : []))
}
