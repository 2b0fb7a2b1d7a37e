/** The address of a page as a number of 32 bits, by which links of articles are compared. */
import { withoutTracking } from '../../lib/tracking.ts'
import { comparableAddress, isWeb } from '../../lib/urls.ts'
import { copyLink } from './copy-link.ts'
import { shortHashOf } from './short-hash.ts'

/** The same for all spellings of the address. Null for a whole site, and for what is not on the web. Changes `url`. */
export function linkNumber(url: URL): number | null {
  if (!isWeb(url)) return null
  const page = copyLink(comparableAddress(withoutTracking(url)))
  return page === null ? null : shortHashOf(page)
}
