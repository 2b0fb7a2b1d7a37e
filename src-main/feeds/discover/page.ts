/** Reads from an HTML page where its feeds and icons are. Runs in a worker: pages are hostile. */
import { Parser } from 'htmlparser2'
import { isSubscribeLink, subscribedAddress } from '../../api/names/typed-address.ts'
import { cleanText } from '../../lib/text.ts'
import { webHref } from '../../lib/urls.ts'
import type { Document } from '../documents.ts'
import { decode } from '../formats/decode.ts'
import { type IconLink, longestSide } from '../icons/rank.ts'
import { type Anchor, type FeedLink, feedAnchorStrength, feedsInScripts, linkTo } from './feed-links.ts'
import { isFeedType } from './usual-paths.ts'

/** All addresses are absolute http(s), resolved against the page's base; those of icons may be data:. */
export type PageLinks = {
  ok: true
  title: string
  canonical: string | null
  generator: string
  /** <link rel=alternate> and rel=feed, in the page's order. */
  feeds: FeedLink[]
  /** <a> that look like a link to a feed, likeliest first, then feed addresses in inline JSON. */
  anchors: FeedLink[]
  /** Where <meta http-equiv=refresh> leads. */
  refreshTo: string | null
  icons: IconLink[]
  manifest: string | null
  /** The channel id of a page of youtube.com. */
  youtubeChannel: string | null
}

type Attributes = Record<string, string>
type PageElements = ReturnType<typeof collect>

const longestText = 300
/** Real pages nest some dozens deep. The parser's time grows with the square of the depth. */
const deepest = 1_000
const most = { links: 500, anchors: 5_000, metas: 500, feeds: 100, icons: 50 }

/** Never throws; a page without any links, or in a charset that cannot be decoded, gives empty lists. */
export function readPage({ bytes, url, contentType }: Document): PageLinks {
  const decoded = decode(bytes, contentType)
  const html = decoded.ok ? decoded.text : ''
  const found = collect(html)
  const base = resolve(found.base ?? '', url) ?? url
  const anchors = feedAnchors(found.anchors, base)
  const known = new Set(anchors.map(anchor => anchor.url))
  const inScripts = feedsInScripts(html).filter(address => !known.has(address))
  return {
    ok: true,
    title: cleanText(found.title, longestText),
    canonical: firstRelated(found.links, 'canonical', base),
    generator: cleanText(metaNamed(found, 'generator') ?? '', longestText),
    feeds: declaredFeeds(found.links, base),
    anchors: [...anchors, ...inScripts.map(linkTo)].slice(0, most.feeds),
    refreshTo: refreshTarget(found.metas, base),
    icons: declaredIcons(found.links, base),
    manifest: firstRelated(found.links, 'manifest', base),
    youtubeChannel: youTubeChannel(found, html, url),
  }
}

function collect(html: string) {
  const links: Attributes[] = []
  const metas: Attributes[] = []
  const anchors: Anchor[] = []
  const found = { base: null as string | null, title: '', links, metas, anchors }
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

function declaredFeeds(links: Attributes[], base: string): FeedLink[] {
  const feeds: FeedLink[] = []
  for (const link of links) {
    const type = (link.type ?? '').trim().toLowerCase()
    const url = resolve(subscribedAddress(link.href ?? '', base), base)
    if (!url || !isFeedLink(relations(link), type, url, link)) continue
    feeds.push({ url, title: cleanText(link.title ?? '', longestText), type })
  }
  return feeds.slice(0, most.feeds)
}

/** Plain XML and JSON types count only where the address or title names a feed: WordPress declares its API with them. */
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

function feedAnchors(anchors: Anchor[], base: string): FeedLink[] {
  const feeds = new Map<string, { link: FeedLink; strength: number }>()
  for (const anchor of anchors) {
    const strength = feedAnchorStrength(anchor)
    const url = strength > 0 ? resolve(subscribedAddress(anchor.href, base), base) : null
    if (!url || feeds.has(url)) continue
    feeds.set(url, {
      link: { url, title: cleanText(anchor.title || anchor.text, longestText), type: anchor.type.toLowerCase() },
      strength,
    })
  }
  // The sort is stable: links of one strength stay in the page's order.
  return [...feeds.values()].sort((a, b) => b.strength - a.strength).map(feed => feed.link)
}

function declaredIcons(links: Attributes[], base: string): IconLink[] {
  const icons: IconLink[] = []
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

function refreshTarget(metas: Attributes[], base: string): string | null {
  for (const meta of metas) {
    if (meta['http-equiv']?.trim().toLowerCase() !== 'refresh') continue
    const match = /^\s*(\d{1,3})(?:\.\d*)?\s*[;,]\s*(?:url\s*=\s*)?["']?([^"']+)/i.exec(
      (meta.content ?? '').slice(0, 4_096),
    )
    // A page that reloads itself after minutes leads nowhere.
    if (match && Number(match[1]) <= 30) return resolve(match[2], base)
  }
  return null
}

function youTubeChannel(found: PageElements, html: string, url: string): string | null {
  if (!/(?:^|\.)youtube\.com$/.test(new URL(url).hostname)) return null
  const named = found.metas.find(meta => /^(?:channelId|identifier)$/.test(meta.itemprop ?? ''))?.content ?? ''
  const inScript = /"(?:externalId|channelId|externalChannelId)"\s*:\s*"(UC[\w-]{22})"/.exec(html)?.[1]
  return /^UC[\w-]{22}$/.test(named) ? named : (inScript ?? null)
}

function metaNamed(found: PageElements, name: string): string | undefined {
  return found.metas.find(meta => meta.name?.toLowerCase() === name)?.content
}

/** The address of the first `<link rel=...>` that has a usable one. */
function firstRelated(links: Attributes[], relation: string, base: string): string | null {
  for (const link of links) {
    const address = relations(link).includes(relation) ? resolve(link.href, base) : null
    if (address) return address
  }
  return null
}

function relations(link: Attributes): string[] {
  return (link.rel ?? '')
    .toLowerCase()
    .split(/\s+/)
    .filter(name => name !== '')
}

function resolve(href: string | undefined, base: string, isDataAllowed = false): string | null {
  const text = href?.trim() ?? ''
  const url = text === '' || text.length > 300_000 ? null : URL.parse(text, base)
  if (url?.protocol === 'data:') return isDataAllowed ? url.href : null
  if (url) url.hash = ''
  return url && webHref(url)
}
