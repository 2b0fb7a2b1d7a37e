import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { HostEvents } from '../../src-main/api/host/events.ts'
import { Given } from '../../src-main/electron/links/given.ts'
import { filesIn, readGiven } from '../../src-main/electron/links/given-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'broadsheet-given-'))
afterAll(() => rmSync(folder, { recursive: true }))
const at = (name: string) => join(folder, name)
const opml = '<opml version="2.0"><body/></opml>'

describe('among the arguments', () => {
  test.each([
    ['feeds.opml', '/here/feeds.opml'],
    ['./lists/My feeds.OPML', '/here/lists/My feeds.OPML'],
    ['/other/feeds.xml', '/other/feeds.xml'],
    ['news.rss', '/here/news.rss'],
    ['/saved/news.atom', '/saved/news.atom'],
    ['file:///other/my%20feeds.opml', '/other/my feeds.opml'],
    ['broadsheet.zip', '/here/broadsheet.zip'],
    ['/backups/broadsheet-2026-01-01.db', '/backups/broadsheet-2026-01-01.db'],
    ['Planet.webloc', '/here/Planet.webloc'],
  ])('%s is the file %s', (argument, file) => {
    expect(filesIn(['broadsheet', '--inspect', argument], '/here')).toEqual([file])
  })

  test.each([
    ...['--load-extension=/x.zip', '-r', '--inspect', '--feeds.opml', '-feeds.opml'],
    ...['/etc/passwd', '.', '/dev/zero', 'feeds.opml.exe', 'photo.jpg', '', ' ', 'opml', '.opml/..', 'a\0.opml'],
    ...['https://example.com/feeds.opml', 'feed:https://example.com/feeds.xml', 'smb://evil/feeds.opml', 'app:x.opml'],
    ...['file://evil/share/feeds.opml', 'file:///a%2fb.opml', 'file:///%00.opml', 'file:', 'javascript:x.opml'],
    `${'a/'.repeat(2_100)}a.opml`,
  ])('%j is none', argument => {
    expect(filesIn([argument], '/here')).toEqual([])
  })

  test('the data folder is none, whatever it is called', () => {
    expect(filesIn(['--data', 'mine.db', 'feeds.opml'], '/here')).toEqual(['/here/feeds.opml'])
  })
})

describe('of a file', () => {
  test('the content is read, through a link, too', async () => {
    writeFileSync(at('a.opml'), opml)
    symlinkSync(at('a.opml'), at('b.opml'))
    const content = Buffer.from(opml).toString('base64')
    expect(await readGiven(at('a.opml'))).toEqual({ name: 'a.opml', kind: 'content', content })
    expect(await readGiven(at('b.opml'))).toEqual({ name: 'b.opml', kind: 'content', content })
  })

  test('that is a database the size is told, and nothing is read', async () => {
    writeFileSync(at('broadsheet-1.db'), 'SQLite format 3\0')
    truncateSync(at('broadsheet-1.db'), 30_000_000)
    expect(await readGiven(at('broadsheet-1.db'))).toEqual({
      name: 'broadsheet-1.db',
      kind: 'backup',
      bytes: 30_000_000,
    })
  })

  test.each([
    { name: 'that is not there', file: 'none.opml', reason: 'missing' },
    { name: 'below a file', file: 'plain.opml/x.opml', reason: 'missing' },
    { name: 'that is a link to itself', file: 'round.opml', reason: 'missing' },
    { name: 'that is a folder', file: 'folder.opml', reason: 'not-a-file' },
    { name: 'that is a pipe nobody writes to', file: 'pipe.opml', reason: 'not-a-file' },
    { name: 'that leads to a device', file: 'device.opml', reason: 'not-a-file' },
    { name: 'that is empty', file: 'empty.opml', reason: 'empty' },
    { name: 'of more than 20 MB', file: 'large.opml', reason: 'too-large' },
  ])('$name it is told why not', async ({ file, reason }) => {
    rmSync(folder, { recursive: true })
    mkdirSync(at('folder.opml'), { recursive: true })
    writeFileSync(at('plain.opml'), opml)
    writeFileSync(at('empty.opml'), '')
    writeFileSync(at('large.opml'), '<')
    truncateSync(at('large.opml'), 20_000_001)
    symlinkSync(at('round.opml'), at('round.opml'))
    symlinkSync('/dev/zero', at('device.opml'))
    execFileSync('mkfifo', [at('pipe.opml')])
    expect(await readGiven(at(file))).toEqual({ name: file.slice(file.lastIndexOf('/') + 1), kind: 'refused', reason })
  })

  test.each(['\\\\evil\\share\\a.opml', '//evil/share/a.opml'])('%s nobody is asked', async file => {
    expect(await readGiven(file)).toMatchObject({ kind: 'refused', reason: 'elsewhere' })
  })
})

test('what was given before there is a window is told to it, in the order in which it came', async () => {
  writeFileSync(at('first.opml'), opml)
  const given = new Given()
  given.takeArguments(['--inspect', 'feeds://example.com/rss', 'first.opml'], folder)
  given.takeFile(at('second.opml'))
  expect(given.takeLink('feed:https://example.com/atom')).toBe(true)
  expect(given.takeLink('javascript:alert(1)')).toBe(false)
  const told: unknown[] = []
  const all = Promise.withResolvers<void>()
  given.tellBy(<E extends keyof HostEvents>(event: E, payload: HostEvents[E]) => {
    told.push([event, 'address' in payload ? payload.address : 'name' in payload && payload.name])
    if (told.length === 4) all.resolve()
  })
  await all.promise
  expect(told).toEqual([
    ['open-address', 'https://example.com/rss'],
    ['open-address', 'https://example.com/atom'],
    ['open-file', 'first.opml'],
    ['open-file', 'second.opml'],
  ])
})
