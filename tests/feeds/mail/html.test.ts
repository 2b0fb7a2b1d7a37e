/** What is left of the HTML that mail programs write, and what of it an article has no use for. */
import { describe, expect, test } from 'vitest'
import { htmlOf, mailPool, readMail } from '../../support/mail.ts'

const pool = mailPool()

const read = (html: string, ...headers: string[]) =>
  readMail(
    pool,
    new Uint8Array(
      Buffer.from(
        [
          'From: a@b.example',
          'Subject: Green tea',
          ...headers,
          'Content-Type: text/html; charset=utf-8',
          '',
          html,
        ].join('\r\n'),
      ),
    ),
  )
const shown = async (html: string) => htmlOf(await read(html)).replace(/\n/g, '')
const image = (address: string) => `<img src="${address}" loading="lazy" referrerpolicy="no-referrer" />`

describe('tables', () => {
  test.each([
    [
      'of one column are blocks',
      '<table><tr><td>one</td></tr><tr><td><p>two</p></td></tr></table>',
      '<div>one</div><p>two</p>',
    ],
    [
      'within each other are none',
      '<table><tr><td><table><tr><td><table><tr><td>deep</td></tr></table></td></tr></table></td></tr></table>',
      '<div>deep</div>',
    ],
    [
      'of two columns in one row are two blocks',
      '<table><tr><td><p>a</p></td><td><p>b</p></td></tr></table>',
      '<p>a</p><p>b</p>',
    ],
    ['of short links in one row are a line', '<table><tr><td>Mon</td><td>Tue</td></tr></table>', '<div>Mon Tue</div>'],
    [
      'of data stay',
      '<table><tr><td>a</td><td>1</td></tr><tr><td>b</td><td>2</td></tr></table>',
      '<table><tr><td>a</td><td>1</td></tr><tr><td>b</td><td>2</td></tr></table>',
    ],
    [
      'with names of columns stay, if there is only one',
      '<table><thead><tr><th>H</th></tr></thead><tbody><tr><td>c</td></tr></tbody></table>',
      '<table><thead><tr><th>H</th></tr></thead><tbody><tr><td>c</td></tr></tbody></table>',
    ],
    [
      'that say they are for layout are, but with long cells',
      '<table role="presentation"><tr><td><p>a</p></td><td><p>b</p></td></tr><tr><td><p>c</p></td><td><p>d</p></td></tr></table>',
      '<p>a</p><p>b</p><p>c</p><p>d</p>',
    ],
    [
      'of data that say they are for layout stay',
      `<table role="presentation">${'<tr><td>a</td><td>1</td></tr>'.repeat(3)}</table>`,
      `<table>${'<tr><td>a</td><td>1</td></tr>'.repeat(3)}</table>`,
    ],
    [
      'keep how their cells are read',
      '<table><tr><td dir="rtl" lang="ar">x</td></tr></table>',
      '<div dir="rtl" lang="ar">x</div>',
    ],
    [
      'that show nothing are gone',
      '<p>a</p><table><tr><td>&nbsp;</td><td>&zwnj;</td></tr></table><p>b</p>',
      '<p>a</p><p>b</p>',
    ],
  ])('%s', async (_, html, wanted) => {
    expect(await shown(html)).toBe(wanted)
  })
})

describe('what is hidden', () => {
  test.each([
    [
      'a picture in a cell that closes the gap below it',
      '<td style="font-size:0;line-height:0"><img src="https://a.example/a.jpg"></td>',
    ],
    [
      'a picture with round corners',
      '<div style="line-height:0;overflow:hidden"><img src="https://a.example/a.jpg"></div>',
    ],
    ['a column in a row without gaps', '<div style="font-size:0"><img src="https://a.example/a.jpg"></div>'],
    ['what one program must not show', '<div style="mso-hide:all"><img src="https://a.example/a.jpg"></div>'],
    [
      'what is hidden on paper',
      '<style>@media print{.a{display:none}}</style><div class="a"><img src="https://a.example/a.jpg"></div>',
    ],
  ])('%s is not', async (_, html) => {
    expect(await shown(`<table><tr>${html}</tr></table>`)).toContain(image('https://a.example/a.jpg'))
  })

  test('is in neither text nor summary, and its pictures are not asked for', async () => {
    const { article } = await read(
      '<div style="display:none">peek<img src="https://a.example/a.jpg"></div><div style="font-size:1px;line-height:1px">peek</div><p>Tea is hot.</p>',
    )
    expect(article).toMatchObject({ summary: 'Tea is hot.', text: 'Tea is hot.', media: [] })
  })
})

test('what is all hidden is shown, as in a feed', async () => {
  const { article } = await read('<style>.a{display:none}</style><div class="a"><p>All of it.</p></div>')
  expect(article.text).toBe('All of it.')
})

describe('pictures', () => {
  test('have one address, whatever else their tags name', async () => {
    const html = await shown(
      '<img src="https://a.example/a.jpg" srcset="https://t.example/1 2x" data-src="https://t.example/2" width="300">',
    )
    expect(html).toContain('src="https://a.example/a.jpg"')
    expect(html).not.toContain('t.example')
  })

  test('that count readers are not asked for, also where a script would bring another one', async () => {
    const html = await shown(
      '<p>x</p><img width="1" height="1" src="https://t.example/a.gif" data-src="https://t.example/b.gif">',
    )
    expect(html).toBe('<p>x</p>')
  })

  test('lie at addresses of any kind, and those for counting at some', async () => {
    const html = await shown(
      '<img src="https://a.example/o/2026-photograph.jpg"><img src="https://a.example/o/MjAyNi0xMS0yNw"><img src="https://a.example/i/spacer.png">',
    )
    expect(html).toBe(image('https://a.example/o/2026-photograph.jpg'))
  })

  test('of the own network are not asked for', async () => {
    expect(await shown('<p>x</p><img src="http://192.168.1.1/a.png"><img src="http://localhost/a.png">')).toBe(
      '<p>x</p>',
    )
  })
})

test('a link without a host leads nowhere, and one within the article does', async () => {
  const html = await shown('<p><a href="/u/1">one</a> <a href="#n">two</a></p><p id="n">note</p>')
  expect(html).toMatch(/^<p>one <a href="#article-1">two<\/a><\/p><p id="article-1">note<\/p>$/)
})

test('a relative link leads to the site of the page that shows the message', async () => {
  const html = htmlOf(await read('<p><a href="/u/1">one</a></p>', 'Archived-At: <https://weekly.example/a/1>'))
  expect(html).toContain('href="https://weekly.example/u/1"')
})

describe('the page of the message', () => {
  const url = async (html: string, ...headers: string[]) => (await read(html, ...headers)).article.url
  test.each([
    [
      'is the one that the list names',
      '<a href="https://a.example/v">View in browser</a>',
      ['Archived-At: <https://l.example/1>'],
      'https://l.example/1',
    ],
    [
      'is the one that the text names',
      '<a href="https://a.example/v">View in browser</a>',
      ['List-Archive: <https://l.example/12>'],
      'https://a.example/v',
    ],
    [
      'is the one that a link with its title leads to',
      '<h1><a href="https://a.example/p">Green tea</a></h1>',
      [],
      'https://a.example/p',
    ],
    [
      'is the one of its number in the archive',
      '<p>x</p>',
      ['List-Archive: <https://l.example/t/tea/12>'],
      'https://l.example/t/tea/12',
    ],
    ['is not the archive of all messages', '<p>x</p>', ['List-Archive: <https://l.example/pipermail/tea/>'], null],
    [
      'is never a script',
      '<a href="javascript:alert(1)">View in browser</a>',
      ['Archived-At: <javascript:alert(1)>'],
      null,
    ],
    [
      'has no password in its address',
      '<a href="https://a:b@a.example/v">View in browser</a>',
      [],
      'https://a.example/v',
    ],
    [
      'does not tell how it was found',
      '<a href="https://a.example/v?utm_source=mail&id=1">View in browser</a>',
      [],
      'https://a.example/v?id=1',
    ],
  ])('%s', async (_, html, headers, wanted) => {
    expect(await url(html, ...headers)).toBe(wanted)
  })

  test('is named in the text no more, where nothing but the sentence about it goes', async () => {
    const line = '<p>Can’t see this? <a href="https://a.example/v">View it in your browser</a>.</p>'
    const row = '<table><tr><td>By Ann</td><td><a href="https://a.example/v">View online</a></td></tr></table>'
    expect(await shown(`${line}<h1>Tea</h1>`)).toBe('<h1>Tea</h1>')
    expect(await shown(`${row}<h1>Tea</h1>`)).toBe('<div>By Ann</div><h1>Tea</h1>')
  })
})

describe('the identity of a message', () => {
  const guid = async (html: string, ...headers: string[]) => (await read(html, ...headers)).article.guid

  test('is its Message-ID', async () => {
    expect(await guid('<p>x</p>', 'Message-ID: <1@b.example>')).toBe('mid:1@b.example')
  })

  test('without one follows from what was sent, and from all of it', async () => {
    const all = await Promise.all([
      guid('<p>x</p>', 'Received: from one'),
      guid('<p>x</p>', 'Received: from another'),
      guid('<p>y</p>'),
      guid('<p>x</p>', 'Date: Fri, 27 Nov 2026 09:00:00 +0100'),
    ])
    expect(all[0]).toMatch(/^mail:[\w-]{32}$/)
    expect(all[1]).toBe(all[0])
    expect(new Set(all).size).toBe(3)
  })
})
