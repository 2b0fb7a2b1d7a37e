/** Repairs lists: items outside of a list and other elements directly in one make a screen reader count wrong. */

/** Moves every stray item into a list, and every other child of a list into an item. The order stays. */
export function mendLists(body: DocumentFragment): void {
  for (const list of body.querySelectorAll('ul, ol')) takeIn(list, 'li', 'li')
  for (const list of body.querySelectorAll('dl')) takeIn(list, 'dt, dd, div:has(> dt, > dd)', 'dd')
  gather(body, 'li', 'ul', 'ul, ol')
  gather(body, 'dt, dd', 'dl', 'dl, dl > div')
}

/** A child that is no item, such as a nested list between two items, moves into the item before it. */
function takeIn(list: Element, items: string, itemName: string): void {
  let last = null as Element | null
  for (const node of [...list.childNodes]) {
    if (isMatch(node, items)) last = node as Element
    else if (!isBlank(node)) {
      if (last?.localName !== itemName) {
        last = document.createElement(itemName)
        node.before(last)
      }
      last.append(node)
    }
  }
}

/** Items that follow each other without a list around them get one. */
function gather(body: DocumentFragment, items: string, listName: string, parents: string): void {
  for (const item of body.querySelectorAll(items)) {
    if (item.parentElement?.matches(parents)) continue
    const list = document.createElement(listName)
    item.before(list)
    let next: ChildNode | null = item
    while (next && (isBlank(next) || isMatch(next, items))) {
      const following: ChildNode | null = next.nextSibling
      list.append(next)
      next = following
    }
  }
}

const isBlank = (node: Node): boolean =>
  node.nodeType !== Node.ELEMENT_NODE && (node.nodeType !== Node.TEXT_NODE || node.textContent?.trim() === '')

const isMatch = (node: Node, selector: string): boolean =>
  node.nodeType === Node.ELEMENT_NODE && (node as Element).matches(selector)
