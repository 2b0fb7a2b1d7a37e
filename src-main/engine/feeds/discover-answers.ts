/** What an answer that is no success means. Pure. */
import type { Failure } from '../../api/model.ts'

type Refusal = { status: number; headers: Record<string, string>; body: Uint8Array; url: string }

/** Walls against robots are told from plain refusals: nothing the reader does will open them. */
export function failureOfStatus({ status, headers, body, url }: Refusal): Failure {
  if (status === 410) return { reason: 'gone' }
  if (isBotWall(status, headers, body)) return { reason: 'bot-wall', status, host: new URL(url).hostname }
  return { reason: 'http', status }
}

function isBotWall(status: number, headers: Record<string, string>, body: Uint8Array): boolean {
  if (headers['cf-mitigated'] || headers['x-datadome'] || headers['x-amzn-waf-action']) return true
  if (![401, 403, 405, 429, 503].includes(status)) return false
  const head = new TextDecoder('latin1').decode(body.subarray(0, 65_536))
  return (
    /<title>[^<]{0,40}(?:just a moment|attention required|are you (?:a )?human|verify(?:ing)? you|security check|ddos)/i.test(
      head,
    ) ||
    /challenge-platform|cf-chl-|captcha-delivery|_Incapsula_|px-captcha|\/\.within\.website\/|sucuri\.net/i.test(head)
  )
}

/** Walls that answer 200 with a page asking to prove that one is human. */
export function isBotWallPage(title: string): boolean {
  return /^(?:just a moment|making sure you.re not a bot|attention required|are you (?:a )?(?:human|robot)|verify(?:ing)? you are human|security check|ddos-guard)/i.test(
    title,
  )
}
