/** End-to-end tests over an engine that exits, and whose database refuses writes, on command. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { addressOf, type Broadsheet } from './broadsheet.ts'
import { test as base } from './e2e.ts'

const program = fileURLToPath(new URL('mortal-host.ts', import.meta.url))

export type Mortal = {
  die(): void
  /** From the answer on its database takes no write, or takes them again. */
  setWritable(isWritable: boolean): Promise<void>
}

export const test = base.extend<{ mortal: Broadsheet & Mortal }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern
  mortal: async ({}, use) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'broadsheet-e2e-'))
    const child = spawn(process.execPath, [program, dataDir], { stdio: ['pipe', 'pipe', 'inherit', 'ipc'] })
    const url = await addressOf(child)
    await use({
      dataDir,
      url: () => url,
      die: () => void child.stdin?.write('die\n'),
      async setWritable(isWritable) {
        const isDone = once(child, 'message')
        child.stdin?.write(isWritable ? 'accept\n' : 'refuse\n')
        await isDone
      },
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
