/** The feeds of well-known sites, derived from a page's address. */

/** A page, as `host/path?query` (`pageOf`), and its feeds. */
type Rule = [page: RegExp, ...feeds: string[]]

const youTube = 'https://www.youtube.com/feeds/videos.xml'
const reddit = 'https://www.reddit.com'
const gitHub = 'https://github.com/$1/$2'
const gitLab = 'https://gitlab.com/$1'

/** All of these exist if the page does. The first rule that matches is the page's. */
const sites: Rule[] = [
  [/^youtube\.com\/.*[?&]list=((?:PL|UU|OL|FL)[\w-]{10,})(?:&|$)/, `${youTube}?playlist_id=$1`],
  [/^youtube\.com\/channel\/(UC[\w-]{22})(?![\w-])/, youTubeChannelFeed('$1')],
  [/^youtube\.com\/user\/([^/?]+)/, `${youTube}?user=$1`],
  [/^reddit\.com\/(?:\?|$)/, `${reddit}/.rss`],
  [/^reddit\.com\/u(?:ser)?\/([^/?]+)\/m\/([^/?]+)/, `${reddit}/user/$1/m/$2/.rss`],
  [/^reddit\.com\/u(?:ser)?\/([^/?]+)/, `${reddit}/user/$1/.rss`],
  [/^reddit\.com\/(r\/[^/?]+\/comments\/[^/?]+)/, `${reddit}/$1/.rss`],
  [
    /^reddit\.com\/(r\/[^/?]+\/(?:hot|new|top|rising|controversial))\b.*[?&]t=([a-z]{3,5})(?:&|$)/,
    `${reddit}/$1/.rss?t=$2`,
  ],
  [/^reddit\.com\/(r\/[^/?]+(?:\/(?:hot|new|top|rising|controversial)(?![^/?]))?)/, `${reddit}/$1/.rss`],
  // Pages of the site itself; any other first segment is a user.
  [
    /^github\.com\/(?:about|apps|collections|customer-stories|enterprise|events|explore|features|issues|join|login|marketplace|new|notifications|orgs|pricing|pulls|readme|search|security|settings|sponsors|topics|trending)(?:[/?]|$)/i,
  ],
  [/^github\.com\/([^/?]+)\/([^/?]+?)(?:\.git)?\/(releases|tags|discussions)(?:[/?]|$)/, `${gitHub}/$3.atom`],
  [/^github\.com\/([^/?]+)\/([^/?]+?)(?:\.git)?\/(?:commits|tree)\/([^?]+)/, `${gitHub}/commits/$3.atom`],
  [/^github\.com\/([^/?]+)\/([^/?]+?)(?:\.git)?\/(?:commits|tree)(?:\?|$)/, `${gitHub}/commits.atom`],
  [
    /^github\.com\/([^/?]+)\/([^/?]+?)(?:\.git)?(?:[/?]|$)/,
    `${gitHub}/releases.atom`,
    `${gitHub}/commits.atom`,
    `${gitHub}/tags.atom`,
  ],
  [/^github\.com\/([^/?]+)/, 'https://github.com/$1.atom'],
  [
    /^gitlab\.com\/([^/?]+(?:\/(?!-(?:[/?]|$))[^/?]+)+)/,
    `${gitLab}/-/releases.atom`,
    `${gitLab}/-/tags?format=atom`,
    `${gitLab}.atom`,
  ],
  [/^gitlab\.com\/(?!-(?:[/?]|$))([^/?]+)/, `${gitLab}.atom`],
  [/^codeberg\.org\/([^/?]+\/[^/?]+)/, 'https://codeberg.org/$1/releases.rss', 'https://codeberg.org/$1.rss'],
  [/^codeberg\.org\/([^/?]+)/, 'https://codeberg.org/$1.rss'],
  [/^medium\.com\/(tag\/[^/?]+|(?!(?:m|me|search|about|plans|tag)(?:[/?]|$))[^/?]+)/, 'https://medium.com/feed/$1'],
  [/^((?!open\.)[\w-]+\.(?:medium|substack)\.com)\//, 'https://$1/feed'],
  [/^([\w-]+\.wordpress\.com)\//, 'https://$1/feed/'],
  [/^([\w-]+\.blogspot\.[a-z.]{2,6})\//, 'https://$1/feeds/posts/default'],
  [/^([\w-]+\.tumblr\.com)\//, 'https://$1/rss'],
  [/^bsky\.app\/profile\/([^/?]+)/, 'https://bsky.app/profile/$1/rss'],
  [
    /^vimeo\.com\/(channels\/[^/?]+|(?!(?:\d+|channels|groups|watch|features|categories|ondemand)(?:[/?]|$))[^/?]+)/,
    'https://vimeo.com/$1/videos/rss',
  ],
  [/^dev\.to\/([^/?]+)(?:\?|$)/, 'https://dev.to/feed/$1'],
  [/^store\.steampowered\.com\/(?:app|news)\/(\d+)(?:[/?]|$)/, 'https://store.steampowered.com/feeds/news/app/$1'],
  [/^pypi\.org\/project\/([^/?]+)/, 'https://pypi.org/rss/project/$1/releases.xml'],
  [/^arxiv\.org\/list\/([^/?]+)/, 'https://rss.arxiv.org/rss/$1'],
  [/^news\.ycombinator\.com\/[^/]*$/, 'https://news.ycombinator.com/rss'],
]

/** Of software that runs on any host: Mastodon, PeerTube, blogs below a path. Likeliest first. */
const servers: Rule[] = [
  [/^[^/]+\/(@[\w.-]+)(?:\?|$)/, '/$1.rss', '/feed/$1'],
  [/^[^/]+\/(@[\w.-]+)\//, '/$1.rss'],
  [/^[^/]+\/(?:c|video-channels)\/([^/?]+)/, '/feeds/videos.xml?videoChannelName=$1', '/feeds/c/$1.xml'],
  [/^[^/]+\/a(?:ccounts)?\/([^/?]+)/, '/feeds/videos.xml?accountName=$1'],
]

export function siteFeeds(address: string): string[] {
  return feedsBy(sites, address)
}

/** Where Apple's directory has a podcast, as JSON with the feed's address in `feedUrl`. */
export function podcastLookup(address: string): string | null {
  const id = /^(?:podcasts|itunes)\.apple\.com\/(?:.*\/)?id(\d{3,12})(?:\?|$)/.exec(pageOf(address))?.[1]
  return id === undefined ? null : `https://itunes.apple.com/lookup?entity=podcast&id=${id}`
}

/** Feed addresses that the server may have. */
export function serverFeeds(address: string): string[] {
  return feedsBy(servers, address).map(path => new URL(path, address).href)
}

/** The feed of one YouTube channel. */
export function youTubeChannelFeed(channelId: string): string {
  return `https://www.youtube.com/feeds/videos.xml?channel_id=${channelId}`
}

function feedsBy(rules: Rule[], address: string): string[] {
  const page = pageOf(address)
  const [pattern, ...feeds] = rules.find(([pattern]) => pattern.test(page)) ?? []
  const found = pattern?.exec(page)
  return found ? feeds.map(feed => feed.replace(/\$(\d)/g, (_, group) => found[group] ?? '')) : []
}

/** Without `www.` and the like, and without doubled and final slashes. */
function pageOf(address: string): string {
  const { hostname, pathname, search } = new URL(address)
  const path = pathname.split('/').filter(part => part !== '')
  const host = hostname.replace(/^(?:www|(?:m|music)(?=\.youtube\.com$)|(?:old|new|np|i)(?=\.reddit\.com$))\./, '')
  return `${host}/${path.join('/')}${search}`
}
