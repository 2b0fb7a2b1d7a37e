/** Prepares a page's formulas for Readability, which drops the markup of TeX renderers as hidden text, menus or scripts. */
import type { Page, PageElement } from './page.ts'

/** Changes the page: each formula becomes its MathML, or its TeX as text where it has none. */
export function keepFormulas(document: Page): void {
  for (const math of document.querySelectorAll('math')) showMath(math)
  for (const container of document.querySelectorAll('mjx-container')) onlyMath(container)
  for (const script of document.querySelectorAll('script[type^="math/"]')) scriptAsText(document, script)
}

/**
 * In a browser's DOM, MathML elements have no `style`, so Readability never takes them for hidden. In linkedom they have, and
 * pages hide MathML from browsers that cannot show it.
 */
function showMath(math: PageElement): void {
  for (const element of [math, ...math.querySelectorAll('[style]')]) element.removeAttribute('style')
}

/** MathJax 3 and 4: glyphs, and MathML for screen readers. Its class 'CtxtMenu' makes Readability take it for a menu. */
function onlyMath(container: PageElement): void {
  const math = container.querySelector('math')
  if (!math) return
  if (container.getAttribute('display') === 'true') math.setAttribute('display', 'block')
  container.replaceWith(math)
}

/** MathJax 2: the source is in a script; where MathJax has run, its output stands before that script. */
function scriptAsText(document: Page, script: PageElement): void {
  const type = script.getAttribute('type') ?? ''
  const source = script.textContent?.trim() ?? ''
  const { isShown, remains } = renderedBefore(script)
  if (isShown || source === '' || !/^math\/(?:tex|asciimath)\b/.test(type)) return
  for (const element of remains) element.remove()
  const isDisplay = /mode\s*=\s*display/.test(type)
  script.replaceWith(document.createTextNode(isDisplay ? `\\[${source}\\]` : `\\(${source}\\)`))
}

/** The output of MathJax 2 before its script: whether it has MathML, and the elements to remove. */
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
