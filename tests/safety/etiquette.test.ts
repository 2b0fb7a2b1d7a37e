import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const check = fileURLToPath(new URL('../../../shared/checks/etiquette-check.mjs', import.meta.url))

test.skipIf(!existsSync(check))(
  'feed servers are treated by all 38 rules of manners, over days of virtual time',
  async () => {
    const run = promisify(execFile)(process.execPath, [check, '--adapter', 'tests/safety/etiquette-adapter.mjs'], {
      cwd: root,
    })
    const { stdout } = await run.catch((error: { stdout: string; stderr: string }) => error)
    expect(stdout.split('\n').filter(line => line.startsWith('FAIL'))).toEqual([])
    expect(stdout).toContain('38/38 passed')
  },
  600_000,
)
