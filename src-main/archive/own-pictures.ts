/** Has a page of an archive show the pictures that lie in the archive with it, so that it is whole without a network. */
import render from 'dom-serializer'
import type { SafeHtml } from '../api/model.ts'
import { mediaKey } from '../feeds/pictures/media-key.ts'
import { hostPort } from '../http/private-address.ts'
import { elementsOf, nodesOf } from './articles/tree.ts'

/** `kept`: where those that are kept for this article lie, by their keys. Others stay where they are on the web. */
export function withOwnPictures(html: SafeHtml, feedUrl: string, kept: Map<string, string>): string {
  if (kept.size === 0) return html
  const nodes = nodesOf(html)
  for (const { name, attribs } of elementsOf(nodes)) {
    const path = name === 'img' ? pathOf(attribs.src ?? '', feedUrl, kept) : undefined
    if (path) attribs.src = path
  }
  return render(nodes, { encodeEntities: 'utf8' })
}

/** What came from a private host is kept apart: that of the feed, or for a page that was saved by its address, its own. */
function pathOf(url: string, feedUrl: string, kept: Map<string, string>): string | undefined {
  if (!/^https?:/i.test(url)) return undefined
  const hosts = [feedUrl, url].flatMap(address => (URL.canParse(address) ? [hostPort(new URL(address))] : []))
  return [null, ...hosts].map(privateHost => kept.get(mediaKey({ url, privateHost }))).find(path => path !== undefined)
}
