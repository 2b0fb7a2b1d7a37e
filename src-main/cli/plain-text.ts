/** Article HTML as text for a terminal: paragraphs, lists and nothing that moves the cursor. */
import { Parser } from 'htmlparser2'

const blocks =
  /^(?:p|div|section|article|header|footer|h[1-6]|ul|ol|li|blockquote|pre|table|tr|figure|figcaption|hr|dl|dt|dd)$/

export function plainText(html: string): string {
  let text = ''
  let preformatted = 0
  /** The TeX of a formula, which stands there once as MathML. */
  let annotations = 0
  const parser = new Parser(
    {
      onopentag(name, { alt }) {
        if (name === 'pre') preformatted++
        if (name === 'annotation') annotations++
        if (name === 'br') text += '\n'
        else if (name === 'li') text += '\n- '
        else if (name === 'td' || name === 'th') text += '\t'
        else if (name === 'img' && alt) text += `[${alt}]`
        else if (blocks.test(name)) text += '\n\n'
      },
      ontext(part) {
        if (annotations > 0) return
        text += preformatted > 0 ? part : part.replace(/\s+/g, ' ')
      },
      onclosetag(name) {
        if (name === 'pre') preformatted--
        if (name === 'annotation') annotations--
        if (name !== 'li' && blocks.test(name)) text += '\n\n'
      },
    },
    { decodeEntities: true },
  )
  parser.end(html)
  return text
    .replace(/[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/gu, '')
    .replace(/[ \t]*\n[ \t]*/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}
