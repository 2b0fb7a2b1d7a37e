/** A headline as the words it is compared by. */
import { foldText } from '../../api/search/letters.ts'
import { linkNumber } from '../copies/link-number.ts'
import { dateWords } from './dates.ts'
import { slugOf } from './slug.ts'
import { stem } from './stem.ts'
import { stopWords } from './stop-words.ts'

/** What is read of an article. */
export type Written = {
  title: string
  /** Plain; may be empty. Only its beginning is read. */
  text: string
  /** ISO 639 (`en`, `pt-BR`), or null where nobody knows. */
  language: string | null
  url: string
  host: string
  /** Pages of other sites that its text links to (`linkNumber`). */
  links?: number[]
}

export type ReadingOptions = {
  /** What a word counts for in the title, in the address and in the text, once; more of the same counts half. */
  titleWeight: number
  slugWeight: number
  textWeight: number
  /** How many words of the text are read. */
  textWords: number
}

export type Word = {
  /** A link has a number. */
  term: string | number
  /** How much of it is in the headline, title and text weighed. */
  weight: number
  /** What its capital says: a name, no name, or nothing (first in its sentence, or all the title's words have capitals). */
  looks: 'name' | 'plain' | 'either'
  isLink?: true
}

const wordPattern = /[\p{L}\p{N}]+(?:[.,]\p{N}+|\p{M}+[\p{L}\p{N}]*)*/gu
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
const hasDigit = /\p{N}/u
/** '6 things' and 'iPhone 6' have a number in common that names nothing. */
const smallNumber = /^\d{1,2}$/
const upperFirst = /^\p{Lu}/u
/** Where so many of a title's words have capitals all are meant to. */
const titleCase = 0.7
const mostTitleWords = 60
/** Of the text, in characters, what its first words are looked for in. */
const textStart = 1_000

/** The words of a headline, each once, and its links. */
export function wordsOf(headline: Written, options: ReadingOptions): Word[] {
  const words = new Map<string, Word>()
  const language = primaryLanguage(headline.language)
  addWords(words, headline.title, { language, weight: options.titleWeight, most: mostTitleWords })
  const url = URL.parse(headline.url)
  addWords(words, slugOf(url?.pathname ?? ''), {
    language,
    weight: options.slugWeight,
    most: mostTitleWords,
    isSlug: true,
  })
  const text = headline.text.slice(0, textStart)
  addWords(words, text, { language, weight: options.textWeight, most: options.textWords })
  return [...words.values(), ...linksOf(headline, url)]
}

/** Where it links to, and its own address, which others may link to. */
function linksOf({ links = [] }: Written, url: URL | null): Word[] {
  const own = url && linkNumber(url)
  const numbers = new Set(own === null ? links : [own, ...links])
  return [...numbers].map(term => ({ term, weight: 1, looks: 'either', isLink: true }))
}

/** `pt-BR` is `pt`. */
export function primaryLanguage(language: string | null): string | null {
  return language ? (/^[a-z]{2,3}/i.exec(language)?.[0].toLowerCase() ?? null) : null
}

/** The words of a text as they are written, without the 's of English. */
export function splitWords(text: string, language: string | null): string[] {
  const whole = text.normalize('NFKC').replace(/['’]s\b/g, '')
  if (!unspaced.test(whole)) return whole.match(wordPattern) ?? []
  return [...segmenterOf(language ?? 'ja').segment(whole)].flatMap(({ segment, isWordLike }) =>
    isWordLike ? [segment] : [],
  )
}

const segmenters = new Map<string, Intl.Segmenter>()

function segmenterOf(language: string): Intl.Segmenter {
  const segmenter = segmenters.get(language) ?? new Intl.Segmenter(language, { granularity: 'word' })
  segmenters.set(language, segmenter)
  return segmenter
}

/** `isSlug`: has no capitals, whatever it names. */
type Reading = { language: string | null; weight: number; most: number; isSlug?: boolean }

function addWords(words: Map<string, Word>, text: string, { language, weight, most, isSlug }: Reading): void {
  if (text === '') return
  const found = splitWords(text, language).slice(0, most)
  const isTitleCase = found.filter(word => upperFirst.test(word)).length >= found.length * titleCase
  const folded = found.map(foldText)
  const isDate = dateWords(folded, language)
  const stopped = stopWords(language)
  for (const [place, word] of folded.entries()) {
    if (isDate[place] || stopped.has(word) || (word.length === 1 && !unspaced.test(word) && !hasDigit.test(word)))
      continue
    const looks = isSlug ? 'either' : looksOf(found[place]!, place === 0 || isTitleCase)
    const term = stem(word, language ?? 'en')
    const known = words.get(term)
    if (!known) words.set(term, { term, weight, looks })
    else {
      known.weight += weight / 2
      if (known.looks === 'either') known.looks = looks
    }
  }
}

function looksOf(word: string, isEither: boolean): Word['looks'] {
  if (hasDigit.test(word)) return smallNumber.test(word) ? 'plain' : 'name'
  if (!upperFirst.test(word)) return 'plain'
  return isEither ? 'either' : 'name'
}
