/** What an answer that is no success means. Pure. */
import type { Failure } from '../../api/model.ts'
import { isBotWall } from '../../http/bot-wall.ts'

type Refusal = { status: number; headers: Record<string, string>; body: Uint8Array; url: string }

/** Walls against robots are told from plain refusals: nothing the reader does will open them. */
export function failureOfStatus({ status, headers, body, url }: Refusal): Failure {
  if (status === 410) return { reason: 'gone' }
  if (isBotWall(status, headers, body)) return { reason: 'bot-wall', status, host: new URL(url).hostname }
  return { reason: 'http', status }
}
