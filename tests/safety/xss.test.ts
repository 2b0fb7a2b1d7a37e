import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { findChromium } from '../support/chromium.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const shared = fileURLToPath(new URL('../../../shared/', import.meta.url))
const check = `${shared}checks/xss-check.mjs`

const browser = findChromium()

test.skipIf(!existsSync(check) || !browser).each([
  { insert: 'document', images: 'off' },
  { insert: 'innerHTML', images: 'on' },
])(
  'attacks do nothing in a real browser ($insert, images $images)',
  { timeout: 240_000 },
  async ({ insert, images }) => {
    const options = ['--npm', root, '--corpus', `${shared}data/hostile/xss/vectors.jsonl`]
    options.push(
      '--sanitizer',
      `${root}tests/safety/sanitizer-adapter.mjs`,
      '--insert',
      insert,
      '--remote-images',
      images,
    )
    // Every 30th of 1,167; all of them take six minutes for each way of inserting (docs/security.md).
    options.push('--sample', '30', '--workers', '2', '--browser', browser ?? '')
    const { stdout } = await promisify(execFile)(process.execPath, [check, ...options], { maxBuffer: 50_000_000 })
    expect(JSON.parse(stdout.slice(stdout.indexOf('{')))).toMatchObject({ attacksFailed: 0, benignDamaged: 0 })
  },
)
