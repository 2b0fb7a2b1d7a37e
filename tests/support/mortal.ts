/** End-to-end tests over an engine that dies, and whose disk refuses writes, when the test says so. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Broadsheet } from './broadsheet.ts'
import { test as base } from './e2e.ts'

const program = fileURLToPath(new URL('mortal-host.ts', import.meta.url))

export type Mortal = {
  /** die: the engine's thread ends at once. refuse: its database takes no write. accept: it does again. */
  tell(what: 'die' | 'refuse' | 'accept'): void
}

export const test = base.extend<{ mortal: Broadsheet & Mortal }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern
  mortal: async ({}, use) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'broadsheet-e2e-'))
    const child = spawn(process.execPath, [program, dataDir], { stdio: ['pipe', 'pipe', 'inherit'] })
    const url = await addressOf(child)
    await use({
      dataDir,
      url: () => url,
      tell: what => void child.stdin?.write(`${what}\n`),
      restart: () => Promise.reject(new Error('this one dies instead')),
      stop: () => Promise.resolve(),
    })
    child.kill('SIGTERM')
    await once(child, 'exit')
    rmSync(dataDir, { recursive: true, force: true })
  },
  app: ({ mortal }, use) => use(mortal),
})

export { expect } from 'playwright/test'

async function addressOf(child: ChildProcess): Promise<string> {
  const lines = createInterface({ input: child.stdout! })
  const first = await Promise.race([once(lines, 'line'), once(child, 'exit')])
  const [line] = first as [unknown]
  if (typeof line !== 'string') throw new Error(`the host ended at once with ${String(line)}`)
  return (JSON.parse(line) as { url: string }).url
}
