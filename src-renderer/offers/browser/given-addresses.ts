/** Addresses that a page of the browser host is opened with, in its fragment, which no server is sent. */

const most = 10
const longest = 4_096

/** Takes them out of the page's address, so that a reload does not give them again. Call before the token is taken. */
export function takeGivenAddresses(page: Window): string[] {
  const fragment = new URLSearchParams(page.location.hash.slice(1))
  const given = fragment.getAll('subscribe')
  if (given.length === 0) return []
  fragment.delete('subscribe')
  const rest = fragment.toString()
  page.history.replaceState(null, '', rest === '' ? page.location.pathname : `#${rest}`)
  return given.flatMap(text => webAddress(text) ?? []).slice(0, most)
}

/** Any page can open us with any text. */
function webAddress(text: string): string | null {
  const url = text.length <= longest ? URL.parse(text) : null
  if (!url || !/^https?:$/.test(url.protocol)) return null
  url.username = ''
  url.password = ''
  return url.href
}
