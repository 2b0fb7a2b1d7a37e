/** The invented sources' articles are written in a few marks, so that the text stays pleasant to read and change. */
import { escapeHtml as xml } from '../../../src-main/lib/escape.ts'

/** Paragraphs, '## ' headings, '> ' quotations, '- ' lists, '| ' tables, '``` ' code and '![words](address)' pictures, as HTML. */
export function htmlOf(text: string): string {
  return text
    .trim()
    .split(/\n\n+/)
    .map(block => blockHtml(block.trim()))
    .join('\n')
}

/** The first paragraph as plain text. */
export function firstParagraph(text: string): string {
  const first = text
    .trim()
    .split(/\n\n+/)
    .find(block => !/^(!|#|>|-|\||```)/.test(block.trim()))
  return (first ?? '').replace(/\s+/g, ' ').replace(/[*_`]/g, '').trim()
}

function blockHtml(block: string): string {
  const lines = block.split('\n').map(line => line.trim())
  const picture = /^!\[([^\]]*)\]\(([^)]*)\)$/.exec(block)
  if (picture) {
    const words = xml(picture[1] ?? '')
    return `<figure><img src="${xml(picture[2] ?? '')}" alt="${words}" width="960" height="540"><figcaption>${words}</figcaption></figure>`
  }
  if (block.startsWith('```')) return `<pre><code>${xml(block.replace(/^```\n?|\n?```$/g, ''))}</code></pre>`
  if (block.startsWith('## ')) return `<h2>${inline(block.slice(3))}</h2>`
  if (block.startsWith('> '))
    return `<blockquote><p>${inline(lines.map(line => line.slice(2)).join(' '))}</p></blockquote>`
  if (block.startsWith('- ')) return `<ul>${lines.map(line => `<li>${inline(line.slice(2))}</li>`).join('')}</ul>`
  if (block.startsWith('| ')) return `<table>${lines.map(tableRow).join('')}</table>`
  return `<p>${inline(lines.join(' '))}</p>`
}

function tableRow(line: string, index: number): string {
  const cell = index === 0 ? 'th' : 'td'
  const cells = line.replace(/^\||\|$/g, '').split('|')
  return `<tr>${cells.map(text => `<${cell}>${inline(text.trim())}</${cell}>`).join('')}</tr>`
}

function inline(text: string): string {
  return xml(text)
    .replace(/\*([^*]+)\*/g, '<em>$1</em>')
    .replace(/`([^`]+)`/g, '<code>$1</code>')
}
