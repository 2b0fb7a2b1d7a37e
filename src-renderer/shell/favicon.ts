/** The icon of a browser's tab. */
import plain from '../../resources/icon-small.svg'
import unread from '../../resources/tray-unread.svg'

/** With a mark while something is unread. */
export function markFavicon(isUnread: boolean): void {
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]')
  const address = isUnread ? unread : plain
  if (link && link.getAttribute('href') !== address) link.setAttribute('href', address)
}
