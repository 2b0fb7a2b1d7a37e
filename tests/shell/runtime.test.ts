import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type FetchOptions, fetchRuntime, findRuntime } from '../../src-main/electron/runtime.ts'
import { openPrivately } from '../../src-main/web/open.ts'

const day = 24 * 60 * 60 * 1_000
let root: string
let electron: string

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'broadsheet-runtime-'))
  electron = path.join(root, 'node_modules', 'electron')
  mkdirSync(electron, { recursive: true })
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

/** Puts an installer in Electron's place; it sees `folder` (Electron's) and the name of its download folder. */
function installer(script: string): void {
  writeFileSync(
    path.join(electron, 'install.js'),
    `const fs = require('fs'), path = require('path'), folder = __dirname\n${script}`,
  )
}

const succeed = `
  fs.mkdirSync(path.join(folder, 'dist'))
  fs.writeFileSync(path.join(folder, 'dist', 'electron'), '')
  fs.writeFileSync(path.join(folder, 'path.txt'), 'electron')
`

function fetchNow(more: Partial<FetchOptions> = {}) {
  const cacheDir = path.join(root, 'cache')
  return fetchRuntime({ root, cacheDir, tempDir: root, now: day, isForced: false, env: {}, patience: 30_000, ...more })
}

test('the runtime is found by its files, and is absent when any of them is', () => {
  expect(findRuntime(root)).toBeNull()
  writeFileSync(path.join(electron, 'path.txt'), 'electron')
  expect(findRuntime(root)).toBeNull()
  mkdirSync(path.join(electron, 'dist'))
  writeFileSync(path.join(electron, 'dist', 'electron'), '')
  expect(findRuntime(root)).toBe(path.join(electron, 'dist', 'electron'))
})

test('the runtime is fetched by Electron’s own installer', async () => {
  installer(succeed)
  expect(await fetchNow()).toEqual({ kind: 'fetched', binary: path.join(electron, 'dist', 'electron') })
})

test('a failure is told in a line and remembered for a day', async () => {
  installer(`console.error('Error: no space left on device\\n    at somewhere'); process.exit(1)`)
  const reason = 'Error: no space left on device'
  expect(await fetchNow()).toEqual({ kind: 'failed', reason, isRemembered: false })
  installer(succeed)
  expect(await fetchNow({ now: day + day - 1 })).toEqual({ kind: 'failed', reason, isRemembered: true })
  expect(await fetchNow({ now: day + day })).toMatchObject({ kind: 'fetched' })
})

test.each(['TypeError: fetch failed', 'RequestError: getaddrinfo ENOTFOUND github.com'])(
  '%s is said in plain words',
  async line => {
    installer(`console.error(${JSON.stringify(line)}); process.exit(1)`)
    expect(await fetchNow()).toMatchObject({ reason: 'its download server could not be reached' })
  },
)

test('who insists gets another try the same day', async () => {
  installer('process.exit(1)')
  await fetchNow()
  installer(succeed)
  expect(await fetchNow({ isForced: true })).toMatchObject({ kind: 'fetched' })
})

test('a download that stands still is given up', async () => {
  installer('setInterval(() => {}, 1000)')
  expect(await fetchNow({ patience: 400 })).toEqual({
    kind: 'failed',
    reason: expect.stringContaining('nothing arrived'),
    isRemembered: false,
  })
})

test('a download that grows slowly is waited for', async () => {
  installer(`
    const file = path.join(require('os').tmpdir(), 'download')
    let left = 8
    const timer = setInterval(() => {
      fs.appendFileSync(file, 'x')
      if (--left > 0) return
      clearInterval(timer)
      ${succeed}
    }, 250)
  `)
  expect(await fetchNow({ patience: 1_500 })).toMatchObject({ kind: 'fetched' })
})

test('an installer that says it is done but brought nothing has failed', async () => {
  installer('')
  expect(await fetchNow()).toMatchObject({ kind: 'failed', reason: 'the download is not complete' })
})

test('who has switched downloads off is not asked to download', async () => {
  installer(succeed)
  expect(await fetchNow({ env: { ELECTRON_SKIP_BINARY_DOWNLOAD: '1' } })).toMatchObject({ kind: 'failed' })
  expect(findRuntime(root)).toBeNull()
})

test.skipIf(process.platform === 'win32')('the file that leads the browser is for its owner only', async () => {
  const opener = {
    command: process.execPath,
    args: ['-e', `require('fs').copyFileSync(process.argv[1], '${root}/seen')`],
  }
  const { isOpened, remove } = await openPrivately('http://127.0.0.1:5000/#token=00', opener, root)
  expect(isOpened).toBe(true)
  expect(readFileSync(path.join(root, 'seen'), 'utf8')).toContain('content="0;url=http://127.0.0.1:5000/#token=00"')
  const folders = readFolders()
  expect(folders.map(folder => statSync(folder).mode & 0o777)).toEqual([0o700])
  expect(statSync(path.join(folders[0]!, 'open.html')).mode & 0o777).toBe(0o600)
  remove()
  expect(existsSync(folders[0]!)).toBe(false)
})

test('where nothing can open it, that is said and no file stays', async () => {
  const { isOpened } = await openPrivately(
    'http://127.0.0.1:5000/',
    { command: path.join(root, 'none'), args: [] },
    root,
  )
  expect([isOpened, readFolders()]).toEqual([false, []])
})

function readFolders(): string[] {
  return readdirSync(root)
    .filter(name => /^broadsheet-\w{6}$/.test(name))
    .map(name => path.join(root, name))
}
