/** Whose article it is: what counts as one source, however many feeds and names it has. */
import { getDomain, getHostname } from 'tldts'

type Located = { url: string | null; feedUrl: string }

/** Whose report an article is. A copy of another source's article is no report of its own. */
export function sourceOfArticle({ url, firstUrl, feedUrl }: Located & { firstUrl: string | null }): string {
  return sourceOf(hostOf({ url: firstUrl ?? url, feedUrl }))
}

/** The host of an article's address, or of its feed's where it has none. */
export function hostOf({ url, feedUrl }: Located): string {
  return getHostname(url ?? '') ?? getHostname(feedUrl) ?? ''
}

/** The registrable domain; blogs that share a host's name (`x.github.io`) are sources of their own. Else the host itself. */
export function sourceOf(host: string): string {
  return getDomain(host, { allowPrivateDomains: true }) ?? host
}
