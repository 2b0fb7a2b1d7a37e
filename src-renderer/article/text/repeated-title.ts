/** Many feeds begin the text with the headline that stands above it already. */

/** Elements before it that a publisher puts there without words: rules, empty paragraphs, pictures. */
const mostBefore = 4

/** Takes the headline out where the text begins with it; pictures before it stay. */
export function dropRepeatedTitle(body: ParentNode, title: string): void {
  const wanted = plain(title)
  if (wanted === '') return
  const first = firstWithWords(body)
  if (!first || !isHeadline(first) || plain(first.textContent ?? '') !== wanted) return
  // A picture within it is no headline.
  if (first.querySelector('img, video, audio')) return
  first.remove()
}

function firstWithWords(body: ParentNode): Element | null {
  let box: ParentNode = body
  for (let depth = 0; depth < 5; depth++) {
    const found = [...box.children].slice(0, mostBefore).find(hasWords)
    if (found?.localName !== 'div') return found ?? null
    // Words beside the boxes are a text of their own.
    if ([...found.childNodes].some(node => node.nodeType === Node.TEXT_NODE && plain(node.textContent ?? '') !== ''))
      return null
    box = found
  }
  return null
}

/** Those under a picture do not count: it may stand above the headline. */
const hasWords = (element: Element): boolean =>
  element.localName !== 'figure' && plain(element.textContent ?? '') !== ''

/** A heading, or a paragraph that is bold or a link from end to end. */
function isHeadline(element: Element): boolean {
  if (/^h[1-6]$/.test(element.localName)) return true
  const inner = element.localName === 'p' ? element.querySelector(':scope > :is(b, strong, a)') : null
  return inner !== null && inner.textContent?.trim() === element.textContent?.trim()
}

/** Letters and digits only: quotation marks, spaces and dashes differ between the two. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
}
