/** Converts plain text to HTML: lines are kept, addresses become links. */
import { escapeHtml, escapeText } from '../../lib/escape.ts'

const longestText = 5_000_000
const longestLink = 4_096

/**
 * Web addresses, with or without scheme, and mail addresses. One ends at white space, angle brackets, quotation marks, and at
 * the punctuation of languages that are written without spaces.
 */
const addresses =
  /(?<![a-z0-9@/._-])(?:(https?:\/\/|www\.)[^\s<>"“”„«»‹›、。，；：！？（）「」『』【】《》〈〉\u200b]+)|(?<![\w.+/@=-])[\w.+-]{1,64}@[\w.-]{4,255}/giu

const opening = new Map([
  [')', '('],
  [']', '['],
  ['}', '{'],
])
const punctuation = new Set(".,;:!?'’*_~|…".split(''))

/** Blank lines separate paragraphs, other newlines become `<br>`. Linear. */
export function textToHtml(text: string): string {
  const lines = text
    .slice(0, longestText)
    .replace(/\r\n?|\u2028/g, '\n')
    .replaceAll('\u2029', '\n\n')
    .trim()
  const paragraphs = lines.split(/\n[^\S\n]*\n\s*/)
  const written = paragraphs.map(paragraph => withLinks(paragraph).replace(/[^\S\n]?\n/g, '<br>\n'))
  return written.length === 1 ? (written[0] ?? '') : written.map(html => `<p>${html}</p>`).join('\n')
}

function withLinks(text: string): string {
  if (!/@|:\/\/|www\./i.test(text)) return escapeText(text)
  let html = ''
  let from = 0
  for (const { 0: found, 1: scheme, index } of text.matchAll(addresses)) {
    const address = withoutPunctuation(found)
    const href = scheme === undefined ? mailAddress(address) : webAddress(address, scheme)
    if (href === null) continue
    html += `${escapeText(text.slice(from, index))}<a href="${escapeHtml(href)}">${escapeText(address)}</a>`
    from = index + address.length
  }
  return html + escapeText(text.slice(from))
}

/** Without punctuation that ends a sentence, and without a closing bracket that was opened before the address. */
function withoutPunctuation(found: string): string {
  // Markdown: [https://a.example](https://b.example)
  const markdown = found.indexOf('](')
  const address = markdown < 0 ? found : found.slice(0, markdown)
  const open = new Map<string, number>()
  for (const character of address) open.set(character, (open.get(character) ?? 0) + 1)
  let end = address.length
  for (; end > 0; end--) {
    const last = address[end - 1] ?? ''
    const partner = opening.get(last)
    const isUnopened = partner !== undefined && (open.get(last) ?? 0) > (open.get(partner) ?? 0)
    if (!isUnopened && !punctuation.has(last)) break
    open.set(last, (open.get(last) ?? 0) - 1)
  }
  return address.slice(0, end)
}

function webAddress(address: string, scheme: string): string | null {
  if (address.length > longestLink) return null
  // http reaches sites without TLS, too; all others redirect to https.
  const whole = scheme.toLowerCase() === 'www.' ? `http://${address}` : address
  const host = URL.parse(whole)?.hostname ?? ''
  return host.includes('.') || host === 'localhost' || host.startsWith('[') ? whole : null
}

function mailAddress(address: string): string | null {
  const host = address.slice(address.indexOf('@') + 1)
  const isHost = /\.[a-z]{2,24}$/i.test(host) && !host.includes('..') && !host.includes('_')
  return isHost && !host.startsWith('.') ? `mailto:${address}` : null
}
