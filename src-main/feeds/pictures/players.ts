/** Finds the page that a person would open for the address of an embedded player. */
import { isWeb } from '../../lib/urls.ts'

type Player = {
  host: RegExp
  /** The page for a player's address; null if the address itself is one. */
  page?: (url: URL) => string | null
}

/** Sites whose frames hold films or sound. */
const players: Player[] = [
  { host: /^(?:www\.|m\.)?youtube(?:-nocookie|\.googleapis)?\.com$/, page: youTubePage },
  { host: /^(?:youtu\.be|vimeo\.com|www\.ted\.com|rumble\.com|odysee\.com|www\.loom\.com|media\.ccc\.de)$/ },
  { host: /^player\.vimeo\.com$/, page: vimeoPage },
  { host: /^(?:www\.|geo\.)?dailymotion\.com$/, page: dailymotionPage },
  { host: /^embed\.ted\.com$/, page: url => `https://www.ted.com${url.pathname}` },
  { host: /^archive\.org$/, page: replaced(/^\/embed\/([\w.-]+)/, 'https://archive.org/details/') },
  { host: /^player\.twitch\.tv$/, page: twitchPage },
  {
    host: /^clips\.twitch\.tv$/,
    page: ({ searchParams }) => withId('https://clips.twitch.tv/', searchParams.get('clip')),
  },
  { host: /^w\.soundcloud\.com$/, page: soundCloudPage },
  {
    host: /^open\.spotify\.com$/,
    page: replaced(/^\/embed\/((?:track|album|playlist|artist|show|episode)\/\w+)/, 'https://open.spotify.com/'),
  },
  {
    host: /^embed\.(?:podcasts|music)\.apple\.com$/,
    page: url => `https://${url.hostname.slice(6)}${url.pathname}${url.search}`,
  },
  { host: /^widget\.deezer\.com$/, page: replaced(/^\/widget\/\w+\/(\w+\/\d+)/, 'https://www.deezer.com/') },
  { host: /^player\.bilibili\.com$/, page: bilibiliPage },
  { host: /^embed\.nicovideo\.jp$/, page: replaced(/^\/watch\/(\w+)/, 'https://www.nicovideo.jp/watch/') },
  { host: /^streamable\.com$/, page: replaced(/^\/[eos]\/(\w+)/, 'https://streamable.com/') },
  { host: /^(?:bandcamp\.com|www\.tiktok\.com|fast\.wistia\.net|players\.brightcove\.net|cdn\.jwplayer\.com)$/ },
  { host: /^(?:www\.arte\.tv|www\.bbc\.co\.uk|player\.mux\.com|rutube\.ru|share\.transistor\.fm|www\.mixcloud\.com)$/ },
]

/** Embedded posts, maps and files that have a page. */
const others: Player[] = [
  {
    host: /^platform\.(?:twitter|x)\.com$/,
    page: ({ searchParams }) => withId('https://twitter.com/i/status/', searchParams.get('id')),
  },
  { host: /^www\.instagram\.com$/, page: replaced(/^\/((?:p|reel|tv)\/[\w-]+)/, 'https://www.instagram.com/') },
  { host: /^(?:www|m)\.facebook\.com$/, page: ({ searchParams }) => webParameter(searchParams.get('href')) },
  { host: /^(?:embed\.reddit|www\.redditmedia)\.com$/, page: url => `https://www.reddit.com${url.pathname}` },
  {
    host: /^drive\.google\.com$/,
    page: ({ pathname }) =>
      pathname.endsWith('/preview') ? `https://drive.google.com${pathname.replace(/preview$/, 'view')}` : null,
  },
  { host: /^(?:www|maps)\.google\.[a-z.]{2,6}$/, page: mapPage },
  {
    host: /^codepen\.io$/,
    page: ({ pathname }) =>
      /\/embed\//.test(pathname) ? `https://codepen.io${pathname.replace('/embed/', '/pen/')}` : null,
  },
]

/** The page for the address of a frame; the address itself for an unknown one. */
export function pageOf(url: URL): string {
  const known = players.concat(others).find(({ host }) => host.test(url.hostname))
  return known?.page?.(url) ?? url.href
}

/** Whether an address is that of a film or sound. */
export function isPlayer(url: URL): boolean {
  return players.some(({ host }) => host.test(url.hostname)) || isPeerTube(url)
}

/** Pages by the ids that elements have instead of an address: `<lite-youtube videoid="...">`. */
export const pageById: Record<string, (id: string) => string> = {
  youtube: id => `https://www.youtube.com/watch?v=${id}`,
  vimeo: id => `https://vimeo.com/${id}`,
  dailymotion: id => `https://www.dailymotion.com/video/${id}`,
  twitter: id => `https://twitter.com/i/status/${id}`,
  tweet: id => `https://twitter.com/i/status/${id}`,
  instagram: id => `https://www.instagram.com/p/${id}`,
  soundcloud: id => `https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/${id}`,
  wistia: id => `https://fast.wistia.net/embed/iframe/${id}`,
  mux: id => `https://player.mux.com/${id}`,
  gist: id => `https://gist.github.com/${id}`,
  spotify: id => `https://open.spotify.com/track/${id}`,
  tiktok: id => `https://www.tiktok.com/embed/${id}`,
  jwplayer: id => `https://cdn.jwplayer.com/previews/${id}`,
}

function youTubePage({ pathname, searchParams }: URL): string | null {
  const list = searchParams.get('list')
  const id = /^\/(?:embed|v|e|shorts|live)\/([\w-]{5,20})/.exec(pathname)?.[1]
  if (list && (!id || id === 'videoseries' || !/^[\w-]{11}$/.test(id)) && !pathname.startsWith('/watch')) {
    return `https://www.youtube.com/playlist?list=${encodeURIComponent(list)}`
  }
  const channel = searchParams.get('channel')
  if (id === 'live_stream')
    return channel ? `https://www.youtube.com/channel/${encodeURIComponent(channel)}/live` : null
  if (!id) return null
  const start = /^\d{1,6}$/.exec(searchParams.get('start') ?? '')?.[0]
  return `https://www.youtube.com/watch?v=${id}${start && start !== '0' ? `&t=${start}s` : ''}`
}

function vimeoPage({ pathname, searchParams }: URL): string | null {
  const id = /^\/video\/(\d+)/.exec(pathname)?.[1]
  // An unlisted film needs its key.
  const key = /^\w{6,20}$/.exec(searchParams.get('h') ?? '')?.[0]
  return id ? `https://vimeo.com/${id}${key ? `/${key}` : ''}` : null
}

function dailymotionPage({ pathname, searchParams }: URL): string | null {
  const id = /^\/(?:embed|swf)\/(?:video\/)?(\w+)/.exec(pathname)?.[1] ?? searchParams.get('video')
  return withId('https://www.dailymotion.com/video/', id)
}

function twitchPage({ searchParams }: URL): string | null {
  const film = withId('https://www.twitch.tv/videos/', searchParams.get('video')?.replace(/^v/, '') ?? null)
  return film ?? withId('https://www.twitch.tv/', searchParams.get('channel'))
}

function soundCloudPage({ searchParams }: URL): string | null {
  const page = webParameter(searchParams.get('url'))
  return page && URL.parse(page)?.hostname === 'soundcloud.com' ? page : null
}

function bilibiliPage({ searchParams }: URL): string | null {
  const page = 'https://www.bilibili.com/video/'
  return withId(page, searchParams.get('bvid')) ?? withId(`${page}av`, searchParams.get('aid'))
}

/** Embedded maps open only in frames; this is the page of the same place. */
function mapPage({ pathname, searchParams }: URL): string | null {
  if (!pathname.startsWith('/maps/embed')) return null
  const [, east, north] = /!2d(-?\d{1,3}\.?\d{0,15})!3d(-?\d{1,3}\.?\d{0,15})/.exec(searchParams.get('pb') ?? '') ?? []
  const place = searchParams.get('q') ?? searchParams.get('center') ?? (east && north ? `${north},${east}` : null)
  return place ? `https://www.google.com/maps/search/?api=1&query=${encodeURIComponent(place)}` : null
}

/** Any host may run PeerTube; its players have this path. */
function isPeerTube({ protocol, pathname }: URL): boolean {
  return protocol === 'https:' && /^\/videos\/embed\/[\w-]{8,}/.test(pathname)
}

function replaced(pattern: RegExp, start: string): (url: URL) => string | null {
  return ({ pathname }) => {
    const id = pattern.exec(pathname)?.[1]
    return id ? start + id : null
  }
}

function withId(start: string, id: string | null): string | null {
  return id && /^[\w-]{1,64}$/.test(id) ? start + id : null
}

function webParameter(address: string | null): string | null {
  const url = address ? URL.parse(address) : null
  return url && isWeb(url) ? url.href : null
}
