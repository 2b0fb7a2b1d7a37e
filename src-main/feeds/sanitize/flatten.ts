/**
 * Takes out tags nested beyond all reason before a parser sees them, of documents with very many tags only: parsers keep
 * a list of open tags that they search and shift for each tag, so a hundred thousand of them inside each other would take
 * minutes. The words stay.
 */

/** Tags that publishers leave open, and parsers close, as a matter of course: many of them are no depth yet. */
const looseTags = new Set(['p', 'li', 'dd', 'dt', 'tr', 'td', 'th', 'option', 'thead', 'tbody', 'rt', 'rp'])
const voidTags = new Set([
  'img',
  'br',
  'hr',
  'wbr',
  'col',
  'source',
  'input',
  'meta',
  'link',
  'area',
  'base',
  'param',
  'embed',
])
const deepest = 400
const deepestLoose = 4_000
/** Fewer tags than this are no trouble, whatever they do. */
const fewTags = 2_000

/** `html`, where its tags are nested too deep without those that are; otherwise as it is. Takes linear time. */
export function flatten(html: string): string {
  if (!hasManyTags(html)) return html
  let out = ''
  let from = 0
  let depth = 0
  let looseDepth = 0
  let leftOut = 0
  let end = -1
  for (let start = html.indexOf('<'); start >= 0; start = html.indexOf('<', start + 1)) {
    const isClosing = html[start + 1] === '/'
    const name = nameAt(html, start + (isClosing ? 2 : 1))
    if (name === '' && !isClosing && !/[!?]/.test(html[start + 1] ?? '')) {
      // A 'less than' that is not written as one: to the parser each would be a piece of its own.
      out += `${html.slice(from, start)}&lt;`
      from = start + 1
    }
    if (name === '' || voidTags.has(name)) continue
    // One '>' may be what a hundred thousand tags end with: it is looked for once.
    if (end < start) end = html.indexOf('>', start)
    if (end < 0) break
    let isLeftOut = false
    if (isClosing) {
      if (leftOut > 0) {
        leftOut--
        isLeftOut = true
      } else if (looseTags.has(name)) looseDepth = Math.max(0, looseDepth - 1)
      else depth = Math.max(0, depth - 1)
    } else if (html[end - 1] !== '/') {
      if (looseTags.has(name)) looseDepth++
      else depth++
      isLeftOut = depth > deepest || looseDepth > deepestLoose
      if (isLeftOut) {
        leftOut++
        depth = Math.min(depth, deepest)
        looseDepth = Math.min(looseDepth, deepestLoose)
      }
    }
    if (isLeftOut) {
      out += html.slice(from, start)
      from = end + 1
      start = end
    }
  }
  return from === 0 ? html : out + html.slice(from)
}

function hasManyTags(html: string): boolean {
  let tags = 0
  for (let at = html.indexOf('<'); at >= 0 && tags < fewTags; at = html.indexOf('<', at + 1)) tags++
  return tags >= fewTags
}

/** The tag name that starts here, in lower case; empty where none does. */
function nameAt(html: string, start: number): string {
  let end = start
  while (end - start < 20 && isLetter(html.charCodeAt(end))) end++
  return html.slice(start, end).toLowerCase()
}

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90)
}
