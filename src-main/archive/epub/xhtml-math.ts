/** MathML as an EPUB may hold it: in its namespace, and with as many parts as each element must have. */
import { keptMathAttributes } from '../../maths/elements.ts'
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
  const attributes = attributesOf(node)
  if (words.has(name)) return element(name, attributes, [text(textOf(node.children))])
  if (name === 'mspace') return element('mspace', attributes, [])
  if (name === 'mtable') return tableOf(node)
  if (name === 'semantics') return partOf(withoutAnnotations(node))
  const children = partsOf(node.children)
  const wanted = arity.get(name)
  if (wanted !== undefined)
    return children.length === wanted ? element(name, attributes, children) : element('mrow', {}, children)
  return others.has(name) ? element(name, attributes, children) : element('mrow', {}, children)
}

/** `mrow` has none in MathML 3, which books are checked by. */
function attributesOf({ name, attribs }: Element): Record<string, string> {
  if (name === 'mrow') return {}
  const [, side] = name === 'mtd' ? (/\btml-(left|right)\b/.exec(attribs.class ?? '') ?? []) : []
  return { ...keptMathAttributes(name, attribs), ...(side && { columnalign: side }) }
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
      cells.map(cell =>
        cell.name === 'mtd'
          ? element('mtd', attributesOf(cell), partsOf(cell.children))
          : element('mtd', {}, partsOf([cell])),
      ),
    )
  })
  return element('mtable', {}, rows)
}
