/** The words by which an article may be related to another: those of its headline, and those its text says again. */
import { isUnspaced, words } from '../../api/search/folding.ts'

export type TellingWord = {
  /** Folded: a word, or two characters of a script without spaces, which one alone would say nothing. */
  word: string
  isInTitle: boolean
  /** Written like a name: people, places and products tell more than verbs do. */
  isName: boolean
}

/** In characters: what comes later in a text repeats its subject, or leaves it. */
const readLength = 4_000
/** Words looked up for one article: each costs some µs in each shard. */
const mostWords = 40
/** A word of the text that is in no headline counts where it is said so often. */
const oftenEnough = 2

/** Of an article's headline and text: the headline's words first, then names and words of the text that are said again. */
export function tellingWords(title: string, text: string): TellingWord[] {
  const inTitle = [...candidates(title)]
  const counts = new Map<string, { count: number; isName: boolean }>()
  for (const { word, isName } of candidates(text.slice(0, readLength))) {
    const known = counts.get(word)
    counts.set(word, { count: (known?.count ?? 0) + 1, isName: isName || (known?.isName ?? false) })
  }
  const isTitleCase = inTitle.filter(({ isName }) => isName).length > inTitle.length / 2
  const found = new Map<string, TellingWord>()
  for (const { word, isName } of inTitle) {
    const isOneInText = counts.get(word)?.isName
    found.set(word, { word, isInTitle: true, isName: isOneInText ?? (isName && !isTitleCase) })
  }
  const said = [...counts].filter(([word, { count }]) => count >= oftenEnough && !found.has(word))
  said.sort(([, a], [, b]) => Number(b.isName) - Number(a.isName) || b.count - a.count)
  for (const [word, { isName }] of said) found.set(word, { word, isInTitle: false, isName })
  return [...found.values()].slice(0, mostWords)
}

function* candidates(text: string): Generator<{ word: string; isName: boolean }> {
  let before: { word: string; end: number } | null = null
  for (const { word, start, end } of words(text)) {
    if (isUnspaced(word)) {
      if (before && before.end === start && isUnspaced(before.word)) yield { word: before.word + word, isName: false }
    } else if (word.length > 2 && !isSaidOfAnything(word)) {
      yield { word, isName: isNameAt(text, start) }
    }
    before = { word, end }
  }
}

/** A capital within a sentence; the first word of one has a capital anyway. */
function isNameAt(text: string, start: number): boolean {
  if (!/\p{Lu}/u.test(text.charAt(start))) return false
  return /[\p{L}\p{N},’'-]\s*$/u.test(text.slice(Math.max(0, start - 4), start))
}

/** Numbers tell little and years nothing; of the words, those of questions, lists and dates, which headlines are made of. */
function isSaidOfAnything(word: string): boolean {
  return /^\d{1,2}$|^(?:19|20)\d\d$/.test(word) || commonWords.has(word)
}

/**
 * In a large library their frequency tells them; in a small one, as everybody begins with, they are as rare as any other. Of
 * other languages a library is seldom so small that it has few articles with them.
 */
const commonWords = new Set(
  `about after again against all also always and any are around back because been before being best better between big but
  can could day days did does doing don down each early end even ever every few find first five for four from full get gets
  getting give gives goes going good got great had has have here his her hers him how into its just keep know knows last late
  latest least let life like little live long look looks made make makes making many may might more most much must need needs
  never new news next not now off old once one only open other our out over own part people please read really report review
  right said same say says see sees set she should show shows since six small some soon still such take takes tell ten than
  that the their them then there these they thing things think this those three through time times today together told too top
  two under until update updated updates use used using very video want wants was watch way week weekly weeks well were what
  when where which while who why will with without work works world would year years yet you your
  january february march april june july august september october november december
  monday tuesday wednesday thursday friday saturday sunday morning evening night tonight brief roundup podcast episode`.split(
    /\s+/,
  ),
)
