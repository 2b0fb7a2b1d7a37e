/** Asks the server for its newest version: one request, by the client that asks for feeds, with its limits and without cookies. */
import type { Http } from '../../http/types.ts'
import { failureOfRequest, UpdateError } from './failure.ts'
import { mostDescription, readRelease } from './release.ts'
import type { Release } from './release-files.ts'
import type { UpdateSource } from './source.ts'

/** Throws UpdateError. */
export async function askForRelease(http: Http, source: UpdateSource): Promise<Release> {
  const { description: url, privateHost } = source
  const answer = await http.get({
    url,
    accept: 'application/yaml, text/yaml, */*',
    maxBytes: mostDescription,
    privateHost,
  })
  if (answer.kind === 'failed') throw failureOfRequest(answer.failure)
  if (answer.status !== 200) throw new UpdateError('refused', `HTTP ${answer.status}`)
  const release = readRelease(Buffer.from(answer.body).toString('utf8'))
  if (!release) throw new UpdateError('unreadable', new URL(url).pathname)
  return release
}
