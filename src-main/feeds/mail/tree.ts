/** Small questions to a tree of HTML, and changes to it. None goes down by calling itself, however deep the tree is. */
import { type AnyNode, type ChildNode, type Element, hasChildren, isTag, isText, type ParentNode } from 'domhandler'

/** In document order. */
export function allElements(root: ParentNode): Element[] {
  return [...nodesOf(root)].filter(isTag)
}

/** All that is below, in document order. What a caller takes out meanwhile is not looked into. */
export function* nodesOf(root: ParentNode): Generator<AnyNode> {
  const open: AnyNode[] = [...root.children].reverse()
  for (let node = open.pop(); node; node = open.pop()) {
    yield node
    if (hasChildren(node)) for (let at = node.children.length - 1; at >= 0; at--) open.push(node.children[at]!)
  }
}

/** The beginning of its text, with one space between words. */
export function textOf(root: ParentNode, longest: number): string {
  let text = ''
  for (const node of nodesOf(root)) {
    if (isText(node)) text += node.data
    else if (isTag(node) && /^(?:br|p|div|td|th|tr|li|h\d)$/.test(node.name)) text += ' '
    if (text.length > longest * 2) break
  }
  return withoutFiller(text).replace(/\s+/g, ' ').trim().slice(0, longest)
}

/** Characters without width and breadth, with which senders fill the line that a mail program shows beside a subject. */
const fillers =
  '\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180e\\u200b-\\u200f\\u2060-\\u2064\\u206a-\\u206f\\ufeff'
const filler = new RegExp(`[${fillers}]`, 'g')
const fillerRun = new RegExp(`[${fillers}\\u00a0\\u2007 ]{8,}`, 'g')

export function withoutFiller(text: string): string {
  return text.replace(filler, '')
}

/** A row of them, with blanks between them, as one space. Single ones join letters, or say where a word may break. */
export function withoutFillerRuns(text: string): string {
  return text.replace(fillerRun, run => (run.length - run.replace(filler, '').length >= 4 ? ' ' : run))
}

/** Whether it shows nothing: no word, no picture, no line. */
export function isBlank(node: ChildNode): boolean {
  if (isText(node)) return withoutFiller(node.data).trim() === ''
  if (!isTag(node)) return true
  if (isShowing(node)) return false
  for (const inner of nodesOf(node)) {
    if (isText(inner) ? withoutFiller(inner.data).trim() !== '' : isTag(inner) && isShowing(inner)) return false
  }
  return true
}

export function hasPicture(element: Element): boolean {
  for (const node of nodesOf(element)) if (isTag(node) && node.name === 'img') return true
  return false
}

function isShowing({ name }: Element): boolean {
  return /^(?:img|hr|video|audio|iframe|object|embed|math|svg|picture)$/.test(name)
}

export function replaceWith(node: ChildNode, nodes: AnyNode[]): void {
  const { parent } = node
  if (!parent) return
  const at = parent.children.indexOf(node)
  if (at < 0) return
  for (const one of nodes) one.parent = parent
  parent.children.splice(at, 1, ...(nodes as ChildNode[]))
  node.parent = null
}

/** Takes nodes out, many at once. */
export function takeOut(nodes: Iterable<ChildNode>): void {
  const gone = new Set<AnyNode>(nodes)
  const parents = new Set([...gone].flatMap(node => node.parent ?? []))
  for (const parent of parents) parent.children = parent.children.filter(child => !gone.has(child))
}
