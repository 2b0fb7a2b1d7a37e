/** Many feeds and pages begin the text with what stands above it already: the headline, who wrote it and when. */
import { type Byline, isByline } from './byline-words.ts'

/** Elements before it that a publisher puts there without words: rules, empty paragraphs, pictures. */
const mostBefore = 4

/** Takes the headline and the byline out where the text begins with them; pictures before them stay. */
export function dropRepeatedHead(body: ParentNode & Node, head: Byline & { title: string }): void {
  dropTitle(body, head.title)
  drop(
    body,
    first =>
      /^(?:p|h[2-6]|address)$/.test(first.localName) && hasMore(body, first) && isByline(first.textContent ?? '', head),
  )
  // Some pages have the byline first.
  dropTitle(body, head.title)
}

function dropTitle(body: ParentNode, title: string): void {
  const wanted = plain(title)
  drop(body, first => wanted !== '' && isHeadline(first) && plain(first.textContent ?? '') === wanted)
}

const hasMore = (body: Node, first: Element): boolean =>
  plain(body.textContent ?? '') !== plain(first.textContent ?? '')

/** A line with a picture is more than its words. */
function drop(body: ParentNode, isRepeated: (first: Element) => boolean): void {
  const first = firstWithWords(body)
  if (first && isRepeated(first) && !first.querySelector('img, video, audio, math')) first.remove()
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
