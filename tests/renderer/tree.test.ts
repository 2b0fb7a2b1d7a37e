import { describe, expect, test } from 'vitest'
import type { Counts, Feed, Folder, View } from '../../src-main/api/model.ts'
import { listsAfter } from '../../src-renderer/library/reading-order.ts'
import { sourceRows } from '../../src-renderer/library/tree.ts'
import { viewKey } from '../../src-renderer/library/view.ts'
import { neighbourKey, treeMove } from '../../src-renderer/sources/tree-keys.ts'

function feed(id: number, title: string, folderId: number | null = null, part: Partial<Feed> = {}): Feed {
  const url = `https://${id}.example/feed`
  const times = {
    addedAt: 0,
    lastCheckedAt: null,
    lastSuccessAt: null,
    nextCheckAt: null,
    failingSince: null,
    retention: null,
  }
  return {
    id,
    kind: 'web',
    url,
    title,
    originalTitle: title,
    siteUrl: null,
    description: '',
    folderId,
    position: 0,
    iconUrl: null,
    failure: null,
    paused: null,
    movedFrom: null,
    reading: {},
    ...times,
    ...part,
  }
}

const folders: Folder[] = [
  { id: 2, parentId: 1, title: 'Space', position: 0, reading: {} },
  { id: 1, parentId: null, title: 'Science', position: 0, reading: {} },
]
const feeds = [feed(10, 'Zebra'), feed(11, 'Orbits', 2, { failure: { reason: 'offline' } }), feed(12, 'Cells', 1)]
const counts: Counts = {
  all: 9,
  today: 3,
  todayUnread: 2,
  pages: 0,
  unread: 5,
  badge: 5,
  saved: 1,
  unreadByFeed: { 10: 1, 11: 4 },
  listedByFeed: { 10: 3, 11: 6 },
  copiesByFolder: {},
}
const library = { feeds, folders, counts }
const keys = (collapsed: number[] = []) => sourceRows(library, new Set(collapsed)).map(row => row.key)

test('the top sources come first, then folders, then feeds, each inside its folder', () => {
  expect(keys()).toEqual([
    ...['today', 'all', 'unread', 'saved', 'trending'],
    ...['folder:1', 'folder:2', 'feed:11', 'feed:12', 'feed:10'],
  ])
})

test('every number is of the unread, and that of Saved is of the saved, that of Trending of stories', () => {
  const numbers = sourceRows(library, new Set(), 7).map(row => [row.key, row.kind === 'smart' ? row.count : row.unread])
  expect(Object.fromEntries(numbers)).toEqual({
    ...{ today: 2, all: 5, unread: 5, saved: 1, trending: 7 },
    ...{ 'folder:1': 4, 'folder:2': 4, 'feed:10': 1, 'feed:11': 4, 'feed:12': 0 },
  })
})

test('a collapsed folder hides what is in it, and still counts and marks it', () => {
  expect(keys([1])).toEqual(['today', 'all', 'unread', 'saved', 'trending', 'folder:1', 'feed:10'])
  const folder = sourceRows(library, new Set([1])).find(row => row.key === 'folder:1')
  expect(folder).toMatchObject({ unread: 4, isFailing: true, isOpen: false })
})

test('rows know their level and place among their neighbours', () => {
  const row = sourceRows(library, new Set()).find(candidate => candidate.key === 'feed:11')
  expect(row).toMatchObject({ level: 3, position: 1, siblings: 1, parentKey: 'folder:2' })
})

test('feeds at the same position are in the order of their names, as people count', () => {
  const list = [feed(1, 'Part 10'), feed(2, 'part 9'), feed(3, 'Part 1', null, { position: 5 })]
  const rows = sourceRows({ feeds: list, folders: [], counts }, new Set()).slice(5)
  expect(rows.map(row => row.key)).toEqual(['feed:2', 'feed:1', 'feed:3'])
})

test.each([
  ['ArrowDown', 'saved', { kind: 'focus', key: 'trending' }],
  ['ArrowDown', 'trending', { kind: 'focus', key: 'folder:1' }],
  ['ArrowUp', 'today', { kind: 'focus', key: 'today' }],
  ['ArrowRight', 'folder:1', { kind: 'focus', key: 'folder:2' }],
  ['ArrowLeft', 'folder:1', { kind: 'close', folderId: 1 }],
  ['ArrowLeft', 'feed:11', { kind: 'focus', key: 'folder:2' }],
  ['ArrowRight', 'feed:11', { kind: 'leave' }],
  ['End', 'today', { kind: 'focus', key: 'feed:10' }],
  ['Enter', 'today', { kind: 'activate' }],
  ['x', 'today', null],
])('in the tree, %s on %s does the expected', (key, from, move) => {
  expect(treeMove(sourceRows(library, new Set()), from, key)).toEqual(move)
})

test('the right arrow opens a closed folder', () => {
  expect(treeMove(sourceRows(library, new Set([1])), 'folder:1', 'ArrowRight')).toEqual({ kind: 'open', folderId: 1 })
})

describe('a row that goes away hands the focus on', () => {
  const before = sourceRows(library, new Set())
  const without = (feedId: number) =>
    sourceRows({ ...library, feeds: feeds.filter(({ id }) => id !== feedId) }, new Set())

  test('to the next row', () => {
    expect(neighbourKey(before, without(12), 'feed:12')).toBe('feed:10')
  })

  test('to the one before where it was the last', () => {
    expect(neighbourKey(before, without(10), 'feed:10')).toBe('feed:12')
  })

  test('to its folder where that was closed over it', () => {
    expect(neighbourKey(before, sourceRows(library, new Set([2])), 'feed:11')).toBe('folder:2')
  })
})

describe('the list that is read next', () => {
  const keys = (view: View, by: 1 | -1 = 1) =>
    listsAfter(library, view, by).map(({ view: next, isRound }) => `${isRound ? 'round ' : ''}${viewKey(next)}`)

  test('is the next feed in the order of the tree, into and out of folders', () => {
    expect(keys({ kind: 'feed', feedId: 12 })).toEqual(['feed:10', 'round feed:11', 'round feed:12'])
    expect(keys({ kind: 'feed', feedId: 12 }, -1)).toEqual(['feed:11', 'round feed:10', 'round feed:12'])
  })

  test('is what lies beside a folder, not what is in it or around it', () => {
    expect(keys({ kind: 'folder', folderId: 2 })).toEqual(['feed:12', 'feed:10', 'round folder:2'])
    expect(keys({ kind: 'folder', folderId: 1 })).toEqual(['feed:10', 'round folder:1'])
  })

  test('is no other than what was searched or saved, and after today and what is trending all feeds', () => {
    expect(keys({ kind: 'search', query: 'ferry' })).toEqual(['round search:ferry'])
    expect(keys({ kind: 'saved' })).toEqual(['round saved'])
    expect(keys({ kind: 'trending' })).toEqual(['round trending', 'feed:11', 'feed:12', 'feed:10'])
    expect(keys({ kind: 'today' }, -1)).toEqual(['round today', 'feed:10', 'feed:12', 'feed:11'])
  })
})
