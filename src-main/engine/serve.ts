/** Answers the calls that come in over a port: input checked once, here; errors cross as codes. */
import { z } from 'zod'
import { inputs, type Name } from '../api/contract.ts'
import type { EngineErrorCode } from '../api/errors.ts'
import type { Port } from '../api/ports.ts'
import type { Call, Reply } from '../api/rpc.ts'
import { storageErrorCode } from '../lib/disk-fault.ts'
import type { Log } from '../lib/log.ts'
import { NotFound, Superseded } from '../lib/refused.ts'
import type { RunCall } from './run-call.ts'

// For each shape zod would compile a function at its first use: 5 ms of every start for shapes as small as ours.
z.config({ jitless: true })

/** Of a long list each element may be wrong. */
const longestDetail = 2_000

const callShape = z.object({ id: z.number(), name: z.string(), input: z.unknown() })

export function serveCalls(port: Port, run: RunCall, log: Log): void {
  port.onMessage(message => {
    const call = callShape.safeParse(message)
    if (call.success) void answer(call.data)
  })

  async function answer(call: Call): Promise<void> {
    port.send(await replyTo(call))
  }

  async function replyTo({ id, name, input }: Call): Promise<Reply> {
    if (!isName(name)) return { id, error: { code: 'unknown-name', detail: name.slice(0, 100) } }
    const parsed = inputs[name].safeParse(input)
    if (!parsed.success) {
      return { id, error: { code: 'invalid-input', detail: z.prettifyError(parsed.error).slice(0, longestDetail) } }
    }
    try {
      return { id, output: await run(name, parsed.data as never, port) }
    } catch (error) {
      const code = codeOf(error)
      if (code === 'internal') log(`call ${name} failed: ${error instanceof Error ? error.stack : String(error)}`)
      return { id, error: { code, detail: error instanceof Error ? error.message : String(error) } }
    }
  }
}

function isName(name: string): name is Name {
  return Object.hasOwn(inputs, name)
}

function codeOf(error: unknown): EngineErrorCode {
  if (error instanceof NotFound) return 'not-found'
  if (error instanceof Superseded) return 'superseded'
  return storageErrorCode(error)
}
