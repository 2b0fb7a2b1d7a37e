/** Players of other sites become a link with title and host: nothing is loaded before the reader asks for it. */

/** How a player's address becomes the address of the page a person would open. */
const players: { host: RegExp; page?: (url: URL) => string | null }[] = [
  { host: /^(?:www\.|m\.)?youtube(?:-nocookie)?\.com$/, page: youTubePage },
  { host: /^youtu\.be$/ },
  { host: /^player\.vimeo\.com$/, page: ({ pathname }) => after(pathname, /^\/video\/(\d+)/, 'https://vimeo.com/') },
  { host: /^vimeo\.com$/ },
  {
    host: /^(?:www\.|geo\.)?dailymotion\.com$/,
    page: ({ pathname }) => after(pathname, /^\/embed\/video\/(\w+)/, 'https://www.dailymotion.com/video/'),
  },
  { host: /^embed\.ted\.com$/, page: url => `https://www.ted.com${url.pathname}` },
  { host: /^www\.ted\.com$/ },
  {
    host: /^archive\.org$/,
    page: ({ pathname }) => after(pathname, /^\/embed\/([\w.-]+)/, 'https://archive.org/details/'),
  },
  {
    host: /^(?:player\.twitch\.tv|w\.soundcloud\.com|open\.spotify\.com|embed\.podcasts\.apple\.com|player\.bilibili\.com)$/,
  },
  { host: /^(?:bandcamp\.com|rumble\.com|odysee\.com|www\.loom\.com|www\.tiktok\.com|media\.ccc\.de|codepen\.io)$/ },
  { host: /^(?:fast\.wistia\.net|players\.brightcove\.net|cdn\.jwplayer\.com|www\.arte\.tv|www\.bbc\.co\.uk)$/ },
]

export type Card = { href: string; words: string }

/** The host of a page where a known player lives; null for any other address. */
export function playerHost(address: string): string | null {
  const url = URL.parse(address)
  if (!url || !isWeb(url)) return null
  const isKnown = players.some(({ host }) => host.test(url.hostname)) || isPeerTube(url)
  return isKnown ? shortHost(url) : null
}

/** What to show instead of a frame; null where it holds no player we know and has no title: an advertisement, most likely. */
export function embedCard(given: Record<string, string>, base: string): Card | null {
  const src = given.src || given['data-src'] || given['data-lazy-src'] || ''
  const url = src && src.length <= 4_096 ? URL.parse(src, base) : null
  if (!url || !isWeb(url)) return null
  const title = (given.title ?? '').trim().slice(0, 200)
  const player = players.find(({ host }) => host.test(url.hostname))
  if (!player && !isPeerTube(url) && !title) return null
  const href = player?.page?.(url) ?? url.href
  const host = shortHost(new URL(href))
  return { href, words: title && title !== host ? `▶ ${title} (${host})` : `▶ ${host}` }
}

function youTubePage({ pathname, searchParams }: URL): string | null {
  const list = searchParams.get('list')
  if (pathname.startsWith('/embed/videoseries') && list) {
    return `https://www.youtube.com/playlist?list=${encodeURIComponent(list)}`
  }
  return after(pathname, /^\/(?:embed|v|shorts)\/([\w-]{5,20})/, 'https://www.youtube.com/watch?v=')
}

/** Any server may be one; its players have this path. */
function isPeerTube({ protocol, pathname }: URL): boolean {
  return protocol === 'https:' && /^\/videos\/embed\/[\w-]{8,}/.test(pathname)
}

function after(pathname: string, pattern: RegExp, start: string): string | null {
  const id = pattern.exec(pathname)?.[1]
  return id ? start + id : null
}

function shortHost({ hostname }: URL): string {
  return hostname.replace(/^(?:www|player|m)\./, '')
}

function isWeb({ protocol }: URL): boolean {
  return protocol === 'https:' || protocol === 'http:'
}
