/**
 * Our rules for one pass of sanitize-html, as its callbacks: what each tag becomes, its attributes, the text. The library parses,
 * writes and enforces its allow-list; these rules only leave out or rebuild.
 */
import { articleIdPrefix } from '../../api/model.ts'
import { escapeText } from '../../lib/escape.ts'
import { blockTags } from '../../lib/html-text.ts'
import { keptMathAttributes, mathTags, mathWords } from '../../maths/elements.ts'
import { type Card, embedCard, embeddedFile, embedTags } from '../pictures/embeds.ts'
import { isLazy } from '../pictures/images.ts'
import { isBlurOf } from '../pictures/placeholders.ts'
import { TextRules, unescaped } from '../words/text.ts'
import { TextWithHidden } from '../words/text-with-hidden.ts'
import { type Attributes, keptAttributes } from './attributes.ts'
import { ElementBudget } from './budget.ts'
import { findDoubles } from './doubles.ts'
import { Findings } from './findings.ts'
import { isHidden } from './hidden.ts'
import { attributesAround, mayHold, OpenTag } from './open-tag.ts'
import { allowedTags, closedBy, droppedWhole, voidTags } from './tags.ts'
import { type AddressContext, copyableAddress, fragmentWithin, isTime, mediaAddress } from './urls.ts'

const deepest = 256
const largest = 5_000_000
/** A limit, since for each the library copies all of its output so far. */
const mostTakenBack = 200
const longestLinkWords = 5_000

const ruby = new Set(['ruby', 'rb', 'rt', 'rp', 'rtc'])

type Decision = { tagName: string; attribs: Attributes; text?: string | undefined }

/** Not in the allow-list: sanitize-html leaves out the tag and keeps its content. */
const leftOut = '-'

export class Pass {
  /** What another pass needs to know. */
  readonly found = new Findings()
  readonly media = new Set<string>()
  readonly links = new Set<string>()
  readonly #context: AddressContext
  /** Of the pass before. */
  readonly #given: Findings
  readonly #hasFormulas: boolean
  readonly #budget = new ElementBudget()
  readonly #texts = new TextRules()
  readonly #stack: OpenTag[] = []
  readonly #written: OpenTag[] = []
  readonly #places = new Set<number>()
  #opened = 0
  #runs = 0
  #spent = 0
  // How many open tags are left out with their content, hidden, `math`, `noscript`.
  #silent = 0
  #hidden = 0
  #math = 0
  #noscript = 0
  /** Addresses of the cards so far. */
  readonly #cards = new Set<string>()
  /** The last picture, while no text comes after it: it may be the blurred form of the next one. */
  #lastPicture: { number: number; src: string } | null = null
  #copied = 0
  #takenBack = 0
  /** Whether the tag that just closed is removed from the output, without its content. */
  isTakenBack = false
  readonly #textWithHidden = new TextWithHidden()
  #decided: string | null = null
  #isCard = false

  constructor(context: AddressContext, given: Findings, hasFormulas: boolean) {
    this.#context = context
    this.#given = given
    this.#hasFormulas = hasFormulas
  }

  get text(): string {
    return this.#texts.text
  }

  /** The text with hidden words; null if none are hidden. */
  get textWithHidden(): string | null {
    return this.#textWithHidden.words
  }

  /** Called when the article ends. */
  ends(): void {
    this.found.isCrowded = this.#texts.isCrowded
    this.found.numberPlaces()
  }

  /** Called for every tag, also those that are dropped whole. */
  opens(name: string, given: Attributes): void {
    this.#stack.push(new OpenTag(name, given, this.#opened++))
    if (name === 'noscript') this.#noscript++
    this.#separate(this.#stack.at(-1)!)
    this.#decided = null
  }

  /** Called for a tag of our list, before `name`, which returns the tag name that is decided here. */
  decide(): Decision {
    const decision = this.#decision()
    this.#decided = decision.tagName
    return { tagName: leftOut, attribs: decision.attribs, text: decision.text }
  }

  /**
   * Called for every tag that is not dropped whole. The library keeps the new name of a tag that it leaves out and gives it to
   * the next one at that depth without a new name, so every tag gets one here.
   */
  name(name: string, attribs: Attributes): Decision {
    if (this.#decided !== null) return { tagName: this.#decided, attribs }
    const decision = this.#decision()
    return { tagName: decision.tagName === leftOut ? name : decision.tagName, attribs: decision.attribs }
  }

  closes(): void {
    const open = this.#stack.pop()
    if (!open) return
    this.isTakenBack = open.isTakenBack
    if (open.tag === 'noscript') this.#noscript--
    this.#separate(open)
    if (open.isSilent) this.#silent--
    if (open.isHidden && open.tag !== 'math') this.#hidden--
    if (open.copied) {
      this.#copied--
      const { address, words, lastText } = open.copied
      this.found.seesAddress(open.number, address, words, lastText)
    }
    if (this.#hasFormulas) findDoubles(open, this.#stack.at(-1), this.found.doubles)
    if (open.written === null) return
    if (open.written === 'math') this.#math--
    const isPlayer = open.written === 'audio' || open.written === 'video'
    if (isPlayer && !open.sources) this.found.emptyPlayers.add(open.number)
    if (!voidTags.has(open.written)) this.#written.pop()
    this.#gap(open.written)
  }

  /** Called for a run of text, escaped by the library; returns what to write. */
  writes(escaped: string): string {
    const isCard = this.#isCard
    this.#isCard = false
    const run = isCard ? -1 : this.#runs++
    const isWithheld = !isCard && (this.#silent > 0 || (this.#hidden > 0 && this.#math === 0))
    if (!isCard && !(isWithheld && this.#isOfPlayer())) this.#textWithHidden.add(escaped, isWithheld)
    if (isWithheld || this.#spent > largest) return ''
    if ((this.#lastPicture || this.#hasFormulas) && /\S/.test(escaped)) {
      this.#lastPicture = null
      this.#tracks()
    }
    if (this.#copied > 0) this.#copies(escaped, run)
    if (this.#written.at(-1)?.written === 'annotation') return this.#note(escaped)
    const address = this.#given.addresses.get(run)
    const words = address === undefined ? escaped : withAddress(escaped, address)
    const written = this.#texts.write(words, this.#math > 0, !isCard || this.#silent === 0)
    this.#spent += written.length
    return written
  }

  /** The text of an annotation, which is not shown and no part of the article's text. */
  #note(escaped: string): string {
    const words = escaped.replace(/[^\P{C}\s]/gu, '')
    this.#spent += words.length
    return words
  }

  #decision(): Decision {
    const open = this.#stack.at(-1)!
    const { tag, given } = open
    if (droppedWhole.has(tag)) return { tagName: tag, attribs: {} }
    const parent = this.#stack.at(-2)
    if (tag === 'source' && parent?.tag === 'picture') parent.sources = [...(parent.sources ?? []), given].slice(0, 50)
    if (this.#spent > largest || (this.#silent > 0 && tag !== 'source')) return out
    if (this.#given.doubles.has(open.number)) return this.#silence(open)
    if (tag !== 'img' && !this.#given.showsHidden && isHidden(open.name, given)) {
      open.isHidden = true
      this.found.hasHidden = true
      if (tag !== 'math') this.#hidden++
    }
    if (this.#hidden > 0 && tag !== 'math' && this.#math === 0 && !(tag === 'img' && isLazy(given))) return out
    if (embedTags.has(tag) || tag === 'param') return this.#embed(open)
    if (this.#given.emptyPlayers.has(open.number) || (this.#given.isCrowded && ruby.has(tag))) return out
    const wordless = this.#given.wordless.get(open.number)
    if (wordless !== undefined) return this.#card(open, 'code', {}, wordless)
    const attribs = this.#attributes(open)
    return attribs ? this.#place(open, attribs) : out
  }

  /** The tag to write and its attributes; null if it is left out. */
  #attributes(open: OpenTag): { tag: string; kept: Attributes } | null {
    const { tag, given } = open
    const isMath = mathTags.has(tag)
    const parent = this.#written.at(-1)?.written ?? ''
    let kept: Attributes | null = null
    if (isMath || this.#math > 0) {
      // Only MathML inside of `math`, and none outside.
      if (!isMath || this.#math === 0 || mathWords.has(parent)) return null
      if (tag === 'annotation' && !this.#mayAnnotate(open)) return null
      return { tag, kept: tag === 'annotation' ? { encoding: 'application/x-tex' } : keptMathAttributes(tag, given) }
    }
    if (tag === 'source' && parent !== 'audio' && parent !== 'video') return null
    if (tag === 'a') kept = this.#link(open)
    else if (Object.hasOwn(allowedTags, tag)) {
      kept = keptAttributes(tag, given, this.#context, attributesAround(tag, this.#stack))
    }
    if (tag === 'img' && this.#noscript + this.#hidden > 0 && this.media.has(kept?.src ?? '')) kept = null
    if (tag === 'img' && kept?.src) this.#seesPicture({ number: open.number, src: kept.src })
    const place = this.#placeOf(tag, given)
    if (place !== null) return { tag: kept ? tag : 'span', kept: { ...kept, id: place } }
    return kept ? { tag, kept } : null
  }

  /** Only the TeX of a formula, where browsers do not show it: after the first child of `semantics`. */
  #mayAnnotate(open: OpenTag): boolean {
    const around = this.#written.at(-1)
    const isTex = /^(?:application|text)\/x-(?:la)?tex$/i.test(open.given.encoding ?? '')
    if (isTex && around?.written === 'semantics' && around.isBegun && this.#stack.at(-2) === around) return true
    this.#silence(open)
    return false
  }

  #link(open: OpenTag): Attributes | null {
    const { given } = open
    if (given.href === undefined) return null
    const inner = fragmentWithin(given.href, this.#context)
    if (inner) {
      this.found.fragments.add(inner.fragment)
      const place = this.#given.places.get(inner.fragment)
      if (place !== undefined)
        return { ...keptAttributes('span', given, this.#context), href: `#${articleIdPrefix}${place}` }
      if (inner.isBare && !isTime(inner.fragment)) return null
    }
    const kept = keptAttributes('a', given, this.#context)
    if (kept) return kept
    const address = copyableAddress(given.href, this.#context)
    if (address !== null) {
      open.copied = { address, words: '', lastText: null }
      this.#copied++
    }
    return null
  }

  /** The id of an element that a link in the article leads to; null for any other. */
  #placeOf(tag: string, given: Attributes): string | null {
    const id = given.id || (tag === 'a' ? given.name : '') || ''
    if (id === '') return null
    this.found.ids.add(id)
    const number = this.#given.places.get(id)
    if (number === undefined || this.#places.has(number)) return null
    this.#places.add(number)
    return `${articleIdPrefix}${number}`
  }

  /** Writes a tag, if it may stand here. */
  #place(open: OpenTag, { tag, kept }: { tag: string; kept: Attributes }): Decision {
    const isVoid = voidTags.has(tag)
    if ((!isVoid && this.#written.length >= deepest) || !this.#fits(tag) || !this.#budget.pays(tag)) {
      if (blockTags.has(tag)) this.#texts.gap(false)
      return out
    }
    const around = this.#written.at(-1)
    if (around) around.isBegun = true
    open.written = tag
    if (kept.src) this.media.add(kept.src)
    if (kept.poster) this.media.add(kept.poster)
    if (kept.href) this.links.add(kept.href)
    if (tag === 'source') this.#stack.at(-2)!.sources ??= []
    if (tag === 'math') this.#math++
    if (tag === 'ruby') this.#texts.seesRuby()
    if (tag === 'audio' || tag === 'video') {
      if (kept.src) open.sources = []
      open.isSilent = true
      this.#silent++
    }
    this.#gap(tag)
    if (around && closedBy.has(tag)) around.held = (around.held ?? new Set()).add(tag)
    if (!isVoid) this.#written.push(open)
    this.#spent += 20
    for (const name in kept) this.#spent += name.length + (kept[name]?.length ?? 0) + 4
    return { tagName: tag, attribs: kept }
  }

  /**
   * Whether parsers would keep the open tags open here. They may not where a tag between them was left out. An open paragraph is
   * then removed; of other tags, and of nested links, the outer one stays.
   */
  #fits(tag: string): boolean {
    if (tag === 'a' && this.#written.some(({ written }) => written === 'a')) return false
    const closes = closedBy.get(tag)
    for (
      let parent = this.#written.at(-1);
      parent && closes?.has(parent.written ?? '');
      parent = this.#written.at(-1)
    ) {
      const outer = this.#written.at(-2)
      if (parent.written !== 'p' || this.#takenBack >= mostTakenBack || !mayHold(outer, parent.held)) return false
      this.#takenBack++
      this.#written.pop()
      parent.written = null
      parent.isTakenBack = true
      if (outer && parent.held) outer.held = new Set([...(outer.held ?? []), ...parent.held])
    }
    return true
  }

  /** Embedded content becomes a media tag or a card. */
  #embed(open: OpenTag): Decision {
    const { tag, given } = open
    const { base } = this.#context
    if (this.#math > 0) return tag === 'iframe' ? this.#silence(open) : out
    if (tag === 'param') {
      const object = this.#stack.at(-2)
      const card = object?.tag === 'object' && !object.isSilent ? embedCard('param', given, base) : null
      if (!card) return out
      this.#silence(object!)
      return this.#cardFor(open, card)
    }
    const file = embeddedFile(given)
    if (file && mediaAddress(file.src, this.#context, file.kind === 'img' ? 'image' : 'sound')) {
      const kept = keptAttributes(file.kind, { src: file.src, alt: given.title ?? '' }, this.#context)
      const decision = kept ? this.#place(open, { tag: file.kind, kept }) : out
      return open.isSilent ? decision : { ...this.#silence(open), ...decision }
    }
    const card = embedCard(tag, given, base)
    if (card) return this.#cardFor(open, card)
    // The content of a frame is for browsers without frames; that of other tags is shown instead of them.
    return tag === 'iframe' ? this.#silence(open) : out
  }

  #cardFor(open: OpenTag, { href, words }: Card): Decision {
    // The same player again, for browsers without scripts.
    if (this.#noscript > 0 && this.#cards.has(href)) return this.#silence(open)
    this.#cards.add(href)
    const kept = keptAttributes('a', { href, 'data-embed': '' }, this.#context)
    return kept ? this.#card(open, 'a', kept, words) : this.#silence(open)
  }

  /** A tag with text of ours. */
  #card(open: OpenTag, tag: string, kept: Attributes, text: string): Decision {
    const decision = this.#place(open, { tag, kept })
    this.#isCard = open.written !== null
    if (tag === 'a' && !open.isSilent) this.#silence(open)
    return this.#isCard ? { ...decision, text } : decision
  }

  #silence(open: OpenTag): Decision {
    open.isSilent = true
    this.#silent++
    return out
  }

  #gap(tag: string): void {
    if (blockTags.has(tag)) this.#texts.gap(true)
    else if (tag === 'wbr') this.#texts.mayBreak()
  }

  #seesPicture(picture: { number: number; src: string }): void {
    const isInNoscript = this.#noscript > 0
    const last = this.#lastPicture
    if (last && isBlurOf(last.src, picture.src, isInNoscript)) this.found.doubles.add(last.number)
    this.#lastPicture = isInNoscript ? null : picture
  }

  /** Notes that text is inside of a formula, or beside one. */
  #tracks(): void {
    const open = this.#stack.at(-1)
    if (!open) return
    if (this.#math === 0) open.hasWords = true
    else {
      const formula = this.#written.findLast(({ written }) => written === 'math')
      if (formula) formula.formulas = 1
    }
  }

  #separate({ tag }: OpenTag): void {
    if (blockTags.has(tag) || embedTags.has(tag)) this.#textWithHidden.gap()
  }

  /** The fallback inside of embedded content is no text of the article. */
  #isOfPlayer(): boolean {
    return this.#stack.some(({ isSilent, tag }) => isSilent && embedTags.has(tag))
  }

  #copies(escaped: string, run: number): void {
    for (const { copied } of this.#stack) {
      if (!copied) continue
      if (copied.words.length < longestLinkWords) copied.words += unescaped(escaped)
      if (/\S/.test(escaped)) copied.lastText = run
    }
  }
}

const out: Decision = { tagName: leftOut, attribs: {} }

/** In brackets after a link's text. */
function withAddress(escaped: string, address: string): string {
  const words = escaped.trimEnd()
  return `${words} (${escapeText(address)})${escaped.slice(words.length)}`
}
