/** Text that is taken out of an article, with its formulas as the TeX that they were made of: glyphs without their places say nothing. */

const blocks =
  'p, div, h1, h2, h3, h4, h5, h6, blockquote, pre, li, ul, ol, dl, dt, dd, figure, figcaption, table, tr, details, summary, address, hr, .formula'

/** Null where there is no such formula in it: the browser's own text is as good then. */
export function textWithTex(range: Range): string | null {
  const taken = contentsOf(range)
  let hasTex = false
  for (const math of taken.querySelectorAll('math')) {
    const tex = math.querySelector('annotation')?.textContent
    if (!tex) continue
    hasTex = true
    const sign = math.getAttribute('display') === 'block' ? '$$' : '$'
    math.replaceWith(sign + tex + sign)
  }
  return hasTex ? plainText(taken) : null
}

/** Listens to 'copy' in the frame's document. */
export function copyWithTex(event: ClipboardEvent): void {
  const selection = (event.target as Node).ownerDocument?.getSelection()
  if (!selection || selection.rangeCount === 0 || !event.clipboardData) return
  const range = selection.getRangeAt(0)
  const text = textWithTex(range)
  if (text === null) return
  const box = document.implementation.createHTMLDocument('').createElement('div')
  box.append(contentsOf(range))
  event.clipboardData.setData('text/plain', text)
  // Where MathML is understood, as in text processors, it is a formula.
  event.clipboardData.setData('text/html', box.innerHTML)
  event.preventDefault()
}

/** A formula is taken whole or not at all. */
function contentsOf(range: Range): DocumentFragment {
  const whole = range.cloneRange()
  const first = mathAround(range.startContainer)
  const last = mathAround(range.endContainer)
  if (first) whole.setStartBefore(first)
  if (last) whole.setEndAfter(last)
  return whole.cloneContents()
}

function mathAround(node: Node): Element | null {
  const element = node.nodeType === Node.ELEMENT_NODE ? (node as Element) : node.parentElement
  return element?.closest('math') ?? null
}

function plainText(parent: ParentNode & Node): string {
  return linesOf(parent)
    .replace(/[ \t]*\n[ \t]*/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

function linesOf(parent: Node): string {
  let text = ''
  for (const node of parent.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) text += (node.nodeValue ?? '').replace(/\s+/g, ' ')
    else if (node.nodeName === 'BR') text += '\n'
    else if (node.nodeType === Node.ELEMENT_NODE && node.nodeName !== 'annotation')
      text += (node as Element).matches(blocks) ? `\n\n${linesOf(node)}\n\n` : linesOf(node)
  }
  return text
}
