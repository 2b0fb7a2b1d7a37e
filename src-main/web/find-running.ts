/** Looks whether the web host that a data folder names is there. A file of its own, since a first start needs no HTTP client. */
import { randomBytes } from 'node:crypto'
import { get } from 'node:http'
import type { Introduction } from '../host/running-note.ts'
import { isProof, proofOf, proofPath } from './proof.ts'

/** A host that is busy answers late; one that says nothing is not waited for. */
const deadline = 5_000
const mostBytes = 256

/** The same, without an address that leads to somebody else, or to nobody. */
export async function verified(introduction: Introduction): Promise<Introduction> {
  const { url } = introduction
  return { ...introduction, url: url !== null && (await isThere(url)) ? url : null }
}

async function isThere(url: string): Promise<boolean> {
  const { port, hash } = URL.parse(url) ?? {}
  if (!port || !hash) return false
  const challenge = randomBytes(32).toString('hex')
  const answer = await ask(`http://127.0.0.1:${port}${proofPath}?challenge=${challenge}`)
  return isProof(answer, proofOf(hash.slice('#token='.length), Number(port), challenge))
}

/** What is said there, as far as it is of use; '' for nothing. No redirect is followed, and no proxy of the system's asked. */
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
