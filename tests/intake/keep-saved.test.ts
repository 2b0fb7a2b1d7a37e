import { once } from 'node:events'
import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import { setSaved } from '../../src-main/store/articles/read-state.ts'
import { deleteArticles } from '../../src-main/store/articles/tombstones.ts'
import { insertFeed } from '../../src-main/store/feeds/feeds.ts'
import { fullTextOf } from '../../src-main/store/full-texts/full-texts.ts'
import { pinnedUsage } from '../../src-main/store/saved/pinned-pictures.ts'
import { changeSettings } from '../../src-main/store/settings.ts'
import { makeArticle, someNoon } from '../support/articles.ts'
import { hour, intakeWorld, sendFeed } from './intake-world.ts'

const world = intakeWorld()
const { asked } = world

const minute = 60_000
const png = (bytes = 100) => Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(bytes)])
const files = () => readdirSync(join(world.store.dir, 'pictures')).sort()
const usage = () => pinnedUsage(world.store.db)

/** An article with these pictures in its text, of a feed on the test's server. */
function anArticle(paths: string[], more: Parameters<typeof makeArticle>[0] = {}): number {
  const { db } = world.store
  const { base, host } = world.server
  const about = { title: 'Gazette', customTitle: null, siteUrl: null, folderId: null, nextCheckAt: null }
  const { feedId } = insertFeed(db, { ...about, url: `${base}/feed`, privateHost: host }, someNoon)
  const media = paths.map(path => base + path)
  const html = media.map(url => `<p><img src="${url}" alt="" /></p>`).join('')
  return storeArticles(db, feedId, [makeArticle({ media, html, ...more })], someNoon).newIds[0]!
}

function save(articleId: number, isSaved = true): void {
  setSaved(world.store.db, [articleId], isSaved, world.time.clock.now())
}

/** The picture as a window gets it. */
const shown = async (path: string) =>
  (await world.intake.media({ url: world.server.base + path, privateHost: world.server.host })).status

/** The test's server after it was closed, at its address: a feed without articles, and pictures. */
async function answerAgain(page?: (response: ServerResponse) => void): Promise<AsyncDisposable> {
  const server = createServer((request, response) => {
    if (request.url === '/feed') sendFeed(response, world.rss())
    else if (request.url === '/long') page?.(response)
    else response.end(png())
  })
  await once(server.listen(Number(new URL(world.server.base).port), '127.0.0.1'), 'listening')
  return server
}

const emptyCache = () => rm(join(world.store.dir, 'media'), { recursive: true, force: true })

describe('the pictures of a saved article', () => {
  test('are fetched in the background and shown without a network, after the cache has lost them', async () => {
    world.answer = (_, response) => response.end(png())
    save(anArticle(['/a.png', '/b.png'], { image: `${world.server.base}/small.png` }))
    await world.intake.keepSaved()
    expect(usage()).toEqual({ pictures: 3, bytes: 324 })
    await world.server.close()
    await emptyCache()
    expect(await Promise.all(['/a.png', '/b.png', '/small.png'].map(shown))).toEqual([200, 200, 200])
  })

  test('are not fetched of an article that nobody saved', async () => {
    world.answer = (_, response) => response.end(png())
    anArticle(['/a.png'])
    await world.intake.keepSaved()
    expect(world.server.seen).toEqual([])
  })

  test('are not fetched where the reader wants no pictures loaded', async () => {
    changeSettings(world.store.db, { pictures: 'never' })
    save(anArticle(['/a.png']))
    await world.intake.keepSaved()
    expect(world.server.seen).toEqual([])
  })

  test('are fetched where the reader is to be asked only of the article they asked for, and stay with it', async () => {
    world.answer = (_, response) => response.end(png())
    changeSettings(world.store.db, { pictures: 'ask' })
    const articleId = anArticle(['/a.png', '/b.png'])
    save(articleId)
    await world.intake.keepSaved()
    expect(world.server.seen).toEqual([])
    await world.intake.keepPictures({ articleId })
    expect(usage().pictures).toBe(2)
    await world.pass(48 * hour)
    await world.server.close()
    await emptyCache()
    await world.intake.keepSaved()
    expect(await Promise.all(['/a.png', '/b.png'].map(shown))).toEqual([200, 200])
  })

  test('are not fetched even for who asks where none of the feed are ever loaded', async () => {
    changeSettings(world.store.db, { pictures: 'never' })
    const articleId = anArticle(['/a.png'])
    save(articleId)
    await world.intake.keepPictures({ articleId })
    expect(world.server.seen).toEqual([])
  })

  test('are kept alone: no film, no sound, and nothing that is no picture', async () => {
    world.answer = (request, response) => response.end(request.url === '/page.png' ? '<html>' : png())
    const film = `${world.server.base}/film.mp4`
    const base = world.server.base
    save(
      anArticle([], {
        media: [film, `${base}/poster.png`, `${base}/page.png`],
        html: `<video src="${film}" poster="${base}/poster.png"></video><img src="${base}/page.png">`,
      }),
    )
    await world.intake.keepSaved()
    expect(asked('/film.mp4')).toEqual([])
    expect(usage().pictures).toBe(1)
  })

  test('are two hundred at most, and 60 MB', async () => {
    world.answer = (_, response) => response.end(png(14_000_000))
    save(anArticle(Array.from({ length: 6 }, (_, n) => `/${n}.png`)))
    await world.intake.keepSaved()
    expect(usage().pictures).toBe(4)

    world.answer = (_, response) => response.end(png())
    save(
      anArticle(
        Array.from({ length: 203 }, (_, n) => `/s${n}.png`),
        { title: 'Catalogue' },
      ),
    )
    await world.intake.keepSaved()
    expect(usage().pictures).toBe(204)
  })

  test('are looked for again when the publisher edits the article', async () => {
    world.answer = (_, response) => response.end(png())
    const url = 'https://gazette.example/one'
    save(anArticle(['/a.png'], { url }))
    await world.intake.keepSaved()
    anArticle(['/a.png', '/new.png'], { url, text: 'Another text of the same article.' })
    await world.intake.keepSaved()
    expect(usage().pictures).toBe(2)
    expect(asked('/a.png').length).toBe(1)
  })
})

describe('the text of a saved article', () => {
  const page = (response: ServerResponse) =>
    response
      .setHeader('content-type', 'text/html')
      .end(
        `<html><head><title>Long read</title></head><body><article><h1>Long read</h1><p><img src="/inside.png" alt="Inside"></p>${'<p>The ferry crossed the harbour at dawn, and nobody was on it but the captain and a crate of apples.</p>'.repeat(20)}</article></body></html>`,
      )
  const teaser = {
    title: 'Long read',
    html: '<p>The ferry crossed the harbour at dawn, and… <a href="#">Read more</a></p>',
  }
  const textOf = (id: number) => fullTextOf(world.store.db, id)?.kind ?? null

  test('is fetched from its page where the feed gives only the beginning, with the pictures of the page', async () => {
    const url = `${world.server.base}/long`
    world.answer = (request, response) => (request.url === '/long' ? void page(response) : void response.end(png()))
    const id = anArticle([], { ...teaser, url })
    save(id)
    await world.intake.keepSaved()
    expect(textOf(id)).toBe('text')
    expect(asked('/inside.png').length).toBe(1)
    expect(world.events.some(({ event }) => event === 'full-text-prefetched')).toBe(true)
  })

  test('is left where the feed gives all of it', async () => {
    const id = anArticle([], {
      url: `${world.server.base}/short`,
      html: `<p>${'A whole note, which says all that it has to say. '.repeat(20)}</p>`,
    })
    save(id)
    await world.intake.keepSaved()
    expect(textOf(id)).toBeNull()
    expect(asked('/short')).toEqual([])
  })

  test('is fetched later where its server can’t be reached', async () => {
    const id = anArticle([], { ...teaser, url: `${world.server.base}/long` })
    save(id)
    await world.server.close()
    await world.intake.keepSaved()
    expect(textOf(id)).not.toBe('text')
    await using _ = await answerAgain(page)
    await world.pass(24 * hour)
    await world.intake.keepSaved()
    expect(textOf(id)).toBe('text')
  })
})

describe('what stands in the way', () => {
  test('a network that is away is waited for, however long, and all is fetched when it is back', async () => {
    await world.server.close()
    const ids = ['One', 'Two', 'Three', 'Four', 'Five'].map((title, n) => anArticle([`/${n}.png`], { title }))
    for (const id of ids) save(id)
    for (let tries = 0; tries < 20; tries++) {
      await world.intake.keepSaved()
      await world.pass(6 * hour)
    }
    expect(usage().pictures).toBe(0)
    await using _ = await answerAgain()
    await world.pass(6 * minute)
    await world.intake.keepSaved()
    expect(usage().pictures).toBe(5)
  })

  test('a server in trouble is asked again ever more rarely, and not for ever', async () => {
    world.answer = (request, response) => {
      if (request.url === '/b.png') response.writeHead(503).end()
      else response.end(png())
    }
    save(anArticle(['/a.png', '/b.png']))
    await world.intake.keepSaved()
    expect(usage().pictures).toBe(1)
    await world.intake.keepSaved()
    expect(asked('/b.png').length).toBe(1)
    for (let tries = 0; tries < 40; tries++) {
      await world.pass(6 * hour)
      await world.intake.keepSaved()
    }
    expect(asked('/b.png').length).toBe(12)
    expect(asked('/a.png').length).toBe(1)
  })

  test('a picture that is gone is not asked for again', async () => {
    save(anArticle(['/gone.png']))
    await world.intake.keepSaved()
    await world.pass(24 * hour)
    await world.intake.keepSaved()
    expect(asked('/gone.png').length).toBe(1)
  })

  test('a folder that takes no file is said, and what was due is due still', async () => {
    world.answer = (_, response) => response.end(png())
    writeFileSync(join(world.store.dir, 'pictures'), 'in the way')
    save(anArticle(['/a.png']))
    await world.intake.keepSaved().catch(() => {})
    expect(usage().pictures).toBe(0)
    rmSync(join(world.store.dir, 'pictures'))
    await world.intake.keepSaved()
    expect(usage().pictures).toBe(1)
  })
})

describe('an article that is not saved any more', () => {
  test('has its pictures removed, but for those that another saved article shows', async () => {
    world.answer = (_, response) => response.end(png())
    const one = anArticle(['/a.png', '/both.png'], { title: 'One' })
    const other = anArticle(['/both.png'], { title: 'Other' })
    save(one)
    save(other)
    await world.intake.keepSaved()
    save(one, false)
    await world.intake.sweepPictures()
    expect(files().length).toBe(1)
    expect(usage().pictures).toBe(1)
  })

  test('keeps them till the sweep, so that taking it back needs no network', async () => {
    world.answer = (_, response) => response.end(png())
    const id = anArticle(['/a.png'])
    save(id)
    await world.intake.keepSaved()
    save(id, false)
    save(id)
    await world.intake.sweepPictures()
    expect(files().length).toBe(1)
    expect(asked('/a.png').length).toBe(1)
  })

  test('has no picture left when retention has deleted it', async () => {
    world.answer = (_, response) => response.end(png())
    const id = anArticle(['/a.png'])
    save(id)
    await world.intake.keepSaved()
    save(id, false)
    deleteArticles(world.store.db, [id], false, someNoon)
    await world.intake.sweepPictures()
    expect(files()).toEqual([])
  })
})

describe('after a crash', () => {
  test('between the file and the row, the file is claimed without asking for it again', async () => {
    world.answer = (_, response) => response.end(png())
    save(anArticle(['/a.png']))
    await world.intake.keepSaved()
    world.store.db.exec('DELETE FROM pinned_pictures; DELETE FROM kept_articles')
    await world.server.close()
    await world.intake.sweepPictures()
    await world.intake.keepSaved()
    expect(usage()).toEqual({ pictures: 1, bytes: 108 })
  })

  test('half a file is no picture, and is removed', async () => {
    world.answer = (_, response) => response.end(png())
    save(anArticle(['/a.png']))
    await world.intake.keepSaved()
    writeFileSync(join(world.store.dir, 'pictures', 'part-1-1'), 'half')
    await world.intake.sweepPictures()
    expect(files().length).toBe(1)
  })

  test('a file that is gone, as after going back to a backup, is fetched again', async () => {
    world.answer = (_, response) => response.end(png())
    save(anArticle(['/a.png']))
    await world.intake.keepSaved()
    for (const name of files()) rmSync(join(world.store.dir, 'pictures', name))
    await emptyCache()
    await world.intake.sweepPictures()
    await world.intake.keepSaved()
    expect(files().length).toBe(1)
    expect(await shown('/a.png')).toBe(200)
  })
})

test('what waits for a server is not asked for within five minutes', async () => {
  world.answer = (_, response) => response.writeHead(500).end()
  save(anArticle(['/a.png']))
  await world.intake.keepSaved()
  await world.pass(4 * minute)
  await world.intake.keepSaved()
  expect(asked('/a.png').length).toBe(1)
})
