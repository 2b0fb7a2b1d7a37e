/** Recognises the page that stands before a site to keep robots out, where a feed was expected. */

/** Signs that such pages carry for their own scripts; words for people would also be in articles about them. */
const signs = [
  /cf-chl|challenge-platform|cf_chl_opt|cf-browser-verification/, // Cloudflare
  /ddos-guard/i,
  /_Incapsula_Resource|incapsula incident/i,
  /geo\.captcha-delivery\.com/, // DataDome
  /px-captcha|_pxAppId/, // HUMAN
  /sucuri_cloudproxy_js|cloudproxy\.sucuri/i,
  /\/\.within\.website\/|anubis_challenge|techaro\.lol/i, // Anubis
  /awswaf\.com|aws-waf-token/i,
  /akamai.{0,40}reference&#32;&#35;|errors\.edgesuite\.net/i,
]

/** Only pages are looked at, and only their beginning: an article about Cloudflare is no wall. */
export function isBotWall(status: number, headers: Record<string, string>, body: Uint8Array): boolean {
  if (headers['cf-mitigated'] === 'challenge' || headers['x-amzn-waf-action'] !== undefined) return true
  if (!/html/i.test(headers['content-type'] ?? '')) return false
  // Anubis and some others answer 200; else only refusals can be walls.
  if (status !== 200 && status !== 202 && status !== 401 && status !== 403 && status !== 429 && status !== 503)
    return false
  const start = Buffer.from(body.buffer, body.byteOffset, Math.min(body.length, 65_536)).toString('latin1')
  return signs.some(sign => sign.test(start))
}
