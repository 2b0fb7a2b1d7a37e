/** What a publisher hides from those who look at the page is not the article: it is neither shown nor indexed. */
import type { Attributes } from './attributes.ts'

const longestStyle = 2_000
/** Style sheets and scripts that hide a part first and show it when the reader scrolls to it; a reader without them never sees it. */
const revealed = /(?:^|[\s_-])(?:wow|aos|animated?|reveal\w*|fade\w*|lazy\w*|anim\w*)(?:$|[\s_-])/i

/**
 * Whether a tag with these attributes is hidden, with all that is in it. `opacity: 0` hides nothing: it is how pages let their
 * parts fade in. `aria-hidden` hides nothing from the eye: feeds/sanitize/doubles.ts tells what is there twice.
 */
export function isHidden(tag: string, given: Attributes): boolean {
  // What `until-found` hides is shown to those who search for it (HTML, 6.1).
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
    // The last one counts, as in a style sheet.
    if (name === 'display')
      display = rule
        .slice(colon + 1)
        .trim()
        .toLowerCase()
    else if (name === 'visibility')
      visibility = rule
        .slice(colon + 1)
        .trim()
        .toLowerCase()
  }
  if (/^none(?:$|[\s!])/.test(display)) return true
  return /^(?:hidden|collapse)(?:$|[\s!])/.test(visibility) && !revealed.test(classes)
}
