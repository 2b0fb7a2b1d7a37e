/** Answers the calls of a window: input checked once, here; errors cross as codes. */
import { z } from 'zod'
import { inputs, type Name } from '../api/contract/contract.ts'
import { type CallFailure, EngineError, serve } from '../api/contract/rpc.ts'
import type { EngineErrorCode } from '../api/errors.ts'
import type { Port } from '../api/ports.ts'
import { storageErrorCode } from '../lib/disk-fault.ts'
import type { Log } from '../lib/log.ts'
import { NotFound, Superseded } from '../lib/refused.ts'
import type { RunCall } from './run-call.ts'

// For each shape zod would compile a function at its first use: 5 ms of every start for shapes as small as ours.
z.config({ jitless: true })

/** Characters: of a long list each element may be wrong. */
const longestDetail = 2_000

const names = Object.keys(inputs) as Name[]

export function serveCalls(port: Port, run: RunCall, log: Log): void {
  const handlers = names.map(name => [name, (input: unknown) => run(name, checked(name, input), port)])
  serve(port, Object.fromEntries(handlers), (error, name) => failureOf(error, name, log))
}

function checked(name: Name, input: unknown): never {
  const parsed = inputs[name].safeParse(input)
  if (parsed.success) return parsed.data as never
  throw new EngineError('invalid-input', z.prettifyError(parsed.error).slice(0, longestDetail))
}

function failureOf(error: unknown, name: string, log: Log): CallFailure {
  const code = codeOf(error)
  if (code === 'internal') log(`call ${name} failed: ${error instanceof Error ? error.stack : String(error)}`)
  return { code, detail: error instanceof Error ? error.message : String(error) }
}

function codeOf(error: unknown): EngineErrorCode {
  if (error instanceof EngineError) return error.code
  if (error instanceof NotFound) return 'not-found'
  if (error instanceof Superseded) return 'superseded'
  return storageErrorCode(error)
}
