/**
 * `npm test`: installs what is missing, then lints, checks types and runs every test. Ends with one line of sums.
 * `npm test -- --fast` leaves out the browser tests.
 */
import { join } from 'node:path'
import { addUp, readPlaywright, readVitest, withSecondTry } from './lib/counts.mjs'
import { binOf, ensureBuilt, ensureChromium, ensureInstalled, root, runNode, say } from './lib/ensure.mjs'
import { scratchFolder } from './lib/scratch.mjs'

const isFast = process.argv.includes('--fast')
const vitestReport = join(root, '.cache', 'vitest.json')
const playwrightReport = join(root, '.cache', 'playwright.json')

await ensureInstalled()
const chromium = isFast ? null : await ensureChromium()
if (!isFast && !chromium) say('No Chromium could be had: what needs one will fail')
await ensureBuilt()

const env = { BROADSHEET_CHROMIUM: chromium ?? '', FORCE_COLOR: process.stdout.isTTY ? '1' : '0' }
const scratch = scratchFolder()
if (scratch) env.TMPDIR = scratch
const failures = await checks()
const results = [await vitest()]
if (!isFast) results.push(await playwright())

for (const { name, error } of results.flatMap(({ flaky }) => flaky ?? [])) console.log(`Flaky: ${name}: ${error}`)
const { passed, failed, skipped } = addUp(results, failures)
console.log(`Tests: ${passed} passed, ${failed} failed, ${skipped} skipped`)
process.exit(failed === 0 && passed > 0 ? 0 : 1)

/** Lint and types, side by side; how many of them failed. */
async function checks() {
  const all = [
    { name: 'Lint', args: [binOf('@biomejs/biome', 'biome'), 'check', '--error-on-warnings', '.'] },
    { name: 'TypeScript', args: [binOf('typescript', 'tsc'), '-p', 'tsconfig.json'] },
    {
      name: 'Svelte',
      args: [
        binOf('svelte-check'),
        '--tsconfig',
        'src-renderer/tsconfig.json',
        '--fail-on-warnings',
        '--output',
        'human',
      ],
    },
  ]
  const ends = await Promise.all(all.map(({ args }) => runNode(args, { quiet: true, seconds: 300, env })))
  for (const [index, { code, output }] of ends.entries()) {
    console.log(`${all[index].name}: ${code === 0 ? 'ok' : 'failed'}`)
    if (code !== 0) console.log(output.trimEnd())
  }
  return ends.filter(({ code }) => code !== 0).length
}

/**
 * Where nobody looks at a file whose process died, it is run once more, and named: V8 was seen to end itself under load, in
 * files that start threads ('jit_page.has_value()', Node 24.21).
 */
async function vitest() {
  const first = await runVitest([])
  if (!process.env.CI || first.broken.length === 0) return first
  return withSecondTry(first, await runVitest(first.broken))
}

/** All files, or only these. */
async function runVitest(files) {
  const reporters = ['--reporter=default', '--reporter=json']
  const args = [binOf('vitest'), 'run', ...files, '--config', 'tests/vitest.config.ts', ...reporters]
  const start = Date.now()
  const { code } = await runNode([...args, `--outputFile.json=${vitestReport}`], { seconds: 1_500, env })
  return readVitest(vitestReport, start, code)
}

async function playwright() {
  const start = Date.now()
  const args = [binOf('playwright'), 'test', '--config', 'tests/playwright.config.ts', '--reporter=list,json']
  const { code } = await runNode(args, {
    seconds: 2_400,
    env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: playwrightReport },
  })
  return readPlaywright(playwrightReport, start, code)
}
