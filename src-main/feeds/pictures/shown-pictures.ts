/** All pictures that a window shows of an article: those of its text, those above it, stills of films, and its thumbnail in lists. */
import { escapeHtml } from '../../lib/escape.ts'
import { type Given, illustrated } from './illustrated.ts'

/** Their addresses, in the order of the article. */
export function shownPictures(article: Given): string[] {
  const { image } = article
  const { beside } = illustrated(article)
  return [...new Set([...beside, ...picturesInText(article), ...(image === null ? [] : [image])])]
}

/** The same of the text alone: what it shows without its films and sounds. */
function picturesInText({ html, media }: { html: string; media: string[] }): string[] {
  const played = playedIn(html)
  return media.filter(url => !played.has(escapeHtml(url)))
}

/** Addresses of films and sounds, as the sanitiser writes them. */
function playedIn(html: string): Set<string> {
  return new Set([...html.matchAll(/<(?:audio|video|source)\s[^>]*?\bsrc="([^"]*)"/g)].map(([, src]) => src!))
}
