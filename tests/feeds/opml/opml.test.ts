import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type OpmlReading, readOpml } from '../../../src-main/feeds/opml/read.ts'
import { opmlLimits } from '../../../src-main/feeds/opml/values.ts'
import { writeOpml } from '../../../src-main/feeds/opml/write.ts'

function read(text: string | Uint8Array): Extract<OpmlReading, { kind: 'read' }> {
  const reading = readOpml(text)
  if (reading.kind === 'failed') throw new Error(JSON.stringify(reading.failure))
  return reading
}

/** Where each feed is, and its name. */
function places(text: string | Uint8Array) {
  return read(text).entries.map(({ url, title, path }) => ({ url, title, path }))
}

const list = (body: string) =>
  `<?xml version="1.0"?><opml version="2.0"><head><title>Mine</title></head><body>${body}</body></opml>`

describe('reading', () => {
  test('folders in folders become the path of a feed', () => {
    const entries = places(
      list(`<outline text="News"><outline text="World"><outline type="rss" text="A" xmlUrl="https://a.test/feed"/></outline>
        <outline text="B" xmlUrl="https://b.test/feed"/></outline><outline text="C" xmlUrl="https://c.test/feed"/>`),
    )
    expect(entries).toEqual([
      { url: 'https://a.test/feed', title: 'A', path: ['News', 'World'] },
      { url: 'https://b.test/feed', title: 'B', path: ['News'] },
      { url: 'https://c.test/feed', title: 'C', path: [] },
    ])
  })

  test.each([
    ['attribute names in any case', '<outline TEXT="A" XMLURL="https://a.test/f"/>'],
    ['a title instead of a text', '<outline title="A" xmlUrl="https://a.test/f"/>'],
    ['an ampersand nobody escaped', '<outline text="A" xmlUrl="https://a.test/f" htmlUrl="https://a.test/?a=1&b=2"/>'],
    ['a tag that is never closed', '<outline text="A" xmlUrl="https://a.test/f">'],
    [
      'a comment with outlines in it',
      '<!-- <outline text="B" xmlUrl="https://b.test/f"/> --><outline text="A" xmlUrl="https://a.test/f"/>',
    ],
    ['a prefix', '<o:outline text="A" xmlUrl="https://a.test/f"/>'],
    ['a url where xmlUrl should be', '<outline type="rss" text="A" url="https://a.test/f"/>'],
    ['a feed: address', '<outline text="A" xmlUrl="feed:https://a.test/f"/>'],
    ['credentials in the address', '<outline text="A" xmlUrl="https://me:secret@a.test/f"/>'],
    [
      'the same feed twice',
      '<outline text="A" xmlUrl="https://a.test/f"/><outline text="Again" xmlUrl="https://a.test/f"/>',
    ],
    ['attributes of other programs', '<outline text="A" xmlUrl="https://a.test/f" filterCmd="rm -rf /" source="|sh"/>'],
  ])('copes with %s', (_name, body) => {
    expect(places(list(body))).toEqual([{ url: 'https://a.test/f', title: 'A', path: [] }])
  })

  test('what has no name is called by its host', () => {
    expect(read(list('<outline xmlUrl="https://a.test/f"/>')).entries[0]?.title).toBe('a.test')
  })

  test('a category with slashes stands for folders', () => {
    expect(
      read(list('<outline text="A" xmlUrl="https://a.test/f" category="/News/World,tag"/>')).entries[0]?.path,
    ).toEqual(['News', 'World'])
  })

  test.each(['javascript:alert(1)', 'file:///etc/passwd', 'ftp://a.test/f', 'https://', ''])(
    'the address "%s" is a problem that is told, not a feed',
    address => {
      const { entries, problems } = read(list(`<outline type="rss" text="A" xmlUrl="${address}"/>`))
      expect({ entries, problems: problems.length }).toEqual({ entries: [], problems: 1 })
    },
  )

  test('folders deeper than eight fold into the eighth', () => {
    const deep = Array.from({ length: 12 }, (_, level) => `<outline text="${level + 1}">`).join('')
    expect(read(list(`${deep}<outline text="A" xmlUrl="https://a.test/f"/>`)).entries[0]?.path).toEqual([
      '1',
      '2',
      '3',
      '4',
      '5',
      '6',
      '7',
      '8',
    ])
  })

  test.each([
    [
      'UTF-16 with a byte order mark',
      Buffer.from(`\ufeff${list('<outline text="žluť" xmlUrl="https://a.test/f"/>')}`, 'utf16le'),
      'žluť',
    ],
    [
      'an encoding that the declaration names',
      Buffer.from(
        '<?xml version="1.0" encoding="ISO-8859-2"?><opml><body><outline text="\xbe" xmlUrl="https://a.test/f"/></body></opml>',
        'latin1',
      ),
      'ž',
    ],
    [
      'old Windows bytes that nothing names',
      Buffer.from('<opml><body><outline text="Caf\xe9" xmlUrl="https://a.test/f"/></body></opml>', 'latin1'),
      'Café',
    ],
    [
      'UTF-8 that calls itself UTF-16',
      Buffer.from(
        '<?xml version="1.0" encoding="UTF-16"?><opml><body><outline text="é" xmlUrl="https://a.test/f"/></body></opml>',
      ),
      'é',
    ],
  ])('understands %s', (_name, bytes, title) => {
    expect(read(bytes).entries[0]?.title).toBe(title)
  })

  test.each([
    ['a web page', '<!doctype html><p>Hello', 'not-a-list'],
    ['nothing', '', 'not-a-list'],
    ['entities of its own', `<!DOCTYPE opml [<!ENTITY a "b">]>${list('')}`, 'unsafe'],
    ['more than 20 MB', ' '.repeat(opmlLimits.bytes + 1), 'too-large'],
  ])('refuses %s', (_name, text, reason) => {
    expect(readOpml(text)).toMatchObject({ kind: 'failed', failure: { reason } })
  })

  test('refuses more than 200,000 feeds', { timeout: 60_000 }, () => {
    const body = Array.from(
      { length: opmlLimits.entries + 1 },
      (_, index) => `<outline xmlUrl="http://${index}.test"/>`,
    ).join('')
    expect(readOpml(list(body))).toMatchObject({ kind: 'failed', failure: { reason: 'unsafe' } })
  })
})

describe('writing', () => {
  const folders = [
    { id: 1, parentId: null, title: 'News & <more>' },
    { id: 2, parentId: 1, title: 'World "daily"' },
  ]
  const feed = (url: string, folderId: number | null, title = url) => ({ url, title, siteUrl: null, folderId })

  test('what is written is read back the same', () => {
    const text = writeOpml({
      title: 'Mine',
      date: 0,
      folders,
      feeds: [
        feed('https://a.test/?a=1&b=2', 2, 'A\u0000 "quoted"\nin two lines'),
        feed('https://b.test/', 1),
        feed('https://c.test/', null),
      ],
    })
    expect(places(text)).toEqual([
      { url: 'https://a.test/?a=1&b=2', title: 'A "quoted" in two lines', path: ['News & <more>', 'World "daily"'] },
      { url: 'https://b.test/', title: 'b.test', path: ['News & <more>'] },
      { url: 'https://c.test/', title: 'c.test', path: [] },
    ])
  })

  test('a password never leaves', () => {
    const text = writeOpml({
      title: '',
      date: 0,
      folders: [],
      feeds: [{ ...feed('https://me:secret@a.test/', null), title: 'A' }],
    })
    expect(text).not.toContain('secret')
  })

  test('no feed is lost to folders that contain each other or are not there', () => {
    const circle = [
      { id: 1, parentId: 2, title: 'one' },
      { id: 2, parentId: 1, title: 'two' },
    ]
    const text = writeOpml({
      title: '',
      date: 0,
      folders: circle,
      feeds: [feed('https://a.test/', 1), feed('https://b.test/', 9)],
    })
    expect(
      read(text)
        .entries.map(entry => entry.url)
        .sort(),
    ).toEqual(['https://a.test/', 'https://b.test/'])
  })

  test('any names survive a round trip, tidied', { timeout: 30_000 }, () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }), { minLength: 1, maxLength: 10 }),
        names => {
          const feeds = names.map((name, index) => feed(`https://${index}.test/`, null, name))
          const once = read(writeOpml({ title: '', date: 0, folders: [], feeds })).entries
          const twice = read(
            writeOpml({
              title: '',
              date: 0,
              folders: [],
              feeds: once.map(entry => feed(entry.url, null, entry.title)),
            }),
          ).entries
          expect(twice).toEqual(once)
          expect(once.length).toBe(names.length)
        },
      ),
    )
  })
})
