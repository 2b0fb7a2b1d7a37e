import { expect, test } from 'vitest'
import { shortcuts } from '../../src-main/api/host/keys.ts'
import { KeyReader, keyName } from '../../src-renderer/commands/keyboard.ts'

type Press = Partial<Pick<KeyboardEvent, 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>> & { at?: number }

function press(key: string, { at = 0, ...modifiers }: Press = {}): KeyboardEvent {
  const event = {
    key,
    ctrlKey: false,
    metaKey: false,
    shiftKey: false,
    altKey: false,
    isComposing: false,
    timeStamp: at,
  }
  return { ...event, ...modifiers } as KeyboardEvent
}

test.each([
  ['j', {}, 'next-article'],
  ['J', { shiftKey: true }, 'next-source'],
  ['J', {}, 'next-article'],
  [' ', {}, 'page-down'],
  [' ', { shiftKey: true }, 'page-up'],
  ['?', { shiftKey: true }, 'help'],
  ['+', { shiftKey: true }, 'add-feed'],
  ['A', { shiftKey: true }, 'mark-shown-read'],
  ['z', {}, 'undo'],
  ['z', { metaKey: true }, 'undo'],
  ['z', { ctrlKey: true }, 'undo'],
  ['F5', {}, 'refresh-all'],
  ['G', { shiftKey: true }, 'last-article'],
  ['Escape', {}, 'back'],
  ['ArrowLeft', { altKey: true }, 'back-in-article'],
] as const)('the key %j with %j means %s', (key, modifiers, command) => {
  expect(new KeyReader().read(press(key, modifiers))).toBe(command)
})

test.each([
  ['r', { ctrlKey: true }],
  ['j', { altKey: true }],
  ['z', { ctrlKey: true, shiftKey: true }],
  ['d', {}],
  ['ArrowLeft', { altKey: true, ctrlKey: true }],
  ['ArrowLeft', {}],
] as const)('the key %j with %j is left to the browser', (key, modifiers) => {
  expect(new KeyReader().read(press(key, modifiers))).toBeNull()
})

test('g waits for the key that says where to', () => {
  const reader = new KeyReader()
  expect(reader.read(press('g', { at: 1_000 }))).toBeNull()
  expect(reader.read(press('u', { at: 1_400 }))).toBe('show-unread')
})

test('g pressed long ago is forgotten, and the next key means what it means alone', () => {
  const reader = new KeyReader()
  reader.read(press('g', { at: 1_000 }))
  expect(reader.read(press('u', { at: 9_000 }))).toBe('toggle-unread-only')
})

test('g g goes to the first article', () => {
  const reader = new KeyReader()
  reader.read(press('g', { at: 10 }))
  expect(reader.read(press('g', { at: 20 }))).toBe('first-article')
})

test('no key means two things, and every command is in the table once', () => {
  const keys = shortcuts.flatMap(shortcut => shortcut.keys)
  expect(new Set(keys).size).toBe(keys.length)
  expect(new Set(shortcuts.map(shortcut => shortcut.command)).size).toBe(shortcuts.length)
})

test('shift is named for letters and named keys, not for the signs it makes', () => {
  expect(keyName(press('?', { shiftKey: true }))).toBe('?')
  expect(keyName(press('É', { shiftKey: true }))).toBe('Shift+É')
  expect(keyName(press('F5', { shiftKey: true }))).toBe('Shift+F5')
})
