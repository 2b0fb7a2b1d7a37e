/** What the desktop asks for by the command line, what can be used, and the dot on the taskbar. */
import { describe, expect, test } from 'vitest'
import { bitmapSize, dotBitmap } from '../../src-main/electron/menu/dot.ts'
import { isUsable, noState } from '../../src-main/electron/menu/items.ts'
import { commandsIn, quoted } from '../../src-main/electron/menu/switches.ts'

describe('the command line', () => {
  test.each([
    [['--add-feed'], ['add-feed']],
    [
      ['--unread', '--refresh', '--unread'],
      ['refresh-all', 'show-unread'],
    ],
    [['--load-extension=/x', '--add-feed=1', '--ADD-FEED', 'add-feed', '--print', '-refresh'], []],
    [['--data', '--refresh'], []],
    [['constructor', '__proto__', 'toString'], []],
  ])('%j asks for %j', (args, commands) => {
    expect(commandsIn(args)).toEqual(commands)
  })
})

test('a folder is one argument, also with spaces and a backslash at its end', () => {
  expect([quoted('C:\\My Feeds'), quoted('D:\\')]).toEqual(['"C:\\My Feeds"', '"D:\\\\"'])
})

test('without feeds only what needs none can be used; with an article what needs one', () => {
  const usable = (state: object) =>
    ['add-feed', 'undo', 'show-all', 'toggle-read', 'print', 'save-as-pdf'].filter(command =>
      isUsable(command, { ...noState, ...state }),
    )
  expect(usable({})).toEqual(['add-feed', 'undo'])
  expect(usable({ hasFeeds: true })).toEqual(['add-feed', 'undo', 'show-all'])
  expect(usable({ hasFeeds: true, hasArticle: true })).toEqual(['add-feed', 'undo', 'show-all', 'toggle-read'])
  expect(usable({ hasFeeds: true, hasArticle: true, openArticle: { id: 1, title: 'A' } })).toHaveLength(6)
})

test('the dot is round: solid in the middle, clear in the corners, no colour stronger than its alpha', () => {
  const bytes = dotBitmap()
  const pixel = (x: number, y: number) => [...bytes.subarray((y * bitmapSize + x) * 4, (y * bitmapSize + x) * 4 + 4)]
  expect(pixel(8, 8)[3]).toBe(255)
  expect(pixel(0, 0)).toEqual([0, 0, 0, 0])
  for (let at = 0; at < bytes.length; at += 4) {
    expect(Math.max(bytes[at]!, bytes[at + 1]!, bytes[at + 2]!)).toBeLessThanOrEqual(bytes[at + 3]!)
  }
})
