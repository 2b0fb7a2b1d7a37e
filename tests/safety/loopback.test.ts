/** Runs the sibling folder's attack on a local web host against ours. */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { startEngine } from '../../src-main/host/engine-host.ts'
import { startWebHost } from '../../src-main/web/server.ts'

const check = fileURLToPath(new URL('../../../shared/checks/loopback-check.mjs', import.meta.url))
const thread = fileURLToPath(new URL('../shell/stand-in/engine-thread.ts', import.meta.url))

test.skipIf(!existsSync(check))(
  'no page and no process gets into the web host that should not',
  async () => {
    const root = mkdtempSync(path.join(tmpdir(), 'broadsheet-loopback-'))
    writeFileSync(path.join(root, 'index.html'), '<!doctype html>')
    const files = { engine: thread, intake: thread, worker: thread }
    const started = await startEngine({ dataDir: '/data', files })
    if (started.kind !== 'running') throw new Error(started.detail)
    const web = await startWebHost({ engine: started.engine, port: 0, root })
    if (web.kind !== 'listening') throw new Error(web.kind)
    try {
      const { origin, token } = web.host
      const report = await run([
        ...[check, '--base', origin, '--api', '/state', '--mutate', 'POST /ws', '--ws', '/ws'],
        ...['--token-header', `Sec-WebSocket-Protocol: broadsheet.v1, token.${token}`],
      ])
      expect(report.filter(line => line.startsWith('FAIL'))).toEqual([])
      expect(report.at(-1)).toBe('66/66 passed')
    } finally {
      await web.host.close()
      await started.engine.close()
      rmSync(root, { recursive: true })
    }
  },
  60_000,
)

/** The lines a script prints; it runs beside us, since we have to answer it. */
function run(args: string[]): Promise<string[]> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  child.stdout.on('data', data => {
    text += data
  })
  return new Promise(resolve => child.once('close', () => resolve(text.trim().split('\n'))))
}
