/** Changes to HTML before it is sanitised, none of which has to be safe. */
import { escapeHtml } from '../../lib/escape.ts'
import { bareAddress, bareCard } from '../pictures/embeds.ts'
import { flatten } from './flatten.ts'
import { withTexAsText } from './tex-sources.ts'

/** Without CDATA markers and too deep nesting. Takes linear time. */
export function readable(html: string): string {
  return flatten(withLetters(withTexAsText(withoutCdataMarks(html))))
}

/** CDATA contains the publisher's HTML, and an HTML parser would take it for a comment. */
function withoutCdataMarks(html: string): string {
  if (!/\[CDATA\[/i.test(html)) return html
  const kept: string[] = []
  let from = 0
  let open = 0
  // Browsers serialise such markers as comments.
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

/** Decodes numeric references of letters, since text rules look at whole runs of text. None of these is markup. */
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
 * Sanitised HTML in which addresses that are alone in their paragraph are links or cards: WordPress has these for what it embeds.
 * To be sanitised again. Null if there are none.
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
