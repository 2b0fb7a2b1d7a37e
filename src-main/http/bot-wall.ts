/** Recognises pages that keep robots out of a site, where a feed was expected. */

/** Of their scripts; words for people would be in articles about such pages, too. */
const signs = [
  /cf-chl|challenge-platform(?!\/scripts\/jsd)|cf_chl_opt|cf-browser-verification/, // Cloudflare; `jsd` is in its usual pages, too
  /ddos-guard/i,
  /_Incapsula_Resource|incapsula incident/i,
  /captcha-delivery\.com/, // DataDome
  /px-captcha|_pxAppId/, // HUMAN
  /sucuri_cloudproxy_js|cloudproxy\.sucuri/i,
  /\/\.within\.website\/|anubis_challenge|techaro\.lol/i, // Anubis
  /awswaf\.com|aws-waf-token/i,
  /reference&#32;&#35;\d+&#46;|errors(?:\.|&#46;)edgesuite(?:\.|&#46;)net/i, // Akamai
  /\bKPSDK\b/, // Kasada
  /\/\.well-known\/vercel\/security\//,
  /id="captcha-form"[\s\S]{0,2000}unusual traffic/i, // Google
]
const titles =
  /^\s*(?:just a moment|making sure you.re not a bot|attention required|are you (?:a )?(?:human|robot)|verify(?:ing)? you are human|security check|ddos-guard|access to this page has been denied|vercel security checkpoint|pardon our interruption)/i
const refusals = new Set([401, 403, 405, 429, 503])

/** Looks at the first 64 KB of a page. Header names are lower-case. */
export function isBotWall(status: number, headers: Record<string, string>, body: Uint8Array): boolean {
  if (headers['cf-mitigated'] === 'challenge' || headers['x-amzn-waf-action'] !== undefined) return true
  const isRefusal = refusals.has(status)
  if (isRefusal && headers['x-datadome'] !== undefined) return true
  // Anubis and some others answer 200; of other walls the status is a refusal.
  if (!/html/i.test(headers['content-type'] ?? '') || !(isRefusal || status === 200 || status === 202)) return false
  const start = Buffer.from(body.buffer, body.byteOffset, Math.min(body.length, 65_536)).toString('latin1')
  if (hasBotWallSigns(start)) return true
  const title = /<title[^>]{0,200}>([^<]{0,200})/i.exec(start)?.[1] ?? ''
  return isRefusal && isBotWallTitle(title)
}

/** Scripts of such walls. Some are in usual pages of the sites that have one, so a page with an article is none. */
export function hasBotWallSigns(html: string): boolean {
  return signs.some(sign => sign.test(html))
}

/** For walls that answer 200 with a page that asks for proof of being human. */
export function isBotWallTitle(title: string): boolean {
  return titles.test(title)
}
