/** The state of an open tag while an article is sanitised. */
import { mathTags } from '../../maths/elements.ts'
import type { Attributes } from './attributes.ts'
import type { Candidate } from './doubles.ts'
import { closedBy, renamedTags } from './tags.ts'

const aroundImages = 8
/** Jekyll names the language two elements above the `<pre>`. */
const aroundCode = 3

/** A tag that is open in the input. */
export class OpenTag {
  readonly name: string
  /** Its name after renaming. */
  readonly tag: string
  readonly given: Attributes
  /** In document order, the same in each pass. */
  readonly number: number
  /** Its name in the output; null if it is not written. */
  written: string | null = null
  isHidden = false
  /** Its content is left out: a card replaces it, it is a duplicate, or the fallback of a player. */
  isSilent = false
  isTakenBack = false
  /** It has a child element in the output. */
  isBegun = false
  /** Its children in the output that would close certain tags. */
  held: Set<string> | null = null
  /** The sources of a `<picture>`; not null for a player that has any. */
  sources: Attributes[] | null = null
  /** For a link that browsers cannot open, and readers can copy. */
  copied: { address: string; words: string; lastText: number | null } | null = null
  /** Formulas in it that have text, and those of them that a style hides. */
  formulas = 0
  hiddenFormulas = 0
  /** Whether there is text in it other than formulas and their duplicates. */
  hasWords = false
  /** Perhaps duplicates of formulas (doubles.ts). */
  readonly candidates: Candidate[] = []

  constructor(name: string, given: Attributes, number: number) {
    this.name = name
    this.tag = tagOf(name)
    this.given = given
    this.number = number
  }
}

/** Of the elements around a tag, innermost first, where they say something of it. */
export function attributesAround(tag: string, stack: OpenTag[]): Attributes[] {
  if (tag === 'img') return aroundImage(stack)
  return tag === 'pre'
    ? stack
        .slice(-1 - aroundCode, -1)
        .reverse()
        .map(({ given }) => given)
    : []
}

/** What may have an image's address: of the sources in its `<picture>`, then of the elements around it. */
function aroundImage(stack: OpenTag[]): Attributes[] {
  const outer = stack.slice(-1 - aroundImages, -1).reverse()
  const sources = outer[0]?.tag === 'picture' ? (outer[0].sources ?? []) : []
  const wrappers = outer.filter(({ tag }) => tag === 'figure' || tag === 'picture' || tag === 'a')
  return [...sources, ...wrappers.map(({ given }) => given)]
}

/** Whether these tags may be children of `outer`, without closing it. */
export function mayHold(outer: OpenTag | undefined, held: Set<string> | null): boolean {
  return ![...(held ?? [])].some(tag => closedBy.get(tag)?.has(outer?.written ?? ''))
}

/** Renamed, and without the XML prefix of MathML. */
function tagOf(name: string): string {
  const renamed = renamedTags.get(name) ?? name
  const local = renamed.slice(renamed.indexOf(':') + 1)
  return local === 'math' || mathTags.has(local) ? local : renamed
}
