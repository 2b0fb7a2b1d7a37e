/** What an article links to on other sites: two that link to one report are likely to be about one event (docs/stories.md). */
import { linkNumber } from '../../stories/copies/link-number.ts'
import type { ReadyArticle } from '../parsed.ts'

const mostLinks = 8
/** Of an article with thousands of links not all are looked at. */
const mostLooked = 50
/** What more articles of one document link to is their footer, or the page of their author. */
const mostArticles = 2

const shareButton =
  /^(?:[a-z-]+\.)?(?:facebook\.com\/(?:sharer|share|dialog)|(?:twitter|x)\.com\/(?:intent|share)|linkedin\.com\/(?:share|sharing)|reddit\.com\/submit|pinterest\.[a-z.]+\/pin\/create|tumblr\.com\/(?:share|widgets)|whatsapp\.com\/send|bsky\.app\/intent|threads\.(?:net|com)\/intent|(?:t|telegram)\.me\/share|wa\.me\/|addtoany\.com\/|getpocket\.com\/|news\.ycombinator\.com\/submitlink)/
/** Of someone who can be followed there: `x.com/gazette`, but not `x.com/gazette/status/1`. */
const profile =
  /^(?:[a-z-]+\.)?(?:facebook|twitter|x|instagram|tiktok|threads|linkedin|youtube)\.(?:com|net)\/(?:(?:company|in|c|channel|user)\/)?[^/?]+\/?$/

/** At most 8 numbers of pages (`linkNumber`), in the order of the links. `own`: addresses of the article and its feed. */
export function outboundLinks(links: string[], own: (string | null)[]): number[] {
  const ownHosts = own.flatMap(address => hostOf(URL.parse(address ?? '')) ?? [])
  const numbers = new Set<number>()
  for (const link of links.slice(0, mostLooked)) {
    const url = link.startsWith('http') ? URL.parse(link) : null
    const host = hostOf(url)
    if (!url || host === null || ownHosts.some(one => isOneSite(one, host))) continue
    const written = host + url.pathname + url.search
    const number = shareButton.test(written) || profile.test(written) ? null : linkNumber(url)
    if (number !== null) numbers.add(number)
    if (numbers.size === mostLinks) break
  }
  return [...numbers]
}

/** Of the articles of one document: without links that tell nothing of one of them. */
export function withoutRepeatedLinks(articles: ReadyArticle[]): ReadyArticle[] {
  const counts = new Map<number, number>()
  for (const { links = [] } of articles) for (const link of links) counts.set(link, (counts.get(link) ?? 0) + 1)
  return articles.map(({ links = [], ...article }) => {
    const kept = links.filter(link => counts.get(link)! <= mostArticles)
    return kept.length > 0 ? { ...article, links: kept } : article
  })
}

function hostOf(url: URL | null): string | null {
  return url?.hostname.replace(/^www\./, '') ?? null
}

/** The same host, or one within the other: the worker does not know what a registrable domain is. */
function isOneSite(one: string, other: string): boolean {
  return one === other || one.endsWith(`.${other}`) || other.endsWith(`.${one}`)
}
