/** Recognises what tracks readers: parameters in links, and invisible images. */

const parameters = new Set(
  (
    'fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid ysclid twclid ttclid li_fat_id igshid igsh mc_cid ' +
    'mc_eid _hsenc _hsmi __hssc __hstc __hsfp hsctatracking mkt_tok oly_anon_id oly_enc_id vero_id vero_conv ' +
    'wickedid _openstat ml_subscriber ml_subscriber_hash rb_clickid s_cid ncid cmpid xtor ns_campaign ns_mchannel ' +
    'ns_source ns_linkname ns_fee itm_source itm_medium itm_campaign itm_content at_medium at_campaign at_custom1 ' +
    'at_custom2'
  ).split(' '),
)
const prefixes = ['utm_', 'hsa_', 'pk_', 'mtm_', 'piwik_', 'matomo_', 'stm_']

/** Removes parameters that only track; the others stay byte for byte. Changes and returns `url`. */
export function withoutTracking(url: URL): URL {
  if (url.search.length > 1) {
    const pairs = url.search.slice(1).split('&')
    const kept = pairs.filter(pair => !isTracking(pair))
    if (kept.length < pairs.length) url.search = kept.join('&')
  }
  // Some publishers put them into the fragment.
  if (/^#(?:utm_|xtor=|fbclid=|ref=rss)/i.test(url.hash)) url.hash = ''
  return url
}

function isTracking(pair: string): boolean {
  const end = pair.indexOf('=')
  const name = (end < 0 ? pair : pair.slice(0, end)).toLowerCase()
  return parameters.has(name) || prefixes.some(prefix => name.startsWith(prefix))
}

const pixelHosts =
  /(?:^|\.)(?:feedsportal\.com|doubleclick\.net|google-analytics\.com|googletagmanager\.com|scorecardresearch\.com|quantserve\.com|pixel\.wp\.com|stats\.wordpress\.com|b\.scorecardresearch\.com|imrworldwide\.com|list-manage\.com|mailstat\.us|analytics\.twitter\.com)$/
const pixelPaths =
  /^\/(?:~r\/|open\.aspx|track\/open|wf\/open|b\.gif|pixel\.(?:gif|png|php)|count(?:er)?\.(?:gif|php)|1x1\.(?:gif|png)|tracking\/)/i

/** Whether an image's address is that of a tracking pixel. */
export function isTracker({ hostname, pathname }: URL): boolean {
  return pixelHosts.test(hostname) || pixelPaths.test(pathname)
}

/** Whether an image cannot be seen: at most one pixel, or hidden. */
export function isInvisible({ width, height, style, hidden }: Record<string, string>): boolean {
  if (hidden !== undefined) return true
  // An image 570 wide and 0 high gets its height from a style sheet.
  if (isAtMostOne(width ?? height) && isAtMostOne(height ?? width)) return true
  if (!style) return false
  const rules = style.slice(0, 500)
  return (
    /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?:\s*;|\s*$))/i.test(rules) ||
    /(?:^|;)\s*(?:width|height)\s*:\s*[01](?:px)?\s*(?:!important\s*)?(?:;|$)/i.test(rules)
  )
}

function isAtMostOne(length: string | undefined): boolean {
  return length !== undefined && /^\s*[01](?:\.0*)?(?:px)?\s*$/.test(length)
}
