/**
 * Finds the formulas that a publisher wrote as TeX, for MathJax or KaTeX to show on their page. Precision comes first: a formula
 * that is missed stands there as it was written, but a price or a line of a shell made a formula is spoilt.
 */
import { type Delimiter, type Likeness, mayTouchWords, texLikeness } from './looks-like-tex.ts'

export type Formula = { tex: string; isDisplay: boolean }

/** `[start, end)` in its run of text, with its delimiters. */
export type FoundFormula = Formula & { start: number; end: number }

/** Stands for a broken line (`<br>`); line feeds are white space in HTML. */
export const brokenLine = '\v'

/** In characters. The longest of terrytao.wordpress.com has 900. */
export const longestFormula = 4_000
/** In one article. */
export const mostFormulas = 1_500
/** In one run. A text with more has these signs for another purpose. */
const mostMarks = 10_000

type Candidate = FoundFormula & { delimiter: Delimiter; likeness: Likeness }
type Mark = { kind: string; start: number; end: number }

/** Whether a text may have a formula. Cheap, for the articles that have none. */
export function mayHaveTex(text: string): boolean {
  return /\$[^$]+\$|\\[([]|\\begin\{/.test(text)
}

/**
 * The formulas in each run of text: what stands together in a line, without code. What might be a price as well is a formula only
 * where the article has others with the same delimiters.
 */
export function findTex(runs: string[]): FoundFormula[][] {
  const candidates = runs.map(run => (mayHaveTex(run) ? candidatesIn(run) : []))
  const proved = new Set(
    candidates.flat().flatMap(({ likeness, delimiter }) => (likeness === 'sure' ? [familyOf(delimiter)] : [])),
  )
  let left = mostFormulas
  return candidates.map(own => {
    const found = own.filter(({ likeness, delimiter }) => likeness === 'sure' || proved.has(familyOf(delimiter)))
    const kept = found.slice(0, left)
    left -= kept.length
    return kept.map(({ start, end, tex, isDisplay }) => ({ start, end, tex, isDisplay }))
  })
}

function familyOf(delimiter: Delimiter): string {
  return delimiter.startsWith('$') ? '$' : delimiter
}

const marks = /\\\\|\\\$|\\[()[\]]|\$+|\\(begin|end)\{([a-zA-Z]{1,20}\*?)\}/g
const environments =
  /^(?:equation|align|gather|multline|alignat|eqnarray|displaymath|math|split|aligned|gathered|array|cases|[pbvBV]?matrix)\*?$/

const closers: Readonly<Record<string, string>> = { $: '$', $$: '$$', '\\(': '\\)', '\\[': '\\]' }

function candidatesIn(run: string): Candidate[] {
  const found = marksIn(run)
  const next = new NextOfKind(found)
  const candidates: Candidate[] = []
  for (let at = 0; at < found.length; at++) {
    const open = found[at]!
    const closer = closerOf(open.kind)
    const closing = closer === null ? undefined : next.after(at, closer)
    const close = closing === undefined ? undefined : found[closing]
    if (!close || close.start - open.end > longestFormula) continue
    const candidate = candidateOf(run, open, close)
    if (candidate === null) continue
    candidates.push(candidate)
    at = closing!
  }
  return candidates
}

function marksIn(run: string): Mark[] {
  const found: Mark[] = []
  for (const { 0: mark, 1: edge, 2: environment = '', index } of run.matchAll(marks)) {
    if (mark === '\\\\' || mark === '\\$' || (edge && !environments.test(environment))) continue
    found.push({ kind: edge ? `${edge} ${environment}` : mark, start: index, end: index + mark.length })
    if (found.length >= mostMarks) break
  }
  return found
}

/** The places of the marks by kind, asked from left to right: a text of nothing but opening marks takes no longer than another. */
class NextOfKind {
  readonly #places = new Map<string, number[]>()
  readonly #passed = new Map<string, number>()

  constructor(found: Mark[]) {
    for (const [at, { kind }] of found.entries()) {
      const own = this.#places.get(kind)
      if (own) own.push(at)
      else this.#places.set(kind, [at])
    }
  }

  after(at: number, kind: string): number | undefined {
    const own = this.#places.get(kind) ?? []
    let passed = this.#passed.get(kind) ?? 0
    while (passed < own.length && own[passed]! <= at) passed++
    this.#passed.set(kind, passed)
    return own[passed]
  }
}

function closerOf(kind: string): string | null {
  if (!kind.startsWith('begin ')) return closers[kind] ?? null
  return `end ${kind.slice('begin '.length)}`
}

function candidateOf(run: string, open: Mark, close: Mark): Candidate | null {
  if (open.kind.startsWith('begin ')) {
    const tex = plainTex(run.slice(open.start, close.end))
    return { start: open.start, end: close.end, tex, isDisplay: true, delimiter: 'begin', likeness: 'sure' }
  }
  const delimiter = open.kind as Delimiter
  const written = run.slice(open.end, close.start)
  // WordPress writes '$latex x$'.
  const [prefix = ''] = delimiter === '$' ? (/^latex(?:\s+|(?=\\))/.exec(written) ?? []) : []
  // Two broken lines are a new paragraph.
  if (/\v\s*\v/.test(written)) return null
  const tex = plainTex(written.slice(prefix.length))
  const isBare = delimiter.startsWith('$') && prefix === ''
  if (isBare && !standsAlone(run, open.start, close.end, mayTouchWords(tex))) return null
  const likeness = prefix !== '' && tex.trim() !== '' ? 'sure' : texLikeness(tex, delimiter)
  if (likeness === 'no') return null
  const isDisplay = delimiter === '$$' || delimiter === '\\['
  return { start: open.start, end: close.end, tex: tex.trim(), isDisplay, delimiter, likeness }
}

/** No letter touches the dollars: 'A$5', '$a$b', 'Ke$ha'. '$n$th' and '$x$s' are of formulas. Backticks are of code. */
function standsAlone(run: string, start: number, end: number, mayTouch: boolean): boolean {
  const before = run[start - 1] ?? ''
  if (mayTouch) return !/[\\`]/.test(before) && run[end] !== '`'
  if (/[A-Za-z\d\\`]/.test(before)) return false
  return !/^(?!(?:th|st|nd|rd|s|es|fold)\b)[A-Za-z\d`]/.test(run.slice(end, end + 6))
}

const typography: Readonly<Record<string, string>> = {
  ...{ '’': "'", '‘': "'", '′': "'", '“': '"', '”': '"', '–': '-', '−': '-' },
  ...{ '\u00a0': ' ', '\u2009': ' ', '\u202f': ' ', '\u00ad': '', '\u200b': '', '\ufeff': '' },
}

/** Without what a publishing system made of it: typographic quotation marks, dashes, spaces. */
export function plainTex(written: string): string {
  return written
    .replace(/\s*\v\s*/g, '\n')
    .replace(/[’‘′“”–−\u00a0\u2009\u202f\u00ad\u200b\ufeff]/g, character => typography[character]!)
}
