/** Articles saved as files: what is in them, and that nothing in them asks the web for anything. */
import { unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import type { ArticleFormat } from '../../src-main/api/model.ts'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import { addFeed, makeArticle, someNoon } from '../support/articles.ts'
import { makeEngine, type TestEngine } from '../support/engine.ts'
import { filesIn, openEpub } from '../support/epub.ts'
import { colourOf, plainPng } from '../support/pictures.ts'
import { bytesOf } from '../support/resources.ts'
import { elementsIn } from '../support/xml.ts'

const harbour = 'https://gazette.example/harbour.png'
const gone = 'https://gazette.example/gone.png'
const png = plainPng(64, 36, colourOf('harbour'))

/** The Gazette on a server that has one of two pictures; its article's id. */
function library({
  html,
  language = 'en',
}: {
  html: string
  language?: string
}): TestEngine & { id: number; asked: string[] } {
  const asked: string[] = []
  const engine = makeEngine({
    intake: {
      media: async ({ url }) => {
        asked.push(url)
        const status = url === harbour ? 200 : 404
        return { status, type: 'image/png', maxAgeSeconds: 0, bytes: status === 200 ? png : new Uint8Array() }
      },
    },
  })
  const feed = addFeed(engine.db, 'https://gazette.example/feed')
  engine.db.prepare('UPDATE feeds SET language = ? WHERE id = ?').run(language, feed)
  const article = makeArticle({
    title: 'Tides & <moons>: a "guide"',
    author: 'Mara Holt',
    url: 'https://gazette.example/tides?a=1&b=2',
    html,
    media: [harbour, gone],
    categories: ['#sea', 'Sea', 'true', 'Uncategorized'],
    publishedAt: someNoon,
  })
  const { newIds } = storeArticles(engine.db, feed, [article], someNoon)
  return Object.assign(engine, { id: newIds[0]!, asked })
}

async function saved(engine: TestEngine & { id: number }, format: ArticleFormat) {
  const made = await engine.connect().exportArticle({ articleId: engine.id, format })
  const resource = await engine.resource(made.path)
  const bytes = bytesOf(resource)
  expect(bytes.length).toBe(made.bytes)
  return { ...made, type: resource.type, bytes, text: new TextDecoder().decode(bytes) }
}

const story = `<p>By the <a href="https://elsewhere.example/?q=a&amp;b" rel="noopener" target="_blank">sea</a> &amp; sky.</p>
<figure><img src="${harbour}" alt="The harbour" loading="lazy"><figcaption>At dawn</figcaption></figure>
<p><img src="${gone}" alt="A boat"></p><video src="https://gazette.example/film.mp4" controls></video>`

test('a web page has its pictures in it, and its own policy forbids asking for any other', async () => {
  await using engine = library({ html: story })
  const { text, name, type, missingPictures } = await saved(engine, 'html')
  expect({ name, type, missingPictures }).toEqual({
    name: 'tides-moons-a-guide.html',
    type: 'text/html; charset=utf-8',
    missingPictures: 1,
  })
  expect(text).toContain(`<img src="data:image/png;base64,${Buffer.from(png).toString('base64')}" alt="The harbour">`)
  expect(text).toContain('<i>A boat</i>')
  expect(text).toMatch(
    /default-src 'none'; style-src 'sha256-[^']+'; img-src data:; base-uri 'none'; form-action 'none'/,
  )
  // Nothing is loaded from elsewhere; links are the reader's to follow.
  expect(
    text.match(/(?:src|poster|srcset|data)="(?!data:)[^"]*"|url\(|@import|<(?:script|iframe|object|video)/g),
  ).toBeNull()
  expect(text).toContain('<h1 dir="auto">Tides &amp; &lt;moons&gt;: a &quot;guide&quot;</h1>')
})

test('a page on paper has its source and title above each page but the first, as text that ends neither string nor style', async () => {
  await using engine = library({ html: '<p>Words</p>' })
  const { text } = await saved(engine, 'html')
  const [, style = ''] = /<style>([\s\S]*)<\/style>/.exec(text) ?? []
  expect(style).toContain("@top-left { content: 'The Gazette';")
  expect(style).toContain(String.raw`@top-right { content: 'Tides \26  \3c moons\3e \3a  a \22 guide\22 ';`)
  expect(style).toContain("@bottom-center { content: counter(page) ' / ' counter(pages);")
  expect(style).toMatch(/@page :first \{ @top-left \{ content: none \}/)
  expect(style).not.toContain('<')
})

test('Markdown begins with what is known of the article, in YAML, and links to its pictures', async () => {
  await using engine = library({
    html: `${story}<ul><li>one</li><li>two<ol><li>deep</li></ol></li></ul><pre>a\n b</pre>`,
  })
  const { text, name, type } = await saved(engine, 'markdown')
  expect({ name, type }).toEqual({ name: 'tides-moons-a-guide.md', type: 'text/markdown; charset=utf-8' })
  expect(engine.asked).toEqual([])
  expect(text).toBe(`---
title: "Tides & <moons>: a \\"guide\\""
source: "The Gazette"
author: "Mara Holt"
date: "${new Date(someNoon).toISOString()}"
link: "https://gazette.example/tides?a=1&b=2"
language: "en"
tags: ["Sea","true"]
---

# Tides & \\<moons\\>: a "guide"

By the [sea](https://elsewhere.example/?q=a&b) & sky.

![The harbour](${harbour})

At dawn

![A boat](${gone})

[https://gazette.example/film.mp4](https://gazette.example/film.mp4)

- one
- two
  1. deep

\`\`\`
a
 b
\`\`\`
`)
})

test.each([
  [
    'words that would begin something',
    '<p>1. no list</p><p>- none</p><p># no heading</p><p>a*b_c [d] `e`</p>',
    '1\\. no list\n\n\\- none\n\n\\# no heading\n\na\\*b\\_c \\[d\\] \\`e\\`',
  ],
  [
    'emphasis next to punctuation',
    '<p>これは<b>「重要」</b>です, <b>so</b></p>',
    'これは<strong>「重要」</strong>です, **so**',
  ],
  ['code with backticks', '<p><code>a`b</code></p>', '``a`b``'],
  ['a quotation', '<blockquote><p>one</p><p>two</p></blockquote>', '> one\n>\n> two'],
  [
    'a table',
    '<table><tr><th>A</th><th>B</th></tr><tr><td>1|2</td><td><p>3</p><p>4</p></td></tr></table>',
    '| A | B |\n| --- | --- |\n| 1\\|2 | 3<br>4 |',
  ],
  ['lines', '<p>one<br>two</p>', 'one\\\ntwo'],
])('Markdown: %s', async (_, html, markdown) => {
  await using engine = library({ html })
  const { text } = await saved(engine, 'markdown')
  expect(text.slice(text.indexOf('\n\n', text.indexOf('\n# ')) + 2)).toBe(`${markdown}\n`)
})

test('an EPUB begins with its type, and everything in it is named by its package and well-formed', async () => {
  await using engine = library({ html: story, language: 'ar' })
  const { bytes, name, type, missingPictures } = await saved(engine, 'epub')
  expect({ name, type, missingPictures }).toEqual({
    name: 'tides-moons-a-guide.epub',
    type: 'application/epub+zip',
    missingPictures: 1,
  })
  const { files, opf } = openEpub(bytes)
  const spine = opf.find(element => element.name === 'spine')
  expect(spine?.attributes['page-progression-direction']).toBe('rtl')
  const words = (wanted: string) => opf.filter(element => element.name === wanted).map(element => element.text)
  expect({
    title: words('dc:title'),
    by: words('dc:creator'),
    from: words('dc:source'),
    in: words('dc:language'),
  }).toEqual({
    title: ['Tides & <moons>: a "guide"'],
    by: ['Mara Holt'],
    from: ['https://gazette.example/tides?a=1&b=2'],
    in: ['ar'],
  })
  const chapter = elementsIn(files['EPUB/article-1.xhtml']!)
  expect(chapter.filter(element => element.name === 'img').map(element => element.attributes)).toEqual([
    { src: 'pictures/1.png', alt: 'The harbour' },
  ])
  expect(Buffer.from(files['EPUB/pictures/1.png']!, 'latin1').equals(Buffer.from(png))).toBe(true)
})

test('what breaks the rules of HTML becomes what an EPUB may hold, and no word is lost', async () => {
  const html = `<b>bold<ul><li>item</li>loose</ul></b><h2>Head<ul><li>listed</li></ul></h2><dl><dd>lone</dd></dl>
    <table><tr><td>cell<h4>in it</h4></td></tr>stray</table><figcaption>caption</figcaption><p><bdo>forced</bdo><time datetime="soon">when</time></p>
    <a href="https://a.example/">outer<a href="https://b.example/">inner</a></a><math><mfrac><mi>x</mi></mfrac></math>control&#11;s`
  await using engine = library({ html })
  const { bytes } = await saved(engine, 'epub')
  const elements = elementsIn(filesIn(bytes)['EPUB/article-1.xhtml']!)
  const within = (parent: string) => elements.filter(element => element.parent === parent).map(element => element.name)
  expect({ ul: within('ul'), h2: within('h2'), tr: within('tr'), mfrac: within('mfrac') }).toEqual({
    ul: ['li', 'li'],
    h2: ['br', 'br'],
    tr: ['td'],
    mfrac: [],
  })
  const links = elements.filter(element => element.name === 'a' && element.attributes.href !== undefined)
  expect(links.map(({ parent }) => parent)).not.toContain('a')
  expect(links.map(({ attributes }) => attributes.href)).toContain('https://a.example/')
  const text = elements.find(element => element.name === 'body')?.text ?? ''
  for (const word of [
    'bold',
    'item',
    'loose',
    'Head',
    'listed',
    'lone',
    'cell',
    'in it',
    'stray',
    'caption',
    'forced',
    'when',
    'outer',
    'inner',
    'controls',
  ])
    expect(text).toContain(word)
})

test('pictures that the reader has not loaded are not asked for', async () => {
  await using engine = library({ html: story })
  const client = engine.connect()
  await client.changeSettings({ pictures: 'never' })
  await client.exportArticle({ articleId: engine.id, format: 'epub', loadsPictures: true })
  await client.changeSettings({ pictures: 'ask' })
  await client.exportArticle({ articleId: engine.id, format: 'html' })
  expect(engine.asked).toEqual([])
  await client.exportArticle({ articleId: engine.id, format: 'html', loadsPictures: true })
  expect(engine.asked).toEqual([harbour, gone])
})

test('formulas leave as MathML, and as TeX where words are all there is', async () => {
  const html = String.raw`<p>So $x_1 * y_1 &lt; \binom nk$, for $5 to $10.</p><p>\begin{align}a_1 &amp;= b\end{align}</p>`
  const engine = library({ html })
  const page = (await saved(engine, 'html')).text
  expect(page).toMatch(/<p>So <math><semantics>.*linethickness="0px".*<\/math>, for \$5 to \$10\.<\/p>/)
  expect(page).toContain('<span class="formula"><math display="block">')
  expect((await saved(engine, 'markdown')).text).toContain(String.raw`So $x_1 * y_1 < \binom nk$, for $5 to $10.`)
  const book = await saved(engine, 'epub')
  const files = Object.entries(unzipSync(book.bytes)).map(
    ([name, bytes]) => `${name}\n${new TextDecoder().decode(bytes)}`,
  )
  expect(files.find(file => file.includes('<math'))).toMatch(
    /<math xmlns="[^"]*MathML">.*linethickness="0px".*columnalign="right"/s,
  )
  expect(files.find(file => file.includes('<package'))).toContain('properties="mathml"')
})
