/** Names of channels, subreddits and profiles that people type instead of an address: '@handle', 'r/name', '@user@host'. */

export type NamedSite = 'youtube' | 'medium' | 'reddit' | 'mastodon' | 'bluesky' | 'github'

/** `isGuess`: it may be an address as well, and is only suggested. */
export type NamedPlace = { site: NamedSite; name: string; url: string; isGuess?: true }

/** 'youtube @handle', 'github: owner/repo': which site is meant. */
const siteWords: Record<string, NamedSite> = {
  youtube: 'youtube',
  yt: 'youtube',
  medium: 'medium',
  reddit: 'reddit',
  subreddit: 'reddit',
  mastodon: 'mastodon',
  fediverse: 'mastodon',
  bluesky: 'bluesky',
  bsky: 'bluesky',
  github: 'github',
}

/** Letters and digits of any script, with points, hyphens and underscores between them. */
const handle = /^@([\p{L}\p{N}](?:[\p{L}\p{N}\p{M}._-]{0,48})[\p{L}\p{N}\p{M}_-])$/u
const atHost = /^@([\w.-]{1,64})@((?:[\p{L}\p{N}-]{1,63}\.)+[\p{L}\p{N}-]{2,63})$/u
const hostName = /^(?:[a-z\d-]{1,63}\.)+[a-z]{2,24}$/i
const subreddit = /^\/?r\/(\w{2,21})\/?$/i
const redditor = /^\/?u(?:ser)?\/([\w-]{3,20})\/?$/i
/** GitHub's rules: an owner has no full stop, so that this matches no host with a path. */
const repository = /^([a-z\d](?:[a-z\d-]{0,38}))\/([\w.-]{1,100})$/i
/** Of feeds on machines at home: 'nas/feed.xml'. */
const feedFile = /^(?:feeds?|rss|atom|index)$|\.(?:xml|rss|atom|rdf|json|php|html?)$/i

/** What may be meant, the likeliest first; empty where this is no such name. */
export function namedPlaces(typed: string): NamedPlace[] {
  const text = typed.trim().slice(0, 300)
  const named = /^([a-z]+)(?::\s*|\s+)(\S+)$/i.exec(text)
  const site = named && siteWords[named[1]!.toLowerCase()]
  if (site) return ofSite(site, named[2]!)
  return ofForm(text)
}

function ofForm(text: string): NamedPlace[] {
  const federated = atHost.exec(text)
  if (federated) return [mastodon(federated[1]!, federated[2]!)]
  const community = subreddit.exec(text)
  if (community) return [ofSubreddit(community[1]!)]
  const author = redditor.exec(text)
  if (author) return [ofRedditor(author[1]!)]
  const name = handle.exec(text)?.[1]
  // Handles of Bluesky are host names.
  if (name && hostName.test(name)) return [bluesky(name), youTube(name)]
  if (name) return [youTube(name), medium(name)]
  const [, owner, repo] = repository.exec(text) ?? []
  return owner && repo && owner !== 'localhost' && !feedFile.test(repo)
    ? [{ ...gitHub(owner, repo), isGuess: true }]
    : []
}

/** `word` is what follows the site's name, with or without '@'. */
function ofSite(site: NamedSite, word: string): NamedPlace[] {
  const name = handle.exec(word.startsWith('@') ? word : `@${word}`)?.[1]
  switch (site) {
    case 'youtube':
      return name ? [youTube(name)] : []
    case 'medium':
      return name ? [medium(name)] : []
    case 'bluesky':
      return name ? [bluesky(hostName.test(name) ? name : `${name}.bsky.social`)] : []
    case 'mastodon': {
      const federated = atHost.exec(word.startsWith('@') ? word : `@${word}`)
      return federated ? [mastodon(federated[1]!, federated[2]!)] : []
    }
    case 'reddit': {
      const author = redditor.exec(word)
      const community = subreddit.exec(word) ?? /^(\w{2,21})$/.exec(word)
      return author ? [ofRedditor(author[1]!)] : community ? [ofSubreddit(community[1]!)] : []
    }
    case 'github': {
      const [, owner, repo] = repository.exec(word) ?? []
      return owner && repo ? [gitHub(owner, repo)] : []
    }
  }
}

const place = (site: NamedSite, name: string, url: string): NamedPlace => ({ site, name, url })
const youTube = (name: string) => place('youtube', `@${name}`, `https://www.youtube.com/@${encodeURIComponent(name)}`)
const medium = (name: string) => place('medium', `@${name}`, `https://medium.com/@${encodeURIComponent(name)}`)
const bluesky = (name: string) => place('bluesky', `@${name}`, `https://bsky.app/profile/${name}`)
const mastodon = (user: string, host: string) => place('mastodon', `@${user}@${host}`, `https://${host}/@${user}`)
const ofSubreddit = (name: string) => place('reddit', `r/${name}`, `https://www.reddit.com/r/${name}/`)
const ofRedditor = (name: string) => place('reddit', `u/${name}`, `https://www.reddit.com/user/${name}/`)
const gitHub = (owner: string, repo: string) =>
  place('github', `${owner}/${repo}`, `https://github.com/${owner}/${repo}`)
