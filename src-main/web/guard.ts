/** Which requests the web host accepts, by their method, address and headers. */
import { timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'

/** `rawHeaders` has names and values in turn, with duplicates: of those Node keeps only the first in `headers`. */
export type Asked = Pick<IncomingMessage, 'method' | 'url' | 'headers'> & { rawHeaders?: string[] }

export const subprotocol = 'broadsheet.v1'

/**
 * The status to refuse a request with, or null. An attacker's page can have its own name resolve to this machine, so the
 * Host must be one of ours; it can send requests but not hide where they come from, so a foreign Origin is refused.
 */
export function refusalStatus({ method, url = '', headers, rawHeaders }: Asked, port: number): number | null {
  // A proxy between us and the browser may have checked the other one (RFC 9112, 3.2).
  if (isTwice(rawHeaders, 'host') || isTwice(rawHeaders, 'origin')) return 400
  if (!isOwnHost(headers.host, port)) return 421
  // The absolute form (RFC 9112, 3.2.2) is for proxies, which we are not. To a URL '/\\' begins a host, as '//' does.
  if (!/^\/(?![/\\])/.test(url) || !URL.canParse(url, 'http://127.0.0.1')) return 400
  if (headers.origin !== undefined && headers.origin !== `http://${headers.host}`) return 403
  if (isFromElsewhere(headers) && !isNavigation(method, headers)) return 403
  // We take no bodies: refused before the first byte is read.
  if (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) !== 0) return 413
  return null
}

/** The same for a WebSocket, which needs the token, too. Browsers always send an Origin with one. */
export function upgradeRefusalStatus(asked: Asked, port: number, token: string): number | null {
  const status = refusalStatus(asked, port)
  if (status !== null) return status
  if (new URL(asked.url ?? '', 'http://127.0.0.1').pathname !== '/ws') return 404
  if (asked.headers.origin === undefined) return 403
  if (!protocolsOf(asked.headers).includes(subprotocol)) return 400
  return hasToken(asked.headers, token) ? null : 401
}

/** True when the request carries this run's token, as a subprotocol `token.HEX` or as `Authorization: Bearer HEX`. */
export function hasToken(headers: IncomingHttpHeaders, token: string): boolean {
  const fromProtocol = protocolsOf(headers).find(name => name.startsWith('token.'))
  const given = fromProtocol?.slice('token.'.length) ?? headers.authorization?.match(/^Bearer ([0-9a-f]+)$/i)?.[1] ?? ''
  const [actual, expected] = [Buffer.from(given), Buffer.from(token)]
  return actual.length === expected.length && timingSafeEqual(actual, expected)
}

function protocolsOf(headers: IncomingHttpHeaders): string[] {
  return (headers['sec-websocket-protocol'] ?? '').split(',').map(name => name.trim())
}

function isTwice(rawHeaders: string[] = [], wanted: string): boolean {
  return rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === wanted).length > 1
}

function isOwnHost(host: string | undefined, port: number): boolean {
  return host === `127.0.0.1:${port}` || host === `localhost:${port}`
}

function isFromElsewhere(headers: IncomingHttpHeaders): boolean {
  const site = headers['sec-fetch-site']
  return site !== undefined && site !== 'same-origin' && site !== 'none'
}

/** Our own file that opens the browser is another site, and so is a page of bookmarks: they may open a whole window here. */
function isNavigation(method: string | undefined, headers: IncomingHttpHeaders): boolean {
  return method === 'GET' && headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document'
}
