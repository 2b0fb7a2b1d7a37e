/**
 * The words of an SVG, for the browser to set over the drawn picture: it has the reader's fonts, which the drawing library
 * has not. What comes out is groups and text only, so that nothing in it can multiply.
 */
import { Parser } from 'htmlparser2'
import { escapeXml } from '../lib/escape.ts'
import { isPlainValue, plainDeclarations, plainSheet } from './svg-style.ts'

export type SvgWords = {
  /** Of the outermost element, as written. */
  root: { viewBox: string | null; preserveAspectRatio: string | null; hasSize: boolean }
  /** Empty where it has none. */
  markup: string
}

const most = { depth: 256, elements: 2_000, letters: 10_000, lettersOfOne: 1_000 }

const groups = new Map([
  ['svg', 'svg'],
  ['g', 'g'],
  ['a', 'g'],
  ['switch', 'g'],
])
const spans = new Set(['text', 'tspan', 'a', 'textPath'])

const attributes = new Set(
  (
    'id class x y dx dy rotate width height viewBox preserveAspectRatio transform fill fill-opacity opacity color ' +
    'display visibility font-family font-size font-weight font-style font-variant text-anchor text-decoration ' +
    'dominant-baseline alignment-baseline baseline-shift letter-spacing word-spacing writing-mode direction ' +
    'unicode-bidi textLength lengthAdjust xml:space lang'
  ).split(' '),
)

type Frame = { name: string; close: string; open: string | null; isInText: boolean }

/** Linear in the text; stops adding at a thousand letters of one text and ten thousand in all. */
export function svgWords(source: string): SvgWords {
  const root: SvgWords['root'] = { viewBox: null, preserveAspectRatio: null, hasSize: false }
  const stack: Frame[] = []
  const foreign: { attributes: Record<string, string>; text: string; depth: number }[] = []
  let sheet: string | null = null
  let styles = ''
  let out = ''
  let depth = 0
  let skippedAt = 0
  let elements = 0
  let letters = 0
  let lettersOfOne = 0

  /** A group is written when the first word in it is: most hold none. */
  function openAll(): void {
    for (const frame of stack) {
      if (frame.open !== null) out += frame.open
      frame.open = null
    }
  }

  function enter(name: string, given: Record<string, string>): void {
    const isInText = stack.at(-1)?.isInText === true
    const written = isInText ? 'tspan' : (groups.get(name) ?? 'text')
    if (isInText || name === 'text') elements++
    if (name === 'text') lettersOfOne = 0
    stack.push({
      name,
      close: `</${written}>`,
      open: `<${written}${keptAttributes(given, written)}>`,
      isInText: isInText || name === 'text',
    })
  }

  function write(text: string): void {
    const room = Math.min(most.letters - letters, most.lettersOfOne - lettersOfOne)
    const part = fewMarks(text).slice(0, room)
    if (!stack.at(-1)?.isInText || elements > most.elements) return
    if (part.trim() === '' && stack.at(-1)?.open !== null) return
    letters += part.length
    lettersOfOne += part.length
    openAll()
    out += escapeXml(part)
  }

  function leave(): void {
    const frame = stack.pop()
    if (frame && frame.open === null) out += frame.close
  }

  function writeLabel(given: Record<string, string>, text: string): void {
    const [x, y, width, height] = ['x', 'y', 'width', 'height'].map(name => Number.parseFloat(given[name] ?? '0') || 0)
    const middle = { x: String(x! + width! / 2), y: String(y! + height! / 2) }
    enter('text', { ...middle, 'text-anchor': 'middle', 'dominant-baseline': 'central' })
    write(text.replace(/\s+/g, ' ').trim().slice(0, 200))
    leave()
  }

  const parser = new Parser(
    {
      onopentag(raw, given) {
        const name = raw.slice(raw.indexOf(':') + 1)
        depth++
        if (depth === 1) {
          root.viewBox = given.viewBox ?? null
          root.preserveAspectRatio = given.preserveAspectRatio ?? null
          root.hasSize = isLength(given.width) && isLength(given.height)
          return
        }
        if (skippedAt > 0) return
        const isInText = stack.at(-1)?.isInText === true
        if (depth <= most.depth && (isInText ? spans.has(name) : groups.has(name) || name === 'text')) {
          enter(name, given)
          return
        }
        skippedAt = depth
        if (name === 'style') sheet = ''
        // A `switch` has the same as text of its own.
        else if (name === 'foreignObject' && stack.at(-1)?.name !== 'switch')
          foreign.push({ attributes: given, text: '', depth })
      },
      ontext(text) {
        if (sheet !== null) sheet += text
        else if (foreign[0] && foreign[0].text.length < most.lettersOfOne) foreign[0].text += text
        else if (skippedAt === 0) write(text)
      },
      onclosetag() {
        depth--
        if (skippedAt === 0) leave()
        else if (depth < skippedAt) {
          skippedAt = 0
          if (sheet !== null) styles += plainSheet(sheet)
          sheet = null
          const label = foreign.pop()
          if (label) writeLabel(label.attributes, label.text)
        }
      },
    },
    { xmlMode: true, decodeEntities: true },
  )
  parser.end(source)
  return { root, markup: out && styles ? `<style>${escapeXml(styles)}</style>${out}` : out }
}

function keptAttributes(given: Record<string, string>, written: string): string {
  const kept: string[] = []
  for (const [name, value] of Object.entries(given)) {
    // A layer for a group costs as much as the picture.
    const as = name === 'opacity' && written !== 'text' ? 'fill-opacity' : name
    if (name === 'style') kept.push(` style="${escapeXml(plainDeclarations(value))}"`)
    else if (attributes.has(as) && isPlainValue(value)) kept.push(` ${as}="${escapeXml(value)}"`)
  }
  return kept.join('')
}

function isLength(value: string | undefined): boolean {
  return value !== undefined && /^\s*[\d.]+\s*[a-z]*\s*$/i.test(value)
}

/** A letter under a tower of marks takes a browser seconds. */
function fewMarks(text: string): string {
  return text.replace(/(\p{M}{8})\p{M}+/gu, '$1')
}
