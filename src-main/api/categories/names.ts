/** Categories as publishers spell them: which spellings are one category, and how it is called. */
import { fold } from '../search/folding.ts'

/**
 * The same for all spellings of a category: 'Open Source', 'open-source' and '#OpenSource'. The text index has its facets by it:
 * with another key, articles that were stored before would have to be indexed again. Empty where nothing is left.
 */
export function categoryKey(name: string): string {
  return fold(name)
    .replace(/^[\s#_-]+/, '')
    .replace(/[\s_-]+/g, '')
}

/** As it is shown, after a '#' of ours. */
export function withoutSign(name: string): string {
  return name.replace(/^[\s#]+/, '').trim()
}

/** What publishing systems put where nobody chose a category. */
const fillers = new Set(
  [
    ...['uncategorized', 'uncategorised', 'unclassified', 'untagged', 'general', 'default', 'none', 'misc', 'n/a'],
    ...['miscellaneous', 'other', 'no category', 'category', 'allgemein', 'ohne kategorie', 'nicht kategorisiert'],
    ...[
      'unkategorisiert',
      'sonstiges',
      'non classé',
      'sans catégorie',
      'sin categoría',
      'sem categoria',
      'senza categoria',
    ],
    ...[
      'geen categorie',
      'niet gecategoriseerd',
      'bez kategorii',
      'okategoriserade',
      'ikke kategoriseret',
      'без рубрики',
    ],
    ...['без категории', 'uncategorized @en', '未分类', '未分類', '미분류'],
  ].map(categoryKey),
)
const longest = 60

/** Whether it says what an article is about: not 'Uncategorized', an address, a bare number, or half a sentence. */
export function isTelling(name: string): boolean {
  const key = categoryKey(name)
  return (
    key !== '' &&
    name.length <= longest &&
    !fillers.has(key) &&
    /[^\p{N}\p{P}\p{Z}\p{M}]/u.test(key) &&
    !/^(?:https?:|www\.)|:\/\//i.test(name)
  )
}

/**
 * The categories of one article, each once: of several spellings the best one, without those that say nothing, and without one
 * that begins another of the same article ('Global', 'Global News'), which says more. One that begins several of them stays.
 */
export function mergedCategories(names: string[]): string[] {
  const byKey = Map.groupBy(names.filter(isTelling).map(withoutSign), categoryKey)
  const best = [...byKey.values()].map(bestSpelling)
  const begun = new Map(best.map(name => [name, beginnings(name)]))
  return best.filter(name => {
    const key = categoryKey(name)
    const longer = best.filter(other => begun.get(other)!.includes(key))
    // 'A' in 'A B' and 'A B C' is in one, since that is in the other.
    const ends = longer.filter(one => !longer.some(other => begun.get(other)!.includes(categoryKey(one))))
    return ends.length !== 1
  })
}

/** Keys of its first word, its first two words... but not of all. */
function beginnings(name: string): string[] {
  const words = wordsOf(name)
  const whole = categoryKey(name)
  return words.slice(0, -1).flatMap((_, index) => {
    const key = categoryKey(words.slice(0, index + 1).join(' '))
    return key === whole ? [] : key
  })
}

/** Hashtags tell by capitals where a word begins: 'OpenSource'. */
function wordsOf(name: string): string[] {
  return name
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .split(/[\s_-]+/)
    .filter(word => word !== '')
}

/** Of spellings of one category the one that most articles have, and of these the one that is best to read. */
export function bestSpelling(spellings: string[]): string {
  const counts = new Map<string, number>()
  for (const spelling of spellings) counts.set(spelling, (counts.get(spelling) ?? 0) + 1)
  const [best] = [...counts].sort(
    ([one, ofOne], [other, ofOther]) =>
      ofOther - ofOne || legibility(other) - legibility(one) || (one < other ? -1 : 1),
  )
  return best?.[0] ?? ''
}

/** Words apart before words joined by hyphens, and these before 'opensource'; capitals and accents before none; no shouting. */
function legibility(name: string): number {
  const apart = /\s/.test(name) ? 8 : /[_-]/.test(name) ? 4 : 0
  const capitals = /\p{Lu}/u.test(name) ? 2 : 0
  const shouting = name.length > 5 && !/\p{Ll}/u.test(name) ? 3 : 0
  return apart + capitals - shouting + (/[^\x20-\x7e]/.test(name) ? 1 : 0)
}
