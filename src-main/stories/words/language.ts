/** The language of a headline whose feed names none. */
import { foldText } from '../../api/search/letters.ts'
import { stopWords } from './stop-words.ts'
import { splitWords, type Written } from './words.ts'

/** Answers ISO 639, or null where the words don't tell. */
export type LanguageOf = (headline: Written) => string | null

/** Of fewer letters the detector says much, and much of it wrong: 'Titanfall Review' is Malay to it. */
const fewLetters = 80

/**
 * What the feed names, else what the words are in. Loads the detector, 1.6 MB of letters in threes: for those who have feeds
 * that name no language.
 */
export async function loadLanguages(): Promise<LanguageOf> {
  const { eld } = await import('eld/extrasmall')
  return headline => {
    if (headline.language) return headline.language
    const text = `${headline.title} ${headline.text}`.slice(0, 500)
    const found = eld.detect(text)
    if (!found.isReliable()) return null
    return text.length >= fewLetters || hasStopWord(text, found.language) ? found.language : null
  }
}

/** A short text is taken for what it seems to be only where a common word of that language is in it, or no list says. */
function hasStopWord(text: string, language: string): boolean {
  const common = stopWords(language)
  if (common.size === 0) return !/\p{Script=Latin}/u.test(text)
  return splitWords(text, language).some(word => common.has(foldText(word)))
}
