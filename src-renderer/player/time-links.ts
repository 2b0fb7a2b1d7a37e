/** Times in show notes: '12:34' where a line begins with it, and links with '#t=', lead into the recording. */
import { secondsOf } from '../../src-main/api/reading/embeds.ts'

/** Not within a link or code; a bracket may stand before it, as in '[1:02:03] The harbour'. */
const timeAtStart = /^(\s*[[(]?)((?:\d{1,2}:)?\d{1,3}:\d{2})(?![\d:])/
const lineStarts = 'p, li, td, th, dt, dd, div, h1, h2, h3, h4, h5, h6, br'
/** A text with more of them is a table of something else. */
const mostTimes = 500

/**
 * Makes links of them in an article that has a recording of this many seconds (null: not known). `addressAt`: what leads to a
 * second of it.
 */
export function markTimes(
  body: DocumentFragment | Element,
  duration: number | null,
  addressAt: (seconds: number) => string = seconds => `#t=${seconds}`,
): void {
  const found: { node: Text; before: string; time: string; seconds: number }[] = []
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) {
    const match = timeAtStart.exec(node.data)
    if (!match || !beginsLine(node, body) || node.parentElement?.closest('a, pre, code, time')) continue
    const [, before = '', time = ''] = match
    const seconds = secondsOf(time)
    if (seconds !== null && (duration === null || seconds <= duration)) found.push({ node, before, time, seconds })
  }
  if (found.length > mostTimes) return
  for (const { node, before, time, seconds } of found) {
    const link = document.createElement('a')
    link.href = addressAt(seconds)
    link.textContent = time
    const rest = node.splitText(before.length)
    rest.data = rest.data.slice(time.length)
    rest.before(link)
  }
}

/** Where a link leads in the recording, in seconds; null for any other link. */
export function timeOf(link: Element): number | null {
  const href = link.getAttribute('href') ?? ''
  const [, time] = /#(?:.*&)?t=(?:npt:)?([\d:.hms]+)/.exec(href) ?? []
  return time === undefined ? null : secondsOf(time)
}

/** Whether nothing but space stands before it in its block, or since the last break. */
function beginsLine(text: Text, body: DocumentFragment | Element): boolean {
  for (let node: Node = text; node !== body; ) {
    const before = node.previousSibling
    if (!before) {
      const parent = node.parentNode
      if (!parent || parent === body || (parent as Element).matches(lineStarts)) return true
      node = parent
      continue
    }
    if ((before as Element).localName === 'br') return true
    if (before.nodeType === Node.ELEMENT_NODE && (before as Element).matches(lineStarts)) return true
    if ((before.textContent ?? '').trim() !== '') return false
    node = before
  }
  return true
}
