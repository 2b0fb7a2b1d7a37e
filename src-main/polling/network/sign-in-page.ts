/**
 * What speaks for a captive portal: a network that answers in the place of every server, with its own sign-in page, until
 * somebody has signed in. One such answer says nothing; several that have something in common do (network-watch.ts).
 */
import { hash } from 'node:crypto'
import type { Failure } from '../../api/model.ts'
import { literalAddress } from '../../http/private-address.ts'

/** An answer in HTML where a feed was expected. `url`: where redirects led. */
export type Page = { url: string; status: number; bodyHash: string }

/** Why an answer may not be its server's own. */
export type Doubt = {
  /** The last answer was a feed. */
  isSudden: boolean
  /** What it shares with other answers that the same portal gave. */
  marks: string[]
}

/** None for an answer that is not HTML. Header names are lower-case. */
export function pageOf(url: string, status: number, contentType: string, body: Uint8Array): Page | undefined {
  if (!/html/i.test(contentType) && !beginsLikeHtml(body)) return undefined
  return { url, status, bodyHash: hash('sha1', body, 'base64') }
}

/** `isSudden` as in Doubt. Null where the failure is plainly the server's. */
export function doubtOf(feedUrl: string, failure: Failure, page: Page | undefined, isSudden: boolean): Doubt | null {
  // A portal is in the network of its guests as a rule, where redirects are not followed and names should not lead.
  if (failure.reason === 'private-address') return { isSudden, marks: isSudden ? ['private network'] : [] }
  // It has no certificate for the names in whose place it answers.
  if (failure.reason === 'tls') return { isSudden, marks: [] }
  return page ? { isSudden, marks: isSudden ? marksOf(feedUrl, page) : [] } : null
}

/**
 * A bare error page ('502 Bad Gateway', '404 Not Found') is the same on servers all over the world: the same body counts in
 * answers of success only.
 */
function marksOf(feedUrl: string, { url, status, bodyHash }: Page): string[] {
  const landing = siteOf(url)
  return [
    ...(landing === siteOf(feedUrl) ? [] : [`at ${landing}`]),
    ...(status >= 200 && status < 300 ? [`body ${bodyHash}`] : []),
  ]
}

/**
 * The host's last two labels, or its address: the blogs of one platform are one site, whose page for a failure of its own must
 * not be taken for a portal. Of names below a suffix like co.uk too many are one site, and the doubt is the smaller.
 */
export function siteOf(address: string): string {
  const url = URL.parse(address)
  if (!url) return ''
  return literalAddress(url) ?? url.hostname.split('.').slice(-2).join('.')
}

function beginsLikeHtml(body: Uint8Array): boolean {
  const start = Buffer.from(body.buffer, body.byteOffset, Math.min(body.length, 512)).toString('latin1')
  return /^(?:\xef\xbb\xbf)?\s*(?:<!doctype\s+html|<html\b)/i.test(start)
}
