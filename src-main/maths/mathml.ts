/**
 * MathML of TeX, by temml. What temml makes is not trusted: the markup is written here, from its tree, with the elements and
 * attributes of our own list alone. It is made when an article is shown or exported; what is stored is the publisher's.
 */
import temml from 'temml'
import { keptMathAttributes, mathTags, mathWords } from './elements.ts'
import type { Formula } from './find-tex.ts'

/** One of temml's nodes: an element, a run of text, or a fragment without a name. */
type Node = {
  type?: string
  text?: string
  /** Strings, but for some that are numbers or truths. */
  attributes?: Record<string, unknown>
  classes?: string[]
  style?: Record<string, string>
  children?: Node[]
}

/** How often macros may be expanded in one formula; definitions of one another grow by powers. */
const mostExpansions = 500
const longestDefinition = 300
/** Of markup, in characters, for a formula. */
const longestMarkup = 200_000
/** Elements within each other. Laying out is slower than linear in it. */
const deepest = 60
/** Em in each direction. */
const largestSpace = 20

const options = {
  throwOnError: true,
  trust: false,
  strict: false,
  maxExpand: mostExpansions,
  maxSize: [largestSpace, largestSpace] as [number, number],
}

/**
 * For each formula a `math` element as markup, empty for one that only defines macros, or null where temml cannot read it.
 * Macros hold for those that follow, as on the publisher's page. Stops at `longestMs` of `now`; what is left then is null.
 */
export function mathmlOf(formulas: Formula[], now: () => number, longestMs: number): (string | null)[] {
  const until = now() + longestMs
  const macros: Record<string, unknown> = {}
  return formulas.map(formula => (now() > until ? null : markupFor(formula, macros)))
}

function markupFor({ tex, isDisplay }: Formula, macros: Record<string, unknown>): string | null {
  const { rest, isAny } = withoutDefinitions(readable(tex), macros)
  if (rest === '') return isAny ? '' : null
  const tree = treeOf(rest, isDisplay, macros)
  return tree === null ? null : mathElement(tree, tex, isDisplay)
}

function treeOf(tex: string, displayMode: boolean, macros: Record<string, unknown>): Node | null {
  try {
    return temml.__renderToMathMLTree(tex, { ...options, displayMode, macros }) as Node
  } catch {
    // A command that it does not know, a brace too many: the formula stays as it was written.
    return null
  }
}

/** temml has no eqnarray, and no environment that only says that a formula begins. */
function readable(tex: string): string {
  return tex
    .replace(/^\\begin\{(displaymath|math)\}([\s\S]*)\\end\{\1\}$/, '$2')
    .replace(/\\begin\{eqnarray(\*?)\}([\s\S]*?)\\end\{eqnarray\1\}/g, (_, star: string, body: string) => {
      const aligned = body.replace(/&([^&\\\n]{0,30})&/g, '&$1 ')
      return `\\begin{align${star}}${aligned}\\end{align${star}}`
    })
    .replace(/\\label\{[^{}]*\}/g, '')
}

const definition =
  /^\\(?:(?:re)?newcommand|providecommand|def|gdef|DeclareMathOperator)\*?\s*(?:\{\s*(\\[A-Za-z]+)\s*\}|(\\[A-Za-z]+))\s*(?:\[([1-9])\]|((?:#[1-9]){1,9}))?\s*(?=\{)/

/** Takes what a formula defines before it begins: a publisher's macros stand in one of their own. */
function withoutDefinitions(tex: string, macros: Record<string, unknown>) {
  let rest = tex.trim()
  let isAny = false
  for (let head = definition.exec(rest); head; head = definition.exec(rest)) {
    const end = endOfBraces(rest, head[0].length)
    if (end === null) break
    define(head, rest.slice(head[0].length, end), macros)
    rest = rest.slice(end).trim()
    isAny = true
  }
  return { rest, isAny }
}

function endOfBraces(tex: string, start: number): number | null {
  let open = 0
  for (let at = start; at < tex.length; at++) {
    if (tex[at] === '\\') at++
    else if (tex[at] === '{') open++
    else if (tex[at] === '}' && --open === 0) return at + 1
  }
  return null
}

/** By `\gdef`, which holds beyond its formula and defines a name twice where LaTeX and temml refuse to. */
function define(
  [head, braced, bare, count, parameters]: RegExpExecArray,
  body: string,
  macros: Record<string, unknown>,
) {
  if (body.length > longestDefinition) return
  const name = braced ?? bare
  const taken = parameters ?? Array.from({ length: Number(count ?? 0) }, (_, at) => `#${at + 1}`).join('')
  const meaning = head.startsWith('\\Declare') ? `{\\operatorname${head.includes('*') ? '*' : ''}${body}}` : body
  treeOf(`\\gdef${name}${taken}${meaning}`, false, macros)
}

function mathElement(tree: Node, tex: string, isDisplay: boolean): string | null {
  if (tree.type !== 'math') return null
  const parts = partsWithin(tree)
  if (depthOf(parts) > deepest) return null
  const words = parts.map(markupOf).join('')
  if (words === '' || words.length > longestMarkup) return null
  const inner = parts.length === 1 ? words : `<mrow>${words}</mrow>`
  const annotation = `<annotation encoding="application/x-tex">${escaped(tex)}</annotation>`
  return `<math${isDisplay ? ' display="block"' : ''}><semantics>${inner}${annotation}</semantics></math>`
}

/** Without fragments, which are no elements. */
function partsWithin({ children = [] }: Node): Node[] {
  return children.flatMap(child =>
    child.type === undefined && child.text === undefined ? partsWithin(child) : [child],
  )
}

function depthOf(nodes: Node[]): number {
  let deep = 0
  for (let level = nodes; level.length > 0; deep++) level = level.flatMap(({ children = [] }) => children)
  return deep
}

function markupOf(node: Node): string {
  if (node.text !== undefined) return escaped(node.text)
  const children = node.children ?? []
  if (node.type === undefined) return children.map(markupOf).join('')
  // For screens it is as if it were not there; what it draws, a class says.
  const tag = node.type === 'menclose' ? 'mrow' : node.type
  if (!mathTags.has(tag)) return ''
  const inner = mathWords.has(tag) ? escaped(wordsOf(children)) : partsOf(node).map(markupOf).join('')
  return `<${tag}${attributesOf(tag, node)}>${inner}</${tag}>`
}

function wordsOf(nodes: Node[]): string {
  return nodes.map(({ text, children }) => text ?? wordsOf(children ?? [])).join('')
}

/**
 * temml numbers every equation by a counter of CSS, in a last column. Pages have numbers only where their author asked for them,
 * and a number that no text refers to is noise: those given by `\tag` stay.
 */
function partsOf(node: Node): Node[] {
  const children = node.children ?? []
  if (node.type !== 'mtable' || node.style?.width !== '100%' || hasTag(node)) return children
  return children.map(row => ({ ...row, children: (row.children ?? []).slice(1, -1) }))
}

const hasTag = (node: Node): boolean => (node.classes ?? []).includes('tml-tag') || (node.children ?? []).some(hasTag)

function attributesOf(tag: string, node: Node): string {
  const given = Object.entries(node.attributes ?? {}).map(([name, value]) => [name, String(value)])
  const kept = keptMathAttributes(tag, Object.fromEntries(given))
  const classes = [...(node.classes ?? []).filter(name => drawn.has(name)), ...lines(node)]
  if (tag === 'mtable' && node.style?.width === '100%' && hasTag(node)) classes.push('tml-tagged')
  if (classes.length > 0) kept.class = classes.join(' ')
  return Object.entries(kept)
    .map(([name, value]) => ` ${name}="${escaped(value)}"`)
    .join('')
}

/** The classes that the window's stylesheet knows (article/maths/maths.css). */
const drawn = new Set(
  'tml-left tml-right tml-jot tml-small tml-tag tml-overline tml-underline tml-cancel upstrike downstrike sout tml-xcancel tml-prime mathscr'.split(
    ' ',
  ),
)

/** temml has boxes and the rules of tables as styles, which no policy of ours lets in. */
function lines({ style = {} }: Node): string[] {
  if (style.border) return ['tml-fbox']
  return ['Top', 'Right', 'Bottom', 'Left'].flatMap(side =>
    style[`border${side}`] ? [`tml-rule-${side.toLowerCase()}`] : [],
  )
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, character => references[character]!)
}

const references: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
