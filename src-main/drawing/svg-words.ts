/**
 * The text of an SVG, for the browser to set over the drawn picture with the reader's fonts: the drawing library has none.
 * The result holds only groups and text, so nothing in it can multiply (no `<use>`, no patterns).
 */
import { Parser } from 'htmlparser2'
import { escapeXml } from '../lib/escape.ts'
import { withFewMarks } from '../lib/text-marks.ts'
import { isPlainValue, plainDeclarations, plainSheet } from './svg-style.ts'

export type SvgWords = {
  /** Attributes of the outermost element, as written. */
  root: { viewBox: string | null; preserveAspectRatio: string | null; hasSize: boolean }
  /** Empty for an SVG without text. */
  markup: string
}

const most = { depth: 256, elements: 2_000, letters: 10_000, lettersOfElement: 1_000 }

/** Containers that are kept outside of text, and what is written for each. */
const groups = new Map([
  ['svg', 'svg'],
  ['g', 'g'],
  ['a', 'g'],
  ['switch', 'g'],
])
/** What is kept within text, as `<tspan>`. */
const spans = new Set(['text', 'tspan', 'a', 'textPath'])

const keptNames = new Set(
  (
    'id class x y dx dy rotate width height viewBox preserveAspectRatio transform fill fill-opacity opacity color ' +
    'display visibility font-family font-size font-weight font-style font-variant text-anchor text-decoration ' +
    'dominant-baseline alignment-baseline baseline-shift letter-spacing word-spacing writing-mode direction ' +
    'unicode-bidi textLength lengthAdjust xml:space lang'
  ).split(' '),
)

/** Linear in the text; adds no more after a thousand letters of one text element and ten thousand in all. */
export function svgWords(source: string): SvgWords {
  const collector = new WordCollector()
  const parser = new Parser(
    {
      onopentag: (tag, attributes) => collector.open(tag.slice(tag.indexOf(':') + 1), attributes),
      ontext: text => collector.addText(text),
      onclosetag: () => collector.close(),
    },
    { xmlMode: true, decodeEntities: true },
  )
  parser.end(source)
  return collector.words()
}

type Attributes = Record<string, string>
/** An open element that is kept. `startTag` is null once it is written. */
type Frame = { name: string; startTag: string | null; endTag: string; isInText: boolean }

class WordCollector {
  readonly #root: SvgWords['root'] = { viewBox: null, preserveAspectRatio: null, hasSize: false }
  readonly #stack: Frame[] = []
  #depth = 0
  #markup = ''
  #elements = 0
  #letters = 0
  #lettersOfElement = 0
  /** The depth of the outermost open element that is left out; 0 outside of any. */
  #skippedAt = 0
  /** The style sheet that is being read; null outside of `<style>`. */
  #sheet: string | null = null
  #styles = ''
  /** The `<foreignObject>` that is being read: HTML, of which only the text is kept. */
  #label: { attributes: Attributes; text: string } | null = null

  open(name: string, attributes: Attributes): void {
    this.#depth++
    if (this.#depth === 1) this.#readRoot(attributes)
    else if (this.#skippedAt > 0) return
    else if (this.#depth <= most.depth && this.#isKept(name)) this.#enter(name, attributes)
    else {
      this.#skippedAt = this.#depth
      if (name === 'style') this.#sheet = ''
      // Inside of `<switch>`, SVG text with the same words follows.
      else if (name === 'foreignObject' && this.#top?.name !== 'switch') this.#label = { attributes, text: '' }
    }
  }

  addText(text: string): void {
    if (this.#sheet !== null) this.#sheet += text
    else if (this.#label) {
      if (this.#label.text.length < most.lettersOfElement) this.#label.text += text
    } else if (this.#skippedAt === 0) this.#write(text)
  }

  close(): void {
    this.#depth--
    if (this.#skippedAt === 0) this.#leave()
    else if (this.#depth < this.#skippedAt) this.#endSkipped()
  }

  words(): SvgWords {
    const style = this.#markup && this.#styles ? `<style>${escapeXml(this.#styles)}</style>` : ''
    return { root: this.#root, markup: style + this.#markup }
  }

  get #top(): Frame | undefined {
    return this.#stack.at(-1)
  }

  #readRoot({ viewBox, preserveAspectRatio, width, height }: Attributes): void {
    this.#root.viewBox = viewBox ?? null
    this.#root.preserveAspectRatio = preserveAspectRatio ?? null
    this.#root.hasSize = isLength(width) && isLength(height)
  }

  #isKept(name: string): boolean {
    return this.#top?.isInText ? spans.has(name) : groups.has(name) || name === 'text'
  }

  #enter(name: string, attributes: Attributes): void {
    const isWithinText = this.#top?.isInText === true
    const isInText = isWithinText || name === 'text'
    const tag = isWithinText ? 'tspan' : (groups.get(name) ?? 'text')
    if (isInText) this.#elements++
    if (name === 'text') this.#lettersOfElement = 0
    const startTag = `<${tag}${keptAttributes(attributes, tag)}>`
    this.#stack.push({ name, startTag, endTag: `</${tag}>`, isInText })
  }

  #leave(): void {
    const frame = this.#stack.pop()
    if (frame && frame.startTag === null) this.#markup += frame.endTag
  }

  #write(text: string): void {
    const top = this.#top
    if (!top?.isInText || this.#elements > most.elements) return
    const room = Math.min(most.letters - this.#letters, most.lettersOfElement - this.#lettersOfElement)
    const part = withFewMarks(text).slice(0, room)
    if (part.trim() === '' && top.startTag !== null) return
    this.#letters += part.length
    this.#lettersOfElement += part.length
    this.#writeStartTags()
    this.#markup += escapeXml(part)
  }

  /** Start tags are written with the first word inside: most groups have none. */
  #writeStartTags(): void {
    for (const frame of this.#stack) {
      if (frame.startTag !== null) this.#markup += frame.startTag
      frame.startTag = null
    }
  }

  #endSkipped(): void {
    this.#skippedAt = 0
    if (this.#sheet !== null) this.#styles += plainSheet(this.#sheet)
    this.#sheet = null
    if (this.#label) this.#writeLabel(this.#label.attributes, this.#label.text)
    this.#label = null
  }

  /** As a line in the middle of the `<foreignObject>`. */
  #writeLabel(attributes: Attributes, text: string): void {
    const [x, y, width, height] = ['x', 'y', 'width', 'height'].map(
      name => Number.parseFloat(attributes[name] ?? '0') || 0,
    )
    const middle = { x: String(x! + width! / 2), y: String(y! + height! / 2) }
    this.#enter('text', { ...middle, 'text-anchor': 'middle', 'dominant-baseline': 'central' })
    this.#write(text.replace(/\s+/g, ' ').trim().slice(0, 200))
    this.#leave()
  }
}

function keptAttributes(given: Attributes, tag: string): string {
  const kept: string[] = []
  for (const [name, value] of Object.entries(given)) {
    // The opacity of a group makes a browser render it to a layer as large as the picture.
    const as = name === 'opacity' && tag !== 'text' ? 'fill-opacity' : name
    if (name === 'style') kept.push(` style="${escapeXml(plainDeclarations(value))}"`)
    else if (keptNames.has(as) && isPlainValue(value)) kept.push(` ${as}="${escapeXml(value)}"`)
  }
  return kept.join('')
}

function isLength(value: string | undefined): boolean {
  return value !== undefined && /^\s*[\d.]+\s*[a-z]*\s*$/i.test(value)
}
