import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

type Feed = { title: string; url: string; siteUrl: string; language: string; description: string }
type Topic = { id: string; title: string; feeds: Feed[] }

const { topics } = JSON.parse(readFileSync(new URL('../../resources/catalogue.json', import.meta.url), 'utf8')) as {
  topics: Topic[]
}
const feeds = topics.flatMap(topic => topic.feeds)

test('the catalogue has enough for most tastes and many languages', () => {
  expect(feeds.length).toBeGreaterThanOrEqual(80)
  expect(topics.length).toBeGreaterThanOrEqual(9)
  expect(new Set(feeds.map(feed => feed.language)).size).toBeGreaterThanOrEqual(6)
  for (const topic of topics) expect(topic.feeds.length).toBeGreaterThanOrEqual(5)
})

test('every feed and every topic stands in it once', () => {
  const folded = feeds.map(({ url }) => url.replace(/^https?:\/\/(?:www\.)?/, '').replace(/\/$/, ''))
  expect(folded.filter((url, index) => folded.indexOf(url) !== index)).toEqual([])
  expect(new Set(feeds.map(feed => feed.title)).size).toBe(feeds.length)
  expect(new Set(topics.map(topic => topic.id)).size).toBe(topics.length)
})

test.each(feeds.map(feed => [feed.title, feed] as const))('%s is complete', (_title, feed) => {
  expect(Object.keys(feed).sort()).toEqual(['description', 'language', 'siteUrl', 'title', 'url'])
  for (const address of [feed.url, feed.siteUrl]) {
    // As the URL standard spells it, so that it is recognised as followed.
    expect(new URL(address).href).toBe(address)
    expect(address).toMatch(/^https?:\/\/[^/@]+\.[a-z]+\//)
  }
  expect(feed.siteUrl).toMatch(/^https:/)
  expect(new Intl.Locale(feed.language).language).toBe(feed.language)
  expect(feed.title.length).toBeGreaterThan(2)
  expect(feed.title.length).toBeLessThan(60)
  expect(feed.description).toMatch(/^\S.{5,90}[.。।!?]$/)
})
