/** What is done to HTML before it is sanitised: nothing here has to be safe. */

import { escapeHtml } from '../../lib/escape.ts'
import { bareAddress, bareCard } from '../pictures/embeds.ts'
import { flatten } from './flatten.ts'

/** The HTML to read: without marks of CDATA and nesting beyond reason. Takes linear time. */
export function readable(html: string): string {
  return flatten(withLetters(withoutCdataMarks(html)))
}

/** What CDATA holds is the publisher's HTML, escaped once too often; a parser of HTML takes it for a comment. */
function withoutCdataMarks(html: string): string {
  if (!/\[CDATA\[/i.test(html)) return html
  const kept: string[] = []
  let from = 0
  let open = 0
  // A browser that was given such marks writes them as a comment.
  for (const { 0: mark, index } of html.matchAll(/<!(?:--)?\[CDATA\[|\]\](?:--)?>/gi)) {
    if (mark.startsWith('<')) open++
    else if (open === 0) continue
    else open--
    kept.push(html.slice(from, index))
    from = index + mark.length
  }
  kept.push(html.slice(from))
  return kept.join('')
}

/** Letters that are written as numbers, as themselves: none of them is markup, and text is judged in whole runs. */
function withLetters(html: string): string {
  if (!html.includes('&#')) return html
  return html.replace(/&#(?:[xX]([0-9a-fA-F]{2,6})|([0-9]{3,7}));/g, (reference, hex, decimal) => {
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
    const isLetter = code >= 0xa0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)
    return isLetter ? String.fromCodePoint(code) : reference
  })
}

const bare = /(<(?:p|div|figure|li|td|dd|blockquote)(?: [^<>]*)?>\s*)(https?:\/\/[^\s<>"']+)(?=\s*<(?!wbr))/g

/**
 * Sanitised HTML whose bare addresses, alone in their paragraph, are links, as WordPress leaves them of what it would have
 * embedded; to be sanitised again. Null where there are none.
 */
export function withBareLinks(html: string): string | null {
  if (!/>\s*https?:/.test(html)) return null
  const linked = html.replace(bare, (whole, before: string, written: string) => {
    const address = bareAddress(written.replaceAll('&amp;', '&'))
    if (!address) return whole
    const card = bareCard(address)
    const href = escapeHtml(card?.href ?? address)
    return `${before}<a href="${href}"${card ? ' data-embed=""' : ''}>${card ? escapeHtml(card.words) : written}</a>`
  })
  return linked === html ? null : linked
}
