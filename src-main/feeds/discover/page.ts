/** Reads what an HTML page says about its feeds and icons. Pure: hostile bytes in, plain data out; runs in a worker. */
import { Parser } from 'htmlparser2'
import { isSubscribeLink, subscribedAddress } from '../../api/names/typed-address.ts'
import { isWeb, withoutCredentials } from '../../lib/urls.ts'
import { feedAnchorStrength, feedsInScripts } from './feed-links.ts'
import { isFeedType } from './usual-paths.ts'

export type PageInput = { bytes: Uint8Array; url: string; contentType: string }

/** A link to what may be a feed; `type` is what the page calls it, '' where it says nothing. */
export type PageFeedLink = { url: string; title: string; type: string }
export type PageIcon = {
  url: string
  type: string /** Longest side in px; 0 unknown, Infinity for 'any'. */
  size: number
}

/** All addresses are absolute http(s), resolved against the page's base; icons may be data: too. */
export type PageLinks = {
  ok: true
  title: string
  canonical: string | null
  generator: string
  /** <link rel=alternate> and rel=feed, in the page's order. */
  feeds: PageFeedLink[]
  /** <a> that look like a link to a feed, likeliest first, then addresses that scripts call a feed's. */
  anchors: PageFeedLink[]
  /** Where <meta http-equiv=refresh> leads. */
  refreshTo: string | null
  icons: PageIcon[]
  manifest: string | null
  /** YouTube's id of the channel that a page of it belongs to. */
  youtubeChannel: string | null
}

type Attributes = Record<string, string>
type Anchor = { href: string; title: string; type: string; text: string }
type Found = {
  base: string | null
  title: string
  links: Attributes[]
  anchors: Anchor[]
  metas: Attributes[]
}

const longestText = 300
/** Real pages nest some dozens deep. The parser's time grows with the square of the depth. */
const deepest = 1_000
const most = { links: 500, anchors: 5_000, metas: 500, feeds: 100, icons: 50 }

/** Never throws; a page that says nothing of use gives empty lists. */
export function readPage({ bytes, url, contentType }: PageInput): PageLinks {
  const html = decodePage(bytes, contentType)
  const found = collect(html)
  const base = resolve(found.base ?? '', url) ?? url
  const anchors = feedAnchors(found.anchors, base)
  const known = new Set(anchors.map(anchor => anchor.url))
  const inScripts = feedsInScripts(html).filter(address => !known.has(address))
  return {
    ok: true,
    title: tidy(found.title),
    canonical: firstOf(
      found.links.filter(link => relations(link).includes('canonical')),
      link => resolve(link.href, base),
    ),
    generator: tidy(metaNamed(found, 'generator') ?? ''),
    feeds: declaredFeeds(found.links, base),
    anchors: [...anchors, ...inScripts.map(address => ({ url: address, title: '', type: '' }))].slice(0, most.feeds),
    refreshTo: refreshTarget(found.metas, base),
    icons: declaredIcons(found.links, base),
    manifest: firstOf(
      found.links.filter(link => relations(link).includes('manifest')),
      link => resolve(link.href, base),
    ),
    youtubeChannel: youTubeChannel(found, html, url),
  }
}

function collect(html: string): Found {
  const found: Found = { base: null, title: '', links: [], anchors: [], metas: [] }
  let anchor: Anchor | null = null
  let isInTitle = false
  let depth = 0
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (++depth > deepest) parser.pause()
        if (name === 'link' && found.links.length < most.links) found.links.push(attributes)
        else if (name === 'meta' && found.metas.length < most.metas) found.metas.push(attributes)
        else if (name === 'base') found.base ??= attributes.href ?? null
        else if (name === 'title') isInTitle = found.title === ''
        else if (name === 'img' && anchor) anchor.text += ` ${attributes.alt ?? ''}`
        else if (name === 'a' && attributes.href && found.anchors.length < most.anchors) {
          const title = attributes.title ?? attributes['aria-label'] ?? ''
          anchor = { href: attributes.href, title, type: attributes.type ?? '', text: '' }
          found.anchors.push(anchor)
        }
      },
      ontext(text) {
        if (isInTitle && found.title.length < longestText) found.title += text
        if (anchor && anchor.text.length < longestText) anchor.text += text
      },
      onclosetag(name) {
        depth--
        if (name === 'title') isInTitle = false
        if (name === 'a') anchor = null
      },
    },
    { decodeEntities: true },
  )
  parser.end(html)
  return found
}

function declaredFeeds(links: Attributes[], base: string): PageFeedLink[] {
  const feeds: PageFeedLink[] = []
  for (const link of links) {
    const type = (link.type ?? '').trim().toLowerCase()
    const url = resolve(subscribedAddress(link.href ?? '', base), base)
    if (!url || !isFeedLink(relations(link), type, url, link)) continue
    feeds.push({ url, title: tidy(link.title ?? ''), type })
  }
  return feeds.slice(0, most.feeds)
}

/** Bare XML and JSON types are believed only where the address speaks of a feed: WordPress declares its API so. */
function isFeedLink(rel: string[], type: string, url: string, link: Attributes): boolean {
  if (/\boembed\b/.test(type) || rel.includes('stylesheet')) return false
  if (rel.includes('feed')) return true
  if (!rel.includes('alternate') && !rel.includes('alternative')) return false
  if (isFeedType(type) || isSubscribeLink(link.href ?? '')) return true
  if (/^(?:application|text)\/(?:xml|json)\b/.test(type)) return /rss|atom|feed|rdf/i.test(`${url} ${link.title ?? ''}`)
  return (
    type === '' && !link.hreflang && !link.media && feedAnchorStrength({ href: url, text: '', title: '', type: '' }) > 1
  )
}

function feedAnchors(anchors: Anchor[], base: string): PageFeedLink[] {
  const feeds = new Map<string, { link: PageFeedLink; strength: number }>()
  for (const anchor of anchors) {
    const strength = feedAnchorStrength(anchor)
    const url = strength > 0 ? resolve(subscribedAddress(anchor.href, base), base) : null
    if (!url || feeds.has(url)) continue
    feeds.set(url, {
      link: { url, title: tidy(anchor.title || anchor.text), type: anchor.type.toLowerCase() },
      strength,
    })
  }
  // The sort is stable: as likely ones stay in the page's order.
  return [...feeds.values()].sort((a, b) => b.strength - a.strength).map(feed => feed.link)
}

function declaredIcons(links: Attributes[], base: string): PageIcon[] {
  const icons: PageIcon[] = []
  for (const link of links) {
    const rel = relations(link)
    const isIcon = rel.some(name => /^(?:icon|apple-touch-icon(?:-precomposed)?|fluid-icon)$/.test(name))
    const url = isIcon ? resolve(link.href, base, true) : null
    if (!url) continue
    const isApple = rel.some(name => name.startsWith('apple'))
    icons.push({
      url,
      type: (link.type ?? '').toLowerCase(),
      size: longestSide(link.sizes ?? '') || (isApple ? 180 : 0),
    })
  }
  return icons.slice(0, most.icons)
}

function longestSide(sizes: string): number {
  if (/^\s*any\s*$/i.test(sizes)) return Number.POSITIVE_INFINITY
  return Math.max(
    0,
    ...[...sizes.slice(0, 200).matchAll(/(\d{1,4})[x×](\d{1,4})/gi)].map(size =>
      Math.max(Number(size[1]), Number(size[2])),
    ),
  )
}

function refreshTarget(metas: Attributes[], base: string): string | null {
  for (const meta of metas) {
    if (meta['http-equiv']?.trim().toLowerCase() !== 'refresh') continue
    const match = /^\s*(\d{1,3})(?:\.\d*)?\s*[;,]\s*(?:url\s*=\s*)?["']?([^"']+)/i.exec(
      (meta.content ?? '').slice(0, 4_096),
    )
    // A page that reloads after minutes is no signpost.
    if (match && Number(match[1]) <= 30) return resolve(match[2], base)
  }
  return null
}

function youTubeChannel(found: Found, html: string, url: string): string | null {
  if (!/(?:^|\.)youtube\.com$/.test(new URL(url).hostname)) return null
  const named = found.metas.find(meta => /^(?:channelId|identifier)$/.test(meta.itemprop ?? ''))?.content ?? ''
  const inScript = /"(?:externalId|channelId|externalChannelId)"\s*:\s*"(UC[\w-]{22})"/.exec(html)?.[1]
  return /^UC[\w-]{22}$/.test(named) ? named : (inScript ?? null)
}

function metaNamed(found: Found, name: string): string | undefined {
  return found.metas.find(meta => meta.name?.toLowerCase() === name)?.content
}

function relations(link: Attributes): string[] {
  return (link.rel ?? '')
    .toLowerCase()
    .split(/\s+/)
    .filter(name => name !== '')
}

function resolve(href: string | undefined, base: string, isDataAllowed = false): string | null {
  const text = href?.trim() ?? ''
  if (text === '' || text.length > 300_000 || !URL.canParse(text, base)) return null
  const url = new URL(text, base)
  if (url.protocol === 'data:') return isDataAllowed ? url.href : null
  if (!isWeb(url)) return null
  // Only the reader types credentials; a page that puts them into an address gets none sent.
  withoutCredentials(url).hash = ''
  return url.href.length > 4_096 ? null : url.href
}

function firstOf<T>(values: T[], get: (value: T) => string | null): string | null {
  for (const value of values) {
    const result = get(value)
    if (result) return result
  }
  return null
}

function tidy(text: string): string {
  return text
    .slice(0, 2_000)
    .replace(/[\s\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .trim()
    .slice(0, longestText)
}

/** BOM, then HTTP, then the page's own declaration, then UTF-8. What the addresses in it need is nearly always ASCII. */
function decodePage(bytes: Uint8Array, contentType: string): string {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 2_048))
  const bom = head.startsWith('\u00ff\u00fe')
    ? 'utf-16le'
    : head.startsWith('\u00fe\u00ff')
      ? 'utf-16be'
      : head.startsWith('\u00ef\u00bb\u00bf')
        ? 'utf-8'
        : null
  const named = bom ?? charsetIn(contentType) ?? charsetIn(head) ?? 'utf-8'
  try {
    return new TextDecoder(named).decode(bytes)
  } catch {
    return new TextDecoder().decode(bytes)
  }
}

function charsetIn(text: string): string | null {
  return /charset\s*=\s*["']?\s*([\w:-]{2,40})/i.exec(text)?.[1] ?? null
}
