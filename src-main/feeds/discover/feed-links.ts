/** Whether a link leads to a feed, by its address and words. */
import { isSubscribeLink } from '../../api/names/typed-address.ts'

/** A link to what may be a feed; `type` is the one its page declares, '' where it declares none. */
export type FeedLink = { url: string; title: string; type: string }

/** A link of which only the address is known. */
export function linkTo(url: string): FeedLink {
  return { url, title: '', type: '' }
}

/** An `<a>`: its attributes, and the text in it. */
export type Anchor = { href: string; title: string; type: string; text: string }

/** "Follow in ..." buttons of other readers contain the feed's address. */
const otherReaders =
  /(?:feedly|inoreader|newsblur|theoldreader|netvibes|bloglovin|feedburner\.google|validator\.w3|subtome|follow\.it|blogtrottr)\./i
const fileOfFeed =
  /(?:^|\/)[^/?#]*\.(?:rss|atom|rdf)(?:[?#]|$)|(?:rss|atom|feed|feeds|index|podcast)[\w.-]*\.(?:xml|json|rdf)(?:[?#]|$)/i
const folderOfFeed =
  /\/(?:feeds?|rss2?|atom)\/?(?:[?#]|$)|[?&](?:feed|format|type|alt)=(?:rss2?|atom|rdf|feed)\b|\/feeds?\/[\w/.-]+|^https?:\/\/(?:feeds?|rss)\.[\w-]+\./i
const wordOfFeed =
  /(?:^|[^\p{L}])(?:rss|atom|feed|xml|web\s?feed|json\s?feed|フィード|podcast[ -]feed|newsfeed)(?:$|[^\p{L}])/iu

/** 3 certainly, 2 likely, 1 worth a request, 0 no. */
export function feedAnchorStrength({ href, title, type, text }: Anchor): 0 | 1 | 2 | 3 {
  const address = href.trim().slice(0, 2_048)
  if (/^(?:mailto|javascript|tel|data|#)/i.test(address) || otherReaders.test(address)) return 0
  if (/\.(?:png|jpe?g|gif|svg|webp|css|js|pdf|zip|mp3|m4a|mp4)(?:[?#]|$)/i.test(address)) return 0
  if (isSubscribeLink(address) || /^application\/(?:rss|atom|rdf|feed)\+/i.test(type)) return 3
  if (fileOfFeed.test(address)) return 3
  if (folderOfFeed.test(address)) return 2
  return wordOfFeed.test(text.slice(0, 100)) || wordOfFeed.test(title.slice(0, 100)) ? 1 : 0
}

/** Feed addresses in a page's inline JSON, at most 5: pages of podcasts often have them nowhere else. */
export function feedsInScripts(html: string): string[] {
  const named = /"(?:feed_?url|rss_?(?:feed)?_?url|rss|xml_?url|podcast_?feed_?url)"\s*:\s*"(https?:[^"\s<>]{4,500})"/gi
  const found = new Set<string>()
  for (const match of html.matchAll(named)) {
    const address = match[1]!.replaceAll('\\/', '/').replaceAll('\\u0026', '&')
    if (URL.canParse(address)) found.add(new URL(address).href)
    if (found.size === 5) break
  }
  return [...found]
}
