import { expect, test } from 'vitest'
import type { MenuCommand } from '../../src-main/api/host/events.ts'
import { menuTemplate } from '../../src-main/electron/menu/menu-template.ts'
import { commandOfMenu } from '../../src-renderer/commands/commands.ts'
import { shortcuts } from '../../src-renderer/commands/keyboard.ts'

type Item = { id?: string; accelerator?: string; registerAccelerator?: boolean }

test('the application’s menu shows the keys that the page really has', () => {
  const menus = menuTemplate('linux', true, { send: () => undefined, reload: () => undefined })
  const items = menus.flatMap(menu => (menu.submenu ?? []) as unknown as Item[])
  const shown = items.filter(item => item.registerAccelerator === false)
  expect(shown.length).toBeGreaterThan(5)
  const wrong = shown.filter(({ id, accelerator }) => {
    const command = commandOfMenu(id as MenuCommand)
    const keys = shortcuts.find(shortcut => shortcut.command === command)?.keys ?? []
    const shownKey = accelerator?.replace(/^Ctrl/, 'Mod').toUpperCase()
    return !keys.some(key => key.toUpperCase() === shownKey)
  })
  expect(wrong.map(({ id }) => id)).toEqual([])
})

test('no key that the menu takes for itself is one of the page’s, but for what does the same there', () => {
  const menus = menuTemplate('linux', true, { send: () => undefined, reload: () => undefined })
  const taken = menus
    .flatMap(menu => (menu.submenu ?? []) as unknown as Item[])
    .filter(item => item.accelerator && item.registerAccelerator !== false)
  const clashing = taken.filter(({ id, accelerator = '' }) => {
    const key = accelerator.replace('CmdOrCtrl', 'Mod').toLowerCase()
    const inPage = shortcuts.find(({ keys }) => keys.some(other => other.toLowerCase() === key))
    return inPage && inPage.command !== commandOfMenu(id as MenuCommand)
  })
  expect(clashing).toEqual([])
})
