/** Recognises elements that a page hides from its readers: they are neither shown nor indexed. */
import type { Attributes } from './attributes.ts'

const longestStyle = 2_000
/** Classes of scripts that hide elements until the reader scrolls to them. */
const revealed = /(?:^|[\s_-])(?:wow|aos|animated?|reveal\w*|fade\w*|lazy\w*|anim\w*)(?:$|[\s_-])/i

/**
 * Whether an element is hidden, with its content. Not by `opacity: 0`, with which pages fade in their parts, nor by
 * `aria-hidden`, which is for screen readers (see feeds/sanitize/doubles.ts).
 */
export function isHidden(tag: string, given: Attributes): boolean {
  // `until-found` is shown by a search in the page (HTML, 6.1).
  if (given.hidden !== undefined && given.hidden.trim().toLowerCase() !== 'until-found') return true
  if (tag === 'dialog' && given.open === undefined) return true
  return given.style !== undefined && given.style !== '' && isHiddenByStyle(given.style, given.class ?? '')
}

function isHiddenByStyle(style: string, classes: string): boolean {
  let display = ''
  let visibility = ''
  for (const rule of style.slice(0, longestStyle).split(';')) {
    const colon = rule.indexOf(':')
    if (colon < 0) continue
    const name = rule.slice(0, colon).trim().toLowerCase()
    if (name !== 'display' && name !== 'visibility') continue
    const value = rule.slice(colon + 1).trim()
    // The last declaration counts, as in CSS.
    if (name === 'display') display = value
    else visibility = value
  }
  if (/^none(?:$|[\s!])/i.test(display)) return true
  return /^(?:hidden|collapse)(?:$|[\s!])/i.test(visibility) && !revealed.test(classes)
}
