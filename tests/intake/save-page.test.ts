import { describe, expect, test } from 'vitest'
import { articleById } from '../../src-main/store/articles/article.ts'
import { countArticles } from '../../src-main/store/articles/counts.ts'
import { setSaved } from '../../src-main/store/articles/read-state.ts'
import { listFeeds } from '../../src-main/store/feeds/feeds.ts'
import { subscriptions } from '../../src-main/store/feeds/subscriptions.ts'
import { listHeadlines } from '../../src-main/store/lists/page.ts'
import { someNoon } from '../support/articles.ts'
import { hour, intakeWorld } from './intake-world.ts'

const world = intakeWorld()
const { asked } = world

const sentence =
  'The ferry crossed the harbour at dawn, and nobody was on it but the captain, his dog and a crate of apples.'
const page = (title: string, more = '') =>
  `<!doctype html><html lang="en"><head><title>${title}</title></head><body><article><h1>${title}</h1>${more}${`<p>${sentence}</p>`.repeat(8)}</article>`
const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(100)])

const save = (path: string) => world.intake.savePage({ url: world.server.base + path })
const pages = () =>
  listHeadlines(world.store.db, {
    ...{ view: { kind: 'pages' as const }, limit: 50, after: null, unreadOnly: false },
    ...{ oldestFirst: false, keepIds: [], todayStart: 0 },
  }).map(row => row.title)

describe('a page that is saved by its address', () => {
  test('is a saved article of Pages, which is no feed', async () => {
    world.answer = (_, response) => response.setHeader('content-type', 'text/html').end(page('Dawn ferry'))
    const saved = await save('/ferry')
    expect(saved).toMatchObject({ kind: 'saved', undoId: expect.any(Number) })
    const { db } = world.store
    expect(pages()).toEqual(['Dawn ferry'])
    expect(countArticles(db, 0)).toMatchObject({ saved: 1, pages: 1, all: 0 })
    expect(listFeeds(db)).toEqual([])
    expect([...subscriptions(db)]).toEqual([])
    const article = saved.kind === 'saved' && articleById(db, saved.articleId)
    expect(article).toMatchObject({
      isSaved: true,
      isRead: false,
      feedTitle: 'Pages',
      url: `${world.server.base}/ferry`,
    })
  })

  test('is never asked for again, however much time goes by', async () => {
    world.answer = (_, response) => response.setHeader('content-type', 'text/html').end(page('Dawn ferry'))
    await save('/ferry')
    world.intake.start()
    await world.pass(48 * hour)
    expect(asked('/ferry').length).toBe(1)
  })

  test('has its pictures kept, from where the page itself was allowed to be', async () => {
    world.answer = (request, response) =>
      request.url === '/ferry'
        ? response.setHeader('content-type', 'text/html').end(page('Dawn ferry', '<img src="/boat.png" alt="A boat">'))
        : response.end(png)
    await save('/ferry')
    await world.intake.keepSaved()
    expect(asked('/boat.png').length).toBe(1)
    await world.server.close()
    const boat = { url: `${world.server.base}/boat.png`, privateHost: world.server.host }
    expect(await world.intake.media(boat)).toMatchObject({ status: 200 })
  })

  test('is kept in all its pages, and what it is kept without is said', async () => {
    const part = (number: number) =>
      page('Dawn ferry', `<p>Part ${number}. ${sentence}</p><a rel="next" href="/ferry/${number + 1}">Next page</a>`)
    world.answer = (request, response) => {
      const number = Number(/\d+$/.exec(request.url ?? '')?.[0] ?? 1)
      if (number === 3) response.writeHead(403).end()
      else response.setHeader('content-type', 'text/html').end(part(number))
    }
    const saved = await save('/ferry')
    const missing = { page: 3, url: `${world.server.base}/ferry/3`, failure: { reason: 'http', status: 403 } }
    expect(saved).toMatchObject({ kind: 'saved', missing })
    const article = articleById(world.store.db, saved.kind === 'saved' ? saved.articleId : 0)
    expect(article?.html.match(/Part \d/g)).toEqual(['Part 1', 'Part 2'])
  })

  test('is there once: the same address again leads to it, another address of the same page too', async () => {
    world.answer = (request, response) => {
      if (request.url === '/short') response.writeHead(302, { location: '/ferry' }).end()
      else response.setHeader('content-type', 'text/html').end(page('Dawn ferry'))
    }
    const first = await save('/ferry')
    const articleId = first.kind === 'saved' ? first.articleId : 0
    expect(await save('/ferry#end')).toEqual({ kind: 'already-there', articleId })
    expect(await save('/short')).toEqual({ kind: 'already-there', articleId })
    expect(pages()).toEqual(['Dawn ferry'])
  })

  test('and is not saved any more, leaves the list, and comes back to it without being asked for', async () => {
    world.answer = (_, response) => response.setHeader('content-type', 'text/html').end(page('Dawn ferry'))
    const first = await save('/ferry')
    const articleId = first.kind === 'saved' ? first.articleId : 0
    setSaved(world.store.db, [articleId], false, someNoon)
    expect(pages()).toEqual([])
    expect(await save('/ferry')).toMatchObject({ kind: 'saved', articleId })
    expect(pages()).toEqual(['Dawn ferry'])
    expect(asked('/ferry').length).toBe(1)
  })
})

describe('what is no page to be saved stores nothing and says why:', () => {
  test.each<[string, string, object]>([
    ['what is no address', 'not an address', { reason: 'bad-address' }],
    ['a scheme that is not of the web', 'file:///etc/passwd', { reason: 'bad-address' }],
  ])('%s', async (_name, url, failure) => {
    expect(await world.intake.savePage({ url })).toEqual({ kind: 'failed', failure })
  })

  test.each<[string, number, string, string, string]>([
    ['a page that is not there', 404, 'text/html', 'Not here', 'http'],
    ['a file', 200, 'application/zip', 'PK', 'bad-answer'],
    ['a page without anything to read', 200, 'text/html', '<title>Empty</title><script>1</script>', 'bad-answer'],
  ])('%s', async (_name, status, type, body, reason) => {
    world.answer = (_, response) => response.writeHead(status, { 'content-type': type }).end(body)
    const outcome = await save('/page')
    expect(outcome).toMatchObject({
      kind: 'failed',
      failure: { reason: expect.stringMatching(`^(${reason}|no-article)$`) },
    })
    expect(pages()).toEqual([])
  })

  test('a redirect into the reader’s own network', async () => {
    world.answer = (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()
    expect(await save('/away')).toMatchObject({ kind: 'failed', failure: { reason: 'private-address' } })
  })
})
