/** An article whose page says that it is another one is a copy of that; a page that says something wrong changes nothing. */
import { beforeEach, expect, test } from 'vitest'
import { countArticles } from '../../src-main/store/articles/counts.ts'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import { setRead } from '../../src-main/store/articles/read-state.ts'
import { addFeed, makeArticle, someNoon } from '../support/articles.ts'
import { intakeWorld } from './intake-world.ts'

const world = intakeWorld()
const sentences = Array.from({ length: 40 }, (_, n) => `On day ${n} the keeper lit lamp ${n * 3} of the lighthouse.`)
const text = sentences.join(' ')
const other = sentences.map(sentence => sentence.split(' ').toReversed().join(' ')).join(' ')
const title = 'The lighthouse is lit again after years'

let head: string
beforeEach(() => {
  head = ''
  world.answer = ({ url }, response) => {
    if (url === '/go') return void response.writeHead(302, { location: '/lit' }).end()
    const body = sentences.map(sentence => `<p>${sentence}</p>`).join('')
    const page = `<html><head><title>${title}</title>${head}</head><body><article><h1>${title}</h1>${body}</article></body></html>`
    response.writeHead(200, { 'content-type': 'text/html' }).end(page)
  }
})

const ledger = 'https://ledger.example'
const own = () => world.server.base

/** An article of a paper of its own address, or of the one whose pages the test's server has. */
function print(site: string, path: string, part: { title?: string; text?: string } = {}): number {
  const { db } = world.store
  const url = `${site}/feed`
  const known = db.prepare<[string], number>('SELECT id FROM feeds WHERE url = ?').pluck().get(url)
  const feedId = known ?? addFeed(db, url)
  db.prepare('UPDATE feeds SET private_host = ? WHERE url = ?').run(world.server.host, `${own()}/feed`)
  const article = makeArticle({ title, text, ...part, guid: site + path, url: site + path })
  return storeArticles(db, feedId, [article], someNoon).newIds[0]!
}

const groups = () =>
  world.store.db.prepare<[], number | null>('SELECT copy_group FROM articles ORDER BY id').pluck().all()
const fetchPage = (articleId: number) => world.intake.fetchFullText({ articleId, isWanted: true })
const canonical = (href: string) => `<link rel="canonical" href="${href}">`

test.each([
  { what: 'another site', names: `${ledger}/lit`, at: [ledger, '/lit'] },
  { what: 'another spelling', names: 'http://www.ledger.example/lit/?utm_source=x', at: [ledger, '/lit'] },
])(
  'an article whose page names that of $what is one with it, and read with it',
  async ({ names, at: [site, path] }) => {
    const first = print(site!, path!)
    setRead(world.store.db, [first], true)
    const id = print(own(), '/short')
    expect([groups(), countArticles(world.store.db, 0).unread]).toEqual([[null, null], 1])
    head = canonical(names)
    await fetchPage(id)
    expect([groups(), countArticles(world.store.db, 0).unread]).toEqual([[first, first], 0])
    expect(world.events).toContainEqual({ event: 'copies-found', payload: {} })
  },
)

test('an article whose address leads on to that of another is one with it', async () => {
  const id = print(own(), '/go', { text: 'The keeper lit the lamp.' })
  const feedId = addFeed(world.store.db, 'https://planet.example/feed')
  storeArticles(world.store.db, feedId, [makeArticle({ title, text, url: `${own()}/lit` })], someNoon)
  await fetchPage(id)
  expect(groups()).toEqual([id, id])
})

test('what comes later under the address that a page has named is one with it', async () => {
  const id = print(own(), '/short')
  head = canonical(`${ledger}/lit`)
  await fetchPage(id)
  print(ledger, '/lit')
  expect(groups()).toEqual([id, id])
})

test.each([
  { what: 'the front page', there: {}, path: '/', head: canonical(`${ledger}/`) },
  { what: 'an article of another text', there: { text: other }, head: canonical(`${ledger}/lit`) },
  {
    what: 'an article of another title and little text',
    there: { title: 'Ferries', text: 'Two.' },
    head: canonical(`${ledger}/lit`),
  },
  { what: 'two addresses', there: {}, head: canonical(`${ledger}/lit`) + canonical(`${ledger}/unlit`) },
  { what: 'no web address', there: {}, head: canonical('javascript:alert(1)') },
  { what: 'nothing that is an address', there: {}, head: canonical('https://[') },
  { what: 'an address below its head', there: {}, head: `</head><body><p>${canonical(`${ledger}/lit`)}</p>` },
])('a page that names $what makes no copy', async ({ there, path = '/lit', head: named }) => {
  print(ledger, path, there)
  const id = print(own(), '/short')
  head = named
  expect(await fetchPage(id)).toMatchObject({ kind: 'stored' })
  expect(groups()).toEqual([null, null])
})

test('what somebody writes under a title about the page that names it stays apart', async () => {
  print(ledger, '/lit')
  const id = print(own(), '/short', { text: other })
  head = canonical(`${ledger}/lit`)
  await fetchPage(id)
  expect(groups()).toEqual([null, null])
})

test('two articles of one feed whose pages name each other are two', async () => {
  const [first, second] = [
    print(own(), '/lit'),
    print(own(), '/again', { title: `${title}: all of it`, text: `${text} So it is.` }),
  ]
  head = canonical(`${own()}/lit`)
  await fetchPage(second)
  await fetchPage(first)
  expect(groups()).toEqual([null, null])
})

test('pages that all name one article keep no copy from it', async () => {
  head = canonical(`${own()}/lit`)
  const ids = Array.from({ length: 15 }, (_, n) =>
    print(own(), `/other/${n}`, { title: `Of lamp ${n}`, text: other + n }),
  )
  for (const id of ids) await fetchPage(id)
  const lit = print(own(), '/lit')
  const planet = addFeed(world.store.db, 'https://planet.example/feed')
  storeArticles(world.store.db, planet, [makeArticle({ title, text, url: `${own()}/lit` })], someNoon)
  expect(groups().slice(ids.length)).toEqual([lit, lit])
})
