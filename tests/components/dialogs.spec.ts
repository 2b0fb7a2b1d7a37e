/** What opens over the window and says something: dialogs, menus, toasts, notes. */
import { expect, type Stage, test } from '../support/stage.ts'

const before = { name: 'Before' }

/** From now on time passes only where a test says so. */
async function stopClock({ page }: Stage): Promise<void> {
  await page.clock.install({ time: 0 })
  await page.clock.pauseAt(1_000)
}

test.describe('a dialog', () => {
  const dialog = { title: 'Rename', children: 'html:<input data-autofocus aria-label="Name">', onclose: 'call:close' }

  test('takes the focus to its first field, and gives it back to what opened it', async ({ stage }) => {
    await stage.page.getByRole('button', before).focus()
    await stage.show('ui/dialog/Dialog', dialog)
    await expect(stage.page.getByRole('textbox', { name: 'Name' })).toBeFocused()
    await stage.leave()
    await expect(stage.page.getByRole('button', before)).toBeFocused()
  })

  test('without a field has the focus on its title', async ({ stage }) => {
    await stage.show('ui/dialog/Dialog', { ...dialog, children: 'html:<p>Nothing to type</p>' })
    await expect(stage.page.getByRole('heading', { name: 'Rename' })).toBeFocused()
  })

  test('is named by its title and described by the line under it', async ({ stage }) => {
    await stage.show('ui/dialog/Dialog', { ...dialog, intro: 'The publisher calls it otherwise.' })
    const opened = stage.page.getByRole('dialog', { name: 'Rename' })
    await expect(opened).toHaveAccessibleDescription('The publisher calls it otherwise.')
  })

  test('asks to be closed by Escape and by its button, and stays until it is', async ({ stage }) => {
    await stage.show('ui/dialog/Dialog', dialog)
    await stage.page.keyboard.press('Escape')
    await stage.page.getByRole('button', { name: 'Close' }).click()
    expect(await stage.calls()).toEqual([['close'], ['close', 'click']])
    await expect(stage.page.getByRole('dialog')).toBeVisible()
  })

  test('is closed by a click beside it only where nothing typed would be lost', async ({ stage }) => {
    await stage.show('ui/dialog/Dialog', dialog)
    await stage.page.mouse.click(5, 5)
    expect(await stage.calls()).toEqual([])
    await stage.set({ closesOutside: true })
    await stage.page.mouse.click(5, 5)
    expect(await stage.calls()).toEqual([['close']])
  })

  test('has the focus still when the step that it was in is over', async ({ stage }) => {
    await stage.show('ui/dialog/Dialog', { ...dialog, step: 'asking' })
    await stage.set({ step: 'working', children: 'html:<p>Working</p>' })
    await expect(stage.page.getByRole('heading', { name: 'Rename' })).toBeFocused()
  })

  test('shows the messages of the window below itself', async ({ stage }) => {
    await stage.show('ui/dialog/Dialog', dialog)
    await expect(stage.page.getByRole('dialog').getByText('Below')).toBeVisible()
  })
})

test.describe('a menu', () => {
  const menu = {
    label: 'Actions for News',
    place: { x: 20, y: 20 },
    items: [
      { label: 'Refresh', run: 'call:refresh' },
      { label: 'Rename…', run: 'call:rename' },
      'rule',
      { label: 'Move…', run: 'call:move', isDisabled: true },
      { label: 'Unsubscribe', run: 'call:unsubscribe', isDanger: true },
    ],
  }
  const item = (name: string) => ({ name, exact: true })

  test('is walked through by arrows, round its ends and past what can’t be chosen', async ({ stage }) => {
    await stage.show('ui/Menu', { menu, onclose: 'call:close' })
    const { page } = stage
    await expect(page.getByRole('menuitem', item('Refresh'))).toBeFocused()
    await page.keyboard.press('ArrowUp')
    await expect(page.getByRole('menuitem', item('Unsubscribe'))).toBeFocused()
    await page.keyboard.press('ArrowUp')
    await expect(page.getByRole('menuitem', item('Rename…'))).toBeFocused()
    await page.keyboard.press('End')
    await expect(page.getByRole('menuitem', item('Unsubscribe'))).toBeFocused()
    await page.keyboard.press('ArrowDown')
    await expect(page.getByRole('menuitem', item('Refresh'))).toBeFocused()
  })

  test('goes to the item that begins with what is typed', async ({ stage }) => {
    await stage.show('ui/Menu', { menu, onclose: 'call:close' })
    const { page } = stage
    await expect(page.getByRole('menuitem', item('Refresh'))).toBeFocused()
    await page.keyboard.type('un')
    await expect(page.getByRole('menuitem', item('Unsubscribe'))).toBeFocused()
  })

  test('closes by Escape, and the focus goes back', async ({ stage }) => {
    await stage.page.getByRole('button', before).focus()
    await stage.show('ui/Menu', { menu, onclose: 'call:close' })
    await expect(stage.page.getByRole('menuitem', item('Refresh'))).toBeFocused()
    await stage.page.keyboard.press('Escape')
    expect(await stage.calls()).toEqual([['close']])
    await stage.leave()
    await expect(stage.page.getByRole('button', before)).toBeFocused()
  })

  test('closes before it does what was chosen, and does nothing of what can’t be', async ({ stage }) => {
    await stage.show('ui/Menu', { menu, onclose: 'call:close' })
    await stage.page.getByRole('menuitem', item('Move…')).click({ force: true })
    await stage.page.getByRole('menuitem', item('Rename…')).click()
    await expect.poll(() => stage.calls()).toEqual([['close'], ['rename']])
  })

  test('closes when something beside it is pressed', async ({ stage }) => {
    await stage.show('ui/Menu', { menu, onclose: 'call:close' })
    await stage.page.mouse.click(900, 600)
    expect(await stage.calls()).toEqual([['close']])
  })
})

test.describe('toasts:', () => {
  const toasts = { toasts: 'toasts', onundo: 'call:undo' }
  const deed = { undoIds: [7], done: 'Unsubscribed from News.', undone: 'Followed again: News' }

  test('what went wrong is said at once and stays, what was done is said when nothing else is', async ({ stage }) => {
    await stopClock(stage)
    await stage.show('shell/Toasts', toasts)
    await stage.toast({ text: 'The disk is full.', kind: 'problem' })
    await stage.toast({ text: 'Link copied.' })
    await expect(stage.page.getByRole('alert')).toContainText('The disk is full.')
    await expect(stage.page.getByRole('status')).toContainText('Link copied.')
    await stage.page.clock.runFor(8_100)
    await expect(stage.page.getByText('Link copied.')).toHaveCount(0)
    await expect(stage.page.getByText('The disk is full.')).toBeVisible()
    await stage.page.getByRole('button', { name: 'Dismiss' }).click()
    await expect(stage.page.getByText('The disk is full.')).toHaveCount(0)
  })

  test('none goes away under the pointer, and each has its whole time again afterwards', async ({ stage }) => {
    await stopClock(stage)
    await stage.show('shell/Toasts', toasts)
    await stage.toast({ text: 'Link copied.' })
    const toast = stage.page.getByText('Link copied.')
    await toast.hover()
    await stage.page.clock.runFor(20_000)
    await expect(toast).toBeVisible()
    await stage.page.mouse.move(5, 5)
    await stage.page.clock.runFor(7_000)
    await expect(toast).toBeVisible()
    await stage.page.clock.runFor(1_100)
    await expect(toast).toHaveCount(0)
  })

  test('Undo takes back what the toast tells of, and the toast goes', async ({ stage }) => {
    await stage.show('shell/Toasts', toasts)
    await stage.toast({ text: deed.done, undo: deed })
    await stage.page.getByRole('button', { name: 'Undo' }).click()
    expect(await stage.calls()).toEqual([['undo', deed]])
    await expect(stage.page.getByText(deed.done)).toHaveCount(0)
  })
})

test('a note on a failure says what happened, why, and what to do right here', async ({ stage }) => {
  await stage.show('ui/FailureNote', {
    failure: { reason: 'dns', host: 'news.example' },
    typed: 'news.example',
    children: 'html:<button>Try again</button>',
  })
  const note = stage.page.locator('#stage')
  await expect(note).toContainText('news.example')
  await expect(note).toContainText('Most likely the name is misspelt')
  await expect(note).toContainText('Check the spelling.')
  await expect(note.getByRole('button', { name: 'Try again' })).toBeVisible()
  await stage.set({ next: 'Type another one.' })
  await expect(note).toContainText('Type another one.')
  await expect(note).not.toContainText('Check the spelling.')
})
