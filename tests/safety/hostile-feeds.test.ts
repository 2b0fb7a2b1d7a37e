import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const shared = fileURLToPath(new URL('../../../shared/', import.meta.url))
const check = `${shared}checks/feeds-check.mjs`
const adapter = fileURLToPath(new URL('feeds-adapter.mjs', import.meta.url))

/** A case of each kind, the cruellest ones; the whole list takes minutes (docs/security.md). */
const sample = [
  ...['depth-elements-5000', 'depth-html-bold-1e5', 'depth-xhtml-content', 'size-redos-spaces', 'size-redos-style'],
  ...[
    'size-srcset-2mb',
    'size-guid-1mb',
    'gz-bomb-feed-200mb',
    'gz-truncated',
    'xml-billion-laughs',
    'xml-external-dtd',
  ],
  ...['redir-loopback', 'redir-metadata', 'redir-javascript', 'redir-endless', 'enc-nul-bytes', 'enc-utf16be-nobom'],
  ...['id-duplicate-guids', 'json-feed-evil', 'http-cookie-flood', 'not-cut', 'date-year0'],
]

test.skipIf(!existsSync(check))(
  'hostile feeds end in a result or a reason, and cost no more than that',
  { timeout: 240_000 },
  async () => {
    const options = ['--dir', `${shared}data/hostile`, '--adapter', adapter, '--id', sample.join(',')]
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [check, ...options], {
      maxBuffer: 10_000_000,
    }).catch((error: { stdout: string; stderr: string }) => error)
    // On a busy machine the clock says little about us: what counts here is the outcome.
    const failures = (stderr.match(/^FAIL.*$/gm) ?? []).filter(
      line => !/ (?:time|stall) [\d.]+ (?:s|ms) > \d+$/.test(line),
    )
    expect(failures).toEqual([])
    expect(JSON.parse(stdout)).toMatchObject({ crashOrHang: 0, cases: sample.length })
  },
)
