/** Plain text as paragraphs with links: quotations, the lines that a program broke, and a signature (RFC 3676). */
import { textToHtml } from '../prepare/plain-text.ts'

/** In letters: as many as in a thick novel. */
export const longestPlain = 500_000
const deepestQuote = 10
/** Columns at which programs break lines. */
const narrowest = 50
const widest = 100

export type PlainText = { text: string; isFlowed: boolean; hasDelSp: boolean }

type Line = { depth: number; text: string }

export function plainToHtml({ text, isFlowed, hasDelSp }: PlainText): string {
  const given = text.replace(/\r\n?/g, '\n').trimEnd().split('\n')
  const { body, signature } = withoutSignature(given)
  const lines = isFlowed ? unfolded(body, hasDelSp) : rejoined(body.map(quoted))
  const signed = signature.join('\n').trim()
  return blocksOf(lines) + (signed === '' ? '' : `<hr><p>${inParagraph(textToHtml(signed))}</p>`)
}

/** What follows the last line `-- ` of the message itself, if that is its end and no second text. */
function withoutSignature(lines: string[]): { body: string[]; signature: string[] } {
  const at = lines.lastIndexOf('-- ')
  const isShort = at >= 0 && lines.length - at <= 20
  return isShort ? { body: lines.slice(0, at), signature: lines.slice(at + 1) } : { body: lines, signature: [] }
}

/** `> > text` and `>> text` are quoted twice. */
function quoted(line: string): Line {
  const marks = /^>(?: ?>)*/.exec(line)?.[0] ?? ''
  const depth = marks.replaceAll(' ', '').length
  return { depth: Math.min(depth, deepestQuote), text: depth > 0 ? line.slice(marks.length).replace(/^ /, '') : line }
}

/** format=flowed: a line that ends in a space goes on, where the next is quoted as often. */
function unfolded(lines: string[], hasDelSp: boolean): Line[] {
  const whole: { depth: number; pieces: string[] }[] = []
  let goesOn = false
  for (const line of lines) {
    const marks = /^>*/.exec(line)?.[0].length ?? 0
    const text = line.slice(marks).replace(/^ /, '')
    const depth = Math.min(marks, deepestQuote)
    const last = whole.at(-1)
    const isEnd = text === '-- '
    if (last && goesOn && last.depth === depth && !isEnd) last.pieces.push(text)
    else whole.push({ depth, pieces: [text] })
    goesOn = text.endsWith(' ') && !isEnd
    const own = whole.at(-1)!
    if (goesOn && hasDelSp) own.pieces[own.pieces.length - 1] = text.slice(0, -1)
  }
  return whole.map(({ depth, pieces }) => ({ depth, text: pieces.join('') }))
}

/**
 * Lines joined again that a program broke: the next word would not have fitted within the longest line. Lists, addresses, verses
 * and tables have lines that end earlier, or begin with a mark or a space.
 */
function rejoined(lines: Line[]): Line[] {
  const width = widthOf(lines)
  const whole: { depth: number; pieces: string[]; last: string }[] = []
  for (const { depth, text } of lines) {
    const before = whole.at(-1)
    const word = /^\S+/.exec(text)?.[0] ?? ''
    const isNext = before !== undefined && before.depth === depth && before.last.length >= narrowest / 2
    const isBroken = isNext && width > 0 && word !== '' && before.last.length + 1 + word.length > width
    if (isBroken && !/^(?:[-*•+–—=_#|>]|\d{1,3}[.)]|\[\d)/.test(text) && !/^https?:\/\/\S+$/.test(before.last)) {
      before.pieces.push(text)
      before.last = text
    } else whole.push({ depth, pieces: [text], last: text })
  }
  return whole.map(({ depth, pieces }) => ({ depth, text: pieces.join(' ') }))
}

/** The column at which lines were broken; 0 where they were not. */
function widthOf(lines: Line[]): number {
  const lengths = lines.map(({ text }) => (/\s/.test(text.trim()) ? text.length : 0))
  const longest = lengths.reduce((a, b) => Math.max(a, b), 0)
  return longest >= narrowest && longest <= widest ? longest : 0
}

/** Paragraphs, and quotations within each other. */
function blocksOf(lines: Line[]): string {
  let html = ''
  let depth = 0
  let block: string[] = []
  const write = () => {
    const text = block.join('\n')
    block = []
    if (text.trim() === '') return
    const made = textToHtml(text)
    html += made.startsWith('<p>') ? made : `<p>${made}</p>`
  }
  for (const line of lines) {
    if (line.depth !== depth) {
      write()
      html +=
        line.depth > depth ? '<blockquote>'.repeat(line.depth - depth) : '</blockquote>'.repeat(depth - line.depth)
      depth = line.depth
    }
    block.push(line.text)
  }
  write()
  return html + '</blockquote>'.repeat(depth)
}

/** Several paragraphs as one, with lines between them. */
function inParagraph(html: string): string {
  return html.replaceAll('</p>\n<p>', '<br>').replace(/<\/?p>/g, '')
}

const sealed = '-----BEGIN PGP MESSAGE-----'
const signed = '-----BEGIN PGP SIGNED MESSAGE-----'
const signature = '-----BEGIN PGP SIGNATURE-----'

/** A text without the signature that is written around it (RFC 9580, 7); null for one that is encrypted. */
export function withoutArmour(text: string): string | null {
  const start = text.slice(0, 2_000).trimStart()
  if (start.startsWith(sealed)) return null
  if (!start.startsWith(signed)) return text
  const lines = text.slice(text.indexOf(signed) + signed.length).split(/\r?\n/)
  // After fields as `Hash: SHA512` an empty line.
  const first = lines.findIndex((line, at) => at > 0 && line.trim() === '')
  const end = lines.indexOf(signature)
  return lines
    .slice(first + 1, end < 0 ? undefined : end)
    .map(line => (line.startsWith('- ') ? line.slice(2) : line))
    .join('\n')
}
