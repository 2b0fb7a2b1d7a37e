/** The site of a newsletter's sender: its icon is the newsletter's. */
import { getDomain } from 'tldts'

/** `https://` and the registrable domain of an e-mail address; null where it has none. */
export function siteOfAddress(address: string): string | null {
  const domain = getDomain(address.slice(address.lastIndexOf('@') + 1), { allowPrivateDomains: true })
  return domain === null ? null : `https://${domain}/`
}
