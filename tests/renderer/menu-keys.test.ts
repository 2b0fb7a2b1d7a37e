/** The application's menu beside the window's own keys. */
import { expect, test } from 'vitest'
import { shortcuts } from '../../src-main/api/host/keys.ts'
import { acceleratorOf, type Item } from '../../src-main/electron/menu/items.ts'
import { menuTemplate } from '../../src-main/electron/menu/menu-template.ts'

const idle = { send: () => undefined, reload: () => undefined, openArticle: () => undefined }

function itemsOf(platform: NodeJS.Platform): Item[] {
  return menuTemplate(platform, true, idle).flatMap(menu => (menu.submenu ?? []) as Item[])
}

test('the menu shows the keys that the page really has', () => {
  const shown = itemsOf('linux').filter(item => item.registerAccelerator === false)
  expect(shown.length).toBeGreaterThan(20)
  const wrong = shown.filter(({ id, accelerator }) => {
    const keys = shortcuts.find(({ command }) => command === id)?.keys ?? []
    return !keys.some(key => acceleratorOf(key) === accelerator)
  })
  expect(wrong.map(({ id }) => id)).toEqual([])
})

test('no key that the menu takes for itself is one of the page’s, but for what does the same there', () => {
  const taken = itemsOf('linux').filter(item => item.accelerator && item.registerAccelerator !== false)
  expect(taken.length).toBeGreaterThan(4)
  const clashing = taken.filter(({ id, accelerator }) => {
    const inPage = shortcuts.find(({ keys }) => keys.some(key => acceleratorOf(key) === accelerator))
    return inPage && inPage.command !== id
  })
  expect(clashing).toEqual([])
})

test.each(['linux', 'win32', 'darwin'] as const)('on %s no key and no label is in the menu twice', platform => {
  const items = itemsOf(platform)
  const keys = items.flatMap(({ accelerator }) => (accelerator ? [String(accelerator).toLowerCase()] : []))
  expect(keys.toSorted()).toEqual([...new Set(keys)].toSorted())
  const labels = items.flatMap(({ label }) => label ?? [])
  expect(labels.toSorted()).toEqual([...new Set(labels)].toSorted())
})

test('on macOS, which takes every key that a menu shows, the menu shows no key without Command but F5', () => {
  const keys = itemsOf('darwin').flatMap(({ accelerator }) => (accelerator ? [String(accelerator)] : []))
  expect(keys.filter(key => !/^(Cmd|CmdOrCtrl)\+/.test(key))).toEqual(['F5'])
})

test.each([
  ['j', 'J'],
  ['Shift+A', 'Shift+A'],
  ['Mod+z', 'CmdOrCtrl+Z'],
  ['Alt+ArrowLeft', 'Alt+Left'],
  ['+', 'Plus'],
  ['[', '['],
])('%s is %s in a menu', (key, accelerator) => {
  expect(acceleratorOf(key)).toBe(accelerator)
})
