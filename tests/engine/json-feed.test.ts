import { describe, expect, test } from 'vitest'
import { parseFeed } from '../../src-main/engine/feeds/parse.ts'

const url = 'https://news.example/feed.json'

function parse(value: unknown) {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return parseFeed(text, { url, contentType: 'application/feed+json' })
}

function feed(items: unknown, more: object = {}) {
  const parsed = parse({ version: 'https://jsonfeed.org/version/1.1', title: 'News', items, ...more })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.failure))
  return parsed.feed
}

describe('JSON Feed', () => {
  test('1.1 with everything', () => {
    const {
      format,
      feed: about,
      items,
    } = feed(
      [
        {
          id: 7,
          url: '/7',
          title: 'a < b &amp; c',
          content_html: '<p><img src="i.png"></p>',
          summary: '1 < 2',
          image: 'https://cdn.example/i.png',
          date_published: '2026-01-07T10:30:00+01:00',
          date_modified: '2026-01-08T00:00:00Z',
          authors: [{ name: 'Ann', url: 'https://ann.example/' }],
          tags: ['x', 'y', 'x'],
          attachments: [{ url: '/a.mp3', mime_type: 'audio/mpeg', size_in_bytes: 5, duration_in_seconds: 61.5 }],
        },
      ],
      {
        home_page_url: 'https://news.example/',
        feed_url: url,
        language: 'en',
        icon: '/icon.png',
        favicon: '/favicon.ico',
        description: 'd',
      },
    )
    expect(format).toBe('json')
    expect(about).toMatchObject({
      title: 'News',
      link: 'https://news.example/',
      feedUrl: url,
      language: 'en',
      icon: 'https://news.example/favicon.ico',
      image: 'https://news.example/icon.png',
      description: 'd',
    })
    expect(items).toEqual([
      {
        id: '7',
        title: 'a < b &amp; c',
        link: 'https://news.example/7',
        authors: [{ name: 'Ann', email: '', url: 'https://ann.example/' }],
        publishedAt: '2026-01-07T09:30:00.000Z',
        updatedAt: '2026-01-08T00:00:00.000Z',
        summaryHtml: '1 &lt; 2',
        contentHtml: '<p><img src="https://news.example/i.png"></p>',
        categories: ['x', 'y'],
        enclosures: [{ url: 'https://news.example/a.mp3', type: 'audio/mpeg', length: 5 }],
        image: 'https://cdn.example/i.png',
        commentsUrl: null,
        durationSeconds: 61,
      },
    ])
  })

  test("1.0 has one author, and items without authors have the feed's", () => {
    const { items } = feed([{ id: '1', author: { name: 'Own' } }, { id: '2' }], { author: { name: 'Feed' } })
    expect(items.map(({ authors }) => authors[0]?.name)).toEqual(['Own', 'Feed'])
  })

  test('plain text becomes HTML', () => {
    expect(feed([{ id: '1', content_text: '1 < 2 & 3' }]).items[0]?.contentHtml).toBe('1 &lt; 2 &amp; 3')
  })

  test('wrong types everywhere cost only themselves', () => {
    const { items } = feed([
      null,
      1,
      'x',
      [],
      { id: {}, url: [], title: 5, tags: 'a', authors: {}, attachments: [null, {}] },
    ])
    expect(items).toHaveLength(1)
    expect(items[0]).toMatchObject({ id: null, link: null, title: '5', categories: [], enclosures: [] })
  })

  test.each(['null', '[]', '{}', '"x"', '42', '{"items":"y"}', '{"error":{"code":404}}', '['.repeat(200_000)])(
    'is not what stands here: %.40s',
    text => expect(parse(text)).toMatchObject({ ok: false }),
  )

  test('truncated JSON is malformed, and says where', () => {
    const parsed = parse('{"version":"https://jsonfeed.org/version/1.1",\n"items":[\n{"id":"1" "x"}]}')
    expect(parsed).toMatchObject({ ok: false, failure: { reason: 'malformed', line: 3 } })
  })

  test('__proto__ is only a key', () => {
    feed([{ id: '1', constructor: { prototype: { polluted: 1 } } }])
    parse('{"version":"https://jsonfeed.org/version/1","items":[],"__proto__":{"polluted":1}}')
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })
})
