/** All pictures that a window shows of an article: those of its text, those above it, and its thumbnail in lists. */
import type { Enclosure } from '../../api/model.ts'
import { escapeHtml } from '../../lib/escape.ts'
import { leadPictures } from './lead-pictures.ts'

/** Their addresses, in the order of the article. `html` is sanitised, `media` the addresses that it shows. */
export function shownPictures(article: {
  html: string
  media: string[]
  enclosures: Enclosure[]
  image: string | null
}): string[] {
  const { html, media, image } = article
  const played = playedIn(html)
  const inText = media.filter(url => !played.has(escapeHtml(url)))
  const above = leadPictures(article).map(({ url }) => url)
  return [...new Set([...above, ...inText, ...(image === null ? [] : [image])])]
}

/** Addresses of films and sounds, as the sanitiser writes them. */
function playedIn(html: string): Set<string> {
  return new Set([...html.matchAll(/<(?:audio|video|source)\s[^>]*?\bsrc="([^"]*)"/g)].map(([, src]) => src!))
}
