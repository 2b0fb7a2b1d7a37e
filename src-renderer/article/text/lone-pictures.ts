/** Marks the pictures that stand on lines of their own. CSS can't tell: to `:only-child` words beside a picture are none. */

const blocks = new Set([
  ...['p', 'div', 'hr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'pre', 'address', 'ul', 'ol', 'dl'],
  ...['figure', 'details', 'table', 'audio', 'video'],
])

export function markLonePictures(body: ParentNode): void {
  for (const picture of body.querySelectorAll('img')) {
    const { parentElement } = picture
    const link = parentElement?.localName === 'a' && isAlone(picture) ? parentElement : null
    if (isAlone(link ?? picture)) picture.dataset.alone = ''
  }
}

function isAlone(element: Element): boolean {
  return isEdge(neighbour(element, 'previousSibling')) && isEdge(neighbour(element, 'nextSibling'))
}

/** Nothing stands beside it, or what begins a line of its own. */
function isEdge(node: ChildNode | null): boolean {
  return node === null || (node instanceof Element && blocks.has(node.localName))
}

function neighbour(element: Element, side: 'previousSibling' | 'nextSibling'): ChildNode | null {
  let node = element[side]
  while (node && node.nodeType !== Node.ELEMENT_NODE && node.textContent?.trim() === '') node = node[side]
  return node
}
