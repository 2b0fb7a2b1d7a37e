/** What is known of a tag that is open while an article is sanitised. */
import type { Attributes } from './attributes.ts'
import type { Holding } from './doubles.ts'
import { closedBy, mathTags, renamedTags } from './tags.ts'

const aroundImages = 8
const math = new Set(mathTags)
/** Which open tags each tag closes. */
export const closers = new Map(Object.entries(closedBy).map(([tag, open]) => [tag, new Set(open)]))

/** A tag that is open in the input. */
export type Open = {
  readonly name: string
  /** What it is called with us. */
  readonly tag: string
  readonly given: Attributes
  /** In the order of the document, the same in each pass over it. */
  readonly number: number
  readonly holding: Holding
  /** What it is in the output; null while it is not there. */
  written: string | null
  isHidden: boolean
  /** Nothing in it is shown: a card stands for it, it is a double, or for browsers that play nothing. */
  isSilent: boolean
  isTakenBack: boolean
  /** Something is directly in it, in the output. */
  isBegun: boolean
  /** Tags directly in it, in the output, that close certain others. */
  held: Set<string> | null
  /** What a `<picture>` offers; of a player, whether it has something to play. */
  sources: Attributes[] | null
  /** Of a link that cannot be one. */
  copied: { address: string; words: string; lastText: number | null } | null
}

export function opened(name: string, given: Attributes, number: number, holding: Holding): Open {
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

/** What may know the address of an image: the sources of its picture, then what is around it, innermost first. */
export function aroundImage(stack: Open[]): Attributes[] {
  const outer = stack.slice(-1 - aroundImages, -1).reverse()
  const sources = outer[0]?.tag === 'picture' ? (outer[0].sources ?? []) : []
  const wrappers = outer.filter(({ tag }) => tag === 'figure' || tag === 'picture' || tag === 'a')
  return [...sources, ...wrappers.map(({ given }) => given)]
}

/** Whether tags may come to stand directly in `outer`, or at the top. */
export function mayHold(outer: Open | undefined, held: Set<string> | null): boolean {
  if (!outer || !held) return true
  return ![...held].some(tag => closers.get(tag)?.has(outer.written ?? ''))
}

const renames = new Map(Object.entries(renamedTags))

function tagOf(name: string): string {
  const renamed = renames.get(name) ?? name
  const colon = renamed.indexOf(':')
  // XML's prefix of MathML, where it was taken into HTML.
  if (colon < 0) return renamed
  const local = renamed.slice(colon + 1)
  return local === 'math' || math.has(local) ? local : renamed
}
