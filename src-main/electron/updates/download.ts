/** Loads one file of a version, and compares its SHA-512 with the one that was announced before it has a name to be started by. */
import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import type { Http } from '../../http/types.ts'
import { failureOfRequest, UpdateError } from './failure.ts'

export type Download = {
  url: string
  destination: string
  /** In base64. */
  sha512: string
  bytes: number | null
  privateHost: string | null
  signal: AbortSignal
  onShare(share: number): void
}

/** For files whose size was not announced. */
const mostBytes = 1_000_000_000

/** Throws UpdateError, or what the system says of the disk. The file is whole and right where it does not. */
export async function download(http: Http, wanted: Download): Promise<void> {
  const { url, destination, privateHost, signal } = wanted
  const answer = await http.open({ url, accept: '*/*', privateHost, signal })
  if (answer.kind === 'failed') throw failureOfRequest(answer.failure)
  const close = () => answer.body.close()
  signal.addEventListener('abort', close)
  try {
    if (answer.status !== 200) throw new UpdateError('refused', `HTTP ${answer.status}`)
    const file = await open(destination, 'w', 0o600)
    try {
      const digest = createHash('sha512')
      const most = wanted.bytes ?? mostBytes
      for (let received = 0; ; ) {
        const piece = await answer.body.read()
        signal.throwIfAborted()
        if (piece.kind === 'failed') throw new UpdateError('cut-off', JSON.stringify(piece.failure))
        if (piece.kind === 'end') break
        received += piece.bytes.length
        if (received > most) throw new UpdateError('wrong-digest', `more than ${most} bytes`)
        digest.update(piece.bytes)
        await file.writeFile(piece.bytes)
        wanted.onShare(Math.min(1, received / (wanted.bytes ?? received)))
      }
      const got = digest.digest('base64')
      if (got !== wanted.sha512) throw new UpdateError('wrong-digest', `${got} instead of ${wanted.sha512}`)
      await file.sync()
    } finally {
      await file.close()
    }
  } finally {
    signal.removeEventListener('abort', close)
    close()
  }
}
