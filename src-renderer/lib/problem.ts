/** Refusals of the engine that a dialog shows itself. */

import { EngineError } from '../../src-main/api/contract/rpc.ts'
import type { EngineErrorCode } from '../../src-main/api/errors.ts'

/** The code of a refusal; anything else is a bug of ours and is thrown on. */
export function problemOf(error: unknown): EngineErrorCode {
  if (error instanceof EngineError) return error.code
  throw error
}
