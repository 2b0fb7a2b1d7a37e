/**
 * Removes tags that nest too deep, before parsing: parsers search and shift their list of open tags for each tag, so 100,000
 * nested tags would take minutes. Text is kept.
 */

/** Tags that publishers leave open and parsers close implicitly: many open ones are not nested yet. */
const looseTags = new Set('p li dd dt tr td th option thead tbody rt rp'.split(' '))
const voidTags = new Set('img br hr wbr col source input meta link area base param embed'.split(' '))
const deepest = 400
const deepestLoose = 4_000
/** Fewer tags are no problem, however they nest. */
const fewTags = 2_000

/** `html` without tags beyond the limits of depth; mostly unchanged. Takes linear time. */
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
      // An unescaped `<`: the parser would make a text run of its own for each.
      out += `${html.slice(from, start)}&lt;`
      from = start + 1
    }
    if (name === '' || voidTags.has(name)) continue
    // Searched once, since the same `>` may be the end of 100,000 tags.
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
