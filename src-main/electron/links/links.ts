/** `feed:`, `feeds:` and `broadsheet:` links, from other programs or the command line. */
import { isWeb } from '../../lib/urls.ts'

const longest = 4_096

/**
 * The web addresses of the links among the arguments. All else is ignored: switches (some of Chromium's load code), plain
 * words, other schemes. The user sees the address in the add dialog before it is fetched.
 */
export function addressesIn(args: readonly string[]): string[] {
  return args.map(addressOfLink).filter(address => address !== null)
}

/** `feed:https://site/rss`, `feed://site/rss`, `feeds://site/rss`, `broadsheet:add?url=...` as a web address; null for anything else. */
export function addressOfLink(link: string): string | null {
  if (link.length > longest) return null
  const match = link.match(/^(feeds?|broadsheet):(.*)$/is)
  if (!match) return null
  const [, scheme = '', rest = ''] = match
  switch (scheme.toLowerCase()) {
    case 'feed':
      return webAddress(addressAfterFeed(rest, 'http:'))
    case 'feeds':
      return webAddress(addressAfterFeed(rest, 'https:').replace(/^http:/i, 'https:'))
    default:
      return webAddress(addressInQuery(link))
  }
}

/** The schemes were never registered; both `feed:https://…` and `feed://…` (for http, `feeds:` for https) are in use. */
function addressAfterFeed(rest: string, scheme: 'http:' | 'https:'): string {
  const bare = rest.replace(/^\/\/(?=https?:)/i, '')
  return bare.startsWith('//') ? `${scheme}${bare}` : bare
}

function addressInQuery(link: string): string {
  return URL.canParse(link) ? (new URL(link).searchParams.get('url') ?? '') : ''
}

function webAddress(text: string): string | null {
  const url = URL.parse(text)
  return url && isWeb(url) ? url.href : null
}
