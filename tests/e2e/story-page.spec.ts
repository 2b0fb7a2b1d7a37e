/** What a story's page says of each article, how a followed story grows, and what the reader says is one story. */
import { checkPage } from '../support/axe.ts'
import type { Broadsheet } from '../support/broadsheet.ts'
import { expect, reopen, test } from '../support/e2e.ts'
import type { ServedItem } from '../support/feed-formats.ts'
import type { FeedServer } from '../support/feed-server.ts'
import { stock } from '../support/library.ts'
import { feedOf, papers } from '../support/news-day.ts'
import type { ReaderWindow } from '../support/window.ts'

const dam = 'Dam at Orrin Valley bursts after week of rain'
const flee = 'Thousands flee as Orrin Valley dam bursts'
const pears = 'How to prune an old pear tree'
const books = 'City library lends out its ten millionth book'

/** The papers, without what Ledger has on the dam. Answers that article. */
async function open(app: Broadsheet, feeds: FeedServer, reader: ReaderWindow): Promise<ServedItem> {
  for (const paper of papers) feeds.publish(...feedOf(paper, Date.now()))
  const [path, ledger] = feedOf('Ledger', Date.now())
  const late = ledger.items.find(({ title }) => title?.includes('Orrin'))!
  feeds.publish(path, { ...ledger, items: ledger.items.filter(item => item !== late) })
  await stock(app, feeds.url, { '': papers.map(paper => feedOf(paper, 0)[0]) })
  await reader.page.goto(app.url())
  await reader.open('All')
  await expect(reader.headline(dam)).toHaveAccessibleName(/covered by 2 of your sources/)
  return late
}

/** Asks all feeds for news, although they were asked just now. */
async function refresh(reader: ReaderWindow): Promise<void> {
  await reader.page.keyboard.press('Shift+R')
  await expect(reader.toast(/press again to ask anyway/)).toBeVisible()
  await reader.page.keyboard.press('Shift+R')
}

const storyOf = (reader: ReaderWindow) => reader.page.getByRole('region', { name: 'Story' })

test('a followed story that a source joins is told once and marked until the reader looks at it, also after a start', async ({
  app,
  feeds,
  reader,
  page,
}) => {
  const late = await open(app, feeds, reader)
  const story = storyOf(reader)
  await reader.read(dam)
  await page.keyboard.press('x')
  await story.getByRole('button', { name: 'Follow this story' }).click()
  await expect(reader.toast('This story is followed.')).toBeVisible()
  await page.keyboard.press('x')
  await expect(story).toHaveCount(0)

  feeds.addArticle('/ledger.xml', { ...late, html: '<p>Mayor Ada Kemble said that 40,000 people had left.</p>' })
  await refresh(reader)
  const told = reader.toast(`Ledger has joined the story “${dam}”.`)
  await expect(told).toBeVisible()
  await expect(reader.headline(flee)).toHaveAccessibleName(
    /covered by 3 of your sources, new ones since you last looked/,
  )
  await expect(reader.headline(flee).getByText('New', { exact: true })).toBeVisible()
  await expect(reader.headline(pears)).not.toHaveAccessibleName(/new ones/)
  await expect(reader.article.getByRole('button', { name: /new ones since you last looked/ })).toBeVisible()

  // In the list of followed stories, by keyboard.
  await page.keyboard.press('g')
  await page.keyboard.press('f')
  const list = page.getByRole('dialog', { name: 'Followed stories' })
  await expect(list.getByRole('listitem')).toContainText('New: Ledger')
  await expect(list.getByRole('button', { name: dam, exact: true })).toBeFocused()
  await checkPage(page, 'the followed stories')
  await page.keyboard.press('Escape')

  await reopen(reader, app)
  await expect(reader.headline(flee)).toHaveAccessibleName(/new ones since/)
  await expect(told).toHaveCount(0)
  await reader.headline(flee).getByText('3 sources').click()
  const fresh = story.getByRole('listitem').filter({ hasText: 'New since you last looked' })
  await expect(fresh).toHaveCount(1)
  await expect(fresh).toContainText(late.title!)
  await expect(fresh).toContainText('Adds: Mayor Ada Kemble, 40,000 people')
  await expect(story).toContainText('1 article since you last looked.')
  await checkPage(page, 'a story that has grown')
  await story.getByRole('button', { name: 'Go to the first' }).click()
  await expect(fresh.getByRole('button', { name: late.title!, exact: true })).toBeFocused()

  // Seen: unmarked in rows, marked on the page until it is left.
  await expect(reader.headline(flee)).not.toHaveAccessibleName(/new ones/)
  await page.keyboard.press('Escape')
  await expect(story).toHaveCount(0)
  await reader.headline(flee).getByText('3 sources').click()
  await expect(story.getByRole('listitem')).toHaveCount(3)
  await expect(fresh).toHaveCount(0)

  await page.keyboard.press('g')
  await page.keyboard.press('f')
  await list.getByRole('button', { name: `Stop following: ${dam}` }).click()
  await expect(list).toContainText('You follow no story')
  await expect(list.getByRole('heading', { name: 'Followed stories' })).toBeFocused()
})

test('an article that comes to the story which is open is marked there, and no toast says so', async ({
  app,
  feeds,
  reader,
  page,
}) => {
  const late = await open(app, feeds, reader)
  const story = storyOf(reader)
  await reader.read(dam)
  await page.keyboard.press('x')
  await story.getByRole('button', { name: 'Follow this story' }).click()
  feeds.addArticle('/ledger.xml', late)
  await refresh(reader)
  const fresh = story.getByRole('listitem').filter({ hasText: 'New since you last looked' })
  await expect(fresh).toContainText(late.title!)
  await expect(reader.headline(flee)).toHaveAccessibleName(/covered by 3 of your sources/)
  await expect(reader.headline(flee)).not.toHaveAccessibleName(/new ones/)
  await expect(reader.toast(/has joined the story/)).toHaveCount(0)
})

test('the reader says which articles are one story, and which are not, from the menu of a row, by keyboard alone', async ({
  app,
  feeds,
  reader,
  page,
}) => {
  await open(app, feeds, reader)
  await reader.read(pears)
  await reader.headline(pears).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Same story as…' }).press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Same story' })
  await expect(dialog.getByRole('searchbox')).toBeFocused()
  await expect(dialog.getByRole('listitem').first()).toBeVisible()
  await expect(dialog.getByRole('button', { name: pears })).toHaveCount(0)
  await checkPage(page, 'the choice of the same story')
  await page.keyboard.type('millionth')
  await expect(dialog.getByText('1 article found:')).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await expect(dialog.getByRole('button', { name: books })).toBeFocused()
  await page.keyboard.press('ArrowUp')
  await expect(dialog.getByRole('searchbox')).toBeFocused()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await expect(dialog).toHaveCount(0)
  await expect(reader.toast(`One story now: ${pears}, and ${books}`)).toBeVisible()
  await expect(reader.headline(books)).toHaveAccessibleName(/covered by 2 of your sources/)
  await page.keyboard.press('z')
  await expect(reader.headline(books)).not.toHaveAccessibleName(/covered/)

  await reader.headline(flee).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Not the same story' }).press('Enter')
  await expect(reader.headline(dam)).not.toHaveAccessibleName(/covered/)
  await page.keyboard.press('z')
  await expect(reader.headline(dam)).toHaveAccessibleName(/covered by 2/)

  // From the story, which stays the one that is open.
  await reader.read(dam)
  await page.keyboard.press('x')
  await storyOf(reader).getByRole('button', { name: 'Add an article to this story…' }).click()
  await dialog.getByRole('button', { name: books }).click()
  await expect(dialog).toHaveCount(0)
  await expect(storyOf(reader).getByRole('listitem')).toHaveCount(3)

  // One that has a story brings all of it along.
  const comet = 'Comet Halloran visible to the naked eye tonight'
  await expect(reader.headline(comet)).toHaveAccessibleName(/covered by 3 of your sources/)
  await storyOf(reader).getByRole('button', { name: 'Add an article to this story…' }).click()
  await dialog.getByRole('button', { name: comet }).click()
  await expect(storyOf(reader).getByRole('listitem')).toHaveCount(6)
})

test('a copy stands once and names its source, and what a publisher changed can be seen where it stands', async ({
  app,
  feeds,
  reader,
  page,
}) => {
  for (const paper of papers) feeds.publish(...feedOf(paper, Date.now()))
  const [path, ledger] = feedOf('Ledger', Date.now())
  const [, courier] = feedOf('Courier', Date.now())
  const copy = courier.items.find(({ title }) => title === dam)!
  feeds.publish(path, { ...ledger, items: [...ledger.items, copy] })
  await stock(app, feeds.url, { '': papers.map(paper => feedOf(paper, 0)[0]) })
  await page.goto(app.url())
  await reader.open('All')
  await reader.read(flee)
  feeds.changeArticle('/herald.xml', flee, {
    html: '<p>Twelve thousand left their homes in the Orrin Valley after the dam burst.</p>',
  })
  await refresh(reader)
  await expect(reader.toast(/refreshed|new/i).first()).toBeVisible()
  await expect(reader.article.getByRole('button', { name: 'Covered by 3 of your sources' })).toBeVisible()
  await page.keyboard.press('x')
  const story = storyOf(reader)
  await expect(story.getByRole('listitem').filter({ hasText: dam })).toHaveCount(1)
  const first = story.getByRole('listitem').filter({ hasText: dam })
  await expect(first).toContainText('Also in Ledger')
  const edited = story.getByRole('listitem').filter({ hasText: flee })
  await edited.getByRole('button', { name: 'Show what changed' }).click()
  await expect(edited.locator('ins').first()).toBeVisible()
  await first.getByRole('button', { name: 'Ledger' }).click()
  await expect(reader.article.getByRole('heading', { level: 2, name: dam })).toBeVisible()
})

test('a story whose file is gone says so, and leads back', async ({ app, feeds, reader, page }) => {
  await open(app, feeds, reader)
  await page.route('**/assets/StoryPage-*.js', route => route.abort())
  await page.goto('about:blank')
  await page.goto(app.url())
  await reader.read(dam)
  await page.keyboard.press('x')
  const story = storyOf(reader)
  await expect(story).toContainText('This window is older than the program behind it')
  await story.getByRole('button', { name: 'Back' }).click()
  await expect(reader.article.getByRole('heading', { level: 2, name: dam })).toBeVisible()
})
