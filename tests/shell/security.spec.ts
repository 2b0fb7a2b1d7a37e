import { expect, test } from 'playwright/test'
import { type Desktop, openDesktop } from './desktop.ts'

let desktop: Desktop

test.beforeAll(async () => {
  desktop = await openDesktop()
})
test.afterAll(() => desktop?.remove())

/** Which of the two ran belongs into the report. */
test.beforeEach(() => {
  test.info().annotations.push({ type: 'runs on', description: desktop.kind })
})

/** Handlers that a program has set can only be asked of the stand-in. */
function askStandIn(): void {
  test.skip(desktop.kind === 'electron', 'a real Electron does not tell its handlers')
}

test('the window can do nothing but show our page', async () => {
  const { windows, isSandboxEnabled, schemes } = await desktop.facts()
  expect(isSandboxEnabled).toBe(true)
  expect(windows).toHaveLength(1)
  const { webPreferences } = windows[0]!
  expect(webPreferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    webviewTag: false,
  })
  const dangerous = [
    'allowRunningInsecureContent',
    'experimentalFeatures',
    'enableBlinkFeatures',
    'additionalArguments',
  ]
  // A real Electron lists some of these, with what holds without them.
  expect(dangerous.filter(name => isSet(webPreferences[name]))).toEqual([])
  // Of the rest it tells nothing.
  if (desktop.kind === 'electron') return
  expect(webPreferences).toMatchObject({
    nodeIntegrationInWorker: false,
    spellcheck: false,
    disableDialogs: true,
    navigateOnDragDrop: false,
  })
  expect(schemes.map(({ scheme }) => scheme)).toEqual(['app'])
  expect(schemes[0]!.privileges).not.toHaveProperty('bypassCSP')
})

function isSet(preference: unknown): boolean {
  return Array.isArray(preference) ? preference.length > 0 : Boolean(preference)
}

test('the page sees nothing of Node, of Electron or of the preload script', async () => {
  const found = await desktop.page.evaluate(`
    ['require', 'process', 'module', 'global', 'Buffer', 'electron', 'ipcRenderer', 'deliver', 'toMainProcess']
      .filter(name => name in window)
  `)
  expect(found).toEqual([])
})

test('every answer carries the policy and the safety headers', async () => {
  const headers = await desktop.page.evaluate(async () => Object.fromEntries((await fetch('/')).headers))
  expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'")
  expect(headers['content-security-policy']).toContain("require-trusted-types-for 'script'")
  expect(headers['content-security-policy']).toContain("connect-src 'self';")
  expect(headers['content-security-policy']).not.toContain('unsafe')
  expect(headers['x-content-type-options']).toBe('nosniff')
  expect(headers['referrer-policy']).toBe('no-referrer')
  expect(headers['cross-origin-opener-policy']).toBe('same-origin')
})

test('the policy is alive: script and markup put in by force do not run', async () => {
  const ran = await desktop.page.evaluate(`(() => {
    const attempts = {
      handler: () => document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="window.ran = 1">'),
      function: () => new Function('window.ran = 2')(),
      timer: () => setTimeout('window.ran = 3'),
      script: () => {
        const script = document.createElement('script')
        script.textContent = 'window.ran = 4'
        document.body.append(script)
      },
      policy: () => trustedTypes.createPolicy('mine', { createScript: text => text }),
    }
    const allowed = []
    function tryAll() {
      for (const [name, attempt] of Object.entries(attempts)) {
        try {
          attempt()
          allowed.push(name)
        } catch {}
      }
    }
    // From a timer: what the test's own connection runs may evaluate, whatever the policy says.
    return new Promise(resolve => setTimeout(() => {
      tryAll()
      setTimeout(() => resolve({ allowed, ran: window.ran ?? null }), 300)
    }))
  })()`)
  expect(ran).toEqual({ allowed: [], ran: null })
})

test('nothing outside the page’s own files can be read', async () => {
  const paths = [
    '/../package.json',
    '/..%2fpackage.json',
    '/%2e%2e/main/electron.js',
    '/..%5cmain%5celectron.js',
    '/%00',
    '/.git/config',
  ]
  const statuses = await desktop.page.evaluate(
    given =>
      Promise.all(
        given.map(path =>
          fetch(path).then(
            ({ status }) => status,
            () => 'no address at all',
          ),
        ),
      ),
    paths,
  )
  // Some Chromiums take %00 in our scheme for no address.
  const isRefused = (status: number | string, path: string) =>
    status === 404 || (path === '/%00' && status === 'no address at all')
  expect(paths.filter((path, at) => !isRefused(statuses[at]!, path))).toEqual([])
})

test('nothing is loaded from the network, with or without the policy', async () => {
  const isLoaded = await desktop.page.evaluate(() =>
    fetch('https://example.com/').then(
      () => true,
      () => false,
    ),
  )
  expect(isLoaded).toBe(false)
  askStandIn()
  for (const address of [
    'https://example.com/',
    'http://127.0.0.1:9/',
    'ws://127.0.0.1:9/',
    'file:///etc/passwd',
    'ftp://x/',
  ]) {
    expect(await desktop.ask('isCancelled', address), address).toBe(true)
  }
  expect(await desktop.ask('isCancelled', 'app://broadsheet/')).toBe(false)
})

for (const { name, act } of [
  { name: 'a script', act: `location.href = 'https://example.com/away'` },
  { name: 'a link', act: `click('https://example.com/away', '')` },
  { name: 'a link for the topmost frame', act: `click('https://example.com/away', '_top')` },
  { name: 'a page of our own scheme', act: `location.href = '/assets/other.html'` },
  { name: 'a file', act: `location.href = 'file:///etc/passwd'` },
]) {
  test(`${name} cannot lead the window away`, async () => {
    const before = desktop.page.url()
    await desktop.page.evaluate(`(() => {
      function click(href, target) {
        const link = Object.assign(document.createElement('a'), { href, target })
        document.body.append(link)
        link.click()
        link.remove()
      }
      ${act}
    })()`)
    // The page still answers, and from where it was.
    expect(await desktop.page.evaluate(`document.readyState`)).toBe('complete')
    expect(desktop.page.url()).toBe(before)
  })
}

test('a page that takes itself away unasked is brought back, with its engine', async () => {
  const { page } = desktop
  const before = page.url()
  const away = page.waitForEvent('framenavigated', frame => frame.url() === 'about:blank')
  await page.evaluate(`void location.replace('about:blank')`)
  await away
  await expect.poll(() => page.url()).toBe(before)
  await page.getByRole('textbox', { name: 'Address' }).fill('not an address')
  await expect(page.getByRole('textbox', { name: 'Address' })).toHaveValue('not an address')
})

test('a new window is never made; web and mail addresses go to the system', async () => {
  const addresses = [
    ...['https://example.com/a', 'http://example.com/b', 'mailto:a@example.com'],
    ...['file:///etc/passwd', 'javascript:alert(1)', 'data:text/html,x', 'ms-msdt:/id', 'smb://evil/x', 'vscode://x'],
    ...['https://bank.example@evil.example/', 'app://broadsheet/', 'about:blank', ''],
  ]
  const pages = desktop.page.context().pages().length
  for (const address of addresses) {
    await desktop.page.evaluate(`void window.open(${JSON.stringify(address)}, '_blank', 'noopener')`)
  }
  await expect
    .poll(async () => (await desktop.facts()).opened)
    .toEqual(addresses.slice(0, 3).map(address => new URL(address).href))
  await expect.poll(() => desktop.page.context().pages().length).toBe(pages)
})

test('what is shared may have the text of a mail and open a program that is named, and nothing else', async () => {
  const before = (await desktop.facts()).opened.length
  const addresses = [
    'mailto:?subject=Tides&body=https%3A%2F%2Fa.example%2F',
    'obsidian://new?content=a',
    'ms-msdt:/id',
    'file:///etc/passwd',
    'https://server.example/share?u=a',
  ]
  for (const address of addresses) {
    await desktop.page.evaluate(
      `void window.open(${JSON.stringify(address)}, 'broadsheet-share', 'noopener,noreferrer')`,
    )
  }
  await expect
    .poll(async () => (await desktop.facts()).opened.slice(before))
    .toEqual([addresses[0], addresses[1], addresses[4]])
})

test('a page that asks for the computer’s devices gets nothing', async () => {
  const names = ['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read']
  const states = await desktop.page.evaluate(`
    Promise.all(${JSON.stringify(names)}.map(async name => (await navigator.permissions.query({ name })).state))
  `)
  expect(states).toEqual(names.map(() => 'denied'))
  askStandIn()

  const electronNames = [
    ...[
      'geolocation',
      'notifications',
      'media',
      'midi',
      'midiSysex',
      'hid',
      'serial',
      'usb',
      'clipboard-read',
      'idle-detection',
    ],
    ...[
      'display-capture',
      'mediaKeySystem',
      'pointerLock',
      'keyboardLock',
      'openExternal',
      'window-management',
      'fileSystem',
    ],
    ...['storage-access', 'top-level-storage-access', 'speaker-selection', 'unknown', 'deprecated-sync-clipboard-read'],
  ]
  for (const name of electronNames) {
    const answer = await desktop.ask('permission', { name, address: 'app://broadsheet/' })
    expect(answer, name).toEqual({ onRequest: false, onCheck: false })
  }
})

test('only our own page may copy', async () => {
  askStandIn()
  const copy = (address: string) => desktop.ask('permission', { name: 'clipboard-sanitized-write', address })
  expect(await copy('app://broadsheet/')).toEqual({ onRequest: true, onCheck: true })
  expect(await copy('https://example.com/')).toEqual({ onRequest: false, onCheck: false })
  expect(await copy('app://broadsheet.evil/')).toEqual({ onRequest: false, onCheck: false })
})

test('no webview attaches', async () => {
  askStandIn()
  expect(await desktop.ask('attachWebview')).toBe(true)
})

test('a download starts only for what the page itself made, and only when the user asked', async () => {
  askStandIn()
  const starts = (url: string, isAsked: boolean) => desktop.ask('download', { url, isAsked })
  expect(await starts('blob:app://broadsheet/1', true)).toBe(true)
  expect(await starts('blob:app://broadsheet/1', false)).toBe(false)
  expect(await starts('https://example.com/a.exe', true)).toBe(false)
  expect(await starts('blob:https://example.com/1', true)).toBe(false)
  // What the application's menu asks for is asked for by the user, too, though nothing in the page was clicked.
  await desktop.ask('clickMenu', 'save-as-pdf')
  expect(await starts('blob:app://broadsheet/1', false)).toBe(true)
  expect(await starts('blob:https://example.com/1', false)).toBe(false)
})
