/**
 * Writes an article anew, before the gate of sanitize.ts: addresses made absolute and judged, the real image found, players
 * turned into links, readers' counters left out. What it writes is a plain tree that every parser reads alike.
 */
import { decodeHTML, decodeHTMLAttribute } from 'entities'
import { Parser } from 'htmlparser2'
import { flatten } from '../flatten.ts'
import { type Attributes, keptAttributes } from './sanitize-attributes.ts'
import { bareAddress, bareCard, type Card, embedCard, embeddedFile, embedTags } from './sanitize-embeds.ts'
import { scanOrderly } from './sanitize-scan.ts'
import {
  allowedTags,
  blockTags,
  closedBy,
  droppedWhole,
  mathTags,
  mathWords,
  renamedTags,
  voidTags,
} from './sanitize-tags.ts'
import { type AddressContext, mediaAddress } from './sanitize-url.ts'

/** `text`: what a reader would read, for the index; blocks are set apart by spaces. `media`: addresses shown, each once. */
export type Tidied = { html: string; text: string; media: string[] }

export const largest = 5_000_000
const largestText = 100_000
const deepest = 256
const mostEscapes = 400_000

const blocks = new Set(blockTags)
const wholes = new Set(droppedWhole)
const voids = new Set(voidTags)
const math = new Set(mathTags)
const bareParents = new Set(['p', 'div', 'figure', 'li', 'td', 'dd', 'blockquote'])
const voidEmbeds = new Set(['embed', 'frame'])
const wordsOfMath = new Set(mathWords)
const closers = new Map(Object.entries(closedBy).map(([tag, open]) => [tag, new Set(open)]))

/**
 * What makes a run of text more than plain words between single spaces: references and markup, control characters, other
 * white space. Most runs have none of it, and looking for all at once is what most of this step's time goes to.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const uncommon = /[\0-\x1f&<>\x7f-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]| {2}/

/** An open tag of the input, and what it became; null while it is nothing in the output, or no longer. */
type Open = {
  tag: string
  became: string | null
  /** Of what an image takes its address from where it has none: see `imageCandidates`. */
  given?: Attributes
  /** A card stands for it, and nothing within is needed. */
  isCard?: boolean
}

export function tidy(html: string, context: AddressContext): Tidied {
  const orderly = new Writer(context)
  if (html.length <= largest && scanOrderly(html, orderly)) return orderly.result()
  const writer = new Writer(context)
  // Feeds come from XHTML, too: `<a name="x"/>` must not make a link of all that follows. Entities are decoded here, a run of
  // text at a time: the parser would hand over the pieces between them one by one.
  const parser = new Parser(writer, { decodeEntities: false, recognizeSelfClosing: true })
  parser.write(flatten(html.length > largest ? html.slice(0, largest) : html))
  parser.end()
  return writer.result()
}

class Writer {
  readonly #context: AddressContext
  readonly #media = new Set<string>()
  /** Open tags of the input, and those of the output, innermost last. */
  readonly #stack: Open[] = []
  readonly #written: Open[] = []
  #html = ''
  #text = ''
  #endsInSpace = false
  /** What is written so far, with what it costs the gate to read. */
  #spent = 0
  /** How many tags around this point are dropped whole, are noscript, are math. */
  #dropped = 0
  #noscript = 0
  #math = 0
  /** What a `<picture>` offers before its image. */
  #offered: Attributes[] = []

  constructor(context: AddressContext) {
    this.#context = context
  }

  result(): Tidied {
    return { html: this.#html, text: this.#text.trim(), media: [...this.#media] }
  }

  onopentag(name: string, given: Attributes): void {
    const tag = renamedTags[name] ?? name
    const open: Open = { tag, became: null }
    this.#stack.push(open)
    if (wholes.has(name)) this.#dropped++
    if (name === 'noscript') this.#noscript++
    if (this.#dropped > 0 || this.#spent > largest) return
    if (tag === 'figure' || tag === 'picture' || tag === 'a') open.given = decoded(given)
    if (embedTags.has(name)) this.#writeEmbed(open, decoded(given))
    else if (name === 'param') this.#writeParam(decoded(given))
    else if (math.has(tag)) this.#openMath(open)
    else if (tag === 'source' && this.#parent() === 'picture') this.#offered.push(decoded(given))
    else if (Object.hasOwn(allowedTags, tag) && this.#math === 0) this.#open(open, decoded(given))
  }

  ontext(text: string): void {
    if (this.#dropped > 0 || this.#spent > largest || this.#writeBareAddress(text)) return
    if (!uncommon.test(text)) {
      this.#html += text
      this.#spent += text.length
      this.#addWords(text)
      return
    }
    let clean = withoutControls(text.includes('&') ? decodeHTML(text) : text)
    let written = escaped(clean)
    // An escaped character costs as much as many plain ones: each is a piece of its own to the gate's parser.
    if (written.length - clean.length > mostEscapes) {
      clean = clean.slice(0, mostEscapes / 4)
      written = escaped(clean)
    }
    this.#html += written
    this.#spent += written.length + (written.length - clean.length) * 10
    if (this.#text.length < largestText) this.#addWords(clean.slice(0, largestText).replace(/\s+/g, ' '))
  }

  /** WordPress leaves the bare address of what it would have embedded. */
  #writeBareAddress(text: string): boolean {
    if (!/^\s*https?:/i.test(text) || !bareParents.has(this.#stack.at(-1)?.tag ?? '')) return false
    const address = bareAddress(decodeHTML(text))
    if (!address) return false
    if (this.#writeCard(bareCard(address))) return true
    const link: Open = { tag: 'a', became: null }
    this.#open(link, { href: address })
    if (!link.became) return false
    this.#html += escaped(withoutControls(address))
    this.#addWords(address)
    this.#closeDownTo(link)
    return true
  }

  /** Words between single spaces, to which the text so far may end in one. */
  #addWords(words: string): void {
    if (words === '' || this.#text.length >= largestText) return
    const fitting = words.length > largestText ? words.slice(0, largestText) : words
    this.#text += this.#endsInSpace && fitting.startsWith(' ') ? fitting.slice(1) : fitting
    this.#endsInSpace = fitting.endsWith(' ')
  }

  onclosetag(name: string): void {
    const open = this.#stack.pop()
    if (wholes.has(name)) this.#dropped--
    if (name === 'noscript') this.#noscript--
    if (open?.isCard) this.#dropped--
    if (name === 'picture') this.#offered = []
    if (open?.became) this.#closeDownTo(open)
  }

  #open(open: Open, given: Attributes): void {
    const { tag } = open
    if (this.#written.length >= deepest && !voids.has(tag)) return
    if (tag === 'source' && this.#parent() !== 'audio' && this.#parent() !== 'video') return
    const kept = keptAttributes(tag, given, this.#context, tag === 'img' ? this.#around() : [])
    if (!kept) return
    // The same image again, for those without scripts.
    if (tag === 'img' && this.#noscript > 0 && this.#media.has(kept.src ?? '')) return
    this.#closeImplied(tag)
    // A link within a link, with something between: the outer one leads on.
    if (tag === 'a' && this.#written.some(({ became }) => became === 'a')) return
    for (const address of [kept.src, kept.poster]) if (address) this.#media.add(address)
    this.#write(open, tag, kept)
  }

  #openMath(open: Open): void {
    const parent = this.#written.at(-1)?.became ?? ''
    if (this.#math === 0 || wordsOfMath.has(parent) || this.#written.length >= deepest) return
    this.#write(open, open.tag, {})
  }

  #write(open: Open, tag: string, kept: Attributes): void {
    this.#gap(tag)
    const written = startTag(tag, kept)
    this.#html += written
    this.#spent += written.length + 20
    if (voids.has(tag)) return
    open.became = tag
    this.#written.push(open)
    if (tag === 'math') this.#math++
  }

  #writeEmbed(open: Open, given: Attributes): void {
    const isWritten =
      this.#math === 0 && (this.#writeFile(given) || this.#writeCard(embedCard(open.tag, given, this.#context.base)))
    // What a frame holds is for browsers that have no frames; an object without a card shows what is within.
    if (voidEmbeds.has(open.tag) || (!isWritten && open.tag !== 'iframe')) return
    open.isCard = true
    this.#dropped++
  }

  /** A frame or plug-in that is nothing but a picture, a film or a sound. */
  #writeFile(given: Attributes): boolean {
    const file = embeddedFile(given)
    if (!file || !mediaAddress(file.src, this.#context, file.kind === 'img' ? 'image' : 'sound')) return false
    const open: Open = { tag: file.kind, became: null }
    this.#open(open, { src: file.src, alt: given.title ?? '' })
    if (open.became) this.#closeDownTo(open)
    return true
  }

  /** Where an object has no address of its own, one of its parameters has. */
  #writeParam(given: Attributes): void {
    const object = this.#stack.at(-2)
    if (object?.tag !== 'object' || this.#math > 0) return
    if (!this.#writeCard(embedCard('param', given, this.#context.base))) return
    object.isCard = true
    this.#dropped++
  }

  #writeCard(card: Card | null): boolean {
    if (!card) return false
    const link: Open = { tag: 'a', became: null }
    this.#open(link, { href: card.href, 'data-embed': '' })
    if (!link.became) return false
    this.#html += escaped(withoutControls(card.words))
    this.#addWords(' ')
    this.#closeDownTo(link)
    return true
  }

  #closeImplied(tag: string): void {
    const closes = closers.get(tag)
    if (!closes) return
    for (let last = this.#written.at(-1); last && closes.has(last.became ?? ''); last = this.#written.at(-1)) {
      this.#closeDownTo(last)
    }
  }

  #closeDownTo(open: Open): void {
    for (let last = this.#written.pop(); last; last = this.#written.pop()) {
      if (last.became === 'math') this.#math--
      this.#html += `</${last.became}>`
      this.#gap(last.became ?? '')
      last.became = null
      if (last === open) return
    }
  }

  #gap(tag: string): void {
    if (blocks.has(tag)) this.#addWords(' ')
  }

  #parent(): string | undefined {
    return this.#stack.at(-2)?.tag
  }

  /** What may know the address of an image, innermost first. */
  #around(): Attributes[] {
    const outer = this.#stack.slice(-8, -1).flatMap(({ given }) => (given ? [given] : []))
    return [...this.#offered, ...outer.reverse()]
  }
}

/** In sanitize-html's spelling, so that the gate changes nothing. */
function startTag(tag: string, kept: Attributes): string {
  let written = `<${tag}`
  for (const name in kept) {
    const value = kept[name] ?? ''
    written += value || name === 'alt' ? ` ${name}="${quoted(value)}"` : ` ${name}`
  }
  return written + (voids.has(tag) ? ' />' : '>')
}

function decoded(given: Attributes): Attributes {
  for (const name in given) {
    const value = given[name]
    if (value?.includes('&')) given[name] = decodeHTMLAttribute(value)
  }
  return given
}

function escaped(text: string): string {
  return /[&<>]/.test(text) ? text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;') : text
}

function quoted(value: string): string {
  return escaped(value).replace(/"/g, '&quot;')
}

function withoutControls(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what has to go
  return text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/g, '')
}
