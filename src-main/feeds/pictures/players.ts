/** Finds the page that a person would open for the address of an embedded player, post or map. */
import { startOf } from '../../api/reading/embeds.ts'

/** Sites whose frames hold films or sound. */
const playerHosts = new RegExp(
  `^(?:${[
    '(?:www\\.|m\\.)?youtube(?:-nocookie|\\.googleapis)?\\.com|youtu\\.be|(?:player\\.)?vimeo\\.com|(?:www|embed)\\.ted\\.com',
    '(?:www\\.|geo\\.)?dailymotion\\.com|(?:player|clips)\\.twitch\\.tv|archive\\.org|rumble\\.com|odysee\\.com|www\\.loom\\.com',
    'media\\.ccc\\.de|streamable\\.com|www\\.tiktok\\.com|player\\.bilibili\\.com|embed\\.nicovideo\\.jp|rutube\\.ru|www\\.arte\\.tv',
    'www\\.bbc\\.co\\.uk|w\\.soundcloud\\.com|open\\.spotify\\.com|embed\\.(?:podcasts|music)\\.apple\\.com|widget\\.deezer\\.com',
    'bandcamp\\.com|www\\.mixcloud\\.com|share\\.transistor\\.fm|fast\\.wistia\\.net|players\\.brightcove\\.net|cdn\\.jwplayer\\.com',
    'player\\.mux\\.com',
  ].join('|')})$`,
)

/** The page for what is matched of an address without its scheme: `$1` and `$2` are what the pattern captures. */
const pages: [address: RegExp, page: string | ((url: URL) => string | null)][] = [
  [/^(?:www\.|m\.)?youtube(?:-nocookie|\.googleapis)?\.com\//, youTubePage],
  // An unlisted film needs its key.
  [/^player\.vimeo\.com\/video\/(\d{1,20}).*[?&]h=(\w{6,20})(?:&|$)/, 'https://vimeo.com/$1/$2'],
  [/^player\.vimeo\.com\/video\/(\d+)/, 'https://vimeo.com/$1'],
  [/^(?:www\.|geo\.)?dailymotion\.com\/(?:embed|swf)\/(?:video\/)?(\w+)/, 'https://www.dailymotion.com/video/$1'],
  [/^(?:www\.|geo\.)?dailymotion\.com\/.*[?&]video=([\w-]+)/, 'https://www.dailymotion.com/video/$1'],
  [/^embed\.ted\.com(\/[^?]*)/, 'https://www.ted.com$1'],
  [/^archive\.org\/embed\/([\w.-]+)/, 'https://archive.org/details/$1'],
  [/^player\.twitch\.tv\/.*[?&]video=v?([\w-]+)/, 'https://www.twitch.tv/videos/$1'],
  [/^player\.twitch\.tv\/.*[?&]channel=([\w-]+)/, 'https://www.twitch.tv/$1'],
  [/^clips\.twitch\.tv\/.*[?&]clip=([\w-]+)/, 'https://clips.twitch.tv/$1'],
  [
    /^w\.soundcloud\.com\/.*[?&]url=https?(?::|%3A)(?:\/|%2F){2}soundcloud\.com(?:\/|%2F)/i,
    url => url.searchParams.get('url'),
  ],
  [/^open\.spotify\.com\/embed\/((?:track|album|playlist|artist|show|episode)\/\w+)/, 'https://open.spotify.com/$1'],
  [/^embed\.((?:podcasts|music)\.apple\.com\/.*)/, 'https://$1'],
  [/^widget\.deezer\.com\/widget\/\w+\/(\w+\/\d+)/, 'https://www.deezer.com/$1'],
  [/^player\.bilibili\.com\/.*[?&]bvid=([\w-]+)/, 'https://www.bilibili.com/video/$1'],
  [/^player\.bilibili\.com\/.*[?&]aid=([\w-]+)/, 'https://www.bilibili.com/video/av$1'],
  [/^embed\.nicovideo\.jp\/watch\/(\w+)/, 'https://www.nicovideo.jp/watch/$1'],
  [/^streamable\.com\/[eos]\/(\w+)/, 'https://streamable.com/$1'],
  [/^platform\.(?:twitter|x)\.com\/.*[?&]id=([\w-]+)/, 'https://twitter.com/i/status/$1'],
  [/^www\.instagram\.com\/((?:p|reel|tv)\/[\w-]+)/, 'https://www.instagram.com/$1'],
  [/^(?:www|m)\.facebook\.com\/.*[?&]href=https?(?::|%3A)/i, url => url.searchParams.get('href')],
  [/^(?:embed\.reddit|www\.redditmedia)\.com(\/[^?]*)/, 'https://www.reddit.com$1'],
  [/^drive\.google\.com(\/[^?]*\/)preview(?:\?|$)/, 'https://drive.google.com$1view'],
  [/^(?:www|maps)\.google\.[a-z.]{2,6}\/maps\/embed/, mapPage],
  // Any host may run Mastodon.
  [/^([\w.-]+\/@[\w.-]+(?:@[\w.-]+)?\/\d{10,})\/embed\/?$/, 'https://$1'],
  [/^codepen\.io([^?]*?)\/embed\/([^?]*)/, 'https://codepen.io$1/pen/$2'],
]

/** Pages by the ids that elements have instead of an address (`<lite-youtube videoid="...">`): the id is appended. */
export const pagesById: Record<string, string> = {
  youtube: 'https://www.youtube.com/watch?v=',
  vimeo: 'https://vimeo.com/',
  dailymotion: 'https://www.dailymotion.com/video/',
  twitter: 'https://twitter.com/i/status/',
  tweet: 'https://twitter.com/i/status/',
  instagram: 'https://www.instagram.com/p/',
  soundcloud: 'https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/',
  wistia: 'https://fast.wistia.net/embed/iframe/',
  mux: 'https://player.mux.com/',
  gist: 'https://gist.github.com/',
  spotify: 'https://open.spotify.com/track/',
  tiktok: 'https://www.tiktok.com/embed/',
  jwplayer: 'https://cdn.jwplayer.com/previews/',
}

/** The page for the address of a frame; the address itself for an unknown one. */
export function pageOf(url: URL): string {
  const address = url.hostname + url.pathname + url.search
  for (const [pattern, page] of pages) {
    const found = pattern.exec(address)
    if (!found) continue
    const known = typeof page === 'string' ? page.replace(/\$(\d)/g, (_, group) => found[group] ?? '') : page(url)
    return (known && URL.parse(known + timeFor(known, startOf(url)))?.href) || url.href
  }
  return url.href
}

/** What is added to the address of a page whose film is to begin `start` seconds after its beginning. */
function timeFor(page: string, start: number): string {
  if (start === 0) return ''
  if (page.startsWith('https://vimeo.com/')) return `#t=${start}s`
  if (page.startsWith('https://www.dailymotion.com/')) return `?start=${start}`
  return page.startsWith('https://www.twitch.tv/videos/') ? `?t=${start}s` : ''
}

/** Whether an address is that of a film or sound. Any host may run PeerTube, whose players have the same path. */
export function isPlayer({ protocol, hostname, pathname }: URL): boolean {
  return playerHosts.test(hostname) || (/^https?:$/.test(protocol) && /^\/videos\/embed\/[\w-]{8,}/.test(pathname))
}

function youTubePage(url: URL): string | null {
  const { pathname, searchParams } = url
  const list = searchParams.get('list')
  const id = /^\/(?:embed|v|e|shorts|live)\/([\w-]{5,20})/.exec(pathname)?.[1]
  if (list && (!id || id === 'videoseries' || !/^[\w-]{11}$/.test(id)) && !pathname.startsWith('/watch')) {
    return `https://www.youtube.com/playlist?list=${encodeURIComponent(list)}`
  }
  const channel = searchParams.get('channel')
  if (id === 'live_stream')
    return channel ? `https://www.youtube.com/channel/${encodeURIComponent(channel)}/live` : null
  if (!id) return null
  const start = startOf(url)
  return `https://www.youtube.com/watch?v=${id}${start > 0 ? `&t=${start}s` : ''}`
}

/** Embedded maps open only in frames; this is the page of the same place. */
function mapPage({ searchParams }: URL): string | null {
  const [, east, north] = /!2d(-?\d{1,3}\.?\d{0,15})!3d(-?\d{1,3}\.?\d{0,15})/.exec(searchParams.get('pb') ?? '') ?? []
  const place = searchParams.get('q') ?? searchParams.get('center') ?? (east && north ? `${north},${east}` : null)
  return place ? `https://www.google.com/maps/search/?api=1&query=${encodeURIComponent(place)}` : null
}
