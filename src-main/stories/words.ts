/** A headline as the words it is compared by. */
import { foldText } from '../api/search/letters.ts'
import type { Headline } from './headline.ts'
import type { StoryOptions } from './options.ts'
import { stem } from './stem.ts'
import { stopWords } from './stop-words.ts'

export type Word = {
  term: string
  /** How much of it is in the headline, title and text weighed. */
  weight: number
  /** What its capital says: a name, no name, or nothing (first in its sentence, or all the title's words have capitals). */
  looks: 'name' | 'plain' | 'either'
}

const wordPattern = /[\p{L}\p{N}]+(?:[.,]\p{N}+|\p{M}+[\p{L}\p{N}]*)*/gu
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
const hasDigit = /\p{N}/u
const upperFirst = /^\p{Lu}/u
/** At least so many of a title's words have capitals where all are meant to. */
const titleCase = 0.7
/** Longest text that is looked at for its first words. */
const textLength = 1_000

/** The words of a headline, each once. */
export function wordsOf({ title, text, language }: Headline, options: StoryOptions): Word[] {
  const words = new Map<string, Word>()
  const primary = primaryLanguage(language)
  addWords(words, title, { language: primary, weight: options.titleWeight, most: 60 })
  if (text !== '' && options.textWords > 0)
    addWords(words, text.slice(0, textLength), {
      language: primary,
      weight: options.textWeight,
      most: options.textWords,
    })
  return [...words.values()]
}

/** `pt-BR` is `pt`. */
export function primaryLanguage(language: string | null): string | null {
  return language ? (/^[a-z]{2,3}/i.exec(language)?.[0].toLowerCase() ?? null) : null
}

type Reading = { language: string | null; weight: number; most: number }

function addWords(words: Map<string, Word>, text: string, { language, weight, most }: Reading): void {
  const found = splitWords(text.normalize('NFKC').replace(/['’]s\b/g, ''), language).slice(0, most)
  const capitals = found.filter(word => upperFirst.test(word)).length
  const isTitleCase = capitals >= found.length * titleCase
  const stopped = stopWords(language)
  for (const [place, word] of found.entries()) {
    const folded = foldText(word)
    if (stopped.has(folded) || (folded.length < 2 && !unspaced.test(folded) && !hasDigit.test(folded))) continue
    const looks = looksOf(word, place === 0 || isTitleCase)
    const term = stem(folded, language ?? 'en')
    const known = words.get(term)
    if (!known) words.set(term, { term, weight, looks })
    else {
      known.weight += weight / 2
      if (known.looks === 'either') known.looks = looks
    }
  }
}

function looksOf(word: string, isEither: boolean): Word['looks'] {
  if (hasDigit.test(word)) return 'name'
  if (!upperFirst.test(word)) return 'plain'
  return isEither ? 'either' : 'name'
}

const segmenters = new Map<string, Intl.Segmenter>()

function splitWords(text: string, language: string | null): string[] {
  const spaced = text.match(wordPattern) ?? []
  if (!unspaced.test(text)) return spaced
  const locale = language ?? 'ja'
  const segmenter = segmenters.get(locale) ?? new Intl.Segmenter(locale, { granularity: 'word' })
  segmenters.set(locale, segmenter)
  return [...segmenter.segment(text)].flatMap(({ segment, isWordLike }) => (isWordLike ? [segment] : []))
}
