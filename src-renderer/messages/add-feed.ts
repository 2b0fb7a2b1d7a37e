/** Following a feed: its address or name, the catalogue, its folder, and who we are. */
import type { NamedSite } from '../../src-main/api/names/typed-names.ts'
import { articles, feeds, some } from './common.ts'

const sites: Record<NamedSite, string> = {
  youtube: 'YouTube',
  medium: 'Medium',
  reddit: 'Reddit',
  mastodon: 'Mastodon',
  bluesky: 'Bluesky',
  github: 'GitHub',
}

export const words = {
  folder: {
    label: 'Folder',
    none: 'No folder',
    create: 'New folder…',
    newName: 'Name of the new folder',
  },

  add: {
    title: 'Add a feed',
    address: 'Address or name',
    placeholder: 'example.org',
    hint: 'An address or a name: ‘BBC’, @channel, r/subreddit, @user@host.',
    follow: 'Follow',
    followCount: (count: number) => (count === 0 ? 'Follow' : `Follow ${feeds(count)}`),
    looking: 'Looking…',
    adding: 'Adding…',
    stop: 'Stop looking',
    progress: 'Looking for feeds',
    lookingAt: (place: string) => `Looking for feeds at ${place}…`,
    stillLooking: (place: string) =>
      `Still looking: asking ${place} at the places where sites usually keep their feeds.`,
    fetching: 'Fetching the articles…',
    privateTyped: 'If you know it, and want to read what is there, follow it all the same.',
    allowPrivate: 'Follow it all the same',
    alreadyBefore: 'You already follow ',
    goThere: 'Go there',
    found: (count: number) => `${feeds(count)} found. Which would you like to follow?`,
    followed: 'You follow this',
    noArticles: 'No articles yet.',
    formats: { rss: 'RSS', atom: 'Atom', rdf: 'RSS 1.0', json: 'JSON Feed' },
    nowFollow: (title: string, count: number) =>
      count === 0 ? `You now follow ${title}.` : `You now follow ${title}: ${articles(count)}.`,
    nowFollowMany: (count: number) => `Following ${feeds(count)} more.`,
  },

  /** The catalogue, and names typed instead of an address. */
  catalogue: {
    place: (site: NamedSite, name: string): string => `${sites[site]}: ${name}`,
    places: 'Where to look',
    found: (count: number): string => `In the catalogue: ${some(count, 'feed', 'feeds')}`,
    guesses: (name: string): string => `Nothing in the catalogue is called “${name}”. Did you mean one of these?`,
    notFound: 'Nothing of that name is in the catalogue. The address of its site leads further.',
    legend: 'Feeds of the catalogue',
    alsoChosen: 'Also chosen',
    followed: 'You follow this',
    goThere: 'Go there',
    look: 'Preview',
    looking: 'Looking…',
    hideLook: 'Hide',
    lookAt: (title: string): string => `Preview ${title}`,
    browse: 'Browse the catalogue',
    hide: 'Hide the catalogue',
    catalogue: 'Catalogue',
    noCatalogue: 'The catalogue could not be opened.',
    tryHost: (host: string): string => `Look at ${host}`,
  },

  access: {
    title: 'How it is asked',
    userName: 'User name',
    password: 'Password',
    noColon: 'A user name has no colon in it.',
    typeBelow: 'Type them below and try again. Broadsheet keeps them sealed and tells them to this server only.',
    typeInSection: 'Put them under ‘How it is asked’.',
    unknown: 'The server does not accept this user name with this password. Check both and try again.',
    kept: 'kept',
    forget: 'Forget',
    forgotten: 'User name and password are forgotten.',
    passwordToo: 'With another user name, type the password too.',
    proxy: 'Proxy',
    proxyHint:
      'Empty: as the system says. ‘direct’: none. Otherwise an address, such as http://localhost:8118, or http://name:password@proxy.example:8080.',
    proxyMistakes: {
      'no-proxy': 'This is neither ‘direct’ nor the address of an HTTP proxy.',
      'password-too': 'With another address or user name, type the proxy’s password too, in place of the dots.',
    },
    userAgent: 'Name given to the server',
    userAgentHint: 'Empty: Broadsheet’s own. Some servers only answer to a browser’s name (User-Agent).',
    notPlain: 'Only plain Latin letters, digits and signs can be sent.',
    save: 'Save and ask again',
    saved: 'Saved. The feed is being asked again.',
  },
}
