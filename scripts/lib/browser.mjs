/** Finds a Chromium for the tests and the screenshots, or gets one. */
import { join } from 'node:path'
import { binOf, root, run, runNode, say } from './run.mjs'

/**
 * The path of an installed Chrome, Chromium or Edge; else of the one Playwright downloads; else of Debian's. Null when
 * none can be had. Each attempt is bounded in time. Continuous integration gets Debian's headless one beside what is installed:
 * its tests take two thirds of the time.
 */
export async function ensureChromium() {
  const found = await find()
  const isWanted = !process.env.CI || process.env.BROADSHEET_CHROMIUM || found?.includes('headless-shell')
  if (found && isWanted) return found
  if (found) {
    await installPackage('chromium-headless-shell')
    return find()
  }
  for (const attempt of [download, () => installPackage('chromium')]) {
    await attempt()
    const path = await find()
    if (path) return path
  }
  return null
}

async function find() {
  const { code, output } = await runNode([join(root, 'tests', 'support', 'chromium.ts')], { quiet: true, seconds: 30 })
  return code === 0 ? output.trim() || null : null
}

async function download() {
  say('No Chrome, Chromium or Edge is installed; trying Playwright’s download')
  // Playwright retries for minutes where the network is blocked; the 170 MB take less where it is not.
  await runNode([binOf('playwright'), 'install', 'chromium'], { quiet: true, seconds: 240 })
}

async function installPackage(name) {
  if (process.platform !== 'linux') return
  say(`Trying the system’s package: apt-get install ${name}`)
  const isRoot = process.getuid?.() === 0
  const apt = (args, seconds) => {
    const command = ['apt-get', '-y', '-q', ...args]
    // -n: a password prompt in a test run would wait for ever.
    const [program, ...rest] = isRoot ? command : ['sudo', '-n', ...command]
    return run(program, rest, { quiet: true, seconds, env: { DEBIAN_FRONTEND: 'noninteractive' } })
  }
  const updated = await apt(['update'], 120)
  if (updated.code !== 0) return
  await apt(['install', '--no-install-recommends', '--no-remove', name, 'fonts-liberation'], 420)
}
