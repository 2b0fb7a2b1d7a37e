/** Refusals of the engine that a dialog shows itself. */
import type { EngineErrorCode } from '../../src-main/api/errors.ts'
import { EngineError } from '../../src-main/api/rpc.ts'

/** The code of a refusal; anything else is a bug of ours and is thrown on. */
export function problemOf(error: unknown): EngineErrorCode {
  if (error instanceof EngineError) return error.code
  throw error
}
