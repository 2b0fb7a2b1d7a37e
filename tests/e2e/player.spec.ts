/** The player at the foot of the window: it goes on while one reads, and is there again after a restart. */
import { checkPage } from '../support/axe.ts'
import { expect, reopen, test } from '../support/e2e.ts'
import { at, button, follow, offer, playerOf, positionOf, sound, text } from '../support/radio.ts'
import { sparseRecording } from '../support/recordings.ts'
import { silence } from '../support/sounds.ts'

test('there is no player before something is played, and it goes on while one reads and changes lists', async ({
  reader,
  feeds,
}) => {
  using recording = sparseRecording(480_044)
  offer(feeds, '/1.wav', recording)
  await follow(reader, feeds, {
    'Tides and times': text('<p>Notes</p>') + sound('/1.wav'),
    'A letter': text('<p>Dear</p>'),
  })
  await expect(playerOf(reader)).toBeHidden()
  await reader.read('Tides and times')
  await button(reader.article, 'Play 1.wav').click()
  await expect(button(playerOf(reader), 'Pause')).toBeVisible()
  await expect.poll(() => at(reader)).toBeGreaterThan(0)

  await reader.read('A letter')
  await reader.open('Unread')
  const before = await at(reader)
  await expect.poll(() => at(reader)).toBeGreaterThan(before)
  await reader.page.keyboard.press(',')
  await expect(reader.page.getByRole('dialog')).toBeVisible()
  const inDialog = Number(
    await reader.page.locator('section[aria-label=Player] input[type=range]').first().inputValue(),
  )
  await expect
    .poll(async () =>
      Number(await reader.page.locator('section[aria-label=Player] input[type=range]').first().inputValue()),
    )
    .toBeGreaterThan(inDialog)
  await reader.page.keyboard.press('Escape')
  await button(playerOf(reader), /^Open the article/).click()
  await expect(reader.article.getByRole('heading', { level: 2, name: 'Tides and times' })).toBeVisible()
})

test('a recording of 300 MB seeks to its end without what is between', async ({ reader, feeds }) => {
  using recording = sparseRecording(300_000_000)
  offer(feeds, '/long.wav', recording)
  await follow(reader, feeds, { 'A long evening': text('<p>Notes</p>') + sound('/long.wav') })
  await reader.read('A long evening')
  await button(reader.article, 'Play long.wav').click()
  await expect(positionOf(reader)).toHaveAttribute('aria-valuetext', /of 10:24:59$/)
  await positionOf(reader).fill('37490')
  await expect.poll(() => at(reader)).toBeGreaterThan(37_490)
  expect(recording.sent()).toBeLessThan(100_000_000)
  // The connection from before may be taken up again, and be asked for last.
  expect(recording.ranges).toContainEqual(expect.stringMatching(/^bytes=299\d{6}-/))
})

test('how far one was, how fast it plays and what follows are there after a restart', async ({
  reader,
  feeds,
  app,
}) => {
  using first = sparseRecording(4_800_044)
  using second = sparseRecording(480_044)
  offer(feeds, '/1.wav', first)
  offer(feeds, '/2.wav', second)
  await follow(reader, feeds, { One: text('<p>1</p>') + sound('/1.wav'), Two: text('<p>2</p>') + sound('/2.wav') })
  await reader.read('Two')
  await reader.read('One')
  await button(reader.article, 'Play 1.wav').click()
  await expect(button(playerOf(reader), 'Pause')).toBeVisible()
  await playerOf(reader).getByRole('combobox', { name: 'Speed' }).selectOption('1.5×')
  await positionOf(reader).fill('300')
  await button(playerOf(reader), 'Pause').click()
  await reader.read('Two')
  await button(reader.article, 'Play last: 2.wav').click()
  await expect(reader.toast('Added to what follows, at its end.')).toBeVisible()

  await app.restart()
  await reopen(reader, app)
  await expect(playerOf(reader)).toContainText('One')
  await expect(playerOf(reader)).toContainText('5:00')
  await expect(playerOf(reader).getByRole('combobox', { name: 'Speed' })).toHaveValue('1.5')
  await button(playerOf(reader), /^Chapters, up next/).click()
  await expect(reader.page.getByRole('list', { name: 'Up next' }).getByRole('listitem')).toHaveText(/Two/)
  await button(playerOf(reader), 'Play').click()
  await expect.poll(() => at(reader)).toBeGreaterThan(300)
  expect(await at(reader)).toBeLessThan(400)
})

test('what follows plays by itself, and what was heard is marked so', async ({ reader, feeds }) => {
  // A second is over before what follows is chosen, on a busy machine: the first comes once that is done.
  const isChosen = Promise.withResolvers<void>()
  const answer = (path: string, when: Promise<void>) =>
    feeds.answer(path, (_, response) => {
      void when.then(() => response.writeHead(200, { 'content-type': 'audio/wav' }).end(silence(1)))
    })
  answer('/1.wav', isChosen.promise)
  answer('/2.wav', Promise.resolve())
  using last = sparseRecording(480_044)
  offer(feeds, '/3.wav', last)
  await follow(reader, feeds, {
    One: text('<p>1</p>') + sound('/1.wav'),
    Two: text('<p>2</p>') + sound('/2.wav'),
    Three: text('<p>3</p>') + sound('/3.wav'),
  })
  await reader.read('Three')
  await button(reader.article, 'Play last: 3.wav').click()
  // Nothing was in hand: it is now, and is put aside by what is played.
  await button(playerOf(reader), 'Close the player').click()
  await expect(playerOf(reader)).toBeHidden()
  await reader.read('Two')
  await reader.read('One')
  await button(reader.article, 'Play 1.wav').click()
  await reader.read('Two')
  await button(reader.article, 'Play next: 2.wav').click()
  await reader.read('Three')
  await reader.page.keyboard.press('Shift+B')
  await expect(reader.toast('Added to what follows, at its end.')).toBeVisible()
  isChosen.resolve()
  await expect(playerOf(reader)).toContainText('Three')
  await expect.poll(() => at(reader)).toBeGreaterThan(0)
  await reader.read('One')
  await expect(reader.article.getByText('Played', { exact: true })).toBeVisible()
  await expect(button(reader.article, 'Play 1.wav')).toHaveText('Again')
})

test('what follows is reordered and removed by keys, and the focus stays with it', async ({ reader, feeds }) => {
  using recording = sparseRecording(480_044)
  const titles = ['One', 'Two', 'Three', 'Four']
  for (const title of titles) offer(feeds, `/${title}.wav`, recording)
  await follow(
    reader,
    feeds,
    Object.fromEntries(titles.map(title => [title, text('<p>Notes</p>') + sound(`/${title}.wav`)])),
  )
  for (const title of titles) {
    await reader.read(title)
    await reader.page.keyboard.press('Shift+B')
    await expect(playerOf(reader)).toBeVisible()
  }
  await reader.page.keyboard.press('Shift+Q')
  const rows = reader.page.getByRole('list', { name: 'Up next' }).getByRole('listitem')
  await expect(rows).toHaveText([/Two/, /Three/, /Four/])
  await button(playerOf(reader), 'Move Two down').focus()
  await reader.page.keyboard.press('Enter')
  await expect(rows).toHaveText([/Three/, /Two/, /Four/])
  await expect(button(playerOf(reader), 'Move Two down')).toBeFocused()
  await button(playerOf(reader), 'Remove Two from up next').press('Enter')
  await expect(rows).toHaveText([/Three/, /Four/])
  await expect(button(playerOf(reader), 'Remove Four from up next')).toBeFocused()
  await reader.page.keyboard.press('Escape')
  await expect(rows).toHaveCount(0)
  await expect(button(playerOf(reader), /^Chapters, up next/)).toBeFocused()
})

test('a sleep timer at the end of the episode lets nothing follow', async ({ reader, feeds }) => {
  feeds.answer('/1.wav', (_, response) => response.writeHead(200, { 'content-type': 'audio/wav' }).end(silence(2)))
  using second = sparseRecording(480_044)
  offer(feeds, '/2.wav', second)
  await follow(reader, feeds, { One: text('<p>1</p>') + sound('/1.wav'), Two: text('<p>2</p>') + sound('/2.wav') })
  await reader.read('One')
  await reader.page.keyboard.press('Shift+B')
  await reader.read('Two')
  await reader.page.keyboard.press('Shift+B')
  await button(playerOf(reader), /^Chapters, up next/).click()
  await reader.page.getByRole('combobox', { name: 'Sleep timer' }).selectOption('At the end of the episode')
  await button(playerOf(reader), 'Play').click()
  await expect(button(playerOf(reader), 'Pause')).toBeVisible()
  await expect(button(playerOf(reader), 'Play')).toBeVisible()
  await expect(playerOf(reader)).toContainText('One')
  await expect(reader.page.getByRole('combobox', { name: 'Sleep timer' })).toHaveValue('')
  expect(second.ranges).toEqual([])
})

test('chapters and times in the notes lead into the recording', async ({ reader, feeds }) => {
  using recording = sparseRecording(4_800_044)
  offer(feeds, '/1.wav', recording)
  const chapters =
    '<psc:chapters><psc:chapter start="0" title="Hello"/><psc:chapter start="5:00" title="The harbour"/></psc:chapters>'
  const notes =
    '<p>At 1:00 nothing, but <a href="#t=3m">the boats</a>.</p><ul><li>2:05 The bridge</li><li>(4:10) The mole</li><li>99:00:00 Too far</li></ul>'
  const more = '<itunes:duration>10:00</itunes:duration>'
  await follow(reader, feeds, {
    One: `<link>HOST/one</link>${text(notes)}${sound('/1.wav', chapters)}`,
    'How long it is': text(notes) + sound('/2.wav', more),
  })
  await reader.read('How long it is')
  await expect(reader.text.getByRole('link')).toHaveText(['the boats', '2:05', '4:10'])
  await reader.read('One')
  await expect(reader.text.getByRole('link')).toHaveText(['the boats', '2:05', '4:10', '99:00:00'])
  await reader.text.getByRole('link', { name: 'the boats' }).click()
  await expect.poll(() => at(reader)).toBeGreaterThanOrEqual(180)
  await reader.text.getByRole('link', { name: '2:05' }).click()
  await expect.poll(() => at(reader)).toBeGreaterThanOrEqual(125)
  await expect(playerOf(reader)).toContainText('Hello')
  await button(playerOf(reader), /^Chapters, up next/).click()
  await reader.page
    .getByRole('list', { name: 'Chapters' })
    .getByRole('button', { name: /The harbour/ })
    .click()
  await expect.poll(() => at(reader)).toBeGreaterThanOrEqual(300)
  await expect(
    reader.page.getByRole('list', { name: 'Chapters' }).getByRole('button', { name: /The harbour/ }),
  ).toHaveAttribute('aria-current', 'true')
  // What the system shows of it.
  const metadata = '(({ title, artist, album }) => [title, artist, album])(navigator.mediaSession.metadata)'
  expect(await reader.page.evaluate(metadata)).toEqual(['One', 'Harbour Radio', 'The harbour'])
})

test('a sound in the text goes on in the player', async ({ reader, feeds }) => {
  using recording = sparseRecording(480_044)
  offer(feeds, '/song.wav', recording)
  await follow(reader, feeds, { One: text('<p>A song</p><audio src="HOST/song.wav" controls></audio>') })
  await reader.read('One')
  await reader.text.locator('audio').evaluate((audio: { play(): Promise<void> }) => audio.play().catch(() => undefined))
  await expect.poll(() => at(reader)).toBeGreaterThan(0)
  await expect(playerOf(reader)).toContainText('One')
})

test('with the player, what is said takes no third of a small window, and each Undo can be had', async ({
  reader,
  feeds,
}) => {
  const { page } = reader
  await page.setViewportSize({ width: 1280, height: 700 })
  using recording = sparseRecording(480_044)
  offer(feeds, '/1.wav', recording)
  await follow(reader, feeds, { One: text('<p>1</p>') + sound('/1.wav') })
  await reader.read('One')
  await page.keyboard.press('b')
  await expect(button(playerOf(reader), 'Pause')).toBeVisible()
  for (const [item, said] of [
    ['Pause', 'is paused.'],
    ['Resume', 'Harbour Radio is no longer paused'],
    ['Pause', 'is paused.'],
  ] as const) {
    await reader.choose('Harbour Radio', item)
    await expect(reader.toast(said)).toBeVisible()
    // A menu offers what was so when it was opened.
    await expect(reader.source('Harbour Radio')).toHaveAccessibleName(item === 'Pause' ? /paused/ : /Radio$/)
  }
  // So that they stay.
  await page.locator('.toast').last().hover()
  const undos = page.getByRole('button', { name: 'Undo', exact: true })
  await expect(undos).toHaveCount(2)
  const heights = await page
    .locator('.toasts, section[aria-label=Player]')
    .evaluateAll(all => all.map(element => element.getBoundingClientRect().height))
  expect(heights.reduce((sum, height) => sum + height)).toBeLessThan(700 / 3)
  await page.getByRole('button', { name: /^\d more$/ }).click()
  await expect(undos.nth(2)).toBeVisible()
  await page.getByRole('button', { name: 'Fewer' }).click()
  await expect(undos).toHaveCount(2)
})

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [900, 1600]) {
    test(`it can be used by everybody: ${colorScheme}, ${width} px`, async ({ reader, feeds, page }) => {
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width, height: 800 })
      using recording = sparseRecording(4_800_044)
      offer(feeds, '/1.wav', recording)
      offer(feeds, '/2.wav', recording)
      const chapters =
        '<psc:chapters><psc:chapter start="0" title="Hello"/><psc:chapter start="5:00" title="Mole"/></psc:chapters>'
      await follow(reader, feeds, {
        'Tides and times of the outer harbour': text('<p>2:05 The bridge</p>') + sound('/1.wav', chapters),
        'The second evening': text('<p>2</p>') + sound('/2.wav'),
      })
      await reader.read('The second evening')
      await reader.read('Tides and times of the outer harbour')
      await page.keyboard.press('b')
      await expect(button(playerOf(reader), 'Pause')).toBeVisible()
      await page.keyboard.press('l')
      await expect.poll(() => at(reader)).toBeGreaterThan(29)
      await reader.read('The second evening')
      await page.keyboard.press('Shift+B')
      await page.keyboard.press('Shift+Q')
      await expect(page.getByRole('list', { name: 'Chapters' })).toBeVisible()
      await checkPage(page, `the player, ${colorScheme}, ${width} px`)
    })
  }
}
