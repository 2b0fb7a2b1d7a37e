/** Words within a line as Markdown (CommonMark 0.31, 6). */
import { markdownAddress, markdownWords } from '../../api/reading/markdown.ts'
import { type AnyNode, type Element, elementsOf, isTag, isText, mediumAddress, textOf } from './tree.ts'

/** One line, which begins no list, heading or table by chance. */
export function escapeLine(words: string): string {
  return guardStart(markdownWords(words.replace(/\s+/g, ' ').trim()))
}

/** What means something only where a line begins. */
export function guardStart(line: string): string {
  return line.replace(/^(?=[-+#=])/, '\\').replace(/^(\d{1,9})(?=[.)](?:\s|$))/, '$1\\')
}

export function inlineOf(nodes: AnyNode[]): string {
  let line = ''
  for (const [at, node] of nodes.entries()) {
    if (isText(node)) line += markdownWords(node.data.replace(/\s+/g, ' '))
    else if (isTag(node))
      line += tagOf(node, { before: line.at(-1) ?? '', after: textOf(nodes.slice(at + 1))[0] ?? '' })
  }
  return line
}

type Around = { before: string; after: string }
const strong = { mark: '**', tag: 'strong' }
const stressed = { mark: '*', tag: 'em' }
const struck = { mark: '~~', tag: 'del' }
const emphasis: Readonly<Record<string, typeof strong>> = {
  ...{ b: strong, strong },
  ...{ i: stressed, em: stressed, cite: stressed, dfn: stressed, var: stressed },
  ...{ s: struck, del: struck },
}

function tagOf(node: Element, around: Around): string {
  const { name, children } = node
  const marks = emphasis[name]
  if (marks) return emphasised(inlineOf(children), marks, around)
  if (name === 'a') return linkOf(node)
  if (name === 'img') return pictureOf(node)
  if (name === 'br') return '\\\n'
  if (name === 'code' || name === 'kbd' || name === 'samp') return codeOf(textOf(children))
  if (name === 'sub' || name === 'sup') return `<${name}>${inlineOf(children)}</${name}>`
  if (name === 'q') return `“${inlineOf(children)}”`
  if (name === 'rt') return `(${inlineOf(children)})`
  if (name === 'rp' || name === 'wbr') return ''
  if (name === 'math') return mathOf(node)
  if (name === 'audio' || name === 'video') return playerOf(node)
  return inlineOf(children)
}

/**
 * Marks hold only where they touch the words; where punctuation is on their inner side, a letter on the outer one undoes them
 * (6.2), as in '**“yes”**she said' and all over Japanese. Tags hold anywhere.
 */
function emphasised(words: string, { mark, tag }: { mark: string; tag: string }, { before, after }: Around): string {
  const [, start = '', inner = '', end = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(words) ?? []
  if (inner === '') return words
  const isUndone = (edge: string, outside: string) => /[\p{P}\p{S}]/u.test(edge) && /[^\s\p{P}\p{S}]/u.test(outside)
  const isLoose =
    (start === '' && isUndone(inner[0] ?? '', before)) || (end === '' && isUndone(inner.at(-1) ?? '', after))
  return isLoose ? `${start}<${tag}>${inner}</${tag}>${end}` : `${start}${mark}${inner}${mark}${end}`
}

function linkOf({ attribs, children }: Element): string {
  // The card of a film: where its still is, may be known to its site alone.
  const isCard = attribs['data-embed'] !== undefined
  const words = inlineOf(isCard ? children.filter(child => !isTag(child) || child.name !== 'img') : children)
  const { href = '' } = attribs
  // Places within the article have no names in Markdown.
  if (href === '' || href.startsWith('#')) return words
  return words.trim() === '' ? '' : `[${words}](${markdownAddress(href)})`
}

function pictureOf({ attribs }: Element): string {
  const { src = '', alt = '' } = attribs
  const words = markdownWords(alt.replace(/\s+/g, ' ').trim())
  return src === '' || src.startsWith('data:') ? words : `![${words}](${markdownAddress(src)})`
}

function playerOf(player: Element): string {
  const address = mediumAddress(player)
  return address === null ? '' : `[${markdownWords(address)}](${markdownAddress(address)})`
}

/** The fence is longer than any run of backticks within. */
export function fenceFor(code: string, shortest: number): string {
  const runs = code.match(/`+/g) ?? []
  return '`'.repeat(Math.max(shortest, ...runs.map(run => run.length + 1)))
}

function codeOf(code: string): string {
  const words = code.replace(/\s+/g, ' ')
  if (words.trim() === '') return words
  const fence = fenceFor(words, 1)
  const gap = /^`|`$|^ .* $/.test(words) ? ' ' : ''
  return `${fence}${gap}${words}${gap}${fence}`
}

/** TeX where the formula was made of it. */
function mathOf(math: Element): string {
  const annotations = [...elementsOf(math.children)].filter(({ name }) => name === 'annotation')
  const tex = annotations.find(({ attribs }) => attribs.encoding?.includes('tex'))
  if (!tex) return markdownWords(textOf(math.children).replace(/\s+/g, ' '))
  const fence = math.attribs.display === 'block' ? '$$' : '$'
  return `${fence}${textOf(tex.children).trim()}${fence}`
}
