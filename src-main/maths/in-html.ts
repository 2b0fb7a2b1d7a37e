/** The formulas of an article that leaves as a file: what the window does in its document, done in HTML as text. */
import render from 'dom-serializer'
import { type AnyNode, Element, hasChildren, isTag, isText, type ParentNode, Text } from 'domhandler'
import { parseDocument } from 'htmlparser2'
import { brokenLine, type Formula, type FoundFormula, findTex, mayHaveTex, plainTex } from './find-tex.ts'
import { mathmlOf } from './mathml.ts'

/** What an exported article may take over its formulas. */
const longestMs = 10_000

const asItIs = new Set(['pre', 'code', 'kbd', 'samp', 'math'])

/** Children of one parent that stand together in a line: text and broken lines, and where each begins in the text of all. */
type Run = { text: string; pieces: { node: AnyNode; start: number; end: number }[] }

/** What stands in a node's place. */
type Replaced = Map<AnyNode, AnyNode[]>

/**
 * Sanitised HTML with its TeX as MathML, what it was made of beside it. The markup is made of our own list of elements and of
 * escaped text (mathml.ts), so that it is as safe as the HTML around it. `now` in ms.
 */
export function withFormulas<Html extends string>(html: Html, now: () => number): Html {
  if (!mayHaveTex(html) && !html.includes('data-tex=')) return html
  const document = parseDocument(html)
  const runs = runsIn(document)
  const found = findTex(runs.map(({ text }) => text))
  const pictures = picturesIn(document)
  const markups = mathmlOf([...found.flat(), ...pictures.map(({ formula }) => formula)], now, longestMs)
  if (markups.every(markup => markup === null)) return html
  const made = markups.map(markup => (markup === null ? null : (parseDocument(markup).children as AnyNode[])))
  const replaced: Replaced = new Map()
  let at = 0
  for (const [index, run] of runs.entries()) {
    const own = found[index]!
    if (own.length > 0) replaceIn(run, own, made.slice(at, at + own.length), replaced)
    at += own.length
  }
  for (const { picture, formula } of pictures) {
    const math = made[at++]
    if (math) replaced.set(picture, shown(math, formula))
  }
  replaceAll(document, replaced)
  return render(document, { encodeEntities: 'utf8' }) as Html
}

function runsIn(parent: ParentNode): Run[] {
  const runs: Run[] = []
  let run: Run | null = null
  for (const node of parent.children) {
    const text = isText(node) ? node.data : isBreak(node) && run ? brokenLine : null
    if (text !== null) {
      if (run === null) {
        run = { text: '', pieces: [] }
        runs.push(run)
      }
      run.pieces.push({ node, start: run.text.length, end: run.text.length + text.length })
      run.text += text
    } else {
      run = null
      if (hasChildren(node) && !(isTag(node) && asItIs.has(node.name))) runs.push(...runsIn(node))
    }
  }
  return runs
}

const isBreak = (node: AnyNode): boolean => isTag(node) && (node.name === 'br' || node.name === 'wbr')

function picturesIn(document: ParentNode): { picture: Element; formula: Formula }[] {
  return document.children.flatMap(node => {
    if (!isTag(node)) return []
    if (node.name !== 'img') return picturesIn(node)
    const { 'data-tex': mark, alt = '' } = node.attribs
    return mark === undefined ? [] : [{ picture: node, formula: { tex: plainTex(alt), isDisplay: mark === 'block' } }]
  })
}

function replaceIn(run: Run, found: FoundFormula[], made: (AnyNode[] | null)[], replaced: Replaced): void {
  const nodes: AnyNode[] = []
  let from = 0
  for (const [at, formula] of found.entries()) {
    const math = made[at]
    if (!math) continue
    nodes.push(...slice(run, from, formula.start), ...shown(math, formula))
    from = formula.end
  }
  nodes.push(...slice(run, from, run.text.length))
  for (const { node } of run.pieces) replaced.set(node, [])
  replaced.set(run.pieces[0]!.node, nodes)
}

function slice({ pieces }: Run, from: number, to: number): AnyNode[] {
  return pieces.flatMap(({ node, start, end }): AnyNode[] => {
    if (end <= from || start >= to) return []
    return isText(node) ? [new Text(node.data.slice(Math.max(0, from - start), to - start))] : [node]
  })
}

/** A formula on lines of its own in a box, which may scroll. */
function shown(math: AnyNode[], { isDisplay }: Formula): AnyNode[] {
  return isDisplay && math.length > 0 ? [new Element('span', { class: 'formula' }, math)] : math
}

function replaceAll(parent: ParentNode, replaced: Replaced): void {
  parent.children = parent.children.flatMap(node => {
    const by = replaced.get(node)
    if (by) return by
    if (hasChildren(node)) replaceAll(node, replaced)
    return [node]
  }) as typeof parent.children
}
