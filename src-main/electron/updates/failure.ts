/** Why an update came to nothing. The window has the words. */
import type { UpdateFailure } from '../../api/host/updates.ts'
import type { Failure } from '../../api/model.ts'
import { diskFault } from '../../lib/disk-fault.ts'

export class UpdateError extends Error {
  readonly reason: UpdateFailure

  constructor(reason: UpdateFailure, detail = '') {
    super(detail)
    this.reason = reason
  }
}

/** What the HTTP client says of a server that gave no answer. */
export function failureOfRequest(failure: Failure): UpdateError {
  const detail = JSON.stringify(failure)
  if (failure.reason === 'offline') return new UpdateError('offline')
  if (failure.reason === 'too-large') return new UpdateError('unreadable', detail)
  if (failure.reason === 'bad-redirect' || failure.reason === 'redirect-loop') return new UpdateError('refused', detail)
  return new UpdateError('unreachable', detail)
}

/** What electron-updater and the system throw. */
export function failureOf(error: unknown): UpdateError {
  if (error instanceof UpdateError) return error
  const detail = error instanceof Error ? error.message : String(error)
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'ERR_UPDATER_INVALID_SIGNATURE') return new UpdateError('wrong-signature', detail)
  if (code === 'ERR_CHECKSUM_MISMATCH') return new UpdateError('wrong-digest', detail)
  return new UpdateError(diskFault(error) === null ? 'failed' : 'disk', detail)
}
