/** Reading aloud. Chromium without a screen has no voices, so these bring their own; where there are none, none are brought. */
import type { Page } from 'playwright/test'
import { checkPage } from '../support/axe.ts'
import { expect, test } from '../support/e2e.ts'
import type { FeedServer } from '../support/feed-server.ts'
import type { ReaderWindow } from '../support/window.ts'

test.use({ viewport: { width: 900, height: 700 } })

const long = Array.from({ length: 40 }, (_, at) => `<p>Paragraph ${at + 1} is long. It has two sentences.</p>`).join('')
const items = [
  [
    'Tides',
    `<p>Der erste Satz, mit <b>fettem</b> Wort. Der zweite!</p><ul><li>Ein <ruby>Punkt<rt>Ton</rt></ruby></li></ul>${long}`,
  ],
  ['Moons', '<p>Another one.</p>'],
]

async function follow(reader: ReaderWindow, feeds: FeedServer): Promise<void> {
  const rows = items.map(
    (
      [title, html],
      at,
    ) => `<item><guid>${at}</guid><title>${title}</title><pubDate>Thu, 12 Mar 2026 1${2 - at}:00:00 GMT</pubDate>
      <description><![CDATA[${html}]]></description></item>`,
  )
  const body = `<rss version="2.0"><channel><title>Post</title><language>de-AT</language>${rows.join('')}</channel></rss>`
  feeds.answer('/post.xml', (_, response) => {
    response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(body)
  })
  await reader.follow(`${feeds.url}/post.xml`, 'Post')
  await reader.read('Tides')
}

/** Gives the page voices that say nothing, and end a sentence when they are told. */
async function bringVoices(page: Page): Promise<void> {
  await page.addInitScript(`
    const voice = (name, lang, localService, isDefault) => ({ name, lang, localService, default: isDefault })
    const voices = [
      voice('Service', 'de-DE', false, true), voice('Ann', 'en-GB', true, true), voice('Anna', 'de-DE', true, false),
    ]
    globalThis.spoken = []
    globalThis.SpeechSynthesisUtterance = class extends EventTarget {
      constructor(text) { super(); this.text = text }
    }
    const speech = Object.assign(new EventTarget(), {
      getVoices: () => voices,
      speak: utterance => spoken.push(utterance),
      cancel: () => spoken.at(-1)?.dispatchEvent(new Event('end')),
    })
    Object.defineProperty(globalThis, 'speechSynthesis', { value: speech })
  `)
  await page.reload()
}

const spoken = (page: Page) =>
  page.evaluate(`spoken.map(({ text, voice, rate }) => voice.name + ' ' + rate + ': ' + text)`)
const endSentence = (page: Page) => page.evaluate(`spoken.at(-1).dispatchEvent(new Event('end'))`)
/** What is marked in the text. */
const marked = (page: Page) =>
  page.evaluate(
    `[...(document.querySelector('iframe[title="Article text"]').contentWindow.CSS.highlights.get('aloud') ?? [])].join()`,
  )

async function begin(reader: ReaderWindow): Promise<void> {
  await reader.page.getByRole('button', { name: 'More actions' }).click()
  await reader.page.getByRole('menuitem', { name: 'Read aloud' }).click()
}

test('an article is read sentence by sentence, marked and in sight, by a voice of its language', async ({
  reader,
  feeds,
}) => {
  await bringVoices(reader.page)
  await follow(reader, feeds)
  await begin(reader)
  const bar = reader.page.getByRole('toolbar', { name: 'Reading aloud' })
  await expect(bar).toContainText('Sentence 1 of 84')
  expect(await spoken(reader.page)).toEqual(['Anna 1: Tides'])
  await endSentence(reader.page)
  await expect.poll(() => marked(reader.page)).toBe('Der erste Satz, mit fettem Wort.')
  await endSentence(reader.page)
  await endSentence(reader.page)
  expect(await spoken(reader.page)).toEqual([
    'Anna 1: Tides',
    'Anna 1: Der erste Satz, mit fettem Wort.',
    'Anna 1: Der zweite!',
    'Anna 1: Ein Punkt',
  ])
  await checkPage(reader.page, 'an article that is read aloud')
  for (let at = 0; at < 60; at++) await endSentence(reader.page)
  await expect(bar).toContainText('Sentence 64 of 84')
  await expect(reader.text.getByText('Paragraph 30 is long.')).toBeInViewport()
})

test('it pauses, steps, changes its speed, and stops where another article is opened', async ({ reader, feeds }) => {
  await bringVoices(reader.page)
  await follow(reader, feeds)
  await begin(reader)
  const bar = reader.page.getByRole('toolbar', { name: 'Reading aloud' })
  await bar.getByRole('button', { name: 'Pause' }).click()
  await bar.getByRole('button', { name: 'Next sentence' }).click()
  expect(await spoken(reader.page)).toEqual(['Anna 1: Tides'])
  await bar.getByRole('button', { name: 'Go on reading' }).click()
  await bar.getByRole('combobox', { name: 'Speed' }).selectOption('1.5 ×')
  await bar.getByRole('button', { name: 'Previous sentence' }).click()
  expect(await spoken(reader.page)).toEqual([
    'Anna 1: Tides',
    'Anna 1: Der erste Satz, mit fettem Wort.',
    'Anna 1.5: Der erste Satz, mit fettem Wort.',
    'Anna 1.5: Tides',
  ])
  // A voice that fails ends it, and the next begin is from the top.
  await reader.page.evaluate(`spoken.at(-1).dispatchEvent(new Event('error'))`)
  await expect(bar).toBeHidden()
  expect(await marked(reader.page)).toBe('')
  await reader.page.evaluate('spoken.length = 4')
  await begin(reader)
  await endSentence(reader.page)
  await expect.poll(() => marked(reader.page)).toBe('Der erste Satz, mit fettem Wort.')
  await reader.page.evaluate('spoken.length = 4')
  await reader.read('Moons')
  await expect(bar).toBeHidden()
  await endSentence(reader.page)
  expect(await spoken(reader.page)).toHaveLength(4)
  expect(await marked(reader.page)).toBe('')
})

test('all of it is read where reading begins before the stylesheet of the text is there', async ({ reader, feeds }) => {
  const { promise: late, resolve: letIt } = Promise.withResolvers<void>()
  await reader.page.route('**/assets/article-frame*.css', route => late.then(() => route.continue()))
  await bringVoices(reader.page)
  await follow(reader, feeds)
  await begin(reader)
  await expect(reader.page.getByRole('toolbar', { name: 'Reading aloud' })).toContainText('Sentence 1 of 84')
  letIt()
})

test('nothing is offered where the system has no voices', async ({ reader, feeds }) => {
  await follow(reader, feeds)
  await reader.page.getByRole('button', { name: 'More actions' }).click()
  await expect(reader.page.getByRole('menuitem', { name: 'Copy link' })).toBeVisible()
  expect(await reader.page.evaluate('speechSynthesis.getVoices().length')).toBe(0)
  await expect(reader.page.getByRole('menuitem', { name: 'Read aloud' })).toHaveCount(0)
})
