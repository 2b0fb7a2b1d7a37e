import { expect, test } from 'vitest'
import { sourceOfArticle } from '../../src-main/grouping/sources.ts'

const feedUrl = 'https://feeds.example.org/gazette'

test.each([
  {
    name: 'a paper, under whatever name',
    url: 'https://sport.gazette.co.uk/1',
    firstUrl: null,
    source: 'gazette.co.uk',
  },
  { name: 'a blog that shares a host', url: 'https://ada.github.io/1', firstUrl: null, source: 'ada.github.io' },
  { name: 'a host by its number', url: 'http://192.0.2.7/1', firstUrl: null, source: '192.0.2.7' },
  { name: 'the feed, where an article has no link', url: null, firstUrl: null, source: 'example.org' },
  {
    name: 'who had it first',
    url: 'https://herald.example/1',
    firstUrl: 'https://wire.example/1',
    source: 'wire.example',
  },
])('the source is $name', ({ url, firstUrl, source }) => {
  expect(sourceOfArticle({ url, firstUrl, feedUrl })).toBe(source)
})
