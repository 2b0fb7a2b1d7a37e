/** Paragraphs, lists, tables and the like as Markdown (CommonMark 0.31, 4 and 5; tables as GFM). */
import { fenceFor, guardStart, inlineOf } from './markdown-inline.ts'
import { type AnyNode, type Element, holdsBlock, isBlank, isBlock, isTag, textOf } from './tree.ts'

/** Each block by itself, without empty lines around it. */
export function blocksOf(nodes: AnyNode[]): string[] {
  const blocks: string[] = []
  let words: AnyNode[] = []
  const endParagraph = () => {
    blocks.push(...paragraphOf(words))
    words = []
  }
  for (const node of nodes) {
    const standsAlone = isBlock(node) || (isTag(node) && holdsBlock(node))
    if (!standsAlone) {
      words.push(node)
      continue
    }
    endParagraph()
    blocks.push(...blockOf(node))
  }
  endParagraph()
  return blocks
}

function paragraphOf(nodes: AnyNode[]): string[] {
  const lines = inlineOf(nodes)
    .split('\n')
    .map(line => guardStart(line.trim()))
  const text = lines
    .join('\n')
    .replace(/^(?:\\\n)+|(?:\\?\n|\\)+$/g, '')
    .trim()
  return text === '' ? [] : [text]
}

function blockOf(node: Element): string[] {
  const { name, children } = node
  if (/^h[1-6]$/.test(name)) return paragraphOf(children).map(text => `${'#'.repeat(Number(name[1]))} ${oneLine(text)}`)
  if (name === 'ul' || name === 'ol') return listOf(node)
  if (name === 'blockquote') return quoted(blocksOf(children))
  if (name === 'pre') return codeBlock(textOf(children))
  if (name === 'hr') return ['---']
  if (name === 'table') return tableOf(node)
  if (name === 'dt' || name === 'summary') return paragraphOf(children).map(text => `**${text}**`)
  return blocksOf(children)
}

function oneLine(text: string): string {
  return text.replace(/\s*\\?\n\s*/g, ' ')
}

function quoted(blocks: string[]): string[] {
  if (blocks.length === 0) return []
  const lines = blocks.join('\n\n').split('\n')
  return [lines.map(line => (line === '' ? '>' : `> ${line}`)).join('\n')]
}

function codeBlock(code: string): string[] {
  const text = code.replace(/^\n|\s+$/g, '')
  const fence = fenceFor(text, 3)
  return text === '' ? [] : [`${fence}\n${text}\n${fence}`]
}

/** Items of one line each stand close together. */
function listOf(list: Element): string[] {
  const items = list.children.filter(child => !isBlank(child))
  let number = Number(list.attribs.start ?? 1)
  const step = 'reversed' in list.attribs ? -1 : 1
  const written = items.flatMap(item => {
    const blocks = blocksOf(isTag(item) && item.name === 'li' ? item.children : [item])
    if (blocks.length === 0) return []
    const mark = list.name === 'ol' ? `${Math.max(0, number)}. ` : '- '
    number += step
    return [{ text: indented(blocks, mark), isClose: blocks.length === 1 || isNested(blocks) }]
  })
  if (written.length === 0) return []
  const between = written.every(({ isClose }) => isClose) ? '\n' : '\n\n'
  return [written.map(({ text }) => text).join(between)]
}

/** A line with a list below it. */
function isNested([first = '', second = '', ...more]: string[]): boolean {
  return more.length === 0 && !first.includes('\n') && /^(?:- |\d+\. )/.test(second)
}

function indented(blocks: string[], mark: string): string {
  const text = blocks.join(isNested(blocks) ? '\n' : '\n\n')
  const [first = '', ...others] = text.split('\n')
  const gap = ' '.repeat(mark.length)
  return [mark + first, ...others.map(line => (line === '' ? '' : gap + line))].join('\n')
}

/** The first row is the head: GFM knows no table without one. */
function tableOf(table: Element): string[] {
  const rows = rowsOf(table).map(row => row.children.filter(isTag).flatMap(cellOf))
  const width = Math.max(0, ...rows.map(row => row.length))
  if (width === 0) return blocksOf(table.children.filter(child => isTag(child) && child.name === 'caption'))
  // A single cell, or a single column, is a frame that was made of a table.
  if (width === 1)
    return rowsOf(table).flatMap(row => row.children.filter(isTag).flatMap(cell => blocksOf(cell.children)))
  const line = (cells: string[]) => `| ${[...cells, ...Array(width - cells.length).fill('')].join(' | ')} |`
  const [head = [], ...body] = rows
  const caption = table.children.filter(child => isTag(child) && child.name === 'caption')
  const rule = line(Array(width).fill('---'))
  return [...blocksOf(caption), [line(head), rule, ...body.map(line)].join('\n')]
}

function rowsOf(part: Element): Element[] {
  return part.children
    .filter(isTag)
    .flatMap(child => (child.name === 'tr' ? [child] : sections.has(child.name) ? rowsOf(child) : []))
}

const sections = new Set(['thead', 'tbody', 'tfoot'])

/** As many cells as it spans. */
function cellOf(cell: Element): string[] {
  const text = blocksOf(cell.children)
    .map(block => oneLine(block).replace(/^#{1,6} /, ''))
    .join('<br>')
  const span = Math.min(Number(cell.attribs.colspan ?? 1), 50)
  return [text, ...Array(span - 1).fill('')]
}
