/** Where each byte costs, nothing is fetched that nobody has asked for; what the reader opens is. */
import { beforeEach, expect, test } from 'vitest'
import { minute } from '../../src-main/lib/time.ts'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import { setSaved } from '../../src-main/store/articles/read-state.ts'
import { insertFeed } from '../../src-main/store/feeds/feeds.ts'
import { changeSettings } from '../../src-main/store/settings.ts'
import { makeArticle, someNoon } from '../support/articles.ts'
import { hour, intakeWorld } from './intake-world.ts'

const world = intakeWorld()
const { pass, settled } = world

const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(100)])
const paragraph = `<p>${'The lamp of the lighthouse was lit again last night, after eleven years of darkness. '.repeat(8)}</p>`
const page = `<html><head><title>Lamp lit</title></head><body><article>${paragraph.repeat(4)}</article></body></html>`
const plain = { isOnBattery: false, isMetered: false, isSuspended: false }

const asked = () => new Set(world.server.seen.map(one => one.path))
const inAdvance = new Set(['/favicon.ico', '/unread', '/saved', '/saved.png', '/second.png'])
let unread: number
let saved: number

/** A feed read with its full texts, without an icon, with an article that nobody has opened and a saved one with a picture. */
beforeEach(async () => {
  const { store, server } = world
  world.answer = ({ url }, response) => {
    if (url?.endsWith('.png')) response.end(png)
    else if (url === '/favicon.ico' || url === '/') response.writeHead(404).end()
    else response.writeHead(200, { 'content-type': 'text/html' }).end(page)
  }
  const row = { url: `${server.base}/feed`, title: 'Gazette', customTitle: null, siteUrl: null, folderId: null }
  const nextCheckAt = someNoon + 100 * hour
  const { feedId } = insertFeed(store.db, { ...row, privateHost: server.host, nextCheckAt }, someNoon)
  store.db.exec(`UPDATE feeds SET reading = '{"fullText":"always"}', last_success_at = ${someNoon}`)
  const pictures = ['/saved.png', '/second.png'].map(path => server.base + path)
  const html = pictures.map(url => `<img src="${url}" alt="" />`).join('')
  const articles = [
    makeArticle({ title: 'Unread', url: `${server.base}/unread` }),
    makeArticle({ title: 'Saved', url: `${server.base}/saved`, media: pictures, html }),
  ]
  ;[unread = 0, saved = 0] = storeArticles(store.db, feedId, articles, someNoon).newIds
  if (titleOf(unread) !== 'Unread') [unread, saved] = [saved, unread]
  setSaved(store.db, [saved], true, someNoon)
  store.db.prepare('UPDATE articles SET is_read = 1 WHERE id = ?').run(saved)
})

const titleOf = (id: number) =>
  world.store.db.prepare<[number], string>('SELECT title FROM articles WHERE id = ?').pluck().get(id)

async function live(): Promise<void> {
  await pass(15 * minute)
  await world.intake.keepSaved()
  await settled()
}

async function connectMetered(): Promise<void> {
  await world.intake.setPower({ ...plain, isMetered: true })
  world.intake.start()
  await live()
}

test('icons, texts and pictures of saved articles wait, until the connection is another', async () => {
  await connectMetered()
  expect(asked()).toEqual(new Set())
  await world.intake.setPower(plain)
  await live()
  await expect.poll(() => [...inAdvance].filter(path => !asked().has(path))).toEqual([])
})

test('or the reader wants to spare nothing', async () => {
  await connectMetered()
  changeSettings(world.store.db, { savesPower: false })
  await world.intake.scheduleChanged()
  await live()
  await expect.poll(() => [...inAdvance].filter(path => !asked().has(path))).toEqual([])
})

test('what is opened is fetched all the same, and the pictures that are asked for', async () => {
  await connectMetered()
  expect(await world.intake.fetchFullText({ articleId: unread, isWanted: true })).toMatchObject({ kind: 'stored' })
  const picture = { url: `${world.server.base}/opened.png`, privateHost: world.server.host }
  expect((await world.intake.media(picture)).status).toBe(200)
  await world.intake.keepPictures({ articleId: saved })
  expect(asked()).toEqual(new Set(['/unread', '/opened.png', '/saved', '/saved.png', '/second.png']))
})

test('pictures for what nobody waits for come from the disk alone, until the connection is another', async () => {
  const { base, host } = world.server
  const picture = (name: string) => ({ url: `${base}/${name}.png`, privateHost: host })
  await world.intake.media(picture('opened'))
  await connectMetered()
  const inAdvance = (name: string) => world.intake.media({ ...picture(name), fetches: 'unless-waiting' })
  expect((await inAdvance('opened')).status).toBe(200)
  expect((await inAdvance('other')).status).not.toBe(200)
  expect(asked()).toEqual(new Set(['/opened.png']))
  await world.intake.setPower(plain)
  expect((await inAdvance('other')).status).toBe(200)
  expect((await world.intake.media({ ...picture('third'), fetches: 'never' })).status).not.toBe(200)
  expect(asked()).not.toContain('/third.png')
})

test('on battery alone, over a connection that costs nothing, nothing waits', async () => {
  await world.intake.setPower({ ...plain, isOnBattery: true })
  world.intake.start()
  await live()
  await expect.poll(() => [...inAdvance].filter(path => !asked().has(path))).toEqual([])
})

test('a connection that begins to cost while pictures are fetched ends that, and the others come later', async () => {
  const { answer } = world
  world.answer = (request, response) => {
    void world.intake.setPower({ ...plain, isMetered: true })
    answer(request, response)
  }
  await world.intake.keepSaved()
  expect(asked().size).toBe(1)
  world.answer = answer
  await world.intake.setPower(plain)
  await live()
  expect(['/saved.png', '/second.png'].filter(path => !asked().has(path))).toEqual([])
})
