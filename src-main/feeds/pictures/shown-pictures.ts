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
  const { image } = article
  const above = leadPictures(article).map(({ url }) => url)
  return [...new Set([...above, ...picturesInText(article), ...(image === null ? [] : [image])])]
}

/** The same of the text alone: what it shows without its films and sounds. */
export function picturesInText({ html, media }: { html: string; media: string[] }): string[] {
  const played = playedIn(html)
  return media.filter(url => !played.has(escapeHtml(url)))
}

/** Addresses of films and sounds, as the sanitiser writes them. */
function playedIn(html: string): Set<string> {
  return new Set([...html.matchAll(/<(?:audio|video|source)\s[^>]*?\bsrc="([^"]*)"/g)].map(([, src]) => src!))
}
