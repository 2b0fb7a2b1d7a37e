import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const shared = fileURLToPath(new URL('../../../shared/', import.meta.url))
const check = `${shared}checks/opml-check.mjs`
const adapter = fileURLToPath(new URL('opml-adapter.mjs', import.meta.url))

test.skipIf(!existsSync(check))(
  'every hostile list ends as it should, within its limits',
  { timeout: 180_000 },
  async () => {
    const options = ['--dir', `${shared}data/hostile`, '--adapter', adapter]
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [check, ...options], {
      maxBuffer: 10_000_000,
    }).catch((error: { stdout: string; stderr: string }) => error)
    const summary = JSON.parse(stdout)
    expect({ failed: summary.failed, lines: stderr.match(/^FAIL.*$/gm) ?? [] }).toEqual({ failed: 0, lines: [] })
    expect(summary.cases).toBeGreaterThan(20)
  },
)
