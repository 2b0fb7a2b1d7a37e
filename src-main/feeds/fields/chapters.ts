/** The chapters of an item's sound: as a file of its own (Podcasting 2.0), or in the feed (Podlove Simple Chapters 1.2). */
import type { FeedChapter } from '../../api/model.ts'
import { collapse } from '../../lib/text.ts'
import { all, attribute, children, type Fields } from '../xml/fields.ts'
import { absolute, baseOf } from './urls.ts'

/** SAFETY: limit for one item. */
export const mostChapters = 500

/** The address of a file of chapters, which goes before a list of them; null where the item has neither. */
export function chapters(fields: Fields, base: string): string | FeedChapter[] | null {
  for (const node of all(fields, 'podcast:chapters')) {
    const url = absolute(attribute(node, 'url'), baseOf(node, base))
    // The one type there is; some feeds leave it out.
    if (url && /^(?:$|application\/(?:json|.*\+json))/i.test(attribute(node, 'type'))) return url
  }
  const list = all(fields, 'psc:chapters').flatMap(node => children(node, 'psc:chapter'))
  const found = list.slice(0, mostChapters).flatMap(node => {
    const start = secondsOf(attribute(node, 'start'))
    const url = absolute(attribute(node, 'href'), baseOf(node, base))
    const image = absolute(attribute(node, 'image'), baseOf(node, base))
    const title = collapse(attribute(node, 'title')).slice(0, 300)
    return start === null ? [] : [{ start, title, ...(url && { url }), ...(image && { image }) }]
  })
  return found.length > 0 ? found.sort((a, b) => a.start - b.start) : null
}

/** Normal play time (RFC 2326, 3.6): '1:02:03.5', '62:03', '3723'; null for anything else. */
export function secondsOf(time: string): number | null {
  const [, hours, minutes, seconds] = /^(?:(?:(\d{1,3}):)?(\d{1,3}):)?(\d{1,6}(?:\.\d{1,6})?)$/.exec(time.trim()) ?? []
  if (seconds === undefined) return null
  return Number(hours ?? 0) * 3_600 + Number(minutes ?? 0) * 60 + Number(seconds)
}
