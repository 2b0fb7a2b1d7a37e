/** The formulas of an article that stand in its text as TeX: each is put into an element of its own, to be replaced. */
import { brokenLine, type Formula, findTex, mayHaveTex, plainTex } from '../../../src-main/maths/find-tex.ts'

/**
 * `element` is the formula as it was written, or its picture; it is out of sight until it is clear what becomes of it
 * (maths.css).
 */
export type Waiting = Formula & { element: HTMLElement }

/** Text that stands together in a line. A line that the publisher broke goes on: publishing systems break formulas, too. */
type Run = { text: string; pieces: { node: Text; start: number }[] }

const asItIs = 'pre, code, kbd, samp, math, [data-tex]'

/** Changes `root`: formulas are in elements. */
export function waitingFormulas(root: ParentNode & Node): Waiting[] {
  const inText = mayHaveTex(root.textContent ?? '') ? formulasInText(root) : []
  const pictures = [...root.querySelectorAll<HTMLElement>('img[data-tex]')].map(element => ({
    tex: plainTex(element.getAttribute('alt') ?? ''),
    isDisplay: element.dataset.tex === 'block' || element.dataset.alone !== undefined,
    element,
  }))
  return [...inText, ...pictures]
}

function formulasInText(root: Node): Waiting[] {
  const runs = runsIn(root)
  const found = findTex(runs.map(({ text }) => text))
  return runs.flatMap((run, at) =>
    found[at]! // From the end: what is put into an element moves what comes after it.
      .toReversed()
      .map(formula => ({ tex: formula.tex, isDisplay: formula.isDisplay, element: enclosed(run, formula) }))
      .reverse(),
  )
}

function runsIn(root: Node): Run[] {
  const runs: Run[] = []
  const begin = (): Run => {
    const run: Run = { text: '', pieces: [] }
    runs.push(run)
    return run
  }
  const collect = (parent: Node) => {
    let run: Run | null = null
    for (const node of parent.childNodes) {
      if (node.nodeType === Node.TEXT_NODE) {
        run ??= begin()
        run.pieces.push({ node: node as Text, start: run.text.length })
        run.text += (node as Text).data
      } else if (isBreak(node)) {
        if (run) run.text += brokenLine
      } else {
        run = null
        if (node.nodeType === Node.ELEMENT_NODE && !(node as Element).matches(asItIs)) collect(node)
      }
    }
  }
  collect(root)
  return runs
}

const isBreak = (node: Node): boolean => node.nodeName === 'BR' || node.nodeName === 'WBR'

function enclosed({ pieces }: Run, { start, end }: { start: number; end: number }): HTMLElement {
  const first = pieces.findLast(piece => piece.start <= start)!
  const last = pieces.findLast(piece => piece.start < end)!
  const document = first.node.ownerDocument
  const range = document.createRange()
  range.setStart(first.node, start - first.start)
  range.setEnd(last.node, end - last.start)
  const element = document.createElement('span')
  element.dataset.tex = ''
  element.append(range.extractContents())
  range.insertNode(element)
  return element
}
