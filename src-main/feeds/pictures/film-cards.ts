/**
 * Cards of films get their still picture when an article is read, and an article that is a film a card above its text. What is
 * stored stays as the publisher wrote it.
 */
import { enclosureKind } from '../../api/enclosures.ts'
import type { Enclosure, SafeHtml } from '../../api/model.ts'
import { type Film, filmOf, isSameFilm } from '../../api/reading/embeds.ts'
import { escapeHtml } from '../../lib/escape.ts'
import { unescaped } from '../words/text.ts'

export type Filmed = {
  url: string | null
  title: string
  html: SafeHtml
  enclosures: Enclosure[]
  image: string | null
}

/** `stills`: the addresses of the pictures that `html` has besides. `isFilm`: the article is one, whose card stands above. */
type WithFilms = { html: SafeHtml; films: Film[]; stills: string[]; isFilm: boolean }

/** A card, as the sanitiser writes it. */
const cards = /<a href="([^"]*)"[^<>]* data-embed="[^"]*"[^<>]*>/g

export function withFilms(article: Filmed): WithFilms {
  const films: Film[] = []
  const stills: string[] = []
  const own = ownFilm(article)
  const shown = article.html.replace(cards, (tag, href: string) => {
    const film = filmOf(unescaped(href))
    if (!film) return tag
    const still = stillOf(film)
    films.push(film)
    stills.push(still)
    return tag + pictureOf(still)
  })
  const html = shown as SafeHtml
  if (!own || films.some(film => isSameFilm(film, own))) return { html, films, stills, isFilm: false }
  // What YouTube's feed names is the same picture, smaller and with bars.
  const still = own.service === 'youtube' ? stillOf(own) : (article.image ?? stillOf(own))
  const card = cardOf(own, article.title, still) as SafeHtml
  return { html: (card + html) as SafeHtml, films: [own, ...films], stills: [still, ...stills], isFilm: true }
}

/**
 * YouTube's follows from the film's id. Vimeo and PeerTube say theirs when asked (oEmbed 1.0): that answer is asked for where the
 * picture is (intake/media/stills.ts), once it comes near and only where pictures are loaded, and kept as the picture. Other
 * sites would be asked for less, an icon or a cover: their cards do without.
 */
function stillOf({ service, id, page }: Film): string {
  if (service === 'youtube') return `https://i.ytimg.com/vi/${id}/hq720.jpg`
  const ofVimeo = `https://vimeo.com/${id}`
  const asked = encodeURIComponent(service === 'vimeo' ? ofVimeo : `${page.origin}/videos/watch/${id}`)
  return service === 'vimeo'
    ? `https://vimeo.com/api/oembed.json?url=${asked}&width=1280`
    : `${page.origin}/services/oembed?url=${asked}&format=json`
}

/** By its own address, else by that of a player that its feed names; null where it has a file that can be played. */
function ownFilm({ url, enclosures }: Filmed): Film | null {
  if (enclosures.some(file => /^(?:audio|video)$/.test(enclosureKind(file)))) return null
  const addresses = [url ?? '', ...enclosures.filter(({ type }) => type === 'text/html').map(file => file.url)]
  for (const address of addresses) {
    const film = filmOf(address)
    if (film) return film
  }
  return null
}

function cardOf({ page }: Film, title: string, still: string): string {
  const host = page.hostname.replace(/^(?:www|player|m)\./, '')
  const words = title === '' ? host : `${title} (${host})`
  const link = `<a href="${escapeHtml(page.href)}" rel="noopener noreferrer nofollow" target="_blank" data-embed="${escapeHtml(host)}">`
  return `<p>${link}${pictureOf(still)}▶ ${escapeHtml(words)}</a></p>`
}

function pictureOf(still: string): string {
  return `<img src="${escapeHtml(still)}" alt="" loading="lazy" referrerpolicy="no-referrer" />`
}
