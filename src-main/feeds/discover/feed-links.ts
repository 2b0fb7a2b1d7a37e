/** Tells from a link's address and words whether it leads to a feed. Pure. */
import { isSubscribeLink } from '../../api/names/typed-address.ts'

export type AnchorWords = { href: string; title: string; type: string; text: string }

/** Buttons of other readers carry a feed's address inside their own. */
const otherReaders =
  /(?:feedly|inoreader|newsblur|theoldreader|netvibes|bloglovin|feedburner\.google|validator\.w3|subtome|follow\.it|blogtrottr)\./i
const fileOfFeed =
  /(?:^|\/)[^/?#]*\.(?:rss|atom|rdf)(?:[?#]|$)|(?:rss|atom|feed|feeds|index|podcast)[\w.-]*\.(?:xml|json|rdf)(?:[?#]|$)/i
const folderOfFeed =
  /\/(?:feeds?|rss2?|atom)\/?(?:[?#]|$)|[?&](?:feed|format|type|alt)=(?:rss2?|atom|rdf|feed)\b|\/feeds?\/[\w/.-]+|^https?:\/\/(?:feeds?|rss)\.[\w-]+\./i
const wordOfFeed =
  /(?:^|[^\p{L}])(?:rss|atom|feed|xml|web\s?feed|json\s?feed|フィード|podcast[ -]feed|newsfeed)(?:$|[^\p{L}])/iu

/** 3 surely, 2 likely, 1 worth a try, 0 no. */
export function feedAnchorStrength({ href, title, type, text }: AnchorWords): 0 | 1 | 2 | 3 {
  const address = href.trim().slice(0, 2_048)
  if (/^(?:mailto|javascript|tel|data|#)/i.test(address) || otherReaders.test(address)) return 0
  if (/\.(?:png|jpe?g|gif|svg|webp|css|js|pdf|zip|mp3|m4a|mp4)(?:[?#]|$)/i.test(address)) return 0
  if (isSubscribeLink(address) || /^application\/(?:rss|atom|rdf|feed)\+/i.test(type)) return 3
  if (fileOfFeed.test(address)) return 3
  if (folderOfFeed.test(address)) return 2
  return wordOfFeed.test(text.slice(0, 100)) || wordOfFeed.test(title.slice(0, 100)) ? 1 : 0
}

/** Addresses that a page's scripts name as a feed's: pages of podcasts often have them nowhere else. At most 5. */
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
