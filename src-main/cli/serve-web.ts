/** `serve`: the browser host for programs. Prints one line of JSON with its address, and runs until a signal ends it. */
import { mkdirSync } from 'node:fs'
import { runWebHost, stopSignal } from '../web/run.ts'
import type { Command } from './base/command.ts'
import { fail, printJson } from './base/output.ts'

export async function serve({ dataDir, port, isJson }: Command): Promise<number> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const run = await runWebHost(dataDir, port)
  if (run.kind !== 'running') {
    return fail({ code: run.kind === 'in-use' ? 'in-use' : 'cannot-serve', message: run.text }, isJson)
  }
  printJson({ url: run.host.url })
  const ending = await Promise.race([run.ended, stopSignal()])
  await run.close()
  return ending === null ? 0 : fail({ code: 'internal', message: ending }, isJson)
}
