/** Disambiguates the dates of a feed's items together, before each is parsed. */
import { dateOrder } from '../dates/order.ts'
import type { XmlNode } from '../xml/reader.ts'

const dateNames = new Set([
  ...['pubdate', 'date', 'published', 'updated', 'issued', 'created', 'modified', 'lastbuilddate'],
  ...['atom:published', 'atom:updated', 'atom:modified', 'dc:date'],
  ...['dcterms:date', 'dcterms:issued', 'dcterms:created', 'dcterms:modified'],
])

/** Changes the text of the date elements in `items`. `language` is the feed's own. */
export function disambiguateDates(items: XmlNode[], language: string): void {
  const nodes: XmlNode[] = []
  for (const { parts } of items) {
    for (const part of parts ?? []) {
      // Only numeric dates are ambiguous, with two numbers of at most two digits before the year.
      if (typeof part !== 'string' && dateNames.has(part.name) && /\d[/-]\d{1,2}[/-]\d\d/.test(part.text))
        nodes.push(part)
    }
  }
  if (nodes.length === 0) return
  const inOrder = dateOrder(
    nodes.map(node => node.text),
    language,
  )
  for (const node of nodes) node.text = inOrder(node.text)
}
