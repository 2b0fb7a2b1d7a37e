import { expect, test } from 'vitest'
import { tasks } from '../../../src-main/workers/tasks.ts'

const sentence = 'The river rose through the night, and by the morning it stood in the lower streets of the town. '
const article = `<article><h1>Flood</h1><p>${sentence.repeat(8)}</p><p>${sentence.repeat(8)}</p></article>`
const start = `<article><h1>Flood</h1><p>${sentence.repeat(3)}</p></article>`

type Given = { url?: string; asked?: string; feedText?: string }

function read(html: string, { url = 'https://paper.example/news/flood', ...expected }: Given = {}) {
  const bytes = new TextEncoder().encode(html)
  return tasks.extractPage({ bytes, url, contentType: 'text/html; charset=utf-8', ...expected })
}

async function found(html: string, given?: Given): Promise<string> {
  const answer = await read(html, given)
  if (answer.ok) return 'article'
  return answer.failure.reason === 'no-article' ? answer.failure.found : answer.failure.reason
}

const schema = (data: object) =>
  `<script type="application/ld+json">${JSON.stringify({ '@context': 'https://schema.org', ...data })}</script>`
const paid = { '@type': 'NewsArticle', isAccessibleForFree: false }
const page = (body: string, head = '<title>Flood</title>') =>
  `<html lang="en"><head>${head}</head><body>${body}</body></html>`

test.each([
  ['by schema.org, with the beginning only', page(start, schema(paid))],
  [
    'in a graph, and as a word',
    page(start, schema({ '@graph': [{ '@type': ['Article'], isAccessibleForFree: 'False' }] })),
  ],
  [
    'with half of the words that it counts',
    page(article + article.slice(0, 200), schema({ ...paid, wordCount: 2_000 })),
  ],
  [
    'by Open Graph',
    page(start, '<meta property="og:type" content="article"><meta property="article:content_tier" content="locked">'),
  ],
  [
    'by what stands where the text ends',
    page(`${start}<p>Subscribe to continue reading.</p><p>Already a subscriber? Log in.</p>`),
  ],
  ['by an element that is called so', page(`${start}<div class="article-paywall">Nur für Abonnenten</div>`)],
])('a page for subscribers is recognised %s', async (_, html) => {
  expect(await found(html)).toBe('paywall')
})

test.each([
  [
    'has all of the text for subscribers',
    page(
      `<article><p>${sentence.repeat(5)}</p><div class="paid"><p>The town ${sentence.repeat(6)}</p></div></article>`,
      schema({ ...paid, hasPart: { isAccessibleForFree: false, cssSelector: '.paid' } }),
    ),
  ],
  [
    'is free by schema.org, with an offer below',
    page(
      `${start}<div class="paywall">Subscribe to read more such articles</div>`,
      schema({ '@type': 'Article', isAccessibleForFree: true }),
    ),
  ],
  [
    'has an offer that no script shows',
    page(`${start}<div class="paywall" hidden>Subscribe to continue reading</div>`),
  ],
  ['is about paywalls', page(`<article><h1>Subscribe to continue reading</h1><p>${sentence.repeat(20)}</p></article>`)],
  ['has a form for members beside it', page(`${start}<form><input type="password"></form>`)],
  ['is about a missing page', page(article, '<title>404 - how a page becomes lost</title>')],
  [
    'has a cookie banner',
    page(
      `${article}<script src="https://cdn.cookielaw.org/x.js"></script><div>We and our partners use cookies. Consent?</div>`,
    ),
  ],
  [
    'is on a site with a wall against robots',
    page(`${article}<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>`),
  ],
  [
    'is short, and on such a site',
    page(`${start}<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>`),
  ],
])('an article that %s is an article', async (_, html) => {
  expect(await found(html)).toBe('article')
})

test.each([
  [
    'a form for a name and a password',
    'log-in',
    page(
      '<h1>Sign in</h1><form><input name="user"><input type="password"><p>Forgot your password? We will send you another one.</p></form>',
    ),
  ],
  [
    'a question about cookies',
    'consent',
    page(
      `<div id="sp_message_container"></div><script src="https://cdn.privacy-mgmt.com/x.js"></script><h1>Before you go on</h1><p>We and our 812 partners store cookies on your device. ${'Your consent is asked for advertising. '.repeat(6)}</p>`,
    ),
  ],
  [
    'a wall against robots',
    'bot-wall',
    page(
      '<h1>paper.example</h1><p>Checking your browser.</p><script>window._cf_chl_opt={}</script>',
      '<title>Just a moment...</title>',
    ),
  ],
  [
    'a page that says it is not there',
    'error-page',
    page(`<h1>Page not found</h1><p>${'What you looked for has moved, or was never here. '.repeat(6)}</p>`),
  ],
  [
    'the same in German',
    'error-page',
    page('<p>Bitte prüfen Sie die Adresse.</p>', '<title>Seite nicht gefunden | Die Zeitung</title>'),
  ],
  ['a number and a name', 'error-page', page('<p>Try the search.</p>', '<title>404 | The Paper</title>')],
  ['a page that a script would fill', 'not-an-article', page('<div id="root"></div><script>x</script>')],
  [
    'a list of links',
    'not-an-article',
    page(
      `<main>${'<p><a href="/x">The river rose through the night, and the town was under water</a></p>'.repeat(12)}</main>`,
    ),
  ],
])('%s is told as %s', async (_, kind, html) => {
  expect(await found(html)).toBe(kind)
})

test('pages that are reached by a redirect are told by their address', async () => {
  const asked = 'https://paper.example/news/flood'
  const form = page(`<p>${sentence}</p><form><input type="email"></form>`)
  expect(await found(form, { url: 'https://id.paper.example/login?next=flood', asked })).toBe('log-in')
  expect(await found(form, { url: 'https://consent.paper.example/?url=flood', asked })).toBe('consent')
  expect(await found(page(article), { url: 'https://paper.example/', asked })).toBe('error-page')
  expect(await found(page(article), { url: 'https://paper.example/', asked: 'https://paper.example/' })).toBe('article')
})

test('a page with less of the article than the feed gave says so', async () => {
  expect(await found(page(article), { feedText: sentence.repeat(40) })).toBe('less-than-feed')
  expect(await found(page(article), { feedText: sentence.repeat(12) })).toBe('article')
  const first = page(`${article}<a href="?page=2">2</a>`)
  expect(await found(first, { feedText: sentence.repeat(40) })).toBe('article')
})

test('where Readability takes another text for the article, the words of the feed tell which is right', async () => {
  const closed = 'Nobody was hurt, and schools stay closed.'
  const soup = 'Our cooks have tried seven kinds of soup for you, and each was better than the one before. '
  const html = page(
    `<article><h1>Flood</h1><p>${sentence.repeat(2)}</p><p>${closed}</p></article><div class="story"><div><p>${soup.repeat(12)}</p></div></div>`,
  )
  const known = await read(html, { feedText: `${sentence.repeat(2)}${closed}` })
  expect(known.ok && known.text).toContain(closed)
  expect(known.ok && known.text).not.toContain('soup')
  const unknown = await read(html)
  expect(unknown.ok && unknown.text).toContain('soup')
})

test('a picture that a script loads is there once, by its real address, whichever way the page keeps it', async () => {
  const lazy = [
    '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" data-src="/a.jpg">',
    '<img class="lazy" data-srcset="/b-400.jpg 400w, /b-1200.jpg 1200w">',
    '<img class="lazy" data-src="/c.jpg"><noscript><img src="/c.jpg"></noscript>',
    '<picture><source data-srcset="/d.jpg 1x"><img src="/blank.gif"></picture>',
  ]
  const html = page(
    `<article><h1>Flood</h1>${lazy.map(img => `<p>${sentence.repeat(3)}</p>${img}`).join('')}</article>`,
  )
  const answer = await read(html)
  const names = answer.ok ? answer.media.map(address => new URL(address).pathname) : []
  expect(names).toEqual(['/a.jpg', '/b-1200.jpg', '/c.jpg', '/d.jpg'])
})
