/** Where this computer keeps a Chromium that tests can drive, and how to start it. */
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { chromium } from 'playwright'

export type Surroundings = {
  platform: NodeJS.Platform
  env: Record<string, string | undefined>
  home: string
  exists: (path: string) => boolean
}

const linuxNames = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
]
/**
 * Debian's headless build, with which a test takes two thirds of the processor time. The binary, not the wrapper script in the
 * path: a signal to the script leaves the browser running.
 */
const headlessShell = '/usr/lib/chromium/chromium-headless-shell'
const macApps = ['Google Chrome', 'Chromium', 'Microsoft Edge']
const windowsPrograms = [
  ['Google', 'Chrome', 'Application', 'chrome.exe'],
  ['Chromium', 'Application', 'chrome.exe'],
  ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
]

/**
 * The path of an installed Chrome, Chromium or Edge, or of the one Playwright downloaded; null when there is none.
 * BROADSHEET_CHROMIUM, then CHROME_PATH, go before everything else.
 */
export function findChromium(around: Surroundings = thisComputer()): string | null {
  const wanted = around.env.BROADSHEET_CHROMIUM || around.env.CHROME_PATH
  if (wanted) return around.exists(wanted) ? wanted : null
  return candidates(around).find(path => around.exists(path)) ?? downloaded(around)
}

/** What to give Playwright's `chromium.launch`, so that a browser starts on any of our machines and stays off the network. */
export function chromiumOptions(around: Surroundings = thisComputer()): { executablePath?: string; args: string[] } {
  const executablePath = findChromium(around)
  const args = [
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
    '--disable-quic',
    // Without a real graphics card the emulated one costs more than the page does.
    '--disable-gpu',
  ]
  // Chromium refuses to run as root with its sandbox; containers and continuous integration often are root.
  if (around.platform === 'linux') args.push('--no-sandbox', '--disable-dev-shm-usage')
  return executablePath ? { executablePath, args } : { args }
}

function candidates({ platform, env, home }: Surroundings): string[] {
  if (platform === 'darwin')
    return ['/Applications', join(home, 'Applications')].flatMap(folder =>
      macApps.map(app => `${folder}/${app}.app/Contents/MacOS/${app}`),
    )
  if (platform === 'win32')
    return [env.ProgramFiles, env['ProgramFiles(x86)'], env.LOCALAPPDATA]
      .filter(folder => folder !== undefined)
      .flatMap(folder => windowsPrograms.map(parts => join(folder, ...parts)))
  const folders = (env.PATH ?? '').split(delimiter).filter(folder => folder !== '')
  const inPath = linuxNames.flatMap(name => [...folders, '/usr/bin', '/snap/bin'].map(folder => `${folder}/${name}`))
  return [headlessShell, ...inPath]
}

function downloaded({ exists }: Surroundings): string | null {
  const path = chromium.executablePath()
  return path && exists(path) ? path : null
}

function thisComputer(): Surroundings {
  return { platform: process.platform, env: process.env, home: homedir(), exists: existsSync }
}

// Run as a program it prints the path, or nothing: scripts/lib/browser.mjs, which may run on an older Node, asks this way.
if (import.meta.main) console.log(findChromium() ?? '')
