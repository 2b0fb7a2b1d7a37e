import { describe, expect, test } from 'vitest'
import { folderList } from '../../src-renderer/add-feed/folder-list.ts'
import { CataloguePick } from '../../src-renderer/catalogue/catalogue.svelte.ts'
import { feedsBelow, folderState, opmlTree } from '../../src-renderer/transfer/opml-tree.ts'
import { looksPrivate } from '../../src-renderer/transfer/private-address.ts'
import { keyCaps } from '../../src-renderer/ui/key-text.ts'

describe('folders to choose from', () => {
  const folders = [
    { id: 1, parentId: null, title: 'News', position: 1, reading: {} },
    { id: 2, parentId: 1, title: 'Local', position: 0, reading: {} },
    { id: 3, parentId: null, title: 'Art', position: 0, reading: {} },
    { id: 4, parentId: 2, title: 'Harbour', position: 0, reading: {} },
  ]

  test('stand in the order of the tree, with the folders above them', () => {
    expect(folderList(folders).map(folder => folder.path)).toEqual([
      'Art',
      'News',
      'News › Local',
      'News › Local › Harbour',
    ])
  })

  test('leave out the folder that is moved, and all in it', () => {
    expect(folderList(folders, 2).map(folder => folder.title)).toEqual(['Art', 'News'])
  })
})

describe('the tree of an OPML file', () => {
  const row = (url: string, path: string[], subscribedId: number | null = null) => ({
    url,
    title: url,
    path,
    subscribedId,
  })
  const tree = opmlTree([row('a', []), row('b', ['News', 'Local']), row('c', ['News']), row('d', ['News'], 5)])

  test('has every folder once, also one that holds only folders', () => {
    const [news] = tree.folders
    expect([tree.feeds.length, news?.title, news?.folders[0]?.title]).toEqual([1, 'News', 'Local'])
    expect(feedsBelow(tree).map(feed => feed.index)).toEqual([0, 2, 3, 1])
  })

  test.each([
    { name: 'off', chosen: [0], state: 'none' },
    { name: 'in between', chosen: [1], state: 'some' },
    { name: 'on when all that is not followed yet is chosen', chosen: [1, 2], state: 'all' },
  ])('a folder is $name', ({ chosen, state }) => {
    expect(folderState(tree.folders[0]!, new Set(chosen))).toBe(state)
  })
})

describe('addresses of a private network', () => {
  test.each([
    'http://localhost:8080/rss',
    'http://127.0.0.1/',
    'http://10.1.2.3/',
    'https://192.168.0.4/feed',
    'http://172.20.0.1/',
    'http://nas.local/rss',
    'http://[::1]/',
    'http://[fd00::1]/',
    'http://0x7f.1/',
    'http://router/feed',
    'http://wiki.corp/',
    'http://a.intranet/',
  ])('%s is one', address => expect(looksPrivate(address)).toBe(true))

  test.each([
    'https://example.org/',
    'http://172.32.0.1/',
    'http://local.example/',
    'http://11.0.0.1/',
    'not an address',
  ])('%s is none', address => expect(looksPrivate(address)).toBe(false))
})

describe('keys in the help', () => {
  test.each([
    { keys: 'j', caps: [['j']] },
    { keys: '+', caps: [['+']] },
    { keys: 'Shift+J', caps: [['Shift', 'J']] },
    { keys: 'Mod+z', caps: [['Ctrl', 'Z']] },
    { keys: 'g a', caps: [['g'], ['a']] },
  ])('$keys', ({ keys, caps }) => expect(keyCaps(keys, false)).toEqual(caps))

  test('a Mac shows its own signs', () => expect(keyCaps('Mod+z', true)).toEqual([['⌘', 'Z']]))
})

describe('the starter catalogue', () => {
  const feed = (url: string, language: string) => ({ url, title: url, siteUrl: url, language, description: '' })
  const catalogue = {
    topics: [
      { id: 'w', title: 'World', feeds: [feed('bbc', 'en-GB'), feed('monde', 'fr'), feed('cbc', 'en')] },
      { id: 'c', title: 'Cuisine', feeds: [feed('plat', 'fr')] },
    ],
  }

  test('shows what is in the languages of the user first', () => {
    const pick = new CataloguePick(catalogue, ['en-US', 'tlh'])
    expect(pick.topics.map(topic => [topic.title, topic.feeds.map(shown => shown.url)])).toEqual([
      ['World', ['bbc', 'cbc']],
    ])
    pick.showAllLanguages()
    expect(pick.topics).toHaveLength(2)
  })

  test('shows everything to a user of whose language it has nothing', () => {
    expect(new CataloguePick(catalogue, ['tlh']).topics).toHaveLength(2)
  })

  test('follows what is ticked and in sight, with the topic as its folder', () => {
    const pick = new CataloguePick(catalogue, ['fr'])
    pick.choose(catalogue.topics[0]!.feeds, true)
    expect(pick.toFollow).toEqual([{ url: 'monde', title: 'monde', folder: 'World' }])
  })
})
