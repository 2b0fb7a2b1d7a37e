/** Makes an FTS5 expression of the words of a search. */
import { forQuery } from '../../api/search/folding.ts'
import type { Term } from '../../api/search/parse.ts'

/** FTS5 expressions of what an article must have, and of what it must not; empty where there is none. */
export type Match = { wanted: string; excluded: string }

/** The facets of a category, of which an article of it has one. */
type FacetsOf = (category: string) => string[]

/**
 * The words and facets of a search, every one quoted, so that nothing typed is taken for syntax. An article has one of each
 * list of `facets`, and none of `notFacets`.
 */
export function toMatch(
  terms: Term[],
  { facets, notFacets }: { facets: string[][]; notFacets: string[] },
  facetsOf: FacetsOf,
): Match {
  const notSought = terms.filter(term => term.isExcluded).map(term => expressionOf(term, facetsOf))
  const excluded = [...notSought, ...notFacets.map(quoted)]
  const sought = terms.filter(term => !term.isExcluded)
  const wanted = facets.map(anyOf)
  for (let at = 0; at < sought.length; ) {
    const run = sought.slice(at, at + Math.max(1, sought[at]!.tags.length))
    wanted.push(expressionOfRun(run, facetsOf))
    at += run.length
  }
  return { wanted: wanted.join(' AND '), excluded: excluded.join(' OR ') }
}

/** A word, or several that may be one category: the words, or the category of the first of them and the other words... */
function expressionOfRun(run: Term[], facetsOf: FacetsOf): string {
  const words = run.map(term => expressionOf(term, facetsOf))
  if (run.length === 1) return words[0]!
  const tagged = run[0]!.tags.map((tag, index) => [anyOf(facetsOf(tag)), ...words.slice(index + 1)])
  return `(${[words, ...tagged].map(all => `(${all.join(' AND ')})`).join(' OR ')})`
}

function expressionOf({ words, isPrefix, column, tags: [tag] }: Term, facetsOf: FacetsOf): string {
  const phrase = `${quoted(forQuery(words.join(' ')).trim())}${isPrefix ? '*' : ''}`
  if (tag !== undefined) return `(${phrase} OR ${anyOf(facetsOf(tag))})`
  return column ? `{${column}} : ${phrase}` : phrase
}

/** The expression of a list of facets. */
export function anyOf(facets: string[]): string {
  return `(${facets.map(quoted).join(' OR ')})`
}

function quoted(word: string): string {
  return `"${word.replaceAll('"', '')}"`
}
