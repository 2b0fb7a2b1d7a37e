import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'playwright/test'

const root = join(import.meta.dirname, '..', '..')
const program = join(process.env.BROADSHEET_OUT ?? join(root, 'out'), 'main', 'start.js')

type Started = { url: string; origin: string; lines: string[]; stop(): Promise<number> }
const folders: string[] = []
const children: ChildProcess[] = []

test.afterAll(() => {
  for (const child of children) child.kill('SIGKILL')
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'broadsheet-host-'))
  folders.push(folder)
  return folder
}

/** Runs the program that `npm start` runs, and waits for the address it prints. */
async function start(dataDir: string, args: string[] = ['--no-open'], env = {}): Promise<Started> {
  const { child, lines, ended } = run(['--data', dataDir, ...args], env)
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', () => {
      const found = lines.join('').match(/http:\/\/127\.0\.0\.1:\d+\/#token=[0-9a-f]{64}/)
      if (found) resolve(found[0])
    })
    void ended.then(status => reject(new Error(`ended with ${status}: ${lines.join('')}`)))
  })
  return {
    url,
    origin: new URL(url).origin,
    lines,
    stop() {
      child.kill('SIGTERM')
      return ended
    },
  }
}

function run(args: string[], env = {}) {
  const child = spawn(process.execPath, [program, ...args], { env: { ...process.env, ...env } })
  children.push(child)
  const lines: string[] = []
  child.stdout.on('data', data => lines.push(String(data)))
  child.stderr.on('data', data => lines.push(String(data)))
  return { child, lines, ended: new Promise<number>(resolve => child.once('exit', status => resolve(status ?? -1))) }
}

/** Fetch can't send these headers, so it is done by hand. */
function status(origin: string, path: string, headers: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    request(`${origin}${path}`, { headers }, response => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
      .on('error', reject)
      .end()
  })
}

/** What a WebSocket is answered with: 101 when it opens. */
function upgrade(origin: string, token: string, headers: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(`${origin}/ws`, {
      headers: {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
        'sec-websocket-protocol': token === '' ? 'broadsheet.v1' : `broadsheet.v1, token.${token}`,
        origin,
        ...headers,
      },
    })
    asked.on('response', response => resolve(response.statusCode ?? 0))
    asked.on('upgrade', (_response, socket) => {
      socket.destroy()
      resolve(101)
    })
    asked.on('error', reject).end()
  })
}

test('the app opens in the browser, keeps its secret out of the address, and survives a reload', async ({ page }) => {
  const host = await start(freshFolder())
  const problems: string[] = []
  page.on('pageerror', error => problems.push(error.message))
  page.on('console', message => message.type() === 'error' && problems.push(message.text()))
  await page.goto(host.url)
  await expect(page.getByRole('main').first()).toBeVisible()
  await expect(page).toHaveURL(`${host.origin}/`)
  await page.reload()
  await expect(page.getByRole('main').first()).toBeVisible()
  expect(problems).toEqual([])
  expect(await host.stop()).toBe(0)
})

test('who has no business with it is refused', async () => {
  const host = await start(freshFolder())
  const token = host.url.split('token=')[1]!
  expect(await upgrade(host.origin, token)).toBe(101)
  expect(await upgrade(host.origin, ''), 'no token').toBe(401)
  expect(await upgrade(host.origin, '0'.repeat(64)), 'wrong token').toBe(401)
  expect(await upgrade(host.origin, token, { origin: 'http://evil.test' }), 'foreign Origin').toBe(403)
  expect(await upgrade(host.origin, token, { host: 'evil.test' }), 'foreign Host').toBe(421)
  expect(await status(host.origin, '/', { host: 'evil.test' }), 'foreign Host').toBe(421)
  expect(await status(host.origin, '/', { origin: 'http://evil.test' }), 'foreign Origin').toBe(403)
  for (const path of [
    '/..%2fmain%2fstart.js',
    '/%2e%2e/main/start.js',
    '/..%5cmain%5cstart.js',
    '/.git/config',
    '/%00',
  ]) {
    expect(await status(host.origin, path), path).toBe(404)
  }
  expect(await status(host.origin, '/media?u=http://127.0.0.1/'), 'a medium nobody signed').toBeGreaterThanOrEqual(400)
  expect(await status(host.origin, '/icon/1'), 'an icon nobody signed').toBeGreaterThanOrEqual(400)
  await host.stop()
})

test('a page of another site can neither frame it nor talk to it', async ({ page }) => {
  const host = await start(freshFolder())
  const token = host.url.split('token=')[1]!
  await page.route('http://evil.test/', route => route.fulfill({ contentType: 'text/html', body: '<iframe></iframe>' }))
  await page.goto('http://evil.test/')
  const found = await page.evaluate(`(async () => {
    const isOpen = await new Promise(resolve => {
      const socket = new WebSocket('${host.origin.replace('http', 'ws')}/ws', ['broadsheet.v1', 'token.${token}'])
      socket.onopen = () => resolve(true)
      socket.onerror = () => resolve(false)
    })
    const isRead = await fetch('${host.origin}/').then(() => true, () => false)
    const frame = document.querySelector('iframe')
    const loaded = new Promise(resolve => (frame.onload = resolve))
    frame.src = '${host.origin}/'
    await loaded
    return { isOpen, isRead }
  })()`)
  expect(found).toEqual({ isOpen: false, isRead: false })
  expect(
    page
      .frames()
      .map(frame => frame.url())
      .filter(url => url.startsWith(host.origin)),
  ).toEqual([])
  await host.stop()
})

test('a second start on the same folder leads to the first', async () => {
  const dataDir = freshFolder()
  const first = await start(dataDir)
  if (process.platform !== 'win32') expect(statSync(join(dataDir, 'running.json')).mode & 0o777).toBe(0o600)
  const second = run(['--data', dataDir, '--no-open'])
  expect(await second.ended).toBe(0)
  expect(second.lines.join('')).toContain(`running already: ${first.url}`)
  await first.stop()
  expect(existsSync(join(dataDir, 'running.json'))).toBe(false)
})

test('the browser is opened through a file only its owner can read', async ({ page }) => {
  test.skip(process.platform === 'win32' || process.platform === 'darwin', 'the opener is found by its name on Linux')
  const tools = freshFolder()
  const seen = join(tools, 'seen')
  writeFileSync(join(tools, 'xdg-open'), `#!/bin/sh\nprintf '%s' "$1" > ${seen}.part && mv ${seen}.part ${seen}\n`, {
    mode: 0o700,
  })
  const host = await start(freshFolder(), ['--host', 'web'], { PATH: `${tools}:${process.env.PATH}` })
  await expect.poll(() => existsSync(seen)).toBe(true)
  const file = readFileSync(seen, 'utf8')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  await page.goto(`file://${file}`)
  await expect(page).toHaveURL(`${host.origin}/`)
  await expect(page.getByRole('main').first()).toBeVisible()
  await host.stop()
  expect(existsSync(file)).toBe(false)
})

test('what cannot be is said in a line', async () => {
  const wrong = run(['--host', 'telegraph'])
  expect([await wrong.ended, wrong.lines.join('')]).toEqual([2, expect.stringContaining('--host is web or electron')])
  const first = await start(freshFolder())
  const taken = run(['--data', freshFolder(), '--no-open', '--port', new URL(first.url).port])
  expect([await taken.ended, taken.lines.join('')]).toEqual([1, expect.stringContaining('is taken')])
  await first.stop()
})
