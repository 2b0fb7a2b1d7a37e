/** Whether a feed is complete or truncated. */

import type { FeedEnd } from '../parsed.ts'
import { children } from '../xml/fields.ts'
import type { XmlNode } from '../xml/reader.ts'

/** `openItem` is the item that the text breaks off in. */
type DocumentEnd = { end: FeedEnd; openItem: XmlNode | null }

const closed: DocumentEnd = { end: 'closed', openItem: null }

/** `open` are the elements without an end tag. A damaged document with the root's end tag is not truncated. */
export function documentEnd(text: string, root: XmlNode, open: XmlNode[]): DocumentEnd {
  if (open[0] !== root) return closed
  const channel = children(root, 'channel')[0]
  const isChannelOpen = channel !== undefined && open.includes(channel)
  // Nothing comes after an RSS channel but the end of the root.
  const isComplete = root.name === 'rss' && channel !== undefined && !isChannelOpen
  // The end tag may be inside of a comment or CDATA section that is never closed.
  if (isComplete || hasEndTag(text, root) || (channel && root.name === 'rss' && hasEndTag(text, channel))) return closed
  const openItem = open.find(node => node !== root && (node.name === 'item' || node.name === 'entry')) ?? null
  if (openItem) return { end: 'inside-item', openItem }
  // With no item open, half an end tag can only be that of the channel or the root.
  return /<\/[\w:-]{0,40}$/.test(text.slice(-50)) ? closed : { end: 'between-items', openItem: null }
}

function hasEndTag(text: string, { tag }: XmlNode): boolean {
  return text.includes(`</${tag}`)
}
