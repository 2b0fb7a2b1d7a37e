/** The text of the article's frame as one string, and places in it as ranges of its document. */
import type { Span } from '../../../src-main/api/search/matches.ts'
import { mathTags } from '../../../src-main/maths/elements.ts'

/** Elements within a line; all others begin another one, and nothing is found across them. */
const inLine = new Set([
  ...'a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark q rp rt ruby s samp small span'.split(
    ' ',
  ),
  ...'strike strong sub sup time tt u var wbr math'.split(' '),
  ...mathTags,
])

export class PageText {
  readonly text: string
  readonly #page: Document
  readonly #nodes: Text[] = []
  /** Where each node's text begins. */
  readonly #starts: number[] = []

  constructor(page: Document) {
    this.#page = page
    let text = ''
    const walk = (parent: Node): void => {
      for (const node of parent.childNodes) {
        if (node.nodeType === Node.TEXT_NODE) {
          this.#nodes.push(node as Text)
          this.#starts.push(text.length)
          text += (node as Text).data
        } else if (node.nodeType === Node.ELEMENT_NODE && node.nodeName !== 'annotation') {
          const isBlock = !inLine.has((node as Element).localName)
          // No line of a text has this character, and nobody types it.
          if (isBlock) text += '\u0000'
          walk(node)
          if (isBlock) text += '\u0000'
        }
      }
    }
    walk(page.body)
    this.text = text
  }

  rangeOf({ start, end }: Span): Range {
    const range = this.#page.createRange()
    const first = this.#nodeAt(start)
    const last = this.#nodeAt(end - 1)
    range.setStart(this.#nodes[first]!, start - this.#starts[first]!)
    range.setEnd(this.#nodes[last]!, end - this.#starts[last]!)
    return range
  }

  /** The last node that begins at or before this place. */
  #nodeAt(at: number): number {
    let low = 0
    let high = this.#starts.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#starts[middle]! <= at) low = middle + 1
      else high = middle
    }
    return Math.max(0, low - 1)
  }
}
