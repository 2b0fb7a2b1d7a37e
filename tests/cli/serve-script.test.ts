/** `npm run broadsheet -- serve`, as npm starts it. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { addressOf } from '../support/broadsheet.ts'
import { projectRoot } from '../support/sources.ts'

test.runIf(process.platform === 'linux')('what goes on for hours is one process, with one heap of glibc', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'broadsheet-serve-'))
  const script = join(projectRoot, 'scripts', 'broadsheet.mjs')
  const { MALLOC_ARENA_MAX: _, ...env } = process.env
  const child = spawn(process.execPath, [script, 'serve', '--data', dataDir, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env,
  })
  try {
    expect(await addressOf(child)).toMatch(/^http:\/\/127\.0\.0\.1:\d+\//)
    const told = (name: string) => readFileSync(`/proc/${child.pid}/${name}`, 'utf8').split('\0')
    expect(told('cmdline')).toContain(join(projectRoot, 'out', 'main', 'cli.js'))
    expect(told('environ')).toContain('MALLOC_ARENA_MAX=1')
  } finally {
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    expect((await ended)[0]).toBe(0)
    rmSync(dataDir, { recursive: true, force: true })
  }
})
