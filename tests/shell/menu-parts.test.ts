/** What the desktop asks for by the command line, and what can be used. */
import { describe, expect, test } from 'vitest'
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
  expect(isUsable('show-newsletters', noState)).toBe(true)
  expect(usable({})).toEqual(['add-feed', 'undo'])
  expect(usable({ hasFeeds: true })).toEqual(['add-feed', 'undo', 'show-all'])
  expect(usable({ hasFeeds: true, hasArticle: true })).toEqual(['add-feed', 'undo', 'show-all', 'toggle-read'])
  expect(usable({ hasFeeds: true, hasArticle: true, openArticle: { id: 1, title: 'A' } })).toHaveLength(6)
})

test('what leads to a page needs an article that has one, and a list is refreshed where somebody can be asked', () => {
  const usable = (state: object) =>
    ['toggle-full-text', 'open-original', 'copy-link', 'copy-markdown-link', 'refresh-view', 'refresh-all'].filter(
      command => isUsable(command, { ...noState, hasFeeds: true, hasArticle: true, ...state }),
    )
  expect(usable({})).toEqual(['refresh-all'])
  expect(usable({ canRefreshShown: true })).toEqual(['refresh-view', 'refresh-all'])
  expect(usable({ hasLink: true, canRefreshShown: true })).toHaveLength(6)
})
