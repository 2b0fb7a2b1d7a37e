/** Boxes that scroll by themselves: wide tables and formulas, code, vertical text. Those with something out of sight can be reached by Tab. */
import { words } from '../../messages/reading/article-text.ts'

const boxes = '.wide, .formula, pre, [data-writing]'

/** After each change of the layout: what fits needs no stop on the way through the article. */
export function markScrollBoxes(page: Document): void {
  const all = [...page.querySelectorAll<HTMLElement>(boxes)]
  // All are measured before the first is changed, so that the page is laid out once.
  const isWider = all.map(box => box.scrollWidth > box.clientWidth + 1 || isHigher(box))
  all.forEach((box, index) => {
    if (!isWider[index]) {
      box.removeAttribute('tabindex')
      box.removeAttribute('role')
      box.removeAttribute('aria-label')
      return
    }
    box.tabIndex = 0
    box.setAttribute('role', 'region')
    box.setAttribute('aria-label', nameOf(box))
  })
}

/** Accents and limits of a formula may reach over the lines that it takes. */
const isHigher = (box: Element): boolean => box.scrollHeight > box.clientHeight + 1 && !box.matches('.formula')

function nameOf(box: HTMLElement): string {
  if (box.localName === 'pre') return words.text.code
  if (box.dataset.writing) return words.text.columns
  if (box.matches('.formula')) return words.text.formula
  return box.querySelector('caption')?.textContent?.trim() || words.text.table
}
