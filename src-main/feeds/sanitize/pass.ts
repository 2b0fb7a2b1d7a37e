/**
 * Our rules for one pass of sanitize-html, as the callbacks it calls: what a tag becomes, which attributes it gets, what of
 * the text stays. The library reads, writes and holds to its allow-list; here things are only left out or rebuilt.
 */
import { articleIdPrefix } from '../../api/article-ids.ts'
import { escapeText } from '../../lib/escape.ts'
import { type Card, embedCard, embeddedFile, embedTags } from '../pictures/embeds.ts'
import { isLazy } from '../pictures/images.ts'
import { StandIns } from '../pictures/placeholders.ts'
import { SaidWords } from '../words/said.ts'
import { TextRules, unescaped } from '../words/text.ts'
import { type Attributes, keptAttributes } from './attributes.ts'
import { ElementBudget } from './budget.ts'
import { Finder, type Findings } from './findings.ts'
import { isHidden } from './hidden.ts'
import { aroundImage, closers, mayHold, type Open, opened } from './open-tag.ts'
import { allowedTags, blockTags, droppedWhole, mathTags, mathWords, voidTags } from './tags.ts'
import { type AddressContext, copyableAddress, fragmentWithin, mediaAddress } from './urls.ts'

const deepest = 256
const largest = 5_000_000
/** Each costs the library a copy of what it has written so far. */
const mostTakenBack = 200
const longestLinkWords = 5_000

const blocks = new Set(blockTags)
const wholes = new Set(droppedWhole)
const voids = new Set(voidTags)
const ruby = new Set(['ruby', 'rb', 'rt', 'rp', 'rtc'])
const math = new Set(mathTags)
const wordsOfMath = new Set(mathWords)

type Decision = { tagName: string; attribs: Attributes; text?: string | undefined }

/** What sanitize-html is not allowed to write: it leaves the tag out and goes on with what is in it. */
const leftOut = '-'

export class Pass {
  readonly finder: Finder
  readonly media = new Set<string>()
  readonly #context: AddressContext
  readonly #findings: Findings
  readonly #budget = new ElementBudget()
  readonly #texts = new TextRules()
  readonly #stack: Open[] = []
  readonly #written: Open[] = []
  readonly #places = new Set<number>()
  #opened = 0
  #runs = 0
  #spent = 0
  #silent = 0
  #hidden = 0
  #math = 0
  #noscript = 0
  /** Where cards lead to. */
  readonly #cards = new Set<string>()
  readonly #standIns = new StandIns()
  #copied = 0
  #takenBack = 0
  readonly #said = new SaidWords()
  #isTakenBack = false
  #decided: string | null = null
  #isCard = false

  constructor(context: AddressContext, findings: Findings, hasFormulas: boolean) {
    this.#context = context
    this.#findings = findings
    this.finder = new Finder(hasFormulas)
  }

  get text(): string {
    return this.#texts.text
  }

  /** The words with those that are not shown; null where all are. */
  get said(): string | null {
    return this.#said.words
  }

  /** What another pass can do better; null where there is nothing. */
  findings(): Findings | null {
    return this.finder.findings(this.#texts.isCrowded)
  }

  /** Of every tag, also those that the library asks nothing more about. */
  opens(name: string, given: Attributes): void {
    this.#stack.push(opened(name, given, this.#opened++, this.finder.holding()))
    if (name === 'noscript') this.#noscript++
    this.#apart(this.#stack.at(-1)!)
    this.#decided = null
  }

  /** Of a tag that we know: what becomes of it, under a name that is no tag, so that `name` gives it one. */
  decide(): Decision {
    const decision = this.#decision()
    this.#decided = decision.tagName
    return { tagName: leftOut, attribs: decision.attribs, text: decision.text }
  }

  /**
   * Of every tag that is not dropped whole. The library forgets the new name of a tag that it leaves out, and gives it to the
   * next one at that depth that has none: so each gets a name here, if only its own.
   */
  name(name: string, attribs: Attributes): Decision {
    if (this.#decided !== null) return { tagName: this.#decided, attribs }
    const decision = this.#decision()
    return { tagName: decision.tagName === leftOut ? name : decision.tagName, attribs: decision.attribs }
  }

  closes(): void {
    const open = this.#stack.pop()
    if (!open) return
    this.#isTakenBack = open.isTakenBack
    if (open.tag === 'noscript') this.#noscript--
    this.#apart(open)
    if (open.isSilent) this.#silent--
    if (open.isHidden && open.tag !== 'math') this.#hidden--
    if (open.copied) this.#closeCopied(open.number, open.copied)
    this.finder.closes(open, this.#stack.at(-1)?.holding)
    if (open.written === null) return
    if (open.written === 'math') this.#math--
    const isPlayer = open.written === 'audio' || open.written === 'video'
    if (isPlayer && !open.sources) this.finder.seesEmptyPlayer(open.number)
    if (!voids.has(open.written)) this.#written.pop()
    this.#gap(open.written)
  }

  /** Whether the tag that just closed is taken out of what is written, without what is in it. */
  takesBack(): boolean {
    return this.#isTakenBack
  }

  /** A run of text, as the library escaped it; what is to be written of it. */
  writes(escaped: string): string {
    const isCard = this.#isCard
    this.#isCard = false
    const run = isCard ? -1 : this.#runs++
    const isWithheld = !isCard && (this.#silent > 0 || (this.#hidden > 0 && this.#math === 0))
    if (!isCard && !(isWithheld && this.#isOfPlayer())) this.#said.add(escaped, isWithheld)
    if (isWithheld || this.#spent > largest) return ''
    if ((this.#standIns.isWaiting || this.finder.isTracking) && /\S/.test(escaped)) {
      this.#standIns.forget()
      if (this.finder.isTracking) this.#tracks()
    }
    if (this.#copied > 0) this.#copies(escaped, run)
    if (this.#written.at(-1)?.written === 'annotation') return this.#note(escaped)
    const address = this.#findings.addresses.get(run)
    const words = address === undefined ? escaped : withAddress(escaped, address)
    const written = this.#texts.write(words, this.#math > 0, !isCard || this.#silent === 0)
    this.#spent += written.length
    return written
  }

  /** Words that are not shown: no part of the article's text. */
  #note(escaped: string): string {
    const words = escaped.replace(/[^\P{C}\s]/gu, '')
    this.#spent += words.length
    return words
  }

  #decision(): Decision {
    const open = this.#stack.at(-1)!
    const { tag, given } = open
    if (wholes.has(tag)) return { tagName: tag, attribs: {} }
    const parent = this.#stack.at(-2)
    if (tag === 'source' && parent?.tag === 'picture') parent.sources = [...(parent.sources ?? []), given].slice(0, 50)
    if (this.#spent > largest || (this.#silent > 0 && tag !== 'source')) return out
    if (this.#findings.doubles.has(open.number)) return this.#silence(open)
    if (tag !== 'img' && !this.#findings.showsHidden && isHidden(open.name, given)) this.#hide(open)
    if (this.#hidden > 0 && tag !== 'math' && this.#math === 0 && !(tag === 'img' && isLazy(given))) return out
    if (embedTags.has(tag) || tag === 'param') return this.#embed(open)
    if (this.#findings.emptyPlayers.has(open.number) || (this.#findings.isCrowded && ruby.has(tag))) return out
    const wordless = this.#findings.wordless.get(open.number)
    if (wordless !== undefined) return this.#card(open, 'code', {}, wordless)
    const attribs = this.#attributes(open)
    return attribs ? this.#place(open, attribs) : out
  }

  /** What is left of a tag's attributes; null where the tag itself is not to be written. */
  #attributes(open: Open): { tag: string; kept: Attributes } | null {
    const { tag, given } = open
    const isMath = math.has(tag)
    const parent = this.#written.at(-1)?.written ?? ''
    let kept: Attributes | null = null
    if (isMath || this.#math > 0) {
      // Nothing but mathematics in it, and nothing of it elsewhere.
      if (!isMath || this.#math === 0 || wordsOfMath.has(parent)) return null
      if (tag === 'annotation' && !this.#mayAnnotate(open)) return null
      return { tag, kept: tag === 'annotation' ? { encoding: 'application/x-tex' } : {} }
    }
    if (tag === 'source' && parent !== 'audio' && parent !== 'video') return null
    if (tag === 'a') kept = this.#link(open)
    else if (Object.hasOwn(allowedTags, tag)) {
      kept = keptAttributes(tag, given, this.#context, tag === 'img' ? aroundImage(this.#stack) : [])
    }
    if (tag === 'img' && this.#noscript + this.#hidden > 0 && this.media.has(kept?.src ?? '')) kept = null
    if (tag === 'img' && kept?.src)
      this.#standIns.sees({ number: open.number, src: kept.src }, this.#noscript > 0, this.finder)
    const place = this.#placeOf(tag, given)
    if (place !== null) return { tag: kept ? tag : 'span', kept: { ...kept, id: place } }
    return kept ? { tag, kept } : null
  }

  /** The TeX of a formula: browsers don't show what comes after the first part of `semantics`. Any other note goes whole. */
  #mayAnnotate(open: Open): boolean {
    const around = this.#written.at(-1)
    const isTex = /^(?:application|text)\/x-(?:la)?tex$/i.test(open.given.encoding ?? '')
    if (isTex && around?.written === 'semantics' && around.isBegun && this.#stack.at(-2) === around) return true
    this.#silence(open)
    return false
  }

  #link(open: Open): Attributes | null {
    const { given } = open
    if (given.href === undefined) return null
    const inner = fragmentWithin(given.href, this.#context)
    if (inner) {
      this.finder.seesFragment(inner.fragment)
      const place = this.#findings.fragments.get(inner.fragment)
      if (place !== undefined)
        return { ...keptAttributes('span', given, this.#context), href: `#${articleIdPrefix}${place}` }
      if (inner.isBare) return null
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

  /** The id of a place in the article that a link leads to; null for any other. */
  #placeOf(tag: string, given: Attributes): string | null {
    const id = given.id || (tag === 'a' ? given.name : '') || ''
    if (id === '') return null
    this.finder.seesId(id)
    const number = this.#findings.places.get(id)
    if (number === undefined || this.#places.has(number)) return null
    this.#places.add(number)
    return `${articleIdPrefix}${number}`
  }

  /** Writes a tag, if it may stand where it would come to stand. */
  #place(open: Open, { tag, kept }: { tag: string; kept: Attributes }): Decision {
    const isVoid = voids.has(tag)
    if ((!isVoid && this.#written.length >= deepest) || !this.#fits(tag) || !this.#budget.pays(tag)) {
      if (blocks.has(tag)) this.#texts.gap(false)
      return out
    }
    const around = this.#written.at(-1)
    if (around) around.isBegun = true
    open.written = tag
    if (kept.src) this.media.add(kept.src)
    if (kept.poster) this.media.add(kept.poster)
    if (tag === 'source') this.#stack.at(-2)!.sources ??= []
    if (tag === 'math') this.#math++
    if (tag === 'ruby') this.#texts.seesRuby()
    if (tag === 'audio' || tag === 'video') {
      if (kept.src) open.sources = []
      open.isSilent = true
      this.#silent++
    }
    this.#gap(tag)
    if (closers.has(tag)) {
      const parent = this.#written.at(-1)
      if (parent) {
        parent.held ??= new Set()
        parent.held.add(tag)
      }
    }
    if (!isVoid) this.#written.push(open)
    this.#spent += 20
    for (const name in kept) this.#spent += name.length + (kept[name]?.length ?? 0) + 4
    return { tagName: tag, attribs: kept }
  }

  /**
   * Whether no parser would close what is open where this tag comes: where something between them was left out. A paragraph
   * around it is taken back then; of anything else, and of links in links, the outer one stays.
   */
  #fits(tag: string): boolean {
    if (tag === 'a' && this.#written.some(({ written }) => written === 'a')) return false
    const closes = closers.get(tag)
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

  /** What another site was to show. */
  #embed(open: Open): Decision {
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
    // What a frame holds is for browsers without frames; of others, what is within is shown where they can't be.
    return tag === 'iframe' ? this.#silence(open) : out
  }

  #cardFor(open: Open, { href, words }: Card): Decision {
    // The same player again, for those without scripts.
    if (this.#noscript > 0 && this.#cards.has(href)) return this.#silence(open)
    this.#cards.add(href)
    const kept = keptAttributes('a', { href, 'data-embed': '' }, this.#context)
    return kept ? this.#card(open, 'a', kept, words) : this.#silence(open)
  }

  /** A tag with words of ours in it. */
  #card(open: Open, tag: string, kept: Attributes, text: string): Decision {
    const decision = this.#place(open, { tag, kept })
    this.#isCard = open.written !== null
    if (tag === 'a' && !open.isSilent) this.#silence(open)
    return this.#isCard ? { ...decision, text } : decision
  }

  #silence(open: Open): Decision {
    open.isSilent = true
    this.#silent++
    return out
  }

  #hide(open: Open): void {
    open.isHidden = true
    this.finder.hasHidden = true
    if (open.tag !== 'math') this.#hidden++
  }

  #gap(tag: string): void {
    if (blocks.has(tag)) this.#texts.gap(true)
    else if (tag === 'wbr') this.#texts.mayBreak()
  }

  /** Words are those of a formula, or beside one. */
  #tracks(): void {
    const open = this.#stack.at(-1)
    if (!open) return
    if (this.#math === 0) open.holding.hasWords = true
    else {
      const formula = this.#written.findLast(({ written }) => written === 'math')
      if (formula) formula.holding.formulas = 1
    }
  }

  #apart({ tag }: Open): void {
    if (blocks.has(tag) || embedTags.has(tag)) this.#said.gap()
  }

  /** What stands within a player's tags is no part of what the article says. */
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

  #closeCopied(number: number, { address, words, lastText }: NonNullable<Open['copied']>): void {
    this.#copied--
    this.finder.seesAddress(number, address, words, lastText)
  }
}

const out: Decision = { tagName: leftOut, attribs: {} }

/** In brackets behind a link's words. */
function withAddress(escaped: string, address: string): string {
  const words = escaped.trimEnd()
  return `${words} (${escapeText(address)})${escaped.slice(words.length)}`
}
