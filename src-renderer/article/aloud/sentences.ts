/** The sentences of an article in their order, each with its place in the text. */

/** `range` null: it stands outside of the text, as the headline does. */
export type Sentence = { text: string; range: Range | null }

const blocks =
  'p, li, h1, h2, h3, h4, h5, h6, blockquote, figcaption, caption, td, th, dt, dd, pre, summary, address, figure, div, body'
/** Read already with the word below, or not meant for ears. The body is hidden until its stylesheet is loaded, and read all the same. */
const silent = 'rt, rp, math, annotation, script, style, [hidden]:not(body)'

/** `language` in BCP 47, or empty. */
export function sentencesOf(document: Document, language: string): Sentence[] {
  const segmenter = segmenterFor(language)
  return [...textsByBlock(document).values()].flatMap(nodes => sentencesIn(document, nodes, segmenter))
}

function segmenterFor(language: string): Intl.Segmenter {
  try {
    return new Intl.Segmenter(language || undefined, { granularity: 'sentence' })
  } catch {
    return new Intl.Segmenter(undefined, { granularity: 'sentence' })
  }
}

function textsByBlock(document: Document): Map<Element, Text[]> {
  const texts = new Map<Element, Text[]>()
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) {
    const parent = node.parentElement
    if (!parent || parent.closest(silent)) continue
    const block = parent.closest(blocks) ?? document.body
    const known = texts.get(block)
    if (known) known.push(node)
    else texts.set(block, [node])
  }
  return texts
}

function sentencesIn(document: Document, nodes: Text[], segmenter: Intl.Segmenter): Sentence[] {
  const whole = nodes.map(({ data }) => data).join('')
  return [...segmenter.segment(whole)].flatMap(({ segment, index }) => {
    const text = segment.replace(/\s+/g, ' ').trim()
    // A sentence of nothing but marks would be a pause.
    if (!/[\p{L}\p{N}]/u.test(text)) return []
    const from = index + segment.length - segment.trimStart().length
    return [{ text, range: rangeOf(document, nodes, from, index + segment.trimEnd().length) }]
  })
}

function rangeOf(document: Document, nodes: Text[], from: number, to: number): Range {
  const range = document.createRange()
  let passed = 0
  for (const node of nodes) {
    const end = passed + node.length
    if (from >= passed && from < end) range.setStart(node, from - passed)
    if (to > passed && to <= end) range.setEnd(node, to - passed)
    passed = end
  }
  return range
}
