import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const program = fileURLToPath(new URL('../../src-main/cli.ts', import.meta.url))
/** Says at the end how many threads the process has, once its pool is there. */
const counting = `data:text/javascript,import fs from 'node:fs'
process.once('beforeExit', () => fs.readFile('/proc/self/status', 'utf8', (_, text) => console.log(/Threads:.*/.exec(text)[0])))`

test.runIf(process.platform === 'linux')('names of many hosts are looked up side by side', async () => {
  const { UV_THREADPOOL_SIZE: _, ...env } = process.env
  const args = ['--import', counting.replaceAll('\n', ';'), program, '--version']
  const { stdout } = await promisify(execFile)(process.execPath, args, { env })
  expect(Number(/Threads:\s+(\d+)/.exec(stdout)?.[1])).toBeGreaterThanOrEqual(32)
})
