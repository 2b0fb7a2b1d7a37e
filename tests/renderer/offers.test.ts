import { describe, expect, test } from 'vitest'
import { addressesIn } from '../../src-renderer/offers/dropped.ts'
import { offeredFile } from '../../src-renderer/offers/offered-file.ts'
import { Offers } from '../../src-renderer/offers/offers.svelte.ts'
import { Dialogs } from '../../src-renderer/state/dialogs.svelte.ts'
import { Toasts } from '../../src-renderer/state/toasts.svelte.ts'

const nothing = { uris: '', moz: '', text: '' }

describe('in a drop', () => {
  test.each([
    {
      name: 'is the address of a list of addresses, without its comments',
      dropped: { ...nothing, uris: '# A title\r\nhttps://a.example/\r\n', text: 'A title' },
      addresses: ['https://a.example/'],
    },
    {
      name: 'are several addresses, each once',
      dropped: { ...nothing, uris: 'https://a.example/\r\nhttps://b.example/\r\nhttps://a.example/' },
      addresses: ['https://a.example/', 'https://b.example/'],
    },
    {
      name: 'is the address that Firefox gives with a title',
      dropped: { ...nothing, moz: 'https://a.example/rss\nhttps is a scheme' },
      addresses: ['https://a.example/rss'],
    },
    {
      name: 'is an address as plain text',
      dropped: { ...nothing, text: ' feed://a.example/rss \n' },
      addresses: ['feed://a.example/rss'],
    },
    { name: 'is no address in a text that has one', dropped: { ...nothing, text: 'Look:\nhttps://a.example/\nfine' } },
    { name: 'is no file of this computer', dropped: { ...nothing, uris: 'file:///etc/passwd', text: '/etc/passwd' } },
    { name: 'is nothing that runs', dropped: { ...nothing, uris: 'javascript:alert(1)', text: 'javascript:alert(1)' } },
    { name: 'is no address without an end', dropped: { ...nothing, uris: `https://a.example/${'a'.repeat(5_000)}` } },
  ])('$name', ({ dropped, addresses = [] }) => {
    expect(addressesIn(dropped)).toEqual(addresses)
  })
})

const bytesOf = (text: string) => Uint8Array.from(text, character => character.charCodeAt(0))
const plist = (string: string) =>
  `<?xml version="1.0"?><plist version="1.0"><dict>\n<key>URL</key>\n<string>${string}</string></dict></plist>`

const rss = (channel: string) =>
  `<rss version="2.0"><channel>${channel}<item><link>https://article.example/</link></item></channel></rss>`

describe('a file is', () => {
  test.each([
    { name: 'a.opml', content: '<opml/>', kind: 'import' },
    { name: 'utf-16.xml', content: '\u00ff\u00fe<\0o\0', kind: 'import' },
    { name: 'all.zip', content: 'PK\u0003\u0004\0\0', kind: 'import' },
    { name: 'broadsheet-1.db', content: 'SQLite format 3\0\0', kind: 'backup' },
    { name: 'photo.opml', content: '\u00ff\u00d8\0\0', kind: 'refused', reason: 'other-kind' },
    { name: 'book.pdf', content: '%PDF-1.7', kind: 'refused', reason: 'other-kind' },
    { name: 'drawing.svg', content: '<svg/>', type: 'image/svg+xml', kind: 'refused', reason: 'other-kind' },
    { name: 'none.opml', content: '', kind: 'refused', reason: 'empty' },
    { name: 'a.url', content: '[InternetShortcut]\r\nURL=https://a.example/\r\n', address: 'https://a.example/' },
    {
      name: 'a.desktop',
      content: '[Desktop Entry]\nType=Link\nURL[$e]=https://a.example/b\n',
      address: 'https://a.example/b',
    },
    { name: 'a.webloc', content: plist('https://a.example/?b&amp;c'), address: 'https://a.example/?b&c' },
    {
      name: 'binary.webloc',
      content: 'bplist00\u00d1\u0001\u0002SURL_\u0010\u0013https://a.example/x\b\u000b\u000f',
      address: 'https://a.example/x',
    },
    {
      name: 'own.rss',
      content: `<?xml version="1.0"?>\n<!-- by hand -->\n${rss('<link>https://a.example/</link><atom:link rel="self" href="https://a.example/rss?b&amp;c"/>')}`,
      address: 'https://a.example/rss?b&c',
    },
    { name: 'site.rss', content: rss('<link> https://a.example/ </link>'), address: 'https://a.example/' },
    {
      name: 'own.atom',
      content: `<feed xmlns="http://www.w3.org/2005/Atom"><link href='https://a.example/'/><link href='https://a.example/atom' rel='self'/></feed>`,
      address: 'https://a.example/atom',
    },
    {
      name: 'site.atom',
      content:
        '<feed><link rel="hub" href="https://hub.example/"/><link rel="alternate" href="https://a.example/"/></feed>',
      address: 'https://a.example/',
    },
    { name: 'none.rss', content: rss('<title>News</title>'), kind: 'refused', reason: 'no-address' },
    { name: 'run.rss', content: rss('<link>javascript:alert(1)</link>'), kind: 'refused', reason: 'no-address' },
    { name: 'file.url', content: '[InternetShortcut]\nURL=file:///etc/passwd', kind: 'refused', reason: 'no-address' },
    { name: 'run.desktop', content: '[Desktop Entry]\nExec=sh\n', kind: 'refused', reason: 'no-address' },
    { name: 'large.url', content: `URL=https://a.example/\n${'a'.repeat(70_000)}`, kind: 'import' },
  ])('$name: $kind $address $reason', async ({ name, content, type = '', address, kind = 'address', reason }) => {
    const offered = await offeredFile(new File([bytesOf(content)], name, { type }))
    expect(offered).toMatchObject({ kind, ...(address && { address }), ...(reason && { reason }) })
  })
})

function windowOf({ isReady = true } = {}) {
  const dialogs = new Dialogs(() => undefined)
  const toasts = new Toasts()
  const app = { isReady, dialogs, toasts, menus: { close: () => undefined } }
  return { app, offers: new Offers(app as never) }
}

describe('what is offered', () => {
  test('waits until the window is there, and then until no dialog is open', () => {
    const { app, offers } = windowOf({ isReady: false })
    offers.add({ kind: 'address', address: 'https://a.example/rss' })
    offers.settle()
    expect(app.dialogs.open).toBeNull()
    app.isReady = true
    app.dialogs.show('help', {})
    offers.settle()
    expect(app.dialogs.open).toMatchObject({ name: 'help' })
    expect(app.toasts.shown.map(({ text }) => text)).toEqual(['a.example is shown once this dialog is closed.'])
    app.dialogs.close()
    offers.settle()
    expect(app.dialogs.open).toEqual({ name: 'add', params: { address: 'https://a.example/rss' } })
    expect(app.toasts.shown).toEqual([])
  })

  test('twice waits once, and no more than ten wait', () => {
    const { app, offers } = windowOf()
    app.dialogs.show('help', {})
    for (let turn = 0; turn < 50; turn++) offers.add({ kind: 'address', address: 'https://a.example/' })
    offers.settle()
    expect(app.toasts.shown).toHaveLength(1)
    for (let turn = 0; turn < 50; turn++) offers.add({ kind: 'address', address: `https://${turn}.example/` })
    let shown = 0
    for (;;) {
      app.dialogs.close()
      offers.settle()
      if (!app.dialogs.open) break
      shown++
    }
    expect(shown).toBe(10)
    expect(app.toasts.shown.map(({ text }) => text)).toEqual(['Only 10 things at a time: the others are left out.'])
  })

  const backup = { name: 'broadsheet-1.db', bytes: 4_096, at: 1, reason: 'daily', feeds: 1, articles: 2, saved: 3 }

  test.each([
    { name: 'that is listed is asked about', bytes: 4_096, open: { name: 'restore', params: { backup } } },
    {
      name: 'of another size is not that one',
      bytes: 8_192,
      open: { name: 'settings', params: { section: 'backups' } },
    },
  ])('a backup $name', async ({ bytes, open }) => {
    const { app, offers } = windowOf()
    const loaded = Promise.withResolvers<void>()
    const safety = { backups: { backups: [] as object[] }, loadBackups: () => loaded.promise }
    const actions = { attempt: (work: () => Promise<void>) => work() }
    Object.assign(app, { safety, actions })
    offers.add({ kind: 'backup', name: backup.name, bytes })
    offers.settle()
    expect(app.dialogs.open).toBeNull()
    safety.backups.backups.push(backup)
    loaded.resolve()
    await expect.poll(() => app.dialogs.open).toEqual(open)
    expect(app.toasts.shown).toHaveLength(open.name === 'restore' ? 0 : 1)
  })

  test('a backup that was asked for while a dialog was opened waits', async () => {
    const { app, offers } = windowOf()
    const loaded = Promise.withResolvers<void>()
    Object.assign(app, {
      safety: { backups: { backups: [backup] }, loadBackups: () => loaded.promise },
      actions: { attempt: (work: () => Promise<void>) => work() },
    })
    offers.add({ kind: 'backup', name: backup.name, bytes: backup.bytes })
    offers.settle()
    app.dialogs.show('add', {})
    loaded.resolve()
    await loaded.promise
    await Promise.resolve()
    await Promise.resolve()
    expect(app.dialogs.open).toEqual({ name: 'add', params: {} })
    app.dialogs.close()
    offers.settle()
    await expect.poll(() => app.dialogs.open?.name).toBe('restore')
  })
})
