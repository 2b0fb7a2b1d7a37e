/** Buttons, fields and the like: their names, their keys, and what a screen reader is given. */
import { expect, test } from '../support/stage.ts'

test('a button at work can’t be pressed again, and says that it is busy', async ({ stage }) => {
  await stage.show('ui/Button', { children: 'html:<b>Save</b>', onclick: 'call:click' })
  const button = stage.page.getByRole('button', { name: 'Save' })
  await button.click()
  await stage.set({ busy: true })
  await expect(button).toBeDisabled()
  await expect(button).toHaveAttribute('aria-busy', 'true')
  expect(await stage.calls()).toEqual([['click', 'click']])
})

test('a button submits no form unless it is told to', async ({ stage }) => {
  await stage.show('ui/Button', { children: 'html:<b>Stop</b>' })
  await expect(stage.page.getByRole('button', { name: 'Stop' })).toHaveAttribute('type', 'button')
})

test('a button of an icon only has a name, and its tooltip tells the key, too', async ({ stage }) => {
  await stage.show('ui/IconButton', { icon: 'refresh', label: 'Refresh all', keys: 'Shift+R' })
  const button = stage.page.getByRole('button', { name: 'Refresh all', exact: true })
  await expect(button).toHaveAttribute('title', 'Refresh all (Shift+R)')
  await expect(button).toHaveAttribute('aria-keyshortcuts', 'Shift+R')
})

test('a button that stays down says whether it is', async ({ stage }) => {
  await stage.show('ui/IconButton', { icon: 'saved', label: 'Save', pressed: false })
  const button = stage.page.getByRole('button', { name: 'Save', exact: true })
  await expect(button).toHaveAttribute('aria-pressed', 'false')
  await stage.set({ pressed: true })
  await expect(button).toHaveAttribute('aria-pressed', 'true')
})

test('a field is described by its mistake and its hint, and is invalid only while there is a mistake', async ({
  stage,
}) => {
  await stage.show('ui/Field', { label: 'Proxy', value: 'x', hint: 'Empty: as the system says.', error: 'No proxy.' })
  const field = stage.page.getByRole('textbox', { name: 'Proxy', exact: true })
  await expect(field).toHaveAccessibleDescription('No proxy. Empty: as the system says.')
  await expect(field).toHaveAttribute('aria-invalid', 'true')
  await stage.set({ error: undefined })
  await expect(field).toHaveAccessibleDescription('Empty: as the system says.')
  await expect(field).not.toHaveAttribute('aria-invalid')
})

test('a field whose label is hidden still has it as its name', async ({ stage }) => {
  await stage.show('ui/Field', { label: 'Folder', value: '', hidesLabel: true })
  await expect(stage.page.getByRole('textbox', { name: 'Folder' })).toBeVisible()
  expect((await stage.page.getByText('Folder').boundingBox())?.width).toBeLessThanOrEqual(1)
})

test.describe('a splitter', () => {
  const splitter = {
    label: 'Width',
    value: 200,
    min: 160,
    max: 400,
    standard: 240,
    onmove: 'call:move',
    onkeep: 'call:keep',
  }

  test('tells its value and its limits', async ({ stage }) => {
    await stage.show('ui/Splitter', splitter)
    const separator = stage.page.getByRole('separator', { name: 'Width' })
    await expect(separator).toHaveAttribute('aria-valuenow', '200')
    await expect(separator).toHaveAttribute('aria-valuemin', '160')
    await expect(separator).toHaveAttribute('aria-valuemax', '400')
  })

  for (const [key, width] of [
    ['ArrowRight', 216],
    ['ArrowLeft', 184],
    ['Shift+ArrowRight', 264],
    ['Shift+ArrowLeft', 160],
    ['Home', 160],
    ['End', 400],
    ['Enter', 240],
  ] as const)
    test(`goes to ${width} px by ${key}`, async ({ stage }) => {
      await stage.show('ui/Splitter', splitter)
      await stage.page.getByRole('separator').press(key)
      expect(await stage.calls()).toEqual([
        ['move', width],
        ['keep', width],
      ])
    })

  for (const [key, width] of [
    ['ArrowLeft', 216],
    ['ArrowRight', 184],
  ] as const)
    test(`goes to ${width} px by ${key} in a page from right to left, where the pane before it is on its right`, async ({
      stage,
    }) => {
      await stage.page.evaluate("document.documentElement.dir = 'rtl'")
      await stage.show('ui/Splitter', splitter)
      await stage.page.getByRole('separator').press(key)
      expect((await stage.calls()).at(-1)).toEqual(['keep', width])
    })

  for (const [dir, width] of [
    ['ltr', 230],
    ['rtl', 170],
  ] as const)
    test(`follows a pointer that goes 30 px to the right to ${width} px in a page that is ${dir}`, async ({
      stage,
    }) => {
      await stage.page.evaluate(`document.documentElement.dir = '${dir}'`)
      // On its own it has no height.
      const content =
        '[role=separator] { position: fixed !important; inset: 100px auto auto 300px !important; width: 8px; height: 50px }'
      await stage.page.addStyleTag({ content })
      await stage.show('ui/Splitter', splitter)
      const { mouse } = stage.page
      await mouse.move(304, 120)
      await mouse.down()
      await mouse.move(334, 120)
      expect((await stage.calls()).at(-1)).toEqual(['move', width])
      await mouse.up()
      expect((await stage.calls()).at(-1)).toEqual(['keep', width])
    })
})

test('progress tells how far it is, and nothing where nobody knows', async ({ stage }) => {
  await stage.show('ui/Progress', { label: 'Following', value: 3, max: 12 })
  const bar = stage.page.getByRole('progressbar', { name: 'Following' })
  await expect(bar).toHaveAttribute('aria-valuenow', '3')
  await expect(bar).toHaveAttribute('aria-valuemax', '12')
  await stage.set({ value: undefined })
  await expect(bar).not.toHaveAttribute('aria-valuenow')
})

test('a feed without an icon, or with one that can’t be drawn, has its first letter; a screen reader hears neither', async ({
  stage,
}) => {
  await stage.show('ui/icons/FeedIcon', { title: '«élan» weekly', url: null })
  const letter = stage.page.getByText('É', { exact: true })
  await expect(letter).toHaveAttribute('aria-hidden', 'true')
  await stage.set({ url: 'data:image/png;base64,AAAA' })
  await expect(letter).toBeVisible()
  await expect(stage.page.getByRole('img')).toHaveCount(0)
})

test('what was searched for is marked, and the text around it stays as it is', async ({ stage }) => {
  const segments = [
    { text: 'The ', isMatch: false },
    { text: 'mor', isMatch: true },
    { text: 'ning paper', isMatch: false },
  ]
  await stage.show('ui/Marked', { segments })
  await expect(stage.page.locator('mark')).toHaveText(['mor'])
  expect(await stage.page.locator('#stage').textContent()).toContain('The morning paper')
})

test('a new folder is named where it is chosen', async ({ stage }) => {
  const folders = [
    { id: 1, title: 'News', parentId: null, position: 0, reading: {} },
    { id: 2, title: 'Local', parentId: 1, position: 0, reading: {} },
  ]
  await stage.show('add-feed/FolderPicker', { folders, choice: { kind: 'existing', folderId: 2 } })
  const picker = stage.page.getByRole('combobox', { name: 'Folder' })
  await expect(picker.locator('option:checked')).toHaveText('News › Local')
  await expect(stage.page.getByRole('textbox')).toHaveCount(0)
  await picker.selectOption('New folder…')
  await stage.page.getByRole('textbox', { name: 'Name of the new folder' }).fill('Sport')
  await picker.selectOption('No folder')
  await expect(stage.page.getByRole('textbox')).toHaveCount(0)
})
