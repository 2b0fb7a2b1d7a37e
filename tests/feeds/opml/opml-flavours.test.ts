/** Lists as other readers, people and accidents write them. */
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { explain } from '../../../src-main/api/reasons.ts'
import type { FileKind } from '../../../src-main/api/reasons-file.ts'
import { type OpmlReading, readOpml } from '../../../src-main/feeds/opml/read.ts'

function read(input: string | Uint8Array): Extract<OpmlReading, { kind: 'read' }> {
  const reading = readOpml(input)
  if (reading.kind === 'failed') throw new Error(JSON.stringify(reading.failure))
  return reading
}

const list = (body: string) => `<?xml version="1.0"?><opml version="2.0"><head/><body>${body}</body></opml>`
const places = (body: string) => read(list(body)).entries.map(({ title, path }) => [...path, title].join('/'))
const feed = (name: string) => `<outline type="rss" text="${name}" xmlUrl="https://${name.toLowerCase()}.test/f"/>`

describe('folders', () => {
  test.each([
    ['that say they are feeds', `<outline type="rss" title="tech">${feed('A')}</outline>`, ['tech/A']],
    ['with an address that is empty', `<outline type="rss" text="tech" xmlUrl="">${feed('A')}</outline>`, ['tech/A']],
    ['with a type of their own', `<outline type="folder" text="tech">${feed('A')}</outline>`, ['tech/A']],
    ['with a site of their own', `<outline text="tech" htmlUrl="https://t.test/">${feed('A')}</outline>`, ['A']],
    [
      'that are feeds, too',
      `<outline type="rss" text="P" xmlUrl="https://p.test/f">${feed('A')}</outline>${feed('B')}`,
      ['P', 'P/A', 'B'],
    ],
    ['whose feeds nobody closed', `<outline text="P" xmlUrl="https://p.test/f">${feed('A')}`, ['P', 'A']],
    ['without a name', `<outline>${feed('A')}</outline>`, ['A']],
    ['in folders', `<outline text="a"><outline text="b">${feed('A')}</outline></outline>`, ['a/b/A']],
    ['named by a category', '<outline text="A" xmlUrl="https://a.test/f" category="/Tech/Linux"/>', ['Tech/Linux/A']],
    ['named among tags', '<outline text="A" xmlUrl="https://a.test/f" category="new,Tech/Linux"/>', ['Tech/Linux/A']],
    ['and no mere tags', '<outline text="A" xmlUrl="https://a.test/f" category="new,fun"/>', ['A']],
    ['that hold a feed once more', `${feed('A')}<outline text="tech">${feed('A')}</outline>`, ['tech/A']],
    [
      'two, that hold a feed',
      `<outline text="x">${feed('A')}</outline><outline text="y">${feed('A')}</outline>`,
      ['x/A'],
    ],
  ])('%s', (_name, body, found) => {
    expect(places(body)).toEqual(found)
    expect(read(list(body)).problems).toEqual([])
  })

  test('with nothing in them are kept; notes and episodes are none', () => {
    const body = `<outline text="Empty" title="Empty"></outline><outline type="folder" text="Typed"/>
      <outline text="a" title="a"><outline text="b" title="b"/></outline>
      <outline text="Buy milk"/><outline type="link" text="L" title="L" url="https://l.test/"/>
      <outline type="rss" text="P" xmlUrl="https://p.test/f"><outline type="podcast-episode" title="E" url="https://p.test/e"/></outline>`
    expect(read(list(body))).toMatchObject({ emptyFolders: [['Empty'], ['Typed'], ['a', 'b']], problems: [] })
    expect(places(body)).toEqual(['P'])
  })

  test('a feed that lost its address is told, not made a folder', () => {
    const { problems, emptyFolders } = read(
      list('<outline type="rss" text="A" htmlUrl="https://a.test/"/><outline type="rss" text="B" xmlUrl=""/>'),
    )
    expect(problems.map(({ title }) => title)).toEqual(['A', 'B'])
    expect(emptyFolders).toEqual([])
  })
})

test.each([
  ['AT&amp;amp;T', 'AT&T'],
  ['Caf&amp;eacute;', 'Café'],
  ['It&amp;#8217;s', 'It’s'],
  ['&lt;b&gt;Bold&lt;/b&gt; news', 'Bold news'],
  ['How to use &lt;canvas&gt;', 'How to use <canvas>'],
  ['R&D', 'R&D'],
  ['  two\n  lines ', 'two lines'],
])('the name %s is read as %s', (written, name) => {
  expect(read(list(`<outline text="${written}" xmlUrl="https://a.test/f"/>`)).entries[0]).toMatchObject({
    title: name,
    isNamed: true,
  })
})

test.each([
  ['', 'a.test'],
  ['https://a.test/f', 'a.test'],
  ['a.test/f', 'a.test'],
  ['www.a.test', 'a.test'],
  ['Untitled', 'a.test'],
  ['(no title)', 'a.test'],
])('"%s" is no name', (written, title) => {
  expect(read(list(`<outline text="${written}" xmlUrl="https://a.test/f"/>`)).entries[0]).toMatchObject({
    title,
    isNamed: false,
  })
})

test('the name the reader sees and the publisher’s are told apart', () => {
  const [entry] = read(list('<outline text="Mine" title="Theirs" xmlUrl="https://a.test/f" htmlUrl="a.test"/>')).entries
  expect(entry).toMatchObject({ title: 'Mine', publisherTitle: 'Theirs', siteUrl: 'http://a.test/' })
})

test.each([
  ['example.org/feed', 'http://example.org/feed'],
  ['//example.org/feed', 'http://example.org/feed'],
  ['feed://example.org/feed', 'http://example.org/feed'],
  ['feed:https://example.org/feed', 'https://example.org/feed'],
  ['feed/https://example.org/feed', 'https://example.org/feed'],
  ['itpc://example.org/feed', 'http://example.org/feed'],
  ['HTTPS://Example.org/Feed', 'https://example.org/Feed'],
  ['https:/example.org/feed', 'https://example.org/feed'],
  ['http://https://example.org/feed', 'https://example.org/feed'],
  [' https://example.org/feed\n', 'https://example.org/feed'],
  ['https://example.org/\n  feed', 'https://example.org/feed'],
  ['https://example.org/my feed', 'https://example.org/my%20feed'],
  ['https://example.org/?a=1&amp;amp;b=2', 'https://example.org/?a=1&b=2'],
  ['bücher.example/feed', 'http://xn--bcher-kva.example/feed'],
  ['localhost:8080/feed', 'http://localhost:8080/feed'],
])('the address %j is read as %s', (written, url) => {
  expect(read(list(`<outline type="rss" text="A" xmlUrl="${written}"/>`)).entries[0]?.url).toBe(url)
})

test.each([
  'mailto:me@a.test',
  'javascript:alert(1)',
  'word',
  'file:///etc/passwd',
  'data:text/html,x',
  'a b.test/f',
  'https://',
])('the address "%s" is none', written => {
  expect(read(list(`<outline type="rss" text="A" xmlUrl="${written}"/>`))).toMatchObject({
    entries: [],
    problems: [{ title: 'A' }],
  })
})

test.each(['xmlurl', 'XMLURL', 'xml-url', 'feedUrl', 'rssUrl', 'url'])('an address named %s is read', name => {
  expect(read(list(`<outline type="rss" text="A" ${name}="https://a.test/f"/>`)).entries).toHaveLength(1)
})

test('outlines outside the body, and without a root of OPML, are read', () => {
  expect(read(`<opml version="1.0"><head>${feed('A')}</head></opml>`).entries).toHaveLength(1)
  expect(read(`<root>${feed('A')}${feed('B')}</root>`).entries).toHaveLength(2)
})

describe('a list that ends in the middle', () => {
  const whole = list(`<outline text="x" title="x">${feed('A')}${feed('B')}</outline>${feed('C')}`)
  test('is said to, wherever it ends, with what is there', () => {
    for (let end = whole.indexOf('xmlUrl'); end < whole.length - '/body></opml>'.length; end++) {
      const reading = readOpml(whole.slice(0, end))
      if (reading.kind === 'read') expect(reading.isCutOff, whole.slice(end - 20, end)).toBe(true)
    }
    expect(read(whole.slice(0, whole.indexOf('text="C"'))).entries).toHaveLength(2)
  })

  test.each([
    ['whole', whole],
    ['with white space at its end', `${whole}\n\n`],
    ['with tags nobody closed', list(`<outline text="x"><outline text="A" xmlUrl="https://a.test/f">`)],
    ['without its last tag', whole.replace('</opml>', '')],
    ['without any root', feed('A')],
  ])('and one %s is not', (_name, text) => {
    expect(read(text).isCutOff).toBe(false)
  })
})

test('addresses line by line are a list, with what Newsboat writes beside them', () => {
  const text = `# mine\nhttps://a.test/f\n\nhttps://b.test/f "News" "~My B"\nhttps://a.test/f\n"query:unread:unread = \\"yes\\""\n`
  const { entries, problems } = read(Buffer.from(text))
  expect(entries.map(({ url, title, path, isNamed }) => ({ url, title, path, isNamed }))).toEqual([
    { url: 'https://a.test/f', title: 'a.test', path: [], isNamed: false },
    { url: 'https://b.test/f', title: 'My B', path: ['News'], isNamed: true },
  ])
  expect(problems).toHaveLength(1)
})

const bytes = (text: string) => Buffer.from(text, 'latin1')
test.each<[FileKind, string, Uint8Array]>([
  ['picture', 'picture', bytes('\x89PNG\r\n\x1a\n\0\0\0\rIHDR')],
  ['picture', 'picture', bytes('\xff\xd8\xff\xe0\0\x10JFIF')],
  ['picture', 'picture', bytes('GIF89a\x01\0\x01\0')],
  ['picture', 'picture', bytes('RIFF\0\0\0\0WEBPVP8 ')],
  ['picture', 'picture', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
  ['pdf', 'PDF', bytes('%PDF-1.7\n%\xe2\xe3')],
  ['archive', 'compressed', gzipSync('<opml/>')],
  ['zip', 'ZIP', bytes('PK\x03\x04\x14\0')],
  ['database', 'database', bytes('SQLite format 3\0\x10\0')],
  ['media', 'recording', bytes('ID3\x04\0\0')],
  ['media', 'recording', bytes('\0\0\0\x20ftypisom')],
  ['program', 'program', bytes('MZ\x90\0\x03\0')],
  ['document', 'word processor', bytes('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')],
  ['binary', 'no text', bytes('\x01\x02\0\x03\xfe')],
  ['empty', 'empty', Buffer.from('')],
  ['empty', 'empty', Buffer.from('\ufeff \n\t\n')],
  ['web-page', 'web page', Buffer.from('\n<!-- saved -->\n<!DOCTYPE html><html><p>Sign in')],
  [
    'bookmarks',
    'bookmarks',
    Buffer.from('<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><DT><A HREF="http://a.test/">x</A></DL>'),
  ],
  ['json', 'JSON', Buffer.from('{"subscriptions": []}')],
  ['feed', 'a feed', Buffer.from('{"version": "https://jsonfeed.org/version/1.1", "items": []}')],
  ['feed', 'a feed', Buffer.from('<?xml version="1.0"?><rss version="2.0"><channel><title>x</title></channel></rss>')],
  ['feed', 'a feed', Buffer.from('<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"/>')],
  ['feed', 'a feed', Buffer.from('<rdf:RDF xmlns:rdf="x"/>')],
  ['xml', 'XML', Buffer.from('<?xml version="1.0"?><project><target/></project>')],
  ['plist', 'settings', Buffer.from('<?xml version="1.0"?><!DOCTYPE plist><plist version="1.0"/>')],
  ['text', 'a text', Buffer.from('Dear diary,\nhttps://a.test/f\n')],
])('a file that is %s is called so (%s)', (found, word, file) => {
  const reading = readOpml(file)
  expect(reading).toEqual({ kind: 'failed', failure: { reason: 'not-a-list', found } })
  if (reading.kind === 'failed') expect(explain(reading.failure).what).toContain(word)
})

test.each([
  [
    'the encoding it names',
    bytes(
      '<?xml version="1.0" encoding="ISO-8859-2"?><opml><outline text="\xbelu\xbb" xmlUrl="https://a.test/f"/></opml>',
    ),
  ],
  [
    'UTF-8 that names UTF-16',
    Buffer.from(list('<outline text="žluť" xmlUrl="https://a.test/f"/>').replace('?>', ' encoding="utf-16"?>')),
  ],
  [
    'UTF-8 that names nothing known',
    Buffer.from(list('<outline text="žluť" xmlUrl="https://a.test/f"/>').replace('?>', ' encoding="klingon"?>')),
  ],
  ['UTF-8 with a mark', Buffer.from(`\ufeff${list('<outline text="žluť" xmlUrl="https://a.test/f"/>')}`)],
  [
    'UTF-16, big end first',
    Buffer.from(`\ufeff${list('<outline text="žluť" xmlUrl="https://a.test/f"/>')}`, 'utf16le').swap16(),
  ],
  ['UTF-16 without a mark', Buffer.from(list('<outline text="žluť" xmlUrl="https://a.test/f"/>'), 'utf16le')],
  [
    'UTF-8 after much white space',
    Buffer.from(`${' '.repeat(6_000)}${list('<outline text="žluť" xmlUrl="https://a.test/f"/>')}`),
  ],
])('a list in %s is read', (_name, file) => {
  expect(read(file).entries[0]?.title).toBe('žluť')
})
