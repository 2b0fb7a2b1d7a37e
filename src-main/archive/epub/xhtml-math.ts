/** MathML as an EPUB may hold it: in its namespace, and with as many parts as each element must have. */
import { type AnyNode, type Element, element, isTag, isText, text, textOf } from '../articles/tree.ts'

const namespace = 'http://www.w3.org/1998/Math/MathML'
const words = new Set(['mi', 'mn', 'mo', 'ms', 'mtext'])
const others = new Set(['mrow', 'msqrt', 'mstyle', 'mphantom', 'mpadded', 'mmultiscripts', 'mprescripts'])
/** MathML 3, 3.1.3: their parts. */
const arity = new Map([
  ...['mfrac', 'msup', 'msub', 'mroot', 'mover', 'munder'].map(name => [name, 2] as const),
  ...['msubsup', 'munderover'].map(name => [name, 3] as const),
])

export function mathOf(math: Element): Element {
  const display = math.attribs.display === 'block' ? { display: 'block' } : undefined
  return element('math', { xmlns: namespace, ...display }, partsOf(math.children))
}

function partsOf(nodes: AnyNode[]): Element[] {
  return nodes.flatMap(node => {
    if (isTag(node)) return [partOf(node)]
    // Words outside of any element would be an error.
    return isText(node) && node.data.trim() !== '' ? [element('mtext', {}, [text(node.data)])] : []
  })
}

function partOf(node: Element): Element {
  const { name } = node
  if (words.has(name)) return element(name, {}, [text(textOf(node.children))])
  if (name === 'mspace') return element('mspace', {}, [])
  if (name === 'mtable') return tableOf(node)
  if (name === 'semantics') return partOf(withoutAnnotations(node))
  const children = partsOf(node.children)
  const wanted = arity.get(name)
  if (wanted !== undefined) return element(children.length === wanted ? name : 'mrow', {}, children)
  return element(others.has(name) ? name : 'mrow', {}, children)
}

/** What the formula was made of is of no use to a reader. */
function withoutAnnotations(semantics: Element): Element {
  return element(
    'mrow',
    {},
    semantics.children.filter(child => !(isTag(child) && child.name === 'annotation')),
  )
}

function tableOf(table: Element): Element {
  const rows = table.children.filter(isTag).map(row => {
    const cells = row.name === 'mtr' ? row.children.filter(isTag) : [row]
    return element(
      'mtr',
      {},
      cells.map(cell => element('mtd', {}, partsOf(cell.name === 'mtd' ? cell.children : [cell]))),
    )
  })
  return element('mtable', {}, rows)
}
