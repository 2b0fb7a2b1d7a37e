/** `feed:` and `broadsheet:` links, from other programs or the command line. */
import { isWeb } from '../../lib/urls.ts'

const longest = 4_096

/**
 * The web addresses of the links among the arguments. All else is ignored: switches (some of Chromium's load code), plain
 * words, other schemes. The user sees the address in the add dialog before it is fetched.
 */
export function addressesIn(args: readonly string[]): string[] {
  return args.map(addressOfLink).filter(address => address !== null)
}

/** `feed:https://site/rss`, `feed://site/rss` and `broadsheet:add?url=...` as a web address; null for anything else. */
export function addressOfLink(link: string): string | null {
  if (link.length > longest) return null
  const match = link.match(/^(feed|broadsheet):(.*)$/is)
  if (!match) return null
  const [, scheme = '', rest = ''] = match
  return webAddress(scheme.toLowerCase() === 'feed' ? addressAfterFeed(rest) : addressInQuery(link))
}

/** The scheme was never registered; both `feed:https://…` and `feed://…` (for http) are in use. */
function addressAfterFeed(rest: string): string {
  const bare = rest.replace(/^\/\/(?=https?:)/i, '')
  return bare.startsWith('//') ? `http:${bare}` : bare
}

function addressInQuery(link: string): string {
  return URL.canParse(link) ? (new URL(link).searchParams.get('url') ?? '') : ''
}

function webAddress(text: string): string | null {
  const url = URL.parse(text)
  return url && isWeb(url) ? url.href : null
}
