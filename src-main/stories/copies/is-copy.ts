/**
 * Whether two articles of different feeds, which link to one page, are one article. Folded wrongly, one of them is not read by
 * anyone: in doubt they are two.
 */
import { enclosureKind } from '../../api/enclosures.ts'
import type { Enclosure } from '../../api/model.ts'
import { sharedRuns, wordsOf } from './shared-words.ts'

export type Compared = {
  title: string
  /** Plain text. */
  text: string
  enclosures: Enclosure[]
}

/** A shorter text is a teaser, 'Comments', or how many points a link has: it says nothing against an article. */
const fewestWords = 40
/**
 * A page that somebody links to and writes about has another text than the article: they share some quotations. Of the texts
 * under one title and link that were read for this, those of one article shared half of their runs or more.
 */
const sharedUnderOneTitle = 0.35
/** Editors give an article another title on the front page than in its section. */
const sharedUnderOthers = 0.8

export function isCopyUnderOneLink(one: Compared, other: Compared): boolean {
  if (haveOtherRecordings(one.enclosures, other.enclosures)) return false
  const [words, otherWords] = [wordsOf(one.text), wordsOf(other.text)]
  const isAnyShort = words.length < fewestWords || otherWords.length < fewestWords
  if (isSameTitle(one.title, other.title)) return isAnyShort || sharedRuns(words, otherWords) >= sharedUnderOneTitle
  return !isAnyShort && sharedRuns(words, otherWords) >= sharedUnderOthers
}

/** Titles of so many words are not the beginning of another one by chance. */
const tellingWords = 5

/** Aggregators put the source behind a title: 'Rates stay where they are | The Gazette'. */
function isSameTitle(one: string, other: string): boolean {
  const [short, long] = [wordsOf(one), wordsOf(other)].toSorted((a, b) => a.length - b.length) as [string[], string[]]
  if (short.length === 0) return false
  const isBeginning = short.every((word, index) => word === long[index])
  return isBeginning && (short.length === long.length || short.length >= tellingWords)
}

/** A show as sound and as film is two feeds with one page for each episode. */
export function haveOtherRecordings(one: Enclosure[], other: Enclosure[]): boolean {
  const [files, others] = [one, other].map(
    enclosures => new Set(enclosures.filter(isRecording).map(({ url }) => fileName(url))),
  ) as [Set<string>, Set<string>]
  return files.size > 0 && others.size > 0 && ![...files].some(file => others.has(file))
}

function isRecording(enclosure: Enclosure): boolean {
  return ['audio', 'video'].includes(enclosureKind(enclosure) ?? '')
}

/** Counters are put before the address of a file, and parameters behind it. */
function fileName(url: string): string {
  const path = url.replace(/[?#].*$/, '')
  return path.slice(path.lastIndexOf('/') + 1)
}
