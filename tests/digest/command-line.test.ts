/** `digest` on the command line: printed, and as files. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { readCommand } from '../../src-main/cli/arguments.ts'
import { runOnEngine } from '../../src-main/cli/commands.ts'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import { addFeed, makeArticle } from '../support/articles.ts'
import { makeEngine, type TestEngine } from '../support/engine.ts'
import { openEpub } from '../support/epub.ts'
import { elementsIn } from '../support/xml.ts'

const hour = 3_600_000
const now = new Date(2026, 10, 28, 8).getTime()

let engine: TestEngine
let folder: string
beforeEach(() => {
  // Spans like '2d' are counted from the computer's own clock.
  vi.useFakeTimers({ now, toFake: ['Date'] })
  engine = makeEngine({ now: () => now })
  folder = mkdtempSync(join(tmpdir(), 'broadsheet-digest-'))
  report('Ferry & <harbour>', 2)
  report('Bridge', 40)
})
afterEach(async () => {
  vi.useRealTimers()
  await engine[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true, force: true })
})

function report(title: string, hoursAgo: number): void {
  const at = now - hoursAgo * hour
  const feedId = addFeed(engine.db, 'https://gazette.example/feed')
  const article = makeArticle({ title, url: `https://gazette.example/${hoursAgo}?a=1&b=2`, publishedAt: at })
  storeArticles(engine.db, feedId, [article], at)
}

async function ask(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const command = readCommand(['digest', ...args])
  if (command.kind !== 'command') throw new Error('no command')
  const said = { out: '', err: '' }
  const into = (name: 'out' | 'err') => (part: unknown) => {
    said[name] += part
    return true
  }
  const out = vi.spyOn(process.stdout, 'write').mockImplementation(into('out'))
  const err = vi.spyOn(process.stderr, 'write').mockImplementation(into('err'))
  const client = engine.connect()
  try {
    return { code: await runOnEngine(client, command, path => engine.resource(path)), ...said }
  } finally {
    out.mockRestore()
    err.mockRestore()
  }
}

test('prints what came in the last day, or since a time, and keeps none', async () => {
  const { code, out } = await ask()
  expect(code).toBe(0)
  expect(out).toMatch(
    /^Digest, Saturday 28 November\n\nNew in your folders\n +1 {2}Ferry & <harbour> {2}\[The Gazette\]\n/,
  )
  expect(out).not.toContain('Bridge')
  expect((await ask('--since', '2d')).out).toContain('Bridge')
  expect((await engine.connect().sources({})).feeds.map(({ kind }) => kind)).toEqual(['web'])
})

test('as JSON it has its parts, with where each article leads', async () => {
  const { out } = await ask('--json')
  expect(JSON.parse(out)).toMatchObject({
    since: now - 24 * hour,
    until: now,
    parts: [{ items: [{ title: 'Ferry & <harbour>', link: 'https://gazette.example/2?a=1&b=2' }] }],
  })
})

test('an HTML file leads to the pages of the articles, and loads nothing', async () => {
  const file = join(folder, 'a.html')
  expect((await ask('--to', file)).code).toBe(0)
  const page = readFileSync(file, 'utf8')
  expect(page).toContain('<a href="https://gazette.example/2?a=1&amp;b=2"')
  expect(page).toContain('Ferry &amp; &lt;harbour&gt;</a>')
  expect(
    page.match(/(?:src|poster|srcset|data)="(?!data:)[^"]*"|url\(|@import|<(?:script|iframe|object|video)/g),
  ).toBeNull()
})

test('an EPUB is one by its structure, and has the same links', async () => {
  const file = join(folder, 'a.epub')
  expect((await ask('--to', file)).code).toBe(0)
  const { files, opf } = openEpub(readFileSync(file))
  expect(opf.filter(({ name }) => name === 'dc:title').map(({ text }) => text)).toEqual([
    'Digest, Saturday 28 November',
  ])
  const links = elementsIn(files['EPUB/article-1.xhtml']!).filter(({ name }) => name === 'a')
  expect(links.map(({ attributes }) => attributes.href)).toContain('https://gazette.example/2?a=1&b=2')
})

test('with nothing to tell, or no server for mail, it says so and fails', async () => {
  expect(await ask('--since', '1h')).toMatchObject({ code: 1, err: expect.stringContaining('Nothing came since') })
  expect(await ask('--to', 'mail')).toMatchObject({ code: 1, err: expect.stringContaining('Settings > Digest') })
})

test.each([
  [['--since', 'yesterday'], '--since is a time that was'],
  [['--since', '2999-01-01'], '--since is a time that was'],
  [['--to', 'a.pdf'], '--to is FILE.html, FILE.epub or mail'],
])('what is asked wrongly (%j) is told', (args, words) => {
  expect(readCommand(['digest', ...args])).toMatchObject({ kind: 'wrong', text: expect.stringContaining(words) })
})

test('a day is meant from its midnight on, where the user is', () => {
  expect(readCommand(['digest', '--since', '2026-03-01'])).toMatchObject({ since: new Date(2026, 2, 1).getTime() })
})
