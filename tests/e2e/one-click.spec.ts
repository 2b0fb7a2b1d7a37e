/** What a window asks of the engine for one click, counted on its connection. */
import { expect, reopen, test } from '../support/e2e.ts'

type Call = { name: string; input: Record<string, unknown> }

test('opening an article is one call; that it is drawn is said once it rests', async ({ reader, feeds, app }) => {
  const calls: Call[] = []
  const heard: string[] = []
  reader.page.on('websocket', socket => {
    socket.on('framesent', ({ payload }) => calls.push(JSON.parse(String(payload)) as Call))
    socket.on('framereceived', ({ payload }) => {
      const message = JSON.parse(String(payload)) as { event?: string }
      if (message.event) heard.push(message.event)
    })
  })
  // The neighbours that are likely to be opened next are read ahead; what stands below it is looked for once it rests. Stories
  // are found on a thread of their own, whenever that comes to it, and what is trending is then asked for.
  const beside = ['article', 'around', 'trending']
  const commands = () => calls.filter(call => !beside.includes(call.name))
  await reader.follow(`${feeds.url}/rss.xml`, 'Harbour Gazette')
  await reopen(reader, app)
  await reader.open('Harbour Gazette')
  const titles = await reader.titles()
  await expect(reader.headline(titles[1]!)).toHaveAccessibleName(/unread/i)

  calls.length = heard.length = 0
  await reader.read(titles[1]!)
  await expect(reader.text.locator('body')).not.toBeEmpty()
  await expect(reader.headline(titles[1]!)).not.toHaveAccessibleName(/unread/i)
  await expect.poll(() => commands().map(call => call.name)).toEqual(['openArticle', 'keepPlace'])

  const [opened, drawn] = commands()
  const articleId = opened!.input.articleId
  expect(opened!.input).toEqual({ articleId, marksRead: true, within: null })
  expect(drawn!.input).toEqual({ drawnId: articleId })
  expect(calls.filter(call => call.name === 'article').map(call => call.input.id)).not.toContain(articleId)
  expect(heard.filter(event => event !== 'stories-changed')).toEqual(['articles-changed', 'counts-changed'])

  calls.length = heard.length = 0
  await reader.page.keyboard.press('j')
  await reader.page.keyboard.press('k')
  await expect(reader.article.getByRole('heading', { level: 2, name: titles[1]! })).toBeVisible()
  await expect.poll(() => commands().at(-1)?.input).toEqual({ drawnId: articleId })
  expect(calls.filter(call => call.name === 'openArticle').map(call => call.input.marksRead)).toEqual([true, false])
})
