/**
 * What each article of a story says that those before it have not: names and figures, of its headline and summary. Nothing is
 * understood: a name is known by its capital, and one that is written otherwise than before counts as new.
 */
import { foldText } from '../api/search/letters.ts'
import { dateWords } from './words/dates.ts'
import { stem } from './words/stem.ts'
import { stopWords } from './words/stop-words.ts'
import { splitWords } from './words/words.ts'

export type Said = { title: string; summary: string; feedTitle: string }

/** Of an article; more would not be compared. */
const mostAdditions = 4
/** Where so many of a headline's words have capitals all are meant to. */
const titleCase = 0.7
const longestName = 60

/** By article, in the order in which they came. The first one has none: all of it is new. */
export function additionsOf(articles: Said[]): string[][] {
  const capitals = capitalsIn(articles)
  const known = new Set<string>()
  return articles.map((article, index) => {
    // 'She told the Herald' is no news in the Herald.
    const own = new Set(termsOf(article.feedTitle))
    const isNew = ({ terms }: Part) => terms.some(term => !known.has(term) && !own.has(term))
    const added = index === 0 ? [] : partsOf(article, capitals).filter(isNew)
    for (const term of termsIn(article)) known.add(term)
    const once = new Map(added.map(({ text }) => [foldText(text), text]))
    return [...once.values()].slice(0, mostAdditions)
  })
}

/** A name or a figure, where it stands in its text, and the words by which it is known. */
type Part = { text: string; at: number; terms: string[] }

function termOf(word: string): string {
  return stem(foldText(word), 'en')
}

function termsOf(text: string): string[] {
  return splitWords(text, null).map(termOf)
}

function termsIn({ title, summary }: Said): string[] {
  return [...termsOf(title), ...termsOf(summary)]
}

/** What capitals mean in a story. */
type Capitals = {
  /** Words that have a capital within a sentence: at the beginning of one they are names, too. */
  names: Set<string>
  /** Nouns have capitals, as in German: only several words together are a name. */
  areOfNouns: boolean
}

function capitalsIn(articles: Said[]): Capitals {
  const words = articles.flatMap(({ title, summary }) => splitWords(`${title} ${summary}`, null).map(foldText))
  const share = (list: ReadonlySet<string>) => words.filter(word => list.has(word)).length
  const texts = articles.flatMap(({ title, summary }) => (isTitleCase(title) ? [summary] : [title, summary]))
  const within = texts.flatMap(text => sentencesOf(text).flatMap(sentence => sentence.slice(1)))
  const names = new Set(
    within
      .map(({ word }) => word)
      .filter(isCapital)
      .map(termOf),
  )
  return { names, areOfNouns: share(stopWords('de')) > share(stopWords('en')) }
}

function partsOf({ title, summary }: Said, capitals: Capitals): Part[] {
  return [...partsOfText(title, capitals, isTitleCase(title)), ...partsOfText(summary, capitals, false)]
}

function partsOfText(text: string, capitals: Capitals, isTitle: boolean): Part[] {
  const sentences = sentencesOf(text)
  const names = isTitle ? acronymsOf(sentences.flat()) : sentences.flatMap(sentence => namesOf(sentence, capitals))
  return [...names, ...figuresOf(text)].sort((a, b) => a.at - b.at)
}

type Token = { word: string; at: number }

/** No name goes over the end of a sentence, a colon, a dash or a quotation mark; nor over a comma, which is a token. */
const separator = /[.!?…]["'”’»)]*\s+|\s[–—|]\s|[:;]\s+|[“”„«»"]/gu
const token = /[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}.'’&-]*[\p{L}\p{M}\p{N}])?|[,()]/gu

function sentencesOf(text: string): Token[][] {
  const ends = [...text.matchAll(separator)].map(({ index }) => index)
  const tokens = [...text.matchAll(token)].map(({ 0: word, index }) => ({ word, at: index }))
  return [...Map.groupBy(tokens, ({ at }) => ends.filter(end => end <= at).length).values()]
}

const isCapital = (word: string) => /^\p{Lu}/u.test(word) && /\p{L}\p{L}/u.test(word)
/** 'NATO', 'EU', 'G7'. */
const isAcronym = (word: string) => /^\p{Lu}[\p{Lu}\p{N}]+$/u.test(word)

function isTitleCase(title: string): boolean {
  const words = splitWords(title, null).filter(word => /^\p{L}/u.test(word))
  return words.filter(word => /^\p{Lu}/u.test(word)).length >= words.length * titleCase
}

/** Words with capitals, as far as they follow one another. */
function namesOf(sentence: Token[], { names, areOfNouns }: Capitals): Part[] {
  return runsOf(sentence, stopWords(areOfNouns ? 'de' : 'en')).flatMap(run => {
    const [first] = run as [Token]
    const isAlone = !areOfNouns && (first !== sentence[0] || names.has(termOf(first.word)))
    const isName = run.length > 1 || isAlone || isAcronym(first.word)
    const text = run.map(({ word }) => word).join(' ')
    const name = text.replace(/['’]s$/u, '')
    return isName && name.length <= longestName ? [{ text: name, at: first.at, terms: termsOf(name) }] : []
  })
}

/** Of a headline that has capitals throughout; none where it is all of capitals. */
function acronymsOf(tokens: Token[]): Part[] {
  const acronyms = tokens.filter(({ word }) => isAcronym(word))
  const isShouted = acronyms.length * 2 > tokens.length
  return isShouted ? [] : acronyms.map(({ word, at }) => ({ text: word, at, terms: termsOf(word) }))
}

function runsOf(sentence: Token[], stopped: ReadonlySet<string>): Token[][] {
  const dates = dateWords(
    sentence.map(({ word }) => foldText(word)),
    'en',
  )
  const runs: Token[][] = [[]]
  for (const [place, one] of sentence.entries()) {
    const run = runs.at(-1)!
    const isOfName = isCapital(one.word) && !dates[place]
    if (isOfName && (run.length > 0 || !stopped.has(foldText(one.word)))) run.push(one)
    else if (run.length > 0) runs.push([])
  }
  return runs.filter(run => run.length > 0)
}

/** With a currency, a unit, and the word that follows: '40,000 homes'. No times of day. */
const figure =
  /(?<![\p{L}\p{N}.,:-])(?<number>[$€£¥]?\p{Nd}(?:[\p{Nd}.,\u00a0\u202f]*\p{Nd})?(?![\p{Nd}:])(?:\s?[%€£$¥]|\p{Script=Han}{1,3})?)(?<word>[\s-]\p{L}{2,20}(?!\p{L}))?/gu
const year = /^(?:19|20)\d\d$/
/** '12' alone tells nobody anything. */
const smallNumber = /^\p{Nd}{1,2}$/u

function figuresOf(text: string): Part[] {
  return [...text.matchAll(figure)].flatMap(({ groups, index }) => {
    const { number = '', word = '' } = groups ?? {}
    if (year.test(number)) return []
    const unit = foldText(word.slice(1))
    const isUnit = !stopWords('en').has(unit) && !stopWords('de').has(unit)
    if (smallNumber.test(number) && (word === '' || !isUnit)) return []
    return [{ text: isUnit ? number + word : number, at: index, terms: termsOf(number) }]
  })
}
