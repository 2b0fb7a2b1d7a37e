/**
 * Prepares the formulas of a page for Readability, which takes what renderers of TeX make of them for hidden text, menus or
 * scripts, and leaves it out.
 */
import type { parseHTML } from 'linkedom'

type Page = ReturnType<typeof parseHTML>['document']
type PageElement = NonNullable<ReturnType<Page['querySelector']>>

/** Changes the page so that each formula is MathML where there is any, else its TeX as text. */
export function keepFormulas(document: Page): void {
  for (const math of document.querySelectorAll('math')) showMath(math)
  for (const container of document.querySelectorAll('mjx-container')) onlyMath(container)
  for (const script of document.querySelectorAll('script[type^="math/"]')) scriptAsText(document, script)
}

/**
 * MathML has no styles in the DOM that Readability is written for, and so is never hidden there; in linkedom it has, and
 * formulas that a page hides from browsers that can't show them would be lost.
 */
function showMath(math: PageElement): void {
  for (const element of [math, ...math.querySelectorAll('[style]')]) element.removeAttribute('style')
}

/** MathJax 3 and 4: glyphs, and the MathML for screen readers. Its class, which names a context menu, looks like a menu. */
function onlyMath(container: PageElement): void {
  const math = container.querySelector('math')
  if (!math) return
  if (container.getAttribute('display') === 'true') math.setAttribute('display', 'block')
  container.replaceWith(math)
}

/** MathJax 2 has the TeX, or the MathML, in a script, and after it has run the formula before that. */
function scriptAsText(document: Page, script: PageElement): void {
  const type = script.getAttribute('type') ?? ''
  const source = script.textContent?.trim() ?? ''
  const { isShown, remains } = renderedBefore(script)
  if (isShown || source === '' || !/^math\/(?:tex|asciimath)\b/.test(type)) return
  for (const element of remains) element.remove()
  const isDisplay = /mode\s*=\s*display/.test(type)
  script.replaceWith(document.createTextNode(isDisplay ? `\\[${source}\\]` : `\\(${source}\\)`))
}

/** What MathJax 2 put before its script: whether there is MathML in it, and what else to take away. */
function renderedBefore(script: PageElement): { isShown: boolean; remains: PageElement[] } {
  const remains: PageElement[] = []
  let before = script.previousElementSibling
  while (before && remains.length < 3 && /^MathJax/.test(before.getAttribute('class') ?? '')) {
    if (before.querySelector('math')) return { isShown: true, remains: [] }
    remains.push(before)
    before = before.previousElementSibling
  }
  return { isShown: false, remains }
}
