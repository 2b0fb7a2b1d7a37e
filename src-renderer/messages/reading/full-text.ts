/** The full text of an article: fetching it, showing it, and why it could not be had. */

export const words = {
  button: 'Full text',
  fetching: (host: string): string => `Fetching the full text from ${host}…`,
  readMore: 'Read more',
  /** Beside 'Read more'. */
  isTeaser: (host: string): string => `The feed gives only the beginning. The rest is fetched from ${host}.`,
  isHeadline: (host: string): string => `The article is fetched from ${host}.`,
  isThere: 'The feed gives only the beginning. The whole article is here.',
  /** Below the text of the page. */
  from: (host: string): string => `This is the full text, from ${host}.`,
  showGiven: 'Show the feed’s text',
  retry: 'Try again',
  openInBrowser: 'Open in browser',
  openMissing: (page: number): string => `Open page ${page} in browser`,
}
