/**
 * Embedded content of other sites (frames, plug-ins, elements that a script fills) becomes a card: a link with title and host.
 * Nothing is loaded before the reader asks for it.
 */
import { collapse } from '../../lib/text.ts'
import { isInvisible } from '../../lib/tracking.ts'
import { isWeb } from '../../lib/urls.ts'
import { isPlayer, pageOf, pagesById } from './players.ts'

type Attributes = Record<string, string>
export type Card = { href: string; words: string }

/** Elements that become a card. Their content is a fallback, which is not needed beside a card. */
export const embedTags = new Set(
  (
    'iframe frame embed object oembed webview portal fencedframe lazy-iframe iframe-lazy lite-iframe media-embed ' +
    'lite-youtube youtube-lite youtube-video youtube-embed youtube-player lite-vimeo vimeo-video vimeo-embed vimeo-player ' +
    'wistia-player wistia-video mux-player mux-video spotify-iframe spotify-audio spotify-player lite-tiktok tiktok-video ' +
    'twitch-video twitch-player dailymotion-video twitter-tweet bandcamp-player peertube-player jw-player fb:video fb:post ' +
    'video-js video-player video-embed audio-player media-player ' +
    'amp-youtube amp-vimeo amp-iframe amp-video-iframe amp-dailymotion amp-twitter amp-instagram amp-facebook ' +
    'amp-soundcloud amp-reddit amp-pinterest amp-gist amp-tiktok amp-jwplayer amp-wistia-player'
  ).split(' '),
)

const longestAddress = 4_096
const idNames = (
  'videoid video-id data-videoid data-video-id data-tweetid data-tweet-id data-shortcode data-trackid data-media-id ' +
  'media-id data-media-hashed-id playback-id data-gistid data-youtube-id data-vimeo-id data-id data-ytid trackid video'
).split(' ')

/** The card for an element; null for advertisements, counters, buttons of social networks and Flash. */
export function embedCard(tag: string, attributes: Attributes, base: string): Card | null {
  if (isHidden(attributes)) return null
  const url = addressOf(tag, attributes, base)
  if (!url || isUnwanted(url)) return null
  const player = isPlayer(url)
  const href = pageOf(withoutEmbedMarks(url, attributes))
  const page = URL.parse(href)
  // Nothing plays plug-ins any more, but known sites have a page for the film.
  if (!page || (href === url.href && isPlugIn(page, attributes))) return null
  return { href, words: wordsOf(player, titleOf(attributes), page) }
}

/** The host to show in a card; null for anything but a web address. */
export function embedHost(address: string): string | null {
  const url = URL.parse(address)
  return url && isWeb(url) ? shortHost(url) : null
}

/** The media file that a frame or plug-in shows, with its kind; null for a page. */
export function embeddedFile(attributes: Attributes): { kind: 'img' | 'audio' | 'video'; src: string } | null {
  const src = attributes.data || attributes.src || ''
  const type = attributes.type ?? ''
  const path = src.split(/[?#]/, 1)[0] ?? ''
  if (/^image\//i.test(type) || /\.(?:jpe?g|png|gif|webp|avif|svg)$/i.test(path)) return { kind: 'img', src }
  if (/^audio\//i.test(type) || /\.(?:mp3|m4a|ogg|oga|opus|wav|flac)$/i.test(path)) return { kind: 'audio', src }
  if (/^video\/(?!x-(?:flv|ms))/i.test(type) || /\.(?:mp4|m4v|webm|ogv)$/i.test(path)) return { kind: 'video', src }
  return null
}

/** A text that is one web address, as WordPress has for what it embeds; else null. */
export function bareAddress(text: string): string | null {
  const address = text.trim()
  if (address.length > 2_048 || !/^https?:\/\/[^\s<>"']{4,}$/i.test(address)) return null
  return URL.canParse(address) ? address : null
}

/** The card for such an address, if it is a film or sound on a known site. */
export function bareCard(address: string): Card | null {
  const url = URL.parse(address)
  if (!url || !isPlayer(url)) return null
  const href = pageOf(url)
  return { href, words: wordsOf(true, '', new URL(href)) }
}

function addressOf(tag: string, attributes: Attributes, base: string): URL | null {
  const byId = pageFor(tag, attributes)
  if (byId) return URL.parse(byId)
  for (const value of addressesIn(attributes)) {
    const url = value.length <= longestAddress ? URL.parse(value, base) : null
    if (url && isWeb(url) && url.href !== base) return url
  }
  return null
}

function pageFor(tag: string, attributes: Attributes): string | null {
  const service = Object.keys(pagesById).find(name => tag.includes(name))
  if (!service) return null
  for (const name of idNames) {
    const id = attributes[name]?.trim()
    if (id && /^[\w-]{1,64}$/.test(id)) return `${pagesById[service]}${id}`
  }
  const channel = attributes['data-live-channelid']?.trim()
  return channel && /^[\w-]{5,64}$/.test(channel) ? `https://www.youtube.com/channel/${channel}/live` : null
}

const ownNames = ['src', 'data', 'url', 'movie']
const notTheFrame =
  /poster|thumb|image|img|icon|avatar|logo|placeholder|longdesc|codebase|pluginspage|classid|style|title|xmlns|fallback/

/** Addresses in an element's attributes, likeliest first: `src` and the like, other attributes, those in `srcdoc`. */
function* addressesIn(attributes: Attributes): Generator<string> {
  for (const name of ownNames) {
    const value = attributes[name]?.trim()
    if (value && isOffered(value)) yield value
  }
  // `<param name="movie" value="...">`.
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

/** A picture, script or style, which no frame shows as its content. */
function isFile(address: string): boolean {
  return /\.(?:jpe?g|png|gif|webp|avif|svg|ico|js|css|woff2?)(?:[?#]|\s{0,9}$)/i.test(address)
}

function isOffered(value: string): boolean {
  return !/^(?:about|data|javascript|blob):|^#/i.test(value)
}

/** The page of a post embedded by WordPress, which adds `/embed/` and a secret. */
function withoutEmbedMarks(url: URL, attributes: Attributes): URL {
  if (!/(?:^|\s)wp-embedded-content(?:\s|$)/.test(attributes.class ?? '')) return url
  const page = new URL(url)
  page.hash = ''
  page.pathname = page.pathname.replace(/embed\/?$/, '')
  page.searchParams.delete('embed')
  return page
}

function titleOf(attributes: Attributes): string {
  const title = attributes.title || attributes['data-title'] || attributes['aria-label'] || attributes.playlabel
  return collapse(title ?? '').slice(0, 200)
}

function wordsOf(player: boolean, title: string, page: URL): string {
  const host = shortHost(page)
  const name = title && title !== host ? `${title} (${host})` : host
  return `${player ? '▶' : '↗'} ${name}`
}

/** Advertisements, counters and widgets of social networks. */
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

function isPlugIn({ pathname }: URL, { type }: Attributes): boolean {
  return /\.(?:swf|xap|class|jar)$/i.test(pathname) || /shockwave-flash|x-java|silverlight/i.test(type ?? '')
}

/** Invisible frames count readers, but one for a lazy-loading script may be hidden until that runs. */
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
