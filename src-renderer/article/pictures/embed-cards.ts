/** Makes cards of the links that stand for films, sounds and posts of other sites. Nothing of those is asked before a click. */
import type { Article } from '../../../src-main/api/model.ts'
import { type Embed, embedOf, openedBy } from '../../../src-main/api/reading/embeds.ts'
import { playingTime } from '../../messages/format.ts'
import { words } from '../../messages/reading/embeds.ts'

type About = Pick<Article, 'title'>

/** What players call themselves where nobody gave the film a title. */
const noTitle =
  /^(?:(?:youtube|vimeo|dailymotion|peertube|spotify|soundcloud|bandcamp|twitch|tiktok)?[\s-]*(?:embed(?:ded)?)?[\s-]*(?:video|audio|media|content)?[\s-]*(?:player|embed|iframe)?)$/i

/** In an article's text that has been through both gates (article-html.ts). */
export function dressCards(body: ParentNode, about: About): void {
  for (const link of body.querySelectorAll<HTMLAnchorElement>('a[data-embed][href]')) {
    const embed = embedOf(link.href)
    if (embed) dress(link, embed, about)
  }
}

function dress(link: HTMLAnchorElement, { kind, site, start }: Embed, about: About): void {
  const title = titleOf(link)
  const picture = link.querySelector('img')
  const isOwn = title !== '' && title === about.title
  const from = start > 0 ? [words.from(playingTime(start))] : []
  link.dataset.kind = kind
  link.href = openedBy(link.href)
  link.title = link.href
  link.setAttribute('aria-label', words.label(kind, title, site, from))
  // The headline above says it already.
  const heading = isOwn || title === '' ? words.open(kind, site) : title
  const details = [...(heading === title ? [site] : []), ...from]
  const caption = part('caption', part('heading', heading), part('details', words.details(details)))
  link.replaceChildren(picture ? part('still', picture, part('mark')) : part('mark'), caption)
}

/** As the sanitiser writes it: '▶ A title (site.example)', '▶ site.example'. */
function titleOf(link: HTMLAnchorElement): string {
  const host = link.dataset.embed ?? ''
  const written = (link.textContent ?? '').replace(/^[▶↗]\s*/, '').trim()
  const title = written.endsWith(`(${host})`) ? written.slice(0, -host.length - 2).trim() : written
  const own = title.replace(/^Spotify Embed:\s*/, '')
  return own === host || noTitle.test(own) ? '' : own
}

function part(name: string, ...content: (Node | string)[]): HTMLElement {
  const element = document.createElement('span')
  element.dataset.part = name
  element.append(...content)
  return element
}
