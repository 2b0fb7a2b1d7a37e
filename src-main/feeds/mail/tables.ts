/** Unfolds tables that only place things: in mail they hold everything, one within the other. Tables of data stay. */
import { type AnyNode, type ChildNode, Element, isTag, isText, type ParentNode, Text } from 'domhandler'
import { allElements, hasPicture, isBlank, nodesOf, replaceWith, textOf } from './tree.ts'

/** Words of a cell that stand beside others in one line: links, names of days. */
const shortCell = 40
/** Of a table that says it is for layout, and is one of data: what it holds in each cell. */
const longestDatum = 60
const blocks = new Set(
  'p div h1 h2 h3 h4 h5 h6 ul ol dl table blockquote pre hr figure center section article header footer'.split(' '),
)
const mark = /^(?:[•●▪◦‣·*–—-]|\d{1,2}[.)]?)$/

type Cell = { element: Element; text: string; hasBlocks: boolean }

/** From the inside out, so that a table around others is looked at when these are none any more. */
export function unfoldTables(root: ParentNode): void {
  const tables = allElements(root).filter(({ name }) => name === 'table')
  const holders = new Set<Element>()
  for (const table of tables) for (const outer of outerTables(table)) holders.add(outer)
  for (const table of tables.toReversed()) unfold(table, holders.has(table))
}

/** Only the next one around it: the others are its own. */
function outerTables(table: Element): Element[] {
  for (let outer = table.parent; outer; outer = outer.parent) if (isTag(outer) && outer.name === 'table') return [outer]
  return []
}

function unfold(table: Element, holdsTables: boolean): void {
  const { rows, captions } = partsOf(table)
  const cells = rows.map(row => row.filter(({ element }) => !isBlank(element)))
  if (
    !isLayout(
      table,
      cells.filter(row => row.length > 0),
      holdsTables,
      captions,
    )
  )
    return
  const blocks = [...captions.map(caption => wrapped('p', caption)), ...cells.flatMap(blocksOf)]
  const kept = placeAttributes(table)
  const isPlain = Object.keys(kept).length === 0
  replaceWith(table, isPlain ? blocks : [new Element('div', kept, blocks as ChildNode[])])
}

function partsOf(table: Element): { rows: Cell[][]; captions: Element[] } {
  const rows: Cell[][] = []
  const captions: Element[] = []
  const open: AnyNode[] = [...table.children].reverse()
  for (let node = open.pop(); node; node = open.pop()) {
    if (!isTag(node)) continue
    if (node.name === 'caption') captions.push(node)
    else if (node.name === 'tr') rows.push(node.children.filter(isTag).map(cellOf))
    // Whatever else stands in a table by mistake stands in a row of its own.
    else if (/^(?:tbody|thead|tfoot|form)$/.test(node.name)) open.push(...[...node.children].reverse())
    else if (!/^col(?:group)?$/.test(node.name)) rows.push([cellOf(node)])
  }
  return { rows, captions }
}

function cellOf(element: Element): Cell {
  const text = textOf(element, 1_000).trim()
  return { element, text, hasBlocks: hasBlocks(element) }
}

function hasBlocks(element: Element): boolean {
  for (const node of nodesOf(element)) if (isTag(node) && blocks.has(node.name)) return true
  return false
}

function isLayout(table: Element, rows: Cell[][], holdsTables: boolean, captions: Element[]): boolean {
  const most = Math.max(0, ...rows.map(row => row.length))
  const isSaid = /^(?:presentation|none)$/i.test(table.attribs.role ?? '')
  if (holdsTables || (most <= 1 && (isSaid || !hasHead(table)))) return true
  if (isSaid) return !isData(rows)
  if (captions.length > 0) return false
  if (rows.every(row => row.length === 2 && mark.test(row[0]!.text))) return true
  return rows.length === 1 || rows.every(row => row.every(({ element }) => hasPicture(element)))
}

/** With names of columns, which one of layout has no use for. */
function hasHead(table: Element): boolean {
  const head = table.children.filter(isTag).find(({ name }) => name === 'thead')
  return head !== undefined && allElements(head).some(element => element.name === 'th' && !isBlank(element))
}

/** Several rows of equally many short texts: prices, dates, results. Many programs say of every table that it is for layout. */
function isData(rows: Cell[][]): boolean {
  const [first] = rows
  if (!first || rows.length < 3 || first.length < 2) return false
  return rows.every(
    row =>
      row.length === first.length &&
      row.every(
        ({ element, text, hasBlocks }) =>
          !hasBlocks && text !== '' && text.length <= longestDatum && !hasPicture(element),
      ) &&
      !mark.test(row[0]!.text),
  )
}

function blocksOf(row: Cell[]): AnyNode[] {
  const [first, second] = row
  if (first && second && row.length === 2 && mark.test(first.text)) {
    // A list made of a table: its mark, and what is said.
    return [blockOf(second.element, `${first.text} `)]
  }
  const isLine = row.length > 1 && row.every(({ text, hasBlocks }) => text.length <= shortCell && !hasBlocks)
  if (!isLine) return row.flatMap(cell => (isOnlyBlocks(cell) ? spliced(cell.element) : [blockOf(cell.element)]))
  const line = new Element('div', {}, [])
  for (const { element } of row) {
    if (line.children.length > 0) append(line, new Text(' '))
    for (const child of [...element.children]) append(line, child)
  }
  return [line]
}

function isOnlyBlocks({ element, hasBlocks }: Cell): boolean {
  if (!hasBlocks || Object.keys(placeAttributes(element)).length > 0) return false
  return element.children.every(child => (isText(child) ? isBlank(child) : !isTag(child) || blocks.has(child.name)))
}

function spliced({ children }: Element): AnyNode[] {
  return children.filter(child => !isText(child) || !isBlank(child))
}

function blockOf(cell: Element, before = ''): Element {
  const block = wrapped('div', cell)
  if (before !== '') {
    let first: Element = block
    // Into the paragraph that follows the mark.
    for (let next = firstElement(first); next && blocks.has(next.name) && next.name !== 'hr'; next = firstElement(next))
      first = next
    const text = new Text(before)
    text.parent = first
    first.children.unshift(text)
  }
  return block
}

function firstElement({ children }: Element): Element | undefined {
  const first = children.find(child => !isText(child) || !isBlank(child))
  return first && isTag(first) ? first : undefined
}

function wrapped(name: string, cell: Element): Element {
  const element = new Element(name, placeAttributes(cell), [])
  for (const child of [...cell.children]) append(element, child)
  return element
}

function append(parent: Element, child: ChildNode): void {
  child.parent = parent
  parent.children.push(child)
}

/** What says in which language and direction it is read. */
function placeAttributes({ attribs }: Element): Record<string, string> {
  return Object.fromEntries(['dir', 'lang', 'id'].flatMap(name => (attribs[name] ? [[name, attribs[name]]] : [])))
}
