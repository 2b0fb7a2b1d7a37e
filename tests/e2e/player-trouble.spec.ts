/** Recordings whose servers misbehave: cut on the way, without ranges, gone. */
import { expect, test } from '../support/e2e.ts'
import { at, button, follow, offer, playerOf, positionOf, sound, text } from '../support/radio.ts'
import { sparseRecording } from '../support/recordings.ts'

test('a server without ranges plays from the start, and it is said why one cannot skip', async ({ reader, feeds }) => {
  using recording = sparseRecording(4_800_044, { hasRanges: false })
  offer(feeds, '/1.wav', recording)
  await follow(reader, feeds, { One: text('<p>1</p>') + sound('/1.wav') })
  await reader.read('One')
  await button(reader.article, 'Play 1.wav').click()
  await expect.poll(() => at(reader)).toBeGreaterThan(0)
  await expect(playerOf(reader).getByRole('status')).toContainText('only from the beginning')
  await expect(button(playerOf(reader), 'Forward 30 seconds')).toBeDisabled()
})

test('a connection that is cut again and again is no end of the recording', async ({ reader, feeds }) => {
  using recording = sparseRecording(800_044, { cut: { after: 100_000, times: 4 } })
  offer(feeds, '/1.wav', recording)
  await follow(reader, feeds, { One: text('<p>1</p>') + sound('/1.wav') })
  await reader.read('One')
  await button(reader.article, 'Play 1.wav').click()
  await expect.poll(() => recording.ranges.length).toBeGreaterThan(4)
  await positionOf(reader).fill('97')
  await expect.poll(() => at(reader)).toBeGreaterThan(97)
})

test('a recording of 300 MB that breaks off in its middle goes on, and one that stays away says so and can be tried again', async ({
  reader,
  feeds,
}) => {
  using recording = sparseRecording(300_000_000, { cut: { after: 3_000_000, times: 3 } })
  offer(feeds, '/long.wav', recording)
  await follow(reader, feeds, { 'A long evening': text('<p>Notes</p>') + sound('/long.wav') })
  await reader.read('A long evening')
  await button(reader.article, 'Play long.wav').click()
  await expect(positionOf(reader)).toHaveAttribute('aria-valuetext', /of 10:24:59$/)
  await positionOf(reader).fill('18000')
  await expect.poll(() => at(reader)).toBeGreaterThan(18_000)
  // Beyond what came before the break.
  await positionOf(reader).fill('18600')
  await expect.poll(() => at(reader)).toBeGreaterThan(18_600)
  await expect(playerOf(reader).getByRole('status')).toHaveText('')

  feeds.answer('/long.wav', request => request.socket.destroy())
  await positionOf(reader).fill('36000')
  await expect(playerOf(reader).getByRole('status')).toContainText(/broke off|at the moment/)
  offer(feeds, '/long.wav', recording)
  await button(playerOf(reader), 'Try again').click()
  await expect.poll(() => at(reader)).toBeGreaterThan(36_000)
  await expect(playerOf(reader).getByRole('status')).toHaveText('')
})

for (const [what, status, words] of [
  ['gone', 404, 'no longer on its server'],
  ['a page', 200, 'something else than a recording'],
  ['broken', 500, 'does not give this recording out'],
] as const) {
  test(`a recording that is ${what} says so, and plays once it is there`, async ({ reader, feeds }) => {
    feeds.answer('/1.wav', (_, response) => {
      response
        .writeHead(status, { 'content-type': 'audio/wav' })
        .end('<!doctype html><title>Log in</title>'.padEnd(500))
    })
    await follow(reader, feeds, { One: text('<p>1</p>') + sound('/1.wav') })
    await reader.read('One')
    await button(reader.article, 'Play 1.wav').click()
    await expect(playerOf(reader).getByRole('status')).toContainText(words)
    using recording = sparseRecording(480_044)
    offer(feeds, '/1.wav', recording)
    await button(playerOf(reader), 'Play').click()
    await expect.poll(() => at(reader)).toBeGreaterThan(0)
    await expect(playerOf(reader).getByRole('status')).toHaveText('')
  })
}
