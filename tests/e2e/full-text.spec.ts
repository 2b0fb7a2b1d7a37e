/** Full text: fetched from the article's page, shown instead of the feed's and back, and what becomes of pages that misbehave. */
import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { checkPage } from '../support/axe.ts'
import { expect, reopen, test } from '../support/e2e.ts'
import type { FeedServer } from '../support/feed-server.ts'
import type { ReaderWindow } from '../support/window.ts'

const sentence = 'The lamp of the lighthouse was lit again last night, after eleven years of darkness. '
const page = (word = 'lighthouse') =>
  `<!doctype html><title>Lamp lit</title><article><h1>Lamp lit</h1>${`<p>${sentence.replace('lighthouse', word).repeat(6)}</p>`.repeat(5)}</article>`

const sendPage = (response: ServerResponse, body = page(), type = 'text/html; charset=utf-8') =>
  void response.writeHead(200, { 'content-type': type }).end(body)

/** Follows a feed of teasers, one for each path, and opens the first. */
async function follow(reader: ReaderWindow, feeds: FeedServer, ...paths: string[]): Promise<void> {
  const items = paths.map((path, index) => {
    const at = new Date(Date.UTC(2026, 2, 12, 12 - index)).toUTCString()
    const text = `<p>The lamp was lit again in ${path.slice(1)}, and the harbour came to see it […]</p>`
    return `<item><guid isPermaLink="false">${path}</guid><title>${path.slice(1)}</title><link>${feeds.url}${path}</link><pubDate>${at}</pubDate><description><![CDATA[${text}]]></description></item>`
  })
  feeds.answer('/coast.xml', (_, response) => {
    const body = `<rss version="2.0"><channel><title>Coast</title>${items.join('')}</channel></rss>`
    response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(body)
  })
  await reader.follow(`${feeds.url}/coast.xml`, 'Coast')
  await reader.read(paths[0]!.slice(1))
}

const given = 'and the harbour came to see it'
const full = 'after eleven years of darkness'
const note = (reader: ReaderWindow) => reader.page.locator('#article-pane')
const asked = (feeds: FeedServer, path: string) => feeds.requests.filter(request => request.path === path).length

test('‘Read more’ below a teaser brings the full text; f switches back and forth, and asks nobody', async ({
  reader,
  feeds,
}) => {
  feeds.answer('/lamp', (_, response) => sendPage(response))
  await follow(reader, feeds, '/lamp')
  await expect(reader.text.locator('body')).toContainText(given)
  await note(reader).getByRole('button', { name: 'Read more' }).click()
  await expect(reader.text.locator('body')).toContainText(full)
  await reader.page.keyboard.press('f')
  await expect(reader.text.locator('body')).toContainText(given)
  await reader.page.keyboard.press('f')
  await expect(reader.text.locator('body')).toContainText(full)
  expect(asked(feeds, '/lamp')).toBe(1)
  await checkPage(reader.page, 'an article with its full text')
})

test('the article keeps which text was read, and has both without a network', async ({ reader, feeds, app }) => {
  feeds.answer('/lamp', (_, response) => sendPage(response))
  await follow(reader, feeds, '/lamp', '/mast')
  await reader.page.keyboard.press('f')
  await expect(reader.text.locator('body')).toContainText(full)
  await feeds.close()
  await reader.read('mast')
  await expect(reader.text.locator('body')).toContainText('mast')
  await reader.read('lamp')
  await expect(reader.text.locator('body')).toContainText(full)
  await reopen(reader, app)
  await expect(reader.text.locator('body')).toContainText(full)
  await note(reader).getByRole('button', { name: 'Show the feed’s text' }).click()
  await expect(reader.text.locator('body')).toContainText(given)
  await reopen(reader, app)
  await expect(reader.text.locator('body')).toContainText(given)
})

test('the search finds what only the full text says, and shows where', async ({ reader, feeds }) => {
  feeds.answer('/lamp', (_, response) => sendPage(response))
  await follow(reader, feeds, '/lamp')
  await reader.page.keyboard.press('f')
  await expect(reader.text.locator('body')).toContainText(full)
  await reader.page.keyboard.press('/')
  await reader.page.keyboard.type('darkness')
  await expect(reader.headlines.locator('mark').first()).toHaveText('darkness')
})

test('a slow page is waited for beside the next article, and is there on coming back', async ({ reader, feeds }) => {
  const held: ServerResponse[] = []
  feeds.answer('/lamp', (_, response) => void held.push(response))
  await follow(reader, feeds, '/lamp', '/mast')
  await reader.page.keyboard.press('f')
  await expect(note(reader).getByRole('progressbar')).toBeVisible()
  await expect(note(reader).getByText('Fetching the full text from 127.0.0.1…')).toBeVisible()
  await reader.page.keyboard.press('j')
  await expect(reader.text.locator('body')).toContainText('lit again in mast')
  await expect(note(reader).getByRole('progressbar')).toHaveCount(0)
  for (const response of held) sendPage(response)
  await reader.page.keyboard.press('k')
  await expect(reader.text.locator('body')).toContainText(full)
})

const misbehaviours: [string, (feeds: FeedServer) => void, string][] = [
  [
    'that is missing',
    feeds => feeds.answer('/lamp', (_, response) => void response.writeHead(404).end('nothing')),
    'says that there is nothing at the article’s address any more',
  ],
  [
    'that has no end',
    feeds =>
      feeds.answer('/lamp', (_, response) => {
        response.writeHead(200, { 'content-type': 'text/html' })
        const more = (): void => {
          while (!response.destroyed && response.write(page().repeat(100)));
          if (!response.destroyed) response.once('drain', more)
        }
        more()
      }),
    'The page is larger than 10 MB',
  ],
  [
    'behind a paywall',
    feeds =>
      feeds.answer('/lamp', (_, response) => {
        const free = '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false}</script>'
        const wall = '<div class="paywall"><h2>Subscribe to read on</h2><a href="/subscribe">Subscribe now</a></div>'
        sendPage(response, `<title>Lamp</title>${free}<article><h1>Lamp</h1><p>${sentence}</p>${wall}</article>`)
      }),
    'The whole article is only for subscribers',
  ],
  [
    'that leads to a form for signing in',
    feeds => {
      feeds.answer('/lamp', (_, response) => void response.writeHead(302, { location: '/login?to=/lamp' }).end())
      const form =
        '<form method="post"><input name="user"><input type="password" name="password"><button>Sign in</button></form>'
      feeds.answer('/login', (_, response) => sendPage(response, `<title>Sign in</title><h1>Sign in</h1>${form}`))
    },
    'wants you to sign in before it shows this article',
  ],
  [
    'of a server that fails',
    feeds => feeds.answer('/lamp', (_, response) => void response.writeHead(500).end()),
    'has a problem of its own (error 500)',
  ],
]
for (const [name, misbehave, words] of misbehaviours) {
  test(`a page ${name} leaves the feed’s text, says why, and is asked for again`, async ({ reader, feeds }) => {
    misbehave(feeds)
    await follow(reader, feeds, '/lamp')
    await reader.page.keyboard.press('f')
    await expect(note(reader).getByText(words)).toBeVisible()
    await expect(reader.text.locator('body')).toContainText(given)
    await expect(note(reader).getByRole('button', { name: 'Open in browser' }).last()).toBeVisible()
    await checkPage(reader.page, 'a full text that could not be had')
    feeds.answer('/lamp', (_, response) => sendPage(response))
    await note(reader).getByRole('button', { name: 'Try again' }).click()
    await expect(reader.text.locator('body')).toContainText(full)
  })
}

test('an article of a feed that is read so always opens with its full text', async ({ reader, feeds, app }) => {
  feeds.answer('/lamp', (_, response) => void response.writeHead(404).end())
  feeds.answer('/mast', (_, response) => sendPage(response))
  await follow(reader, feeds, '/lamp', '/mast')
  const db = new Database(join(app.dataDir, 'broadsheet.db'), { timeout: 5_000 })
  db.exec(`UPDATE feeds SET reading = '{"fullText":"always"}'`)
  db.close()
  await reopen(reader, app)
  await reader.read('mast')
  await expect(reader.text.locator('body')).toContainText(full)
  // Of one whose page can't be had, the feed's text is there, and why.
  await reader.read('lamp')
  await expect(note(reader).getByText('nothing at the article’s address')).toBeVisible()
  await expect(reader.text.locator('body')).toContainText(given)
  // It is known from then on, and its page is left alone.
  await reopen(reader, app)
  await expect(reader.text.locator('body')).toContainText(given)
  await expect(note(reader).getByText('nothing at the article’s address')).toBeVisible()
  expect(asked(feeds, '/lamp')).toBe(1)
})

test('a feed that is to be read so always brings it to the article that is open, and says which page is missing', async ({
  reader,
  feeds,
}) => {
  feeds.answer('/lamp', (_, response) =>
    sendPage(response, page().replace('</article>', '<a rel="next" href="/lamp/2">2</a></article>')),
  )
  feeds.answer('/lamp/2', (_, response) => void response.writeHead(500).end())
  await follow(reader, feeds, '/lamp')
  await expect(reader.text.locator('body')).toContainText(given)
  await reader.choose('Coast', 'Reading…')
  await reader.page.getByRole('dialog').getByLabel('Full text', { exact: true }).selectOption({ label: 'Always' })
  await reader.page.keyboard.press('Escape')
  await expect(reader.text.locator('body')).toContainText(full)
  await expect(note(reader).getByText('The text ends here: page 2 of the article could not be had.')).toBeVisible()
  await expect(note(reader).getByRole('button', { name: 'Open page 2 in browser' })).toBeVisible()
  await checkPage(reader.page, 'a full text without its second page')

  feeds.answer('/lamp/2', (_, response) => sendPage(response, page('windmill')))
  await note(reader).getByRole('button', { name: 'Try again' }).click()
  await expect(reader.text.locator('body')).toContainText('windmill')
  await expect(note(reader).getByText('The text ends here')).toBeHidden()
})

test('a page in an old encoding is read right', async ({ reader, feeds }) => {
  feeds.answer('/lamp', (_, response) => {
    const body = Buffer.from(page('Größenwahn'), 'latin1')
    response.writeHead(200, { 'content-type': 'text/html; charset=iso-8859-1' }).end(body)
  })
  await follow(reader, feeds, '/lamp')
  await reader.page.keyboard.press('f')
  await expect(reader.text.locator('body')).toContainText('Größenwahn')
})
