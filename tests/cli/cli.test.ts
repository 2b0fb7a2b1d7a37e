import { spawn } from 'node:child_process'
import { linkSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { connect, type EngineClient } from '../../src-main/api/contract/rpc.ts'
import { portOfNodePort } from '../../src-main/api/ports.ts'
import { readCommand } from '../../src-main/cli/arguments.ts'
import { usage } from '../../src-main/cli/base/usage.ts'
import { commands, runOnEngine } from '../../src-main/cli/commands.ts'
import { type RunningEngine, startEngine } from '../../src-main/host/engine-host.ts'
import { projectFolder } from '../../src-main/host/file-server.ts'
import { type FeedServer, startFeedServer } from '../support/feed-server.ts'

// Each command is a program with an engine of its own: seconds on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 30_000 })

type Run = { code: number; out: string; err: string }
let server: FeedServer
let folder: string
let engine: RunningEngine
let client: EngineClient

beforeAll(async () => {
  server = await startFeedServer()
  folder = mkdtempSync(path.join(tmpdir(), 'broadsheet-cli-'))
  const started = await startEngine({ dataDir: path.join(folder, 'data'), isPolling: false })
  if (started.kind === 'unusable') throw new Error(started.detail)
  engine = started.engine
  client = connect(portOfNodePort(engine.connect()))
})
afterAll(async () => {
  client.close()
  await Promise.all([server.close(), engine.close()])
  rmSync(folder, { recursive: true, force: true })
})

function broadsheet(args: string[], input = ''): Promise<Run> {
  const program = path.join(projectFolder(), 'src-main', 'cli.ts')
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, ...args])
  const parts = { out: '', err: '' }
  child.stdout.on('data', part => {
    parts.out += part
  })
  child.stderr.on('data', part => {
    parts.err += part
  })
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  return new Promise(resolve => child.on('close', code => resolve({ code: code ?? -1, ...parts })))
}

/** Runs a command on the one engine of this file, and takes what it says from where a terminal would. */
async function ask(...args: string[]): Promise<Run> {
  const command = readCommand(args)
  if (command.kind !== 'command') throw new Error(`${args.join(' ')} is no command`)
  const said = { out: '', err: '' }
  const stdout = vi.spyOn(process.stdout, 'write').mockImplementation(part => {
    said.out += part
    return true
  })
  const stderr = vi.spyOn(process.stderr, 'write').mockImplementation(part => {
    said.err += part
    return true
  })
  try {
    return { code: await runOnEngine(client, command, path => engine.resource(path)), ...said }
  } finally {
    stdout.mockRestore()
    stderr.mockRestore()
  }
}

const file = (name: string, text: string) => {
  writeFileSync(path.join(folder, name), text)
  return path.join(folder, name)
}

test.each([
  [[], 'Which command?'],
  [['dance'], "no command 'dance'"],
  [['list', '--limit', 'many'], '--limit'],
  [['list', '--view', 'feed:x'], '--view'],
  [['read', 'first'], 'An ID is a number'],
  [['export-article', '1', '--format', 'pdf', '--out', 'a.pdf'], '--format is html, md or epub'],
  [['export-article', '1', '--format', 'md'], 'export-article needs --out FILE'],
  [['add'], 'needs an address'],
  [['parse', 'a', '--batch'], 'stdin'],
  [['export', '--port', '99999'], '--port'],
  [['list', '--colour'], "Unknown option '--colour'"],
])('what is asked wrongly (%j) is told in one line', (args, words) => {
  expect(readCommand(args)).toMatchObject({ kind: 'wrong', text: expect.stringMatching(/^[^\n]+$/) })
  expect(readCommand(args)).toMatchObject({ text: expect.stringContaining(words) })
})

test('wrong usage ends with 2, help with 0', async () => {
  expect(await broadsheet(['dance'])).toMatchObject({ code: 2, out: '' })
  expect(await broadsheet(['--help'])).toMatchObject({ code: 0, err: '', out: expect.stringContaining('refresh') })
})

test('a feed on disk is printed in the neutral form', async () => {
  const rss = file(
    'a.xml',
    '<rss version="2.0"><channel><title>A</title><item><title>One</title><link>/1</link></item></channel></rss>',
  )
  const { code, out } = await broadsheet(['parse', rss, '--url', 'https://a.test/feed'])
  expect(code).toBe(0)
  expect(JSON.parse(out)).toMatchObject({
    format: 'rss',
    feed: { title: 'A' },
    items: [{ title: 'One', link: 'https://a.test/1' }],
  })
})

test('a batch answers each line, whatever the file is, and ends with 0', async () => {
  const good = file('b.xml', '<feed xmlns="http://www.w3.org/2005/Atom"><title>B</title></feed>')
  const bad = file('c.xml', 'hello')
  const lines = [{ path: good, url: 'https://b.test/' }, { path: bad }, { path: `${folder}/none` }].map(line =>
    JSON.stringify(line),
  )
  const { code, out } = await broadsheet(['parse', '--batch'], `${lines.join('\n')}\nnot json\n`)
  expect(code).toBe(0)
  const answers = out
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))
  const byPath = new Map(answers.map(answer => [answer.path, answer]))
  expect(answers.length).toBe(4)
  expect(byPath.get(good)).toMatchObject({ ok: true, feed: { format: 'atom', feed: { title: 'B' } } })
  expect(byPath.get(bad)).toMatchObject({ ok: false, code: expect.any(String), message: expect.stringMatching(/\.$/) })
  expect(byPath.get(`${folder}/none`)).toMatchObject({ ok: false, code: 'no-file' })
  expect(byPath.get(null)).toMatchObject({ ok: false, code: 'bad-line' })
})

test('the article of a page on disk is extracted', async () => {
  const words = '<p>The ferry runs again, after a winter in which it did not, and the island is glad of it.</p>'.repeat(
    10,
  )
  const page = file(
    'p.html',
    `<!doctype html><html><head><title>Ferry</title></head><body><nav>Home</nav><article><h1>Ferry</h1>${words}<script>1</script></article></body></html>`,
  )
  const { code, out } = await broadsheet(['extract', page, '--json'])
  expect(code).toBe(0)
  expect(JSON.parse(out)).toMatchObject({ title: 'Ferry', html: expect.stringContaining('island is glad') })
  expect(out).not.toContain('script')
})

test('an error is JSON when asked, and ends with 1', async () => {
  const json = await broadsheet(['parse', '/no/such/file', '--json'])
  expect(json).toMatchObject({ code: 1, out: '' })
  expect(JSON.parse(json.err)).toMatchObject({ code: 'no-file', message: expect.any(String) })
})

test('a feed is followed, listed, read, saved, found, exported, left and imported', async () => {
  const added = await ask('add', `${server.url}/rss.xml`, `${server.url}/not-found`, '--json')
  expect(added.code).toBe(1)
  expect(JSON.parse(added.out)).toMatchObject([
    { outcome: 'added', feedId: 1, title: 'Harbour Gazette', newArticles: 3 },
    { outcome: 'failed', code: 'http', message: expect.stringContaining('nothing at this address') },
  ])

  const rows = JSON.parse((await ask('list', '--view', 'unread', '--json')).out)
  expect(rows.length).toBe(3)
  expect(Object.keys(rows[0]).sort()).toEqual([
    'author',
    'feedId',
    'feedTitle',
    'id',
    'publishedAt',
    'read',
    'saved',
    'summary',
    'title',
    'url',
  ])
  expect(rows[0]).toMatchObject({
    feedId: 1,
    feedTitle: 'Harbour Gazette',
    read: false,
    saved: false,
    publishedAt: expect.stringMatching(/^\d{4}-.*Z$/),
  })

  const { id } = rows[0]
  expect(JSON.parse((await ask('read', String(id), '--json')).out)).toMatchObject({
    id,
    read: true,
    html: expect.any(String),
    text: expect.any(String),
  })
  expect(JSON.parse((await ask('list', '--view', 'unread', '--json')).out).length).toBe(2)
  expect((await ask('save', String(id))).code).toBe(0)
  expect(JSON.parse((await ask('search', 'ferry', '--json', '--limit', '1')).out).length).toBe(1)

  const [note, book] = [path.join(folder, 'ferry.md'), path.join(folder, 'all.epub')]
  const written = await ask('export-article', `${id}`, '--format', 'md', '--out', note, '--json')
  expect(JSON.parse(written.out)).toEqual({ file: note, bytes: readFileSync(note).length })
  expect(readFileSync(note, 'utf8')).toContain('source: "Harbour Gazette"')

  const { out: few } = await ask('export-articles', '--view', 'all', '--limit', '1', '--out', book)
  expect(few).toContain('These are the first 1; there are more.')

  const opml = await ask('export')
  expect(opml.out).toContain(`xmlUrl="${server.url}/rss.xml"`)
  expect((await ask('remove', '1')).code).toBe(0)
  expect(JSON.parse((await ask('list', '--view', 'saved', '--json')).out)).toMatchObject([{ id, saved: true }])
  expect(JSON.parse((await ask('feeds', '--json')).out)).toEqual([])

  // Nobody typed the addresses in a list: those on this machine need a yes.
  const list = file('list.opml', opml.out)
  const refused = await ask('import', list, '--json')
  expect(refused.code).toBe(1)
  expect(JSON.parse(refused.out)).toMatchObject([{ outcome: 'failed', failure: { reason: 'private-address' } }])
  const imported = await ask('refresh', '--opml', list, '--allow-private', '--force', '--json')
  expect(imported.code).toBe(0)
  expect(JSON.parse(imported.out)).toMatchObject({ feeds: 1, failed: [], imported: { added: 1, failed: 0 } })
  expect(JSON.parse((await ask('feeds', '--json')).out)).toMatchObject([{ title: 'Harbour Gazette', unread: 2 }])

  for (const args of [
    ['read', '999'],
    ['save', '999'],
    ['export-article', '999', '--format', 'epub', '--out', path.join(folder, 'a.epub')],
    ['remove', '999'],
    ['list', '--view', 'feed:999'],
    ['export-articles', '--view', 'feed:999', '--out', book],
  ]) {
    expect(await ask(...args)).toMatchObject({ code: 1, err: expect.stringContaining('There is no') })
  }
})

test('a name that nobody, or more than one, has in the catalogue is told, and nobody is asked', async () => {
  const { code, out } = await ask('add', 'zzzzqq paper', 'bbc', '--json')
  expect(code).toBe(1)
  const [unknown, unclear] = JSON.parse(out)
  expect(unknown).toMatchObject({
    address: 'zzzzqq paper',
    outcome: 'failed',
    code: 'unknown-name',
    message: expect.stringContaining('“zzzzqq paper” is no address'),
  })
  expect(unclear).toMatchObject({ code: 'unclear-name', message: expect.stringContaining('BBC Sport (https://') })
})

test('an article without a title has a name in every list', async () => {
  const items = [
    '<item><guid isPermaLink="false">1</guid><media:content url="https://paper.example/a.png" medium="image"/></item>',
    '<item><guid isPermaLink="false">2</guid><link>https://paper.example/2</link></item>',
  ]
  server.answer('/untitled.xml', (_, response) => {
    response
      .writeHead(200, { 'content-type': 'application/rss+xml' })
      .end(
        `<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Untitled</title>${items.join('')}</channel></rss>`,
      )
  })
  const added = JSON.parse((await ask('add', `${server.url}/untitled.xml`, '--json')).out)
  const { feedId } = added[0]
  const titles = JSON.parse((await ask('list', '--view', `feed:${feedId}`, '--json')).out).map(
    (row: { title: string }) => row.title,
  )
  expect(titles.sort()).toEqual([expect.stringMatching(/^Photo, \d/), expect.stringMatching(/^Untitled, \d/)])
  expect((await ask('list', '--view', `feed:${feedId}`)).out).toContain('Photo, ')
  await ask('remove', String(feedId))
})

test('what one feed does wrong in a refresh is told, and the others come in', async () => {
  server.answer('/numbered-trouble.xml', (_, response) => void response.writeHead(500).end())
  const list = file(
    'mixed.opml',
    `<opml><body><outline text="Bad" xmlUrl="${server.url}/numbered-trouble.xml"/><outline text="Good" xmlUrl="${server.url}/atom.xml"/></body></opml>`,
  )
  const run = await ask('refresh', '--opml', list, '--allow-private')
  expect(run.code).toBe(1)
  expect(run.err).toContain('problem of its own')
  expect(run.out).toMatch(/Refreshed 2 feeds: [1-9]\d* new articles, 1 updated, 0 unchanged, 1 failed.* 1 not asked/)
})

test('--force asks what was asked minutes ago, and not what its server wants to be left alone', async () => {
  server.answer('/closed.xml', (_, response) => void response.writeHead(429, { 'retry-after': '3600' }).end())
  const list = file(
    'closed.opml',
    `<opml><body><outline text="Closed" xmlUrl="${server.url}/closed.xml"/></body></opml>`,
  )
  await ask('refresh', '--opml', list, '--allow-private')
  const asked = (): number => server.requests.filter(request => request.path === '/closed.xml').length
  expect(asked()).toBe(1)

  const { recent, waiting, waitUntil } = JSON.parse((await ask('refresh', '--force', '--json')).out)
  expect({ recent, waiting }).toEqual({ recent: 0, waiting: 1 })
  expect(Date.parse(waitUntil)).toBeGreaterThan(Date.now() + 3_000_000)
  const inWords = (await ask('refresh')).out
  expect(inWords).toMatch(/[1-9]\d* not asked, since they were less than five minutes ago \(--force asks\)\./)
  expect(inWords).toMatch(/1 not asked, since their servers want to be left alone until 20/)
  expect(asked()).toBe(1)
  server.answer('/closed.xml', null)
})

test('an import says row by row what the first fetch found, and what the file lacks', async () => {
  const outline = (name: string, to: string) => `<outline text="${name}" xmlUrl="${server.url}${to}"/>`
  const cut = `<opml><body>${outline('Mine', '/atom.xml')}${outline('Gone', '/not-found')}<outline te`
  const dir = path.join(folder, 'imported')
  const run = await broadsheet(['import', file('cut.opml', cut), '--allow-private', '--json', '--data', dir])
  expect(run.code).toBe(1)
  expect(JSON.parse(run.err)).toMatchObject({
    code: 'cut-off',
    message: expect.stringMatching(/after “Gone” is missing/),
  })
  const failure = { reason: 'http', status: 404 }
  expect(JSON.parse(run.out)).toMatchObject([
    { title: 'Mine', outcome: 'added', fetch: 'fetched', failure: null },
    { title: 'Gone', outcome: 'added', fetch: 'failed', failure, message: expect.stringMatching(/./) },
  ])
  const listed = await broadsheet(['feeds', '--json', '--data', dir])
  expect(JSON.parse(listed.out)).toMatchObject([
    { title: 'Mine', unread: 3 },
    { title: 'Gone', unread: 0 },
  ])

  const whole = file('whole.opml', `${cut.slice(0, cut.lastIndexOf('<'))}</body></opml>`)
  const later = await broadsheet([
    'import',
    whole,
    '--allow-private',
    '--wait',
    '0',
    '--data',
    path.join(folder, 'later'),
  ])
  expect(later).toMatchObject({ code: 0, err: '', out: expect.stringContaining('come with the next refresh') })

  const picture = await ask('import', file('cat.opml', '\u0001\u0000GIF'), '--json')
  expect(JSON.parse(picture.err)).toMatchObject({
    code: 'not-a-list',
    message: expect.stringContaining('no text at all'),
  })
})

test('serve says where it is in one line of JSON, and ends when told', async () => {
  const program = path.join(projectFolder(), 'src-main', 'cli.ts')
  const child = spawn(process.execPath, [program, 'serve', '--port', '0', '--data', path.join(folder, 'served')])
  const line = await new Promise<string>(resolve => child.stdout.once('data', part => resolve(String(part))))
  const { url } = JSON.parse(line)
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#token=[0-9a-f]{64}$/)
  expect((await fetch(new URL('/state', url))).status).toBe(401)
  const second = await broadsheet(['serve', '--data', path.join(folder, 'served')])
  expect(second).toMatchObject({ code: 1, err: expect.stringContaining('Another Broadsheet') })
  child.kill('SIGTERM')
  expect(await new Promise(resolve => child.once('close', resolve))).toBe(0)
})

test('the help names every command that there is', () => {
  const names = [...commands.keys()]
  expect(names.filter(name => !new RegExp(`\\b${name}\\b`).test(usage))).toEqual([])
})

test('everything goes into a ZIP file, and out of it into another folder', async () => {
  // Something is there from the tests before, or this one brings it.
  await ask('add', `${server.url}/rss.xml`)
  const [row] = JSON.parse((await ask('list', '--view', 'all', '--json')).out)
  await ask('save', String(row.id))
  const zip = path.join(folder, 'all.zip')
  const said = await ask('export', '--all', zip)
  expect(said).toMatchObject({ code: 0, out: expect.stringContaining(zip) })

  const feeds = JSON.parse((await ask('feeds', '--json')).out).length
  const elsewhere = path.join(folder, 'elsewhere')
  const imported = await broadsheet(['import', zip, '--data', elsewhere, '--json'])
  expect(imported).toMatchObject({ code: 1, err: expect.stringContaining('--allow-private') })
  const { saved, ...counts } = JSON.parse(imported.out)
  expect(counts).toEqual({ feeds: 0, folders: 0, alreadyThere: 0, refused: feeds, unreadable: 0 })
  const again = await broadsheet(['import', zip, '--data', elsewhere, '--allow-private'])
  expect(again).toMatchObject({
    code: 0,
    out: expect.stringMatching(`Added ${feeds} feeds.*${saved} were there already`),
  })
  const list = await broadsheet(['list', '--view', 'saved', '--data', elsewhere, '--json'])
  expect(JSON.parse(list.out)).toContainEqual(expect.objectContaining({ title: row.title, saved: true }))
})

test('what can be neither written nor taken in is said in words', async () => {
  const nowhere = await ask('export', '--all', path.join(folder, 'no', 'such', 'folder.zip'))
  expect(nowhere).toMatchObject({ code: 1, err: expect.stringContaining("can't be written") })
  const broken = await ask('import', file('broken.zip', 'PK\u0003\u0004 and no more'))
  expect(broken).toMatchObject({ code: 1, err: expect.stringContaining('can’t be taken in') })
  expect(readCommand(['export', '--all'])).toMatchObject({ kind: 'wrong' })
})

test.skipIf(process.platform === 'win32').each([['feeds'], ['backup', tmpdir()], ['restore', 'some.db']])(
  '%s opens no file with a second name, and says which it is and what to do',
  async (...args) => {
    const dataDir = mkdtempSync(path.join(folder, 'linked-'))
    const letter = file(`letter-to-${args[0]}`, 'Dear Anna')
    linkSync(letter, path.join(dataDir, 'broadsheet.db'))
    const { code, err } = await broadsheet([...args, '--data', dataDir, '--json'])
    expect([code, JSON.parse(err).code]).toEqual([1, 'hard-link'])
    expect(JSON.parse(err).message).toMatch(/Copy it, .*broadsheet\.db has 2 names/s)
    expect(readFileSync(letter, 'utf8')).toBe('Dear Anna')
  },
)
