/** The sums at the end of `npm test`, read from what Playwright really writes about a run. */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

type Sums = { passed: number; failed: number; skipped: number; flaky: { name: string; error: string }[] }
type ReadPlaywright = (file: string, start: number, code: number) => Sums

const root = fileURLToPath(new URL('../..', import.meta.url))
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'broadsheet-sums-'))
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Runs one file of tests that need no browser, with one retry, and reads its report. */
async function sumsOf(name: string, body: string): Promise<Sums> {
  const playwright = pathToFileURL(join(root, 'node_modules/playwright/test.mjs')).href
  const config = join(folder, `${name}.config.mjs`)
  const report = join(folder, `${name}.json`)
  writeFileSync(join(folder, `${name}.spec.mjs`), `import { test, expect } from '${playwright}'\n${body}`)
  writeFileSync(config, `export default { testMatch: '${name}.spec.mjs', retries: 1, reporter: 'json' }`)
  const start = Date.now() - 1_000
  const code = await playwrightEnds(config, report)
  const counts = (await import(pathToFileURL(join(root, 'scripts/lib/counts.mjs')).href)) as {
    readPlaywright: ReadPlaywright
  }
  return counts.readPlaywright(report, start, code)
}

function playwrightEnds(config: string, report: string): Promise<number> {
  const cli = join(root, 'node_modules/playwright/cli.js')
  const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: report }
  return new Promise(resolve => {
    const child = execFile(process.execPath, [cli, 'test', '--config', config], { env })
    child.on('close', code => resolve(code ?? 1))
  })
}

test('a browser test that passes on its second try counts as passed and is named with its first error', async () => {
  const sums = await sumsOf(
    'flaky',
    `test('is steady', () => {})
     test.describe('a group', () => {
       test('needs a second try', ({}, { retry }) => { expect(retry, 'the try').toBe(1) })
     })`,
  )
  expect(sums).toMatchObject({ passed: 2, failed: 0, skipped: 0 })
  expect(sums.flaky).toEqual([
    { name: 'flaky.spec.mjs:4 needs a second try', error: expect.stringContaining('the try') },
  ])
}, 60_000)

test('a browser test that fails twice has failed and is not named flaky', async () => {
  const sums = await sumsOf('broken', `test('never passes', () => { expect(1).toBe(2) }); test('is steady', () => {})`)
  expect(sums).toEqual({ passed: 1, failed: 1, skipped: 0, flaky: [] })
}, 60_000)

test('a file whose process died is one failure; it has passed where it did so at a second try, and is named', async () => {
  const { readVitest, withSecondTry } = (await import(pathToFileURL(join(root, 'scripts/lib/counts.mjs')).href)) as {
    readVitest(file: string, start: number, code: number): Omit<Sums, 'flaky'> & { broken: string[] }
    withSecondTry(first: ReturnType<typeof readVitest>, second: ReturnType<typeof readVitest>): Sums
  }
  const run = async (name: string, body: string) => {
    const file = join(folder, 'dies.test.mjs')
    const report = join(folder, `${name}.vitest.json`)
    writeFileSync(file, `import { expect, test } from 'vitest'\n${body}`)
    const start = Date.now() - 1_000
    const args = ['run', 'dies.test', '--root', folder, '--pool=forks', '--reporter=json', `--outputFile=${report}`]
    const code = await new Promise<number>(resolve => {
      execFile(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), ...args]).on('close', end =>
        resolve(end ?? 1),
      )
    })
    return readVitest(report, start, code)
  }
  const died = await run('died', `test('dies', () => process.kill(process.pid, 'SIGKILL'))`)
  expect(died).toMatchObject({ passed: 0, failed: 1, broken: [expect.stringContaining('dies.test.mjs')] })
  const lived = await run('lived', `test('lives', () => {})`)
  expect(withSecondTry(died, lived)).toMatchObject({
    passed: 1,
    failed: 0,
    flaky: [{ error: expect.stringContaining('died') }],
  })
  expect(withSecondTry(died, died)).toMatchObject({ failed: 1, flaky: [] })
  const failed = await run('failed', `test('fails', () => expect(1).toBe(2))`)
  expect(failed).toMatchObject({ failed: 1, broken: [] })
}, 60_000)
