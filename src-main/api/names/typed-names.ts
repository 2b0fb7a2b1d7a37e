/** Names of channels, subreddits and profiles that people type instead of an address: '@handle', 'r/name', '@user@host'. */

export type NamedSite = 'youtube' | 'medium' | 'reddit' | 'mastodon' | 'bluesky' | 'github'

/** `isGuess`: it may be an address as well, and is only suggested. */
export type NamedPlace = { site: NamedSite; name: string; url: string; isGuess?: true }

/** Letters and digits of any script, with points, hyphens and underscores between them. */
const handle = /^@([\p{L}\p{N}](?:[\p{L}\p{N}\p{M}._-]{0,48})[\p{L}\p{N}\p{M}_-])$/u

/** How names are written, where the same form is of several sites the likeliest first. */
const forms: [site: NamedSite, form: RegExp, name: string, url: string][] = [
  ['mastodon', /^@([\w.-]{1,64})@((?:[\p{L}\p{N}-]{1,63}\.)+[\p{L}\p{N}-]{2,63})$/u, '@$1@$2', 'https://$2/@$1'],
  ['reddit', /^\/?r\/(\w{2,21})\/?$/i, 'r/$1', 'https://www.reddit.com/r/$1/'],
  ['reddit', /^\/?u(?:ser)?\/([\w-]{3,20})\/?$/i, 'u/$1', 'https://www.reddit.com/user/$1/'],
  // Handles of Bluesky are host names.
  ['bluesky', /^@([a-z\d](?:[a-z\d-]{0,62}\.)+[a-z]{2,24})$/i, '@$1', 'https://bsky.app/profile/$1'],
  ['youtube', handle, '@$1', 'https://www.youtube.com/@$1'],
  ['medium', handle, '@$1', 'https://medium.com/@$1'],
  // GitHub's rules: an owner has no full stop, so that this matches no host with a path.
  ['github', /^([a-z\d](?:[a-z\d-]{0,38}))\/([\w.-]{1,100})$/i, '$1/$2', 'https://github.com/$1/$2'],
]

/** Of machines at home, and feeds on them: 'nas/feed.xml'. */
const atHome = /^localhost\/|\/(?:feeds?|rss|atom|index)$|\.(?:xml|rss|atom|rdf|json|php|html?)$/i

/** 'youtube @handle', 'github: owner/repo': which site is meant. */
const synonyms = new Map([
  ['yt', 'youtube'],
  ['subreddit', 'reddit'],
  ['fediverse', 'mastodon'],
  ['bsky', 'bluesky'],
])

/** What may be meant, the likeliest first; empty where this is no such name. */
export function namedPlaces(typed: string): NamedPlace[] {
  const text = typed.trim().slice(0, 300)
  const [, siteWord = '', word = ''] = /^([a-z]+)(?::\s*|\s+)(\S+)$/i.exec(text) ?? []
  const site = synonyms.get(siteWord.toLowerCase()) ?? siteWord.toLowerCase()
  if (forms.some(form => form[0] === site)) {
    return placesOf(completed(site, word)).filter(place => place.site === site)
  }
  const places = placesOf(text)
  const likely = places.filter(place => place.site !== 'github').slice(0, 2)
  return likely.length > 0 || atHome.test(text) ? likely : places.map(place => ({ ...place, isGuess: true }))
}

/** A name that follows its site's, in the form of one that stands alone. */
function completed(site: string, word: string): string {
  if (site === 'github') return word
  if (site === 'reddit') return word.includes('/') ? word : `r/${word}`
  const name = word.startsWith('@') ? word : `@${word}`
  return site !== 'bluesky' || name.includes('.') ? name : `${name}.bsky.social`
}

function placesOf(text: string): NamedPlace[] {
  return forms
    .filter(([, form]) => form.test(text))
    .map(([site, form, name, url]) => ({ site, name: text.replace(form, name), url: text.replace(form, url) }))
}
