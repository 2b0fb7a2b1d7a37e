/** Prepares a page's code for Readability, which drops the classes that name its language. */
import { codeAttribute, codeLanguage } from '../sanitize/code-language.ts'
import type { Page, PageElement } from './page.ts'

/** Changes the page: each `<pre>`, and a `<code>` in it, has its language in an attribute that Readability keeps. */
export function keepCodeLanguages(page: Page): void {
  for (const pre of page.querySelectorAll('pre')) {
    const own = codeLanguage(attributesOf(pre), around(pre))
    const inner = pre.querySelector('code')
    const language = own ?? (inner && codeLanguage(attributesOf(inner), []))
    if (language) pre.setAttribute(codeAttribute, language)
  }
}

/** Jekyll names it two elements above. */
function around(pre: PageElement): Record<string, string>[] {
  const outer = [pre.parentElement, pre.parentElement?.parentElement, pre.parentElement?.parentElement?.parentElement]
  return outer.flatMap(element => (element ? [attributesOf(element)] : []))
}

function attributesOf(element: PageElement): Record<string, string> {
  return Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value]))
}
