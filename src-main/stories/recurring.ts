/** Titles that say nothing of an event: 'Daily briefing', 'Open thread', and what a site prints again with another date. */
import { foldText } from '../api/search/letters.ts'
import { hour } from '../lib/time.ts'
import type { ArticleId, Headline } from './headline.ts'
import { dateWords } from './words/dates.ts'
import { hashOf } from './words/hash.ts'
import { stopWords } from './words/stop-words.ts'
import { primaryLanguage, splitWords } from './words/words.ts'

/** An article put out again within a few hours is the same one; a title that comes back the next day is a heading. */
const leastApart = 16 * hour

/** A title of nothing but these heads a series. Folded. */
const headings = new Set(
  (
    'agenda afternoon briefing bulletin comic comics crossword diary digest discussion editorial episode evening forecast ' +
    'headline headlines horoscope horoscopes letters link links linkdump lottery lunchtime midday morning night newsletter ' +
    'noon note notes obituaries open photo photos playlist podcast poll puzzle quiz quote recap roundup round up schedule ' +
    'sudoku thread tv guide weather weekend weekly daily word wordle wrap ' +
    'abend horoskop kurz kurznachrichten lage morgen nachrichten presseschau ratsel tag tages uberblick wetter wochenende ' +
    'actualites horoscope journal matin meteo revue presse soir titres ' +
    'boletin horoscopo manana noche noticias portada resumen tarde tiempo titulares oroscopo previsioni rassegna stampa'
  ).split(' '),
)

type Seen = { id: ArticleId; at: number }

/** Remembers titles by site. */
export function createRecurring() {
  let seen = new Map<number, Seen>()

  /**
   * Whether the headline's title recurs; it is remembered. `earlier` is the article of the same site with the same title,
   * but for dates and numbers, by which that came out.
   */
  function look(
    { id, title, host, language }: Headline,
    at: number,
  ): { isRecurring: boolean; earlier: ArticleId | null } {
    const bare = bareTitle(title, primaryLanguage(language))
    if (bare === null) return { isRecurring: false, earlier: null }
    if (bare.every(word => headings.has(word))) return { isRecurring: true, earlier: null }
    const key = hashOf(`${host} ${bare.join(' ')}`)
    const before = seen.get(key)
    const isRecurring = before !== undefined && Math.abs(at - before.at) >= leastApart
    if (before === undefined || isRecurring) seen.set(key, { id, at })
    return { isRecurring, earlier: isRecurring ? before.id : null }
  }

  return {
    look,
    forgetBefore(time: number) {
      seen = new Map([...seen].filter(([, { at }]) => at >= time))
    },
  }
}

/** The words of a title without dates, numbers and words that say nothing; null where there is no title. */
function bareTitle(title: string, language: string | null): string[] | null {
  const words = splitWords(title, language).map(foldText)
  if (words.length === 0) return null
  const isDate = dateWords(words, language)
  const stopped = stopWords(language)
  return words.filter((word, at) => !isDate[at] && !stopped.has(word) && !/^[\d.,]+$/.test(word))
}
