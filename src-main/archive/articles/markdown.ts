/** One article as Markdown: CommonMark with tables and strikethrough of GFM, and front matter in YAML. Pictures stay where they are. */

import { type LeavingArticle, titleOf } from './leaving.ts'
import { blocksOf } from './markdown-blocks.ts'
import { escapeLine } from './markdown-inline.ts'
import { nodesOf } from './tree.ts'

export function writeMarkdown(article: LeavingArticle): string {
  const body = blocksOf(nodesOf(article.html)).join('\n\n')
  return `${frontMatter(article)}\n# ${escapeLine(titleOf(article))}\n\n${body}\n`
}

/** What is not known is left out. */
function frontMatter(article: LeavingArticle): string {
  const { author, feedTitle, url, publishedAt, updatedAt, language, categories } = article
  const fields: [string, string | string[] | null][] = [
    ['title', titleOf(article)],
    ['source', feedTitle],
    ['author', author],
    ['date', new Date(publishedAt).toISOString()],
    ['updated', updatedAt === null ? null : new Date(updatedAt).toISOString()],
    ['link', url],
    ['language', language],
    ['tags', categories],
  ]
  const known = fields.filter(([, value]) => value !== null && value.length > 0)
  // JSON is YAML 1.2, and needs no rules on which words mean true or a number.
  return `---\n${known.map(([name, value]) => `${name}: ${JSON.stringify(value)}`).join('\n')}\n---\n`
}
