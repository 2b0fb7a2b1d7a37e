/** Marks the sentence that is being read, without a change of the text, and keeps it in sight. */
import type { Sentence } from './sentences.ts'

/** As in styles/aloud.css. */
const name = 'aloud'

export function markSentence(document: Document, sentence: Sentence | null, scroller: HTMLElement | undefined): void {
  // Of the frame: a highlight of our own window would not be drawn there.
  const view = document.defaultView as (Window & typeof globalThis) | null
  if (!view) return
  view.CSS.highlights.delete(name)
  if (!sentence?.range) return
  view.CSS.highlights.set(name, new view.Highlight(sentence.range))
  if (scroller) bringIntoSight(document, sentence.range, scroller)
}

/** Px above the sentence: the bars at the top of the pane, and a line. */
const above = 140

/** Scrolls where the sentence is not whole between the bars and the lower fifth. */
function bringIntoSight(document: Document, range: Range, scroller: HTMLElement): void {
  const frame = document.defaultView?.frameElement
  if (!frame) return
  const top = frame.getBoundingClientRect().top - scroller.getBoundingClientRect().top
  const box = range.getBoundingClientRect()
  const isSeen = top + box.top >= above && top + box.bottom <= scroller.clientHeight * 0.8
  if (isSeen) return
  const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches
  scroller.scrollBy({ top: top + box.top - above, behavior: isCalm ? 'instant' : 'smooth' })
}
