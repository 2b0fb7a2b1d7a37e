/**
 * Films, sounds and posts of other sites that an article embeds: what the address of their page says, without asking anybody.
 * Hosts are compared whole: youtube.com.evil.example is no YouTube.
 */

export type EmbedKind = 'film' | 'sound' | 'post' | 'page'

export type Embed = {
  kind: EmbedKind
  /** As people call the site; the host of one that is not known. */
  site: string
  /** Where it begins, in seconds; 0 at its beginning. */
  start: number
}

/** A film of a site that has a still picture for each. */
export type Film = { service: 'youtube' | 'vimeo' | 'peertube'; id: string; page: URL }

const named: [hosts: string, site: string, kind: EmbedKind][] = [
  ['youtube.com youtu.be youtube-nocookie.com', 'YouTube', 'film'],
  ['vimeo.com', 'Vimeo', 'film'],
  ['dailymotion.com', 'Dailymotion', 'film'],
  ['twitch.tv', 'Twitch', 'film'],
  ['ted.com', 'TED', 'film'],
  ['archive.org', 'the Internet Archive', 'film'],
  ['media.ccc.de', 'media.ccc.de', 'film'],
  ['tiktok.com', 'TikTok', 'film'],
  ['arte.tv', 'ARTE', 'film'],
  ['bilibili.com', 'Bilibili', 'film'],
  ['nicovideo.jp', 'Niconico', 'film'],
  ['odysee.com', 'Odysee', 'film'],
  ['rumble.com', 'Rumble', 'film'],
  ['streamable.com', 'Streamable', 'film'],
  ['soundcloud.com', 'SoundCloud', 'sound'],
  ['spotify.com', 'Spotify', 'sound'],
  ['bandcamp.com', 'Bandcamp', 'sound'],
  ['mixcloud.com', 'Mixcloud', 'sound'],
  ['deezer.com', 'Deezer', 'sound'],
  ['podcasts.apple.com', 'Apple Podcasts', 'sound'],
  ['music.apple.com', 'Apple Music', 'sound'],
  ['twitter.com x.com', 'X', 'post'],
  ['bsky.app', 'Bluesky', 'post'],
  ['threads.net threads.com', 'Threads', 'post'],
  ['instagram.com', 'Instagram', 'post'],
  ['facebook.com', 'Facebook', 'post'],
  ['reddit.com', 'Reddit', 'post'],
  ['maps.google.com', 'Google Maps', 'page'],
  ['codepen.io', 'CodePen', 'page'],
]
const sites = new Map(named.flatMap(([hosts, site, kind]) => hosts.split(' ').map(host => [host, { site, kind }])))

/** What a card says of an address; null for anything but a web address. */
export function embedOf(address: string): Embed | null {
  const url = webUrl(address)
  if (!url) return null
  const start = startOf(url)
  const known = url.hostname.startsWith('www.google.') ? sites.get('maps.google.com') : siteOf(url.hostname)
  if (known) return { ...known, start }
  const site = url.hostname.replace(/^www\./, '')
  // Any host may run PeerTube or Mastodon, whose pages have the same paths everywhere.
  if (peerTubeId(url) !== null) return { kind: 'film', site, start }
  return { kind: isMastodonPost(url) ? 'post' : 'page', site, start: 0 }
}

/** The film at an address, as its page, its player or a short link has it; null for anything else. */
export function filmOf(address: string): Film | null {
  const page = webUrl(address)
  if (!page) return null
  const site = siteOf(page.hostname)?.site
  const [service, id] =
    site === 'YouTube'
      ? (['youtube', youTubeId(page)] as const)
      : site === 'Vimeo'
        ? (['vimeo', vimeoId(page)] as const)
        : (['peertube', peerTubeId(page)] as const)
  return id === null || id === undefined ? null : { service, id, page }
}

/** Whether two addresses are of one film. */
export function isSameFilm(one: Film, other: Film): boolean {
  return one.service === other.service && one.id === other.id
}

/**
 * What is opened in the browser for the address of a card, from a second on. Vimeo's player does without cookies when it is
 * asked to, PeerTube's without telling other watchers who watches. YouTube's player refuses whoever comes without a Referer
 * ('Error 153', since 2025), which Broadsheet never sends: its page opens.
 */
export function openedBy(address: string, from = embedOf(address)?.start ?? 0): string {
  const film = filmOf(address)
  if (!film) return address
  const { service, id, page } = film
  const at = Math.floor(from)
  if (service === 'youtube') {
    if (at === 0 && page.pathname.startsWith('/shorts/')) return page.href
    const list = page.searchParams.get('list')
    const inList = list && /^[\w-]{2,64}$/.test(list) ? `&list=${list}` : ''
    return `https://www.youtube.com/watch?v=${id}${inList}${at > 0 ? `&t=${at}s` : ''}`
  }
  if (service === 'vimeo') {
    const [number, key] = id.split('/')
    const unlisted = key ? `&h=${key}` : ''
    return `https://player.vimeo.com/video/${number}?dnt=1${unlisted}${at > 0 ? `#t=${at}s` : ''}`
  }
  return `${page.origin}/videos/embed/${id}?p2p=0${at > 0 ? `&start=${at}s` : ''}`
}

/** '1:02:03', '62:03', '3723', '1h2m3s' (Media Fragments 1.0, 4.2.1, and what YouTube writes); null for anything else. */
export function secondsOf(time: string): number | null {
  const [, h, m, s] = /^(?:(\d{1,3})h)?(?:(\d{1,4})m)?(?:(\d{1,6})s)?$/.exec(time) ?? []
  if (h ?? m ?? s) return Number(h ?? 0) * 3_600 + Number(m ?? 0) * 60 + Number(s ?? 0)
  const parts = time.split(':')
  const isTime = parts.length <= 3 && parts.every(part => /^\d{1,6}(?:\.\d{1,6})?$/.test(part))
  return isTime ? parts.reduce((sum, part) => sum * 60 + Number(part), 0) : null
}

/** Where an address says that a film begins, in seconds: 't=90', 'start=1m30s', '#t=90s'. */
export function startOf({ searchParams, hash }: URL): number {
  const ofHash = new URLSearchParams(hash.slice(1)).get('t')
  const said = searchParams.get('start') ?? searchParams.get('t') ?? searchParams.get('time') ?? ofHash ?? ''
  return Math.floor(secondsOf(said) ?? 0)
}

function webUrl(address: string): URL | null {
  const url = URL.parse(address)
  return url && /^https?:$/.test(url.protocol) && url.username === '' ? url : null
}

function siteOf(hostname: string): { site: string; kind: EmbedKind } | null {
  for (let host = hostname; host.includes('.'); host = host.slice(host.indexOf('.') + 1)) {
    const site = sites.get(host)
    if (site) return site
  }
  return null
}

function youTubeId({ hostname, pathname, searchParams }: URL): string | null {
  const id = hostname.endsWith('youtu.be')
    ? pathname.slice(1)
    : pathname === '/watch'
      ? searchParams.get('v')
      : /^\/(?:embed|v|e|shorts|live)\/([^/]+)/.exec(pathname)?.[1]
  return id && /^[\w-]{11}$/.test(id) ? id : null
}

/** With the key of an unlisted film. */
function vimeoId({ pathname, searchParams }: URL): string | null {
  const [, id, inPath] = /^\/(?:video\/)?(\d{1,20})(?:\/([a-f\d]{6,20}))?\/?$/.exec(pathname) ?? []
  const key = inPath ?? /^\w{6,20}$/.exec(searchParams.get('h') ?? '')?.[0]
  return id ? (key ? `${id}/${key}` : id) : null
}

/** A UUID, or the short form of one. */
function peerTubeId({ pathname }: URL): string | null {
  const id = /^\/(?:videos\/(?:embed|watch)|w)\/([\w-]{8,36})\/?$/.exec(pathname)?.[1]
  if (!id) return null
  const isShort = pathname.startsWith('/w/')
  return !isShort || /^(?:[1-9A-HJ-NP-Za-km-z]{22}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/.test(id) ? id : null
}

function isMastodonPost({ pathname }: URL): boolean {
  return /^\/@[\w.-]+(?:@[\w.-]+)?\/\d{10,}\/?$/.test(pathname)
}
