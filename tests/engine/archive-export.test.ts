import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { strFromU8, unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { defaultSettings } from '../../src-main/api/settings.ts'
import { clearExports, exportFolder } from '../../src-main/archive/downloads.ts'
import { pageName } from '../../src-main/archive/html-pages.ts'
import { mediaKey } from '../../src-main/feeds/pictures/media-key.ts'
import { fileServer } from '../../src-main/host/file-server.ts'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import { setRead, setSaved } from '../../src-main/store/articles/read-state.ts'
import { pinPictures } from '../../src-main/store/saved/pinned-pictures.ts'
import { addFeed, makeArticle, someNoon } from '../support/articles.ts'
import { makeEngine, type TestEngine } from '../support/engine.ts'
import { colourOf, plainPng } from '../support/pictures.ts'
import { bytesOf } from '../support/resources.ts'

/** What lies in the export, as text by name. */
async function exported(engine: TestEngine): Promise<Record<string, string>> {
  const { path, bytes, name } = await engine.connect().exportEverything({})
  const resource = await engine.resource(path)
  expect(resource).toMatchObject({ status: 200, type: 'application/zip', maxAgeSeconds: 0 })
  expect(bytesOf(resource).length).toBe(bytes)
  expect(name).toMatch(/^broadsheet-\d{4}-\d{2}-\d{2}\.zip$/)
  const files = unzipSync(bytesOf(resource))
  return Object.fromEntries(Object.entries(files).map(([file, content]) => [file, strFromU8(content)]))
}

test('everything is one archive: subscriptions, settings, and saved articles as JSON and as pages', async () => {
  await using engine = makeEngine()
  const { db } = engine
  const client = engine.connect()
  const { folderId } = await client.createFolder({ title: 'Harbours & ships' })
  const feed = addFeed(db, 'https://user:secret@gazette.example/feed', { folderId })
  const rule = { days: 30, perFeed: null, includesUnread: false }
  await client.setFeedRetention({ feedId: feed, retention: rule })
  await client.setReading({ of: { kind: 'feeds', feedIds: [feed] }, reading: { pictures: 'never' } })
  await client.changeSettings({ theme: 'dark', backupFolder: '/home/ada/backups' })
  await client.keepPlace({ view: { kind: 'feed', feedId: feed } })
  const hostile = makeArticle({
    title: 'CON: <script>alert(1)</script> "ferry"/..\\x.',
    author: '<b>Ada</b>',
    guid: 'tag:1',
    html: '<p>Ferry &amp; <img src="https://gazette.example/a.png" alt=""></p>',
    categories: ['Sea'],
    enclosures: [{ url: 'https://gazette.example/a.mp3', type: 'audio/mpeg', length: 5 }],
    publishedAt: someNoon - 86_400_000,
  })
  const ids = storeArticles(db, feed, [hostile, makeArticle({ title: 'Not kept' })], someNoon).newIds
  setSaved(db, [ids[1]!], true, someNoon)
  setRead(db, [ids[1]!], true)

  const files = await exported(engine)

  const page = 'saved/0001-con-script-alert-1-script-ferry-x.html'
  expect(Object.keys(files).sort()).toEqual(
    ['index.html', page, 'listening.json', 'saved.json', 'settings.json', 'subscriptions.opml'].sort(),
  )
  expect(JSON.parse(files['saved.json']!)).toEqual([
    {
      feedUrl: 'https://gazette.example/feed',
      feedTitle: 'The Gazette',
      guid: 'tag:1',
      url: hostile.url,
      title: hostile.title,
      author: '<b>Ada</b>',
      publishedAt: '2026-11-01T12:00:00.000Z',
      updatedAt: null,
      savedAt: '2026-11-02T12:00:00.000Z',
      isRead: true,
      summary: hostile.summary,
      html: hostile.html,
      categories: ['Sea'],
      enclosures: [{ url: 'https://gazette.example/a.mp3', type: 'audio/mpeg', length: 5 }],
      image: null,
      commentsUrl: null,
      commentsCount: null,
    },
  ])
  const settings = JSON.parse(files['settings.json']!)
  expect(settings.settings).toMatchObject({ theme: 'dark' })
  const { backupFolder, collapsedFolders, digestFolder, ...kept } = defaultSettings
  expect(Object.keys(settings.settings).toSorted()).toEqual(Object.keys(kept).toSorted())
  expect(settings.feeds).toEqual([
    {
      url: 'https://gazette.example/feed',
      customTitle: null,
      isPaused: false,
      retention: rule,
      reading: { pictures: 'never' },
    },
  ])
  expect(files['subscriptions.opml']).toContain('Harbours &amp; ships')
  expect(Object.values(files).join('')).not.toContain('secret')
  // Nothing a publisher wrote is markup, but for the sanitised text.
  for (const html of [files[page]!, files['index.html']!]) {
    expect(html).not.toMatch(/<script|<b>/)
    expect(html).toContain("default-src 'none'")
    expect(html).toContain('&lt;script&gt;')
  }
  expect(files[page]).toContain('<p>Ferry &amp; <img src="https://gazette.example/a.png" alt=""></p>')
  expect(files[page]).toContain(`href="${hostile.url}"`)
  expect(files['index.html']).toContain(`href="${page}"`)
})

test('nothing saved is an archive, too', async () => {
  await using engine = makeEngine()
  const files = await exported(engine)
  expect(JSON.parse(files['saved.json']!)).toEqual([])
  expect(files['index.html']).toContain('Saved articles')
})

test('a download needs the signed path, and is an attachment in both hosts', async () => {
  await using engine = makeEngine()
  const { path } = await engine.connect().exportEverything({})
  const answer = fileServer({ root: '/nowhere', resource: engine.resource, connect: [] })
  const get = (address: string) => answer({ method: 'GET', url: new URL(address, 'http://127.0.0.1'), range: null })
  const { status, headers, body } = await get(path)
  expect(status).toBe(200)
  expect(headers['content-type']).toBe('application/zip')
  expect(headers['content-disposition']).toBe('attachment')
  expect(headers['content-security-policy']).toContain('sandbox')
  expect(String(Buffer.concat(await (body as Readable).toArray())).slice(0, 2)).toBe('PK')

  for (const other of [path.replace(/n=[^&]*/, 'n=..%2Fbroadsheet.db'), path.replace(/k=.*/, 'k=abc'), '/export']) {
    expect((await get(other)).status).toBe(403)
  }
})

test('an export that is not there any more is not found', async () => {
  await using engine = makeEngine()
  const { path } = await engine.connect().exportEverything({})
  expect(readdirSync(exportFolder(engine.dir)).length).toBe(1)
  clearExports(engine.dir)
  expect((await engine.resource(path)).status).toBe(404)
})

test.each([
  { title: 'COM1', name: '0007-com1.html' },
  { title: 'a/b\\c:d*e?f"g<h>i|j.', name: '0007-a-b-c-d-e-f-g-h-i-j.html' },
  { title: '港のフェリー', name: '0007-港のフェリー.html' },
  { title: '…', name: '0007-untitled.html' },
  { title: 'x'.repeat(500), name: `0007-${'x'.repeat(50)}.html` },
])('a page of "$title" has a name that any system can have', ({ title, name }) => {
  expect(pageName(7, title)).toBe(name)
})

test('a page shows the pictures that are in the archive with it, and asks the web for no others', async () => {
  await using engine = makeEngine()
  const { db, dir } = engine
  const address = (name: string) => `https://pictures.example/${name}.png`
  const html = (...names: string[]) =>
    names.map(name => `<p>${name} &amp; <img src="${address(name)}" alt="${name} > sea"></p>`).join('')
  const feed = addFeed(db, 'https://gazette.example/feed')
  const whole = makeArticle({
    title: 'Whole',
    html: html('harbour'),
    media: [address('harbour')],
    publishedAt: someNoon,
  })
  const part = makeArticle({
    title: 'Part',
    html: html('harbour', 'gone'),
    media: [address('gone')],
    publishedAt: someNoon - 1,
  })
  const { newIds } = storeArticles(
    db,
    feed,
    [whole, part, makeArticle({ title: 'Bare', html: '<p>Words</p>' })],
    someNoon,
  )
  setSaved(db, newIds, true, someNoon)
  const key = mediaKey({ url: address('harbour'), privateHost: null })
  const bytes = plainPng(8, 8, colourOf('harbour'))
  mkdirSync(join(dir, 'pictures'))
  writeFileSync(join(dir, 'pictures', key), bytes)
  for (const id of newIds) pinPictures(db, id, [{ key, bytes: bytes.length }], { tries: 1, nextTryAt: null })

  const files = await exported(engine)

  const page = (title: string) => files[Object.keys(files).find(name => name.endsWith(`-${title}.html`)) ?? ''] ?? ''
  const policyOf = (text: string) => /img-src [^;]*/.exec(text)?.[0]
  expect(Object.keys(files)).toContain(`pictures/${key}.png`)
  expect(page('whole')).toContain(`<p>harbour &amp; <img src="../pictures/${key}.png" alt="harbour > sea"></p>`)
  expect(page('part')).toContain(`src="../pictures/${key}.png"`)
  expect(page('part')).toContain(`src="${address('gone')}"`)
  expect(['whole', 'part', 'bare'].map(title => policyOf(page(title)))).toEqual([
    "img-src 'self' file: data:",
    "img-src 'self' file: data: https:",
    "img-src 'self' file: data:",
  ])
  // What another program reads is as it was published.
  expect(files['saved.json']).toContain(address('harbour'))
  expect(files['saved.json']).not.toContain('../pictures')
})

test('a picture that is kept for one article is not shown by another that only names it', async () => {
  await using engine = makeEngine()
  const { db, dir } = engine
  const url = 'https://pictures.example/harbour.png'
  const [near, far] = ['near', 'far'].map(name => addFeed(db, `https://${name}.example/feed`))
  const article = makeArticle({ title: 'One', html: `<img src="${url}" alt="">`, media: [url] })
  const ids = [near!, far!].map(feed => storeArticles(db, feed, [article], someNoon).newIds[0]!)
  setSaved(db, ids, true, someNoon)
  // Kept with the permission of its feed's own host.
  const key = mediaKey({ url, privateHost: 'near.example:443' })
  const bytes = plainPng(8, 8, colourOf('harbour'))
  mkdirSync(join(dir, 'pictures'))
  writeFileSync(join(dir, 'pictures', key), bytes)
  pinPictures(db, ids[0]!, [{ key, bytes: bytes.length }], { tries: 1, nextTryAt: null })
  const files = await exported(engine)
  const pages = Object.entries(files).filter(([name]) => name.startsWith('saved/'))
  expect(pages.map(([, text]) => text.includes(`../pictures/${key}.png`)).sort()).toEqual([false, true])
})
