/** The state of an open tag while an article is sanitised. */
import type { Attributes } from './attributes.ts'
import type { Holding } from './doubles.ts'
import { closedBy, mathTags, renamedTags } from './tags.ts'

const aroundImages = 8
const math = new Set(mathTags)
/** By tag: the open tags that it closes. */
export const closers = new Map(Object.entries(closedBy).map(([tag, open]) => [tag, new Set(open)]))

/** A tag that is open in the input. */
export type OpenTag = {
  readonly name: string
  /** Its name after renaming. */
  readonly tag: string
  readonly given: Attributes
  /** In document order, the same in each pass. */
  readonly number: number
  readonly holding: Holding
  /** Its name in the output; null if it is not written. */
  written: string | null
  isHidden: boolean
  /** Its content is left out: a card replaces it, it is a duplicate, or the fallback of a player. */
  isSilent: boolean
  isTakenBack: boolean
  /** It has a child element in the output. */
  isBegun: boolean
  /** Its children in the output that would close certain tags. */
  held: Set<string> | null
  /** The sources of a `<picture>`; not null for a player that has any. */
  sources: Attributes[] | null
  /** For a link that browsers cannot open, and readers can copy. */
  copied: { address: string; words: string; lastText: number | null } | null
}

export function openTag(name: string, given: Attributes, number: number, holding: Holding): OpenTag {
  return {
    name,
    tag: tagOf(name),
    given,
    number,
    holding,
    written: null,
    isHidden: false,
    isSilent: false,
    isTakenBack: false,
    isBegun: false,
    held: null,
    sources: null,
    copied: null,
  }
}

/** Attributes that may have an image's address: of the sources in its `<picture>`, then of the elements around it, innermost first. */
export function aroundImage(stack: OpenTag[]): Attributes[] {
  const outer = stack.slice(-1 - aroundImages, -1).reverse()
  const sources = outer[0]?.tag === 'picture' ? (outer[0].sources ?? []) : []
  const wrappers = outer.filter(({ tag }) => tag === 'figure' || tag === 'picture' || tag === 'a')
  return [...sources, ...wrappers.map(({ given }) => given)]
}

/** Whether these tags may be children of `outer`, without closing it. */
export function mayHold(outer: OpenTag | undefined, held: Set<string> | null): boolean {
  if (!outer || !held) return true
  return ![...held].some(tag => closers.get(tag)?.has(outer.written ?? ''))
}

const renames = new Map(Object.entries(renamedTags))

function tagOf(name: string): string {
  const renamed = renames.get(name) ?? name
  const colon = renamed.indexOf(':')
  // MathML with an XML prefix.
  if (colon < 0) return renamed
  const local = renamed.slice(colon + 1)
  return local === 'math' || math.has(local) ? local : renamed
}
