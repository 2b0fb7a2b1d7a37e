/** A digest as plain text: for programs that show no HTML, and for those who read none. */
import type { LeavingArticle } from '../archive/articles/leaving.ts'
import { titleOf } from '../archive/articles/leaving.ts'
import { type AnyNode, type Element, elementsOf, isTag, nodesOf, textOf } from '../archive/articles/tree.ts'
import { collapse } from '../lib/text.ts'

export function letterText(article: LeavingArticle): string {
  const parts = nodesOf(article.html).flatMap(node => (isTag(node) ? linesOf(node) : []))
  return `${titleOf(article)}\n${parts.join('\n')}\n`
}

function linesOf(node: Element): string[] {
  const words = collapse(textOf([node]))
  if (words === '') return []
  if (node.name === 'h2') return ['', '', words.toUpperCase(), '-'.repeat(Math.min(words.length, 60))]
  if (node.name === 'h3') return ['', words, ...addressesOf(node)]
  return [words]
}

function addressesOf(node: AnyNode): string[] {
  return [...elementsOf([node])].flatMap(({ name, attribs }) => (name === 'a' && attribs.href ? [attribs.href] : []))
}
