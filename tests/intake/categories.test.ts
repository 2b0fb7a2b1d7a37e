/** Categories as feeds of three formats bring them, from the server to the window's questions. */
import { expect, test } from 'vitest'
import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import { someNoon } from '../support/articles.ts'
import { makeEngine } from '../support/engine.ts'
import { hour, intakeWorld } from './intake-world.ts'

const world = intakeWorld()

const date = new Date(someNoon - hour)
const rss = (
  ...categories: string[]
) => `<rss version="2.0"><channel><title>Gazette</title><link>https://gazette.example/</link>
  <item><title>Of the Gazette</title><guid>1</guid><pubDate>${date.toUTCString()}</pubDate>
  ${categories.map(name => `<category><![CDATA[${name}]]></category>`).join('')}</item></channel></rss>`
const atom = (...categories: string[]) => `<feed xmlns="http://www.w3.org/2005/Atom"><title>Herald</title>
  <link href="https://herald.example/"/><entry><title>Of the Herald</title><id>tag:1</id><updated>${date.toISOString()}</updated>
  ${categories.map(name => `<category term="x" label="${name}"/>`).join('')}</entry></feed>`
const json = (...tags: string[]) =>
  JSON.stringify({
    ...{ version: 'https://jsonfeed.org/version/1.1', title: 'Courier', home_page_url: 'https://courier.example/' },
    items: [{ id: '1', title: 'Of the Courier', content_text: 'Boats.', date_published: date.toISOString(), tags }],
  })

/** The server has these files from now on. */
function has(files: Record<string, string>): void {
  world.answer = ({ url = '' }, response) => {
    const body = files[url]
    if (body === undefined) return void response.writeHead(404).end()
    response.writeHead(200, { 'content-type': body.startsWith('{') ? 'application/json' : 'text/xml' }).end(body)
  }
}

async function follow(): Promise<number[]> {
  const feedIds: number[] = []
  for (const path of ['/rss', '/atom', '/json']) {
    const added = await world.add(path)
    if (added.kind !== 'added') throw new Error(`${path} was not added`)
    feedIds.push(added.feedId)
  }
  return feedIds
}

const listed = async (client: EngineClient, name: string) =>
  (await client.headlines({ view: { kind: 'category', name }, limit: 9 })).rows.map(row => row.title).toSorted()

test('spellings of three feeds are one category, which goes where a publisher takes it away', async () => {
  has({
    '/rss': rss('Open Source', 'Global', 'Global News', 'Uncategorized'),
    '/atom': atom('#OpenSource', 'Global &amp; local'),
    '/json': json('open-source', '#global news'),
  })
  const feedIds = await follow()
  await using engine = makeEngine({ store: world.store })
  const client = engine.connect()
  expect(await listed(client, 'Open Source')).toEqual(['Of the Courier', 'Of the Gazette', 'Of the Herald'])
  expect(await client.category({ name: '#opensource' })).toEqual({
    name: 'Open Source',
    joined: [],
    articles: 3,
    neighbours: [
      { name: 'Global News', articles: 2 },
      { name: 'Global & local', articles: 1 },
    ],
  })
  expect(await client.topCategories({ days: 7 })).toEqual({
    categories: [
      { name: 'Open Source', sites: 3, articles: 3 },
      { name: 'Global News', sites: 2, articles: 2 },
    ],
  })

  has({ '/rss': rss('Global News'), '/atom': atom('#OpenSource'), '/json': json('Boats') })
  await world.refresh(feedIds, true)
  expect(await listed(client, 'Open Source')).toEqual(['Of the Herald'])
  expect(await client.topCategories({ days: 7 })).toEqual({ categories: [] })
})
