/** The feeds of well-known sites, derived from a page's address. */

/** `lookup`: the address of JSON that has the feed's address in `feedUrl`. */
type SiteFeeds = { urls: string[]; lookup: string | null }

type Parts = { host: string; path: string[]; query: URLSearchParams }
type Rule = { host: RegExp; find(parts: Parts): string[] }

/** First path segments of github.com's own pages; any other is a user. */
const gitHubOwn =
  /^(?:about|apps|collections|customer-stories|enterprise|events|explore|features|issues|join|login|marketplace|new|notifications|orgs|pricing|pulls|readme|search|security|settings|sponsors|topics|trending)$/i

const rules: Rule[] = [
  { host: /^(?:(?:www|m|music)\.)?youtube\.com$/, find: youTube },
  { host: /^(?:(?:www|old|new|np|i)\.)?reddit\.com$/, find: reddit },
  { host: /^(?:www\.)?github\.com$/, find: gitHub },
  { host: /^gitlab\.com$/, find: gitLab },
  { host: /^codeberg\.org$/, find: ({ path: [owner, repo] }) => gitea(owner, repo) },
  { host: /^medium\.com$/, find: ({ path }) => medium(path) },
  { host: /^(?!www\.)[\w-]+\.medium\.com$/, find: ({ host }) => [`https://${host}/feed`] },
  { host: /^(?!www\.|open\.)[\w-]+\.substack\.com$/, find: ({ host }) => [`https://${host}/feed`] },
  { host: /^(?!www\.)[\w-]+\.wordpress\.com$/, find: ({ host }) => [`https://${host}/feed/`] },
  { host: /^[\w-]+\.blogspot\.[a-z.]{2,6}$/, find: ({ host }) => [`https://${host}/feeds/posts/default`] },
  { host: /^(?!www\.)[\w-]+\.tumblr\.com$/, find: ({ host }) => [`https://${host}/rss`] },
  {
    host: /^bsky\.app$/,
    find: ({ path: [kind, who] }) => (kind === 'profile' && who ? [`https://bsky.app/profile/${who}/rss`] : []),
  },
  { host: /^(?:www\.)?vimeo\.com$/, find: ({ path }) => vimeo(path) },
  {
    host: /^(?:www\.)?dev\.to$/,
    find: ({ path: [who, ...rest] }) => (who && rest.length === 0 ? [`https://dev.to/feed/${who}`] : []),
  },
  { host: /^store\.steampowered\.com$/, find: ({ path }) => steam(path) },
  {
    host: /^pypi\.org$/,
    find: ({ path: [kind, name] }) =>
      kind === 'project' && name ? [`https://pypi.org/rss/project/${name}/releases.xml`] : [],
  },
  {
    host: /^(?:www\.)?arxiv\.org$/,
    find: ({ path: [kind, subject] }) => (kind === 'list' && subject ? [`https://rss.arxiv.org/rss/${subject}`] : []),
  },
  {
    host: /^news\.ycombinator\.com$/,
    find: ({ path }) => (path.length <= 1 ? ['https://news.ycombinator.com/rss'] : []),
  },
]

/** All of these exist if the page does. */
export function siteFeeds(address: string): SiteFeeds {
  const parts = partsOf(address)
  const path = `/${parts.path.join('/')}`
  const podcast = /^(?:podcasts|itunes)\.apple\.com$/.test(parts.host) && /\/id(\d{3,12})$/.exec(path)
  if (podcast) return { urls: [], lookup: `https://itunes.apple.com/lookup?entity=podcast&id=${podcast[1]}` }
  const urls = rules.filter(rule => rule.host.test(parts.host)).flatMap(rule => rule.find(parts))
  return { urls, lookup: null }
}

/** Feed addresses of software that runs on any host (Mastodon, PeerTube, blogs below a path), likeliest first. */
export function serverFeeds(address: string): string[] {
  const { origin } = new URL(address)
  const { path } = partsOf(address)
  const [kind = '', name = ''] = path
  if (/^@[\w.-]+$/.test(kind) && path.length === 1) return [`${origin}/${kind}.rss`, `${origin}/feed/${kind}`]
  if (/^@[\w.-]+$/.test(kind)) return [`${origin}/${kind}.rss`]
  if (/^(?:c|video-channels)$/.test(kind) && name) {
    return [`${origin}/feeds/videos.xml?videoChannelName=${name}`, `${origin}/feeds/c/${name}.xml`]
  }
  if (/^(?:a|accounts)$/.test(kind) && name) return [`${origin}/feeds/videos.xml?accountName=${name}`]
  return []
}

/** The feed of one YouTube channel. */
export function youTubeChannelFeed(channelId: string): string {
  return `https://www.youtube.com/feeds/videos.xml?channel_id=${channelId}`
}

function partsOf(address: string): Parts {
  const url = new URL(address)
  return {
    host: url.hostname.toLowerCase(),
    path: url.pathname.split('/').filter(part => part !== ''),
    query: url.searchParams,
  }
}

function youTube({ path: [kind, id], query }: Parts): string[] {
  const feed = 'https://www.youtube.com/feeds/videos.xml'
  const playlist = query.get('list')
  if (playlist && /^(?:PL|UU|OL|FL)[\w-]{10,}$/.test(playlist)) return [`${feed}?playlist_id=${playlist}`]
  if (kind === 'channel' && /^UC[\w-]{22}$/.test(id ?? '')) return [youTubeChannelFeed(id!)]
  if (kind === 'user' && id) return [`${feed}?user=${id}`]
  return []
}

function reddit({ path: [kind, name, ...rest], query }: Parts): string[] {
  const site = 'https://www.reddit.com'
  if (!kind) return [`${site}/.rss`]
  if (/^(?:user|u)$/.test(kind) && name) {
    return rest[0] === 'm' && rest[1] ? [`${site}/user/${name}/m/${rest[1]}/.rss`] : [`${site}/user/${name}/.rss`]
  }
  if (kind !== 'r' || !name) return []
  if (rest[0] === 'comments' && rest[1]) return [`${site}/r/${name}/comments/${rest[1]}/.rss`]
  const order = /^(?:hot|new|top|rising|controversial)$/.test(rest[0] ?? '') ? `${rest[0]}/` : ''
  const span = query.get('t')
  return [`${site}/r/${name}/${order}.rss${order !== '' && span && /^[a-z]{3,5}$/.test(span) ? `?t=${span}` : ''}`]
}

function gitHub({ path: [owner, repo, kind, ...rest] }: Parts): string[] {
  if (!owner || gitHubOwn.test(owner)) return []
  if (!repo) return [`https://github.com/${owner}.atom`]
  const base = `https://github.com/${owner}/${repo.replace(/\.git$/, '')}`
  if (kind === 'releases' || kind === 'tags') return [`${base}/${kind}.atom`]
  if (kind === 'commits' || kind === 'tree')
    return [rest.length > 0 ? `${base}/commits/${rest.join('/')}.atom` : `${base}/commits.atom`]
  if (kind === 'discussions') return [`${base}/discussions.atom`]
  return [`${base}/releases.atom`, `${base}/commits.atom`, `${base}/tags.atom`]
}

function gitLab({ path }: Parts): string[] {
  const end = path.indexOf('-')
  const project = end < 0 ? path : path.slice(0, end)
  if (project.length < 2) return project.length === 1 ? [`https://gitlab.com/${project[0]}.atom`] : []
  const base = `https://gitlab.com/${project.join('/')}`
  return [`${base}/-/releases.atom`, `${base}/-/tags?format=atom`, `${base}.atom`]
}

function gitea(owner: string | undefined, repo: string | undefined): string[] {
  if (!owner) return []
  if (!repo) return [`https://codeberg.org/${owner}.rss`]
  return [`https://codeberg.org/${owner}/${repo}/releases.rss`, `https://codeberg.org/${owner}/${repo}.rss`]
}

function medium([first, second]: string[]): string[] {
  if (!first || /^(?:m|me|search|about|plans)$/.test(first)) return []
  if (first === 'tag') return second ? [`https://medium.com/feed/tag/${second}`] : []
  return [`https://medium.com/feed/${first}`]
}

function vimeo([first, second]: string[]): string[] {
  if (first === 'channels' && second) return [`https://vimeo.com/channels/${second}/videos/rss`]
  return first && !/^(?:\d+|groups|watch|features|categories|ondemand)$/.test(first)
    ? [`https://vimeo.com/${first}/videos/rss`]
    : []
}

function steam([kind, id]: string[]): string[] {
  return /^(?:app|news)$/.test(kind ?? '') && /^\d+$/.test(id ?? '')
    ? [`https://store.steampowered.com/feeds/news/app/${id}`]
    : []
}
