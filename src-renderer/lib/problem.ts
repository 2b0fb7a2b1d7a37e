/** What the engine refused, for a dialog to say: a message at the foot of the window would lie behind it. */
import type { EngineErrorCode } from '../../src-main/api/errors.ts'
import { EngineError } from '../../src-main/api/rpc.ts'

/** The code of a refusal; anything else is a bug of ours and is thrown on. */
export function problemOf(error: unknown): EngineErrorCode {
  if (error instanceof EngineError) return error.code
  throw error
}
