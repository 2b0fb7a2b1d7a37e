/** Verifies the web host that a data folder names. A file of its own, since a first start needs no HTTP client. */
import { randomBytes } from 'node:crypto'
import { get } from 'node:http'
import type { RunningNote } from '../host/running-note.ts'
import { isProof, proofOf, proofPath } from './proof.ts'

/** Long enough for a busy host. */
const deadline = 5_000
const mostBytes = 256

/** The note, without its address where that is not the host's that wrote it. */
export async function verified(note: RunningNote): Promise<RunningNote> {
  const { url } = note
  return { ...note, url: url !== null && (await isThere(url)) ? url : null }
}

async function isThere(url: string): Promise<boolean> {
  const { port, hash } = URL.parse(url) ?? {}
  if (!port || !hash) return false
  const challenge = randomBytes(32).toString('hex')
  const answer = await ask(`http://127.0.0.1:${port}${proofPath}?challenge=${challenge}`)
  return isProof(answer, proofOf(hash.slice('#token='.length), Number(port), challenge))
}

/** The body of a short answer, or ''. Follows no redirect and uses no proxy. */
function ask(address: string): Promise<string> {
  return new Promise(resolve => {
    const request = get(address, { agent: false, signal: AbortSignal.timeout(deadline) }, response => {
      let text = ''
      response.setEncoding('latin1')
      response.on('data', (part: string) => {
        text += part
        if (text.length > mostBytes) request.destroy()
      })
      response.on('close', () => resolve(response.complete && response.statusCode === 200 ? text.trim() : ''))
      response.on('error', () => resolve(''))
    })
    request.on('error', () => resolve(''))
  })
}
