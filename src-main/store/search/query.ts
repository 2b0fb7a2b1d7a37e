/** Makes an FTS5 expression of the words of a search. */
import { forQuery } from '../../api/search/folding.ts'
import type { Term } from '../../api/search/parse.ts'
import { tagFacet } from './facets.ts'

/** FTS5 expressions of what an article must have, and of what it must not; empty where there is none. */
export type Match = { wanted: string; excluded: string }

/**
 * The words and facets of a search, every one quoted, so that nothing typed is taken for syntax. An article has one of each
 * list of `facets`, and none of `notFacets`.
 */
export function toMatch(terms: Term[], { facets, notFacets }: { facets: string[][]; notFacets: string[] }): Match {
  const excluded = [...terms.filter(term => term.isExcluded).map(expressionOf), ...notFacets.map(quoted)]
  const sought = terms.filter(term => !term.isExcluded)
  const wanted = facets.map(anyOf)
  for (let at = 0; at < sought.length; ) {
    const run = sought.slice(at, at + Math.max(1, sought[at]!.tags.length))
    wanted.push(expressionOfRun(run))
    at += run.length
  }
  return { wanted: wanted.join(' AND '), excluded: excluded.join(' OR ') }
}

/** A word, or several that may be one category: the words, or the category of the first of them and the other words... */
function expressionOfRun(run: Term[]): string {
  const words = run.map(expressionOf)
  if (run.length === 1) return words[0]!
  const tagged = run[0]!.tags.map((tag, index) => [quoted(tagFacet(tag)), ...words.slice(index + 1)])
  return `(${[words, ...tagged].map(all => `(${all.join(' AND ')})`).join(' OR ')})`
}

function expressionOf({ words, isPrefix, column, tags: [tag] }: Term): string {
  const phrase = `${quoted(forQuery(words.join(' ')).trim())}${isPrefix ? '*' : ''}`
  if (tag !== undefined) return `(${phrase} OR ${quoted(tagFacet(tag))})`
  return column ? `{${column}} : ${phrase}` : phrase
}

/** The expression of a list of facets. */
export function anyOf(facets: string[]): string {
  return `(${facets.map(quoted).join(' OR ')})`
}

function quoted(word: string): string {
  return `"${word.replaceAll('"', '')}"`
}
