/** Tells a newsletter's sender that it is not wanted any more, by the one request that its messages offer for that (RFC 8058). */
import type { Told } from '../api/mail/model.ts'
import type { Http } from '../http/types.ts'

/**
 * Only by https, and with nothing that says who asks but what the address itself says. A redirect is no yes: those who keep to
 * the rules answer at once.
 */
export async function tellSender(http: Pick<Http, 'post'>, url: string, signal?: AbortSignal): Promise<Told> {
  if (URL.parse(url)?.protocol !== 'https:') return { kind: 'failed', failure: { reason: 'bad-address' } }
  const answer = await http.post({
    url,
    form: 'List-Unsubscribe=One-Click',
    maxBytes: 65_536,
    ...(signal && { signal }),
  })
  if (answer.kind === 'failed') {
    // What the page said is of no use, and may be long.
    return answer.failure.reason === 'too-large' ? { kind: 'told' } : answer
  }
  const isTaken = answer.status >= 200 && answer.status < 300
  return isTaken ? { kind: 'told' } : { kind: 'refused', status: answer.status }
}
