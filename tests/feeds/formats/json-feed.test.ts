import { describe, expect, test } from 'vitest'
import { parseFeed } from '../../../src-main/feeds/formats/parse.ts'
import { secondsAtWork } from '../../support/work.ts'

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
        originalLink: null,
        authors: [{ name: 'Ann', email: '', url: 'https://ann.example/' }],
        publishedAt: '2026-01-07T09:30:00.000Z',
        updatedAt: '2026-01-08T00:00:00.000Z',
        summaryHtml: '1 &lt; 2',
        contentHtml: '<p><img src="https://news.example/i.png"></p>',
        categories: ['x', 'y'],
        enclosures: [{ url: 'https://news.example/a.mp3', type: 'audio/mpeg', length: 5, duration: 61 }],
        image: 'https://cdn.example/i.png',
        commentsUrl: null,
        commentsCount: null,
        durationSeconds: 61,
        player: null,
        isEpisode: false,
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

  test('JSON that is no feed is malformed where it is damaged, and says where', () => {
    const parsed = parse('{"error":\n"x" "y" {]')
    expect(parsed).toMatchObject({ ok: false, failure: { reason: 'malformed', line: 2 } })
  })

  test('__proto__ is only a key', () => {
    feed([{ id: '1', constructor: { prototype: { polluted: 1 } } }])
    parse('{"version":"https://jsonfeed.org/version/1","items":[],"__proto__":{"polluted":1}}')
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })
})

describe('a damaged JSON Feed', () => {
  const head = '{"version":"https://jsonfeed.org/version/1.1","title":"News"'
  const first = '{"id":"1","url":"https://news.example/1","content_html":"<p>a</p>"}'
  const second = '{"id":"2","url":"https://news.example/2","content_html":"<p>b</p>"}'

  /** Ids and content of what is read, and how the document ends. */
  function read(text: string, onlyWholeItems = false) {
    const parsed = parseFeed(text, { url, contentType: null, onlyWholeItems })
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.failure))
    return { end: parsed.end, items: parsed.feed.items.map(item => [item.id, item.contentHtml]) }
  }
  const whole = {
    end: 'closed',
    items: [
      ['1', '<p>a</p>'],
      ['2', '<p>b</p>'],
    ],
  }

  test.each<[string, string]>([
    ['a comma before the bracket', `${head},"items":[${first},${second},],}`],
    ['commas twice over', `${head},,"items":[${first},,${second}]}`],
    ['a comma missing between items and members', `${head}\n"items":[${first}\n${second}]}`],
    ['spaces of Unicode', `${head},\u3000"items":[\u3000${first},\u2003${second}],}`],
    ['comments', `/* feed */ ${head}, // title\n"items":[${first}, /* "x", */ ${second}]}`],
    ['junk after the end', `${head},"items":[${first},${second}]}<!-- cached --></html>`],
    ['a second document after the end', `${head},"items":[${first},${second}]}${head},"items":[]}`],
    ['a function around it', `callback(${head},"items":[${first},${second}]});`],
    ['what keeps scripts from running it', `)]}',\n${head},"items":[${first},${second}]}`],
    ['marks of byte order', `\ufeff\ufeff${head},"items":[${first},${second}],}`],
    ['a brace too many after an item', `${head},"items":[${first}},${second}]}`],
    ['words JSON does not have', `${head},"expired":False,"x":NaN,"y":undefined,"items":[${first},${second}]}`],
    [
      'names without quotes, and single quotes',
      `{version:'https://jsonfeed.org/version/1',items:[${first},${second}]}`,
    ],
  ])('is read with %s', (_name, text) => expect(read(text)).toEqual(whole))

  test.each<[string, string, string]>([
    ['line breaks and tabs', '<p>a</p>\n<p>b\tc</p>\r\n', '<p>a</p>\n<p>b\tc</p>\r\n'],
    ['escapes JSON does not have', "\\x41\\'\\q \\u00e9 \\u12 end", "A'q é \\u12 end"],
    ['a line that goes on', 'a\\\nb\u0007', 'ab'],
    [
      'quotes of HTML that are not escaped',
      '<a href="https://a.example/" title="x">y</a>, "so" he said',
      '<a href="https://a.example/" title="x">y</a>, "so" he said',
    ],
  ])('is read with strings that hold %s', (_name, written, content) => {
    expect(read(`${head},"items":[{"id":"1","content_html":"${written}"},${second}]}`).items).toEqual([
      ['1', content],
      ['2', '<p>b</p>'],
    ])
  })

  test('that ends in the middle gives the items that are there, and says so', () => {
    const text = `${head},"items":[${first},${second},{"id":"3","content_html":"thi`
    expect(read(text)).toEqual({ end: 'inside-item', items: [...whole.items, ['3', 'thi']] })
    expect(read(text, true)).toEqual({ end: 'inside-item', items: whole.items })
    for (const end of ['', ',', ']', '],"x":"y']) {
      expect(read(`${head},"items":[${first},${second}${end}`, true)).toEqual({ ...whole, end: 'between-items' })
    }
  })

  test.each(['"ite', '"items":[', '"items":[{"id":"1"'])('that ends before one item is whole is malformed: %s', end =>
    expect(parse(`${head},${end}`)).toMatchObject({ ok: false, failure: { reason: 'malformed' } }),
  )

  test('keeps names that mean something to JavaScript as names', () => {
    read(`${head},"__proto__":{"polluted":1},"items":[{"id":"1","__proto__":{"polluted":1},"constructor":"x"},]}`)
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  test.each(['[', '{"a":', '"', '["', '[{},', '[{}},{', '\\"', '/*', '//', ',', ':', '}', ']', '"a":{"b":[', '"x",  '])(
    'takes little time over a megabyte of %s',
    async piece => {
      const text = `{${piece.repeat(1_000_000 / piece.length)}`
      expect(await secondsAtWork(() => expect(parse(text)).toMatchObject({ ok: false }))).toBeLessThan(2)
    },
  )
})
