/**
 * What other sites were to show within an article (frames, plug-ins, elements filled by a script) becomes a card: a link with
 * title and host. Nothing is loaded before the reader asks for it.
 */
import { isInvisible } from '../../lib/tracking.ts'
import { isWeb } from '../../lib/urls.ts'
import { isPlayer, pageById, pageOf } from './players.ts'

type Attributes = Record<string, string>
export type Card = { href: string; words: string }

/**
 * Elements of which a card is made. `object` shows what is in it only where its own film cannot be; of the others, too,
 * nothing within is needed once there is a card.
 */
export const embedTags = new Set([
  ...['iframe', 'frame', 'embed', 'object', 'oembed', 'webview', 'portal', 'fencedframe'],
  ...['lite-youtube', 'lite-vimeo', 'youtube-lite', 'youtube-video', 'vimeo-video', 'youtube-embed', 'youtube-player'],
  ...[
    'vimeo-embed',
    'vimeo-player',
    'wistia-player',
    'wistia-video',
    'mux-player',
    'mux-video',
    'lazy-iframe',
    'iframe-lazy',
  ],
  ...['amp-youtube', 'amp-vimeo', 'amp-iframe', 'amp-video-iframe', 'amp-dailymotion', 'amp-twitter', 'amp-instagram'],
  ...['amp-facebook', 'amp-soundcloud', 'amp-reddit', 'amp-pinterest', 'amp-gist', 'amp-tiktok', 'amp-jwplayer'],
  ...['amp-wistia-player', 'fb:video', 'fb:post', 'spotify-iframe', 'lite-tiktok', 'lite-iframe', 'media-embed'],
  ...[
    'bandcamp-player',
    'video-js',
    'video-player',
    'video-embed',
    'audio-player',
    'media-player',
    'jw-player',
    'peertube-player',
  ],
  ...[
    'spotify-audio',
    'spotify-player',
    'twitch-video',
    'twitch-player',
    'tiktok-video',
    'dailymotion-video',
    'twitter-tweet',
  ],
])

const longestAddress = 4_096
const idNames = [
  ...[
    'videoid',
    'video-id',
    'data-videoid',
    'data-video-id',
    'data-tweetid',
    'data-tweet-id',
    'data-shortcode',
    'data-trackid',
  ],
  ...[
    'data-media-id',
    'media-id',
    'data-media-hashed-id',
    'playback-id',
    'data-gistid',
    'data-youtube-id',
    'data-vimeo-id',
  ],
  ...['data-id', 'data-ytid', 'trackid', 'video'],
]

/**
 * What to show in place of an element; null where nothing is to be: advertisements, counters, buttons of social networks,
 * Flash. `inner` are the attributes of the `<param>`, `<embed>`, `<iframe>` and `<a>` within it, in their order.
 */
export function embedCard(tag: string, attributes: Attributes, base: string, inner: Attributes[] = []): Card | null {
  if (isHidden(attributes)) return null
  const url = addressOf(tag, attributes, base, inner)
  if (!url || isUnwanted(url)) return null
  const player = isPlayer(url)
  const href = pageOf(withoutEmbedMarks(url, attributes))
  const page = URL.parse(href)
  // Nothing plays these any more; the known sites have a page for the film behind them.
  if (!page || (href === url.href && isPlugIn(page, [attributes, ...inner]))) return null
  return { href, words: wordsOf(player, titleOf(attributes, inner), page) }
}

/** The host that a card's link names; null for an address that no card may have. */
export function embedHost(address: string): string | null {
  const url = URL.parse(address)
  return url && isWeb(url) ? shortHost(url) : null
}

/** The address of a film, a sound or a picture that is the whole of a frame or plug-in, with its kind; else null. */
export function embeddedFile(attributes: Attributes): { kind: 'img' | 'audio' | 'video'; src: string } | null {
  const src = attributes.data || attributes.src || ''
  const type = attributes.type ?? ''
  const path = src.split(/[?#]/, 1)[0] ?? ''
  if (/^image\//i.test(type) || /\.(?:jpe?g|png|gif|webp|avif|svg)$/i.test(path)) return { kind: 'img', src }
  if (/^audio\//i.test(type) || /\.(?:mp3|m4a|ogg|oga|opus|wav|flac)$/i.test(path)) return { kind: 'audio', src }
  if (/^video\/(?!x-(?:flv|ms))/i.test(type) || /\.(?:mp4|m4v|webm|ogv)$/i.test(path)) return { kind: 'video', src }
  return null
}

/** A text that is nothing but one web address, as WordPress leaves what it would have embedded; else null. */
export function bareAddress(text: string): string | null {
  const address = text.trim()
  if (address.length > 2_048 || !/^https?:\/\/[^\s<>"']{4,}$/i.test(address)) return null
  return URL.canParse(address) ? address : null
}

/** Where a bare address is a film or a sound on a known site, its card. */
export function bareCard(address: string): Card | null {
  const url = URL.parse(address)
  if (!url || !isPlayer(url)) return null
  const href = pageOf(url)
  return { href, words: wordsOf(true, '', new URL(href)) }
}

function addressOf(tag: string, attributes: Attributes, base: string, inner: Attributes[]): URL | null {
  const byId = pageFor(tag, attributes)
  if (byId) return URL.parse(byId)
  for (const given of [attributes, ...inner]) {
    for (const value of addressesIn(given)) {
      const url = value.length <= longestAddress ? URL.parse(value, base) : null
      if (url && isWeb(url) && url.href !== base) return url
    }
  }
  return null
}

function pageFor(tag: string, attributes: Attributes): string | null {
  const service = Object.keys(pageById).find(name => tag.includes(name))
  if (!service) return null
  for (const name of idNames) {
    const id = attributes[name]?.trim()
    if (id && /^[\w-]{1,64}$/.test(id)) return pageById[service]?.(id) ?? null
  }
  const channel = attributes['data-live-channelid']?.trim()
  return channel && /^[\w-]{5,64}$/.test(channel) ? `https://www.youtube.com/channel/${channel}/live` : null
}

const ownNames = ['src', 'data', 'url', 'movie']
const notTheFrame =
  /poster|thumb|image|img|icon|avatar|logo|placeholder|longdesc|codebase|pluginspage|classid|style|title|xmlns|fallback/

/** The addresses an element names, likeliest first: its own, those of lazy attributes, any other, those in its `srcdoc`. */
function* addressesIn(attributes: Attributes): Generator<string> {
  for (const name of ownNames) {
    const value = attributes[name]?.trim()
    if (value && isOffered(value)) yield value
  }
  // `<param name="movie" value="...">`, and `flashvars` that only tell where the player finds its film.
  if (/^(?:movie|src|url|filename|data)$/i.test(attributes.name ?? '') && attributes.value)
    yield attributes.value.trim()
  const others = Object.entries(attributes)
    .slice(0, 100)
    .filter(([name]) => !ownNames.includes(name) && !notTheFrame.test(name))
  for (const [name, value] of others) {
    if (/src|lazy|url|href|original|embed/.test(name) && /^\/[^/\s]/.test(value.trim())) yield value.trim()
    if (/^\s{0,9}(?:https?:)?\/\/[^/\s][^\s]{1,4000}\s{0,9}$/i.test(value) && !isFile(value)) yield value.trim()
  }
  yield* addressesInMarkup(attributes.srcdoc ?? '')
}

function* addressesInMarkup(html: string): Generator<string> {
  const pattern = /(?:href|src)\s{0,9}=\s{0,9}["']?((?:https?:)?\/\/[^\s"'<>]{3,4000})/gi
  for (const [, address] of html.slice(0, 50_000).matchAll(pattern)) {
    if (address && !isFile(address)) yield address.replaceAll('&amp;', '&')
  }
}

/** A picture or a part of a page: never what a frame was to show. */
function isFile(address: string): boolean {
  return /\.(?:jpe?g|png|gif|webp|avif|svg|ico|js|css|woff2?)(?:[?#]|\s{0,9}$)/i.test(address)
}

function isOffered(value: string): boolean {
  return !/^(?:about|data|javascript|blob):|^#/i.test(value)
}

/** The page whose embedded form a frame shows: WordPress adds `/embed/` and a secret. */
function withoutEmbedMarks(url: URL, attributes: Attributes): URL {
  if (!/(?:^|\s)wp-embedded-content(?:\s|$)/.test(attributes.class ?? '')) return url
  const page = new URL(url)
  page.hash = ''
  page.pathname = page.pathname.replace(/embed\/?$/, '')
  page.searchParams.delete('embed')
  return page
}

function titleOf(attributes: Attributes, inner: Attributes[]): string {
  for (const given of [attributes, ...inner]) {
    const title = given.title || given['data-title'] || given['aria-label'] || given.playlabel
    if (title?.trim()) return title.replace(/\s+/g, ' ').trim().slice(0, 200)
  }
  return ''
}

function wordsOf(player: boolean, title: string, page: URL): string {
  const host = shortHost(page)
  const name = title && title !== host ? `${title} (${host})` : host
  return `${player ? '▶' : '↗'} ${name}`
}

/** Advertisements, counters, and what takes part in a social network. */
const unwantedHosts =
  /(?:^|\.)(?:doubleclick\.net|googlesyndication\.com|googletagmanager\.com|googletagservices\.com|googleadservices\.com|google-analytics\.com|adservice\.google\.[a-z.]{2,6}|amazon-adsystem\.com|adnxs\.com|adsrvr\.org|adform\.net|adsafeprotected\.com|criteo\.(?:com|net)|taboola\.com|outbrain\.com|teads\.tv|pubmatic\.com|rubiconproject\.com|openx\.net|smartadserver\.com|casalemedia\.com|moatads\.com|quantserve\.com|scorecardresearch\.com|imrworldwide\.com|hotjar\.com|demdex\.net|bluekai\.com|krxd\.net|adroll\.com|media\.net|yieldmo\.com|sharethrough\.com|addthis\.com|sharethis\.com|disqus\.com|zedo\.com|revcontent\.com|mgid\.com|bidvertiser\.com|adtech\.de|advertising\.com|2mdn\.net|serving-sys\.com|flashtalking\.com|assoc-amazon\.[a-z.]{2,6}|trackcmp\.net|pixel\.wp\.com|stats\.wp\.com)$/
const unwantedNames =
  /^(?:ads?|adserver|adserv|adsystem|advert|pixel|tracker|tracking|analytics|beacon|rcm(?:-\w{2,3})?|ws-\w{2})\d{0,3}\./
const unwantedPaths: { host: RegExp; path: RegExp }[] = [
  { host: /(?:^|\.)facebook\.com$/, path: /^\/(?:tr\b|(?:v[\d.]+\/)?plugins\/(?!video|post))/ },
  { host: /^platform\.(?:twitter|x|linkedin)\.com$/, path: /widget_iframe|follow_button|tweet_button|\/hub|in\.js/ },
  { host: /(?:^|\.)google\.com$/, path: /^\/(?:recaptcha|\+1|se\/|ads\/|afs\/)|plusone|fastbutton/ },
  {
    host: /./,
    path: /^\/(?:ads?|adframe|adserver|banners?|pixel|tracking|beacon)(?:[/.]|$)|\/(?:adframe|ad-frame|gtm|ns\.html$)/,
  },
]

function isUnwanted({ hostname, pathname }: URL): boolean {
  return (
    unwantedHosts.test(hostname) ||
    unwantedNames.test(hostname) ||
    unwantedPaths.some(({ host, path }) => host.test(hostname) && path.test(pathname))
  )
}

function isPlugIn({ pathname }: URL, given: Attributes[]): boolean {
  return (
    /\.(?:swf|xap|class|jar)$/i.test(pathname) ||
    given.some(({ type }) => /shockwave-flash|x-java|silverlight/i.test(type ?? ''))
  )
}

/** Frames nobody can see count readers; a lazy one may be hidden until its script comes. */
function isHidden({ width, height, ...others }: Attributes): boolean {
  const size: Attributes = {}
  if (width !== undefined) size.width = width
  if (height !== undefined) size.height = height
  const isWaiting = Object.keys(others).some(name => name.startsWith('data-') && name.includes('src'))
  return isInvisible(size) || (isInvisible(others) && !isWaiting)
}

function shortHost({ hostname }: URL): string {
  return hostname.replace(/^(?:www|player|m)\./, '')
}
