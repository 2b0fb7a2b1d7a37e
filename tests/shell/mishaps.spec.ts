/** A page whose process dies or hangs: it comes back, or the user is asked. */
import { expect, test } from 'playwright/test'
import { type Desktop, openDesktop } from './desktop.ts'

let desktop: Desktop
test.beforeEach(async () => {
  desktop = await openDesktop()
})
test.afterEach(() => desktop?.remove())

/** True once the page is drawn and its engine has answered. The test's own hand on it is gone with the first process. */
const isThere = async () =>
  String(await desktop.ask('inPage', `document.querySelector('input') !== null`).catch(() => '')) === 'true'
/** Questions that wait for a button, and errors of the program's that nobody caught. */
const boxes = async () => {
  const { boxes, errors } = await desktop.facts()
  return [...errors, ...boxes]
}

async function crash(): Promise<void> {
  await desktop.ask('inPage', `void (window.isOfBefore = true)`)
  await desktop.ask('crash')
}

const isNew = async () =>
  String(await desktop.ask('inPage', `window.isOfBefore !== true`).catch(() => '')) === 'true' && (await isThere())

/** Dies within ten seconds of being loaded, and is asked about: on a busy machine it takes that long to be seen, and dies once more. */
async function dieAgain(): Promise<void> {
  await expect(async () => {
    await crash()
    await expect.poll(async () => (await boxes()).length > 0 || (await isNew())).toBe(true)
    expect(await boxes()).toHaveLength(1)
  }).toPass()
}

test('a page that dies comes back by itself; one that dies again at once has a word, and Reload brings it back', async () => {
  await expect.poll(isThere).toBe(true)
  await crash()
  await expect.poll(isNew).toBe(true)
  expect(await boxes()).toEqual([])

  await dieAgain()
  expect(await boxes()).toEqual([
    {
      message: expect.stringContaining('stopped working, twice'),
      detail: expect.stringMatching(/crashed|killed/),
      buttons: ['Reload', 'Quit'],
    },
  ])
  await desktop.ask('press', 'Reload')
  await expect.poll(isNew).toBe(true)
})

test('Quit in that word ends the program in order', async () => {
  await expect.poll(isThere).toBe(true)
  await crash()
  await expect.poll(isNew).toBe(true)
  await dieAgain()
  // It may be gone before it can answer.
  await desktop.ask('press', 'Quit').catch(() => undefined)
  expect(await desktop.ended).toBe(0)
})

test('the menu reloads a page that lives, one that is dead, and takes the question away', async () => {
  await expect.poll(isThere).toBe(true)
  await desktop.ask('inPage', `void (window.isOfBefore = true)`)
  await desktop.ask('clickLabel', 'Reload Window')
  await expect.poll(isNew).toBe(true)
  await crash()
  await expect.poll(isNew).toBe(true)
  await dieAgain()
  await desktop.ask('clickLabel', 'Reload Window')
  await expect.poll(isNew).toBe(true)
  expect(await boxes()).toEqual([])
})

test('a window that hangs has a word, which goes when it comes back; Reload gives it a new page without another word', async () => {
  await expect.poll(isThere).toBe(true)
  await desktop.ask('hang')
  await expect
    .poll(boxes)
    .toEqual([{ message: 'The window does not respond.', detail: expect.any(String), buttons: ['Wait', 'Reload'] }])
  await desktop.ask('recover')
  await expect.poll(boxes).toEqual([])

  await desktop.ask('inPage', `void (window.isOfBefore = true)`)
  await desktop.ask('hang')
  await expect.poll(async () => (await boxes()).length).toBe(1)
  await desktop.ask('press', 'Reload')
  await expect.poll(isNew).toBe(true)
  expect(await boxes()).toEqual([])

  // It was ended by us, which is no death: the next one is the first.
  await crash()
  await expect.poll(isNew).toBe(true)
  expect(await boxes()).toEqual([])
})

test('an engine that dies of a fault in native code takes neither the program nor the page with it', async () => {
  await expect.poll(isThere).toBe(true)
  await desktop.ask('inPage', `void (window.isOfBefore = true)`)
  const { page } = desktop
  for (const host of ['127.0.0.1', 'localhost']) {
    expect(await desktop.ask('crashEngine')).toBe(1)
    // The next engine answers, that nothing listens there.
    const field = page.getByRole('textbox').first()
    await field.fill(`http://${host}:1/`)
    await field.press('Enter')
    await expect(page.getByRole('status').filter({ hasText: `${host} refused the connection` })).toBeVisible()
  }
  expect(await desktop.ask('inPage', `window.isOfBefore`)).toBe(true)
  expect(await boxes()).toEqual([])
})
