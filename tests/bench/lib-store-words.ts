/** Words as unevenly frequent as in a language, in a few scripts, always the same ones. */

export type Random = () => number

/** The same numbers every time (mulberry32). */
export function randomFrom(seed: number): Random {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** What a feed is written in. */
export type Script = 'english' | 'accented' | 'cyrillic' | 'chinese'

/** About one feed in twenty is not in English. */
export function scriptOf(feedNumber: number): Script {
  if (feedNumber % 40 === 7) return 'chinese'
  if (feedNumber % 80 === 21) return 'accented'
  if (feedNumber % 80 === 53) return 'cyrillic'
  return 'english'
}

/** The first of the language, most frequent first: searches of the bench name some of them. */
const frequent =
  'the of and to in a is that for it on with as was at by be from this are an have has not but they or which its new will one were their more said when who about also can after two first people would there time year world over other some into so government city storm police water power music science election ferry'

const vocabularySize = 60_000
/** One word in this many is a name or a number that hardly any other article has. */
const oddWordIn = 200
/** An article is about something: it says its words again. */
const saidAgain = 0.2
const hanziFrom = 0x4e00
const hanziCount = 3_000

const syllables = {
  english: [
    ['b', 'd', 'f', 'g', 'h', 'k', 'l', 'm', 'n', 'p', 'r', 's', 't', 'v', 'st', 'tr', 'pl', 'sh'],
    ['a', 'e', 'i', 'o', 'u', 'ea', 'ou'],
  ],
  accented: [
    ['b', 'ç', 'd', 'f', 'g', 'l', 'm', 'n', 'ñ', 'p', 'r', 's', 't', 'v', 'sch'],
    ['a', 'é', 'i', 'ö', 'ü', 'è', 'o', 'â'],
  ],
  cyrillic: [
    ['б', 'в', 'г', 'д', 'к', 'л', 'м', 'н', 'п', 'р', 'с', 'т', 'ст', 'пр'],
    ['а', 'е', 'и', 'о', 'у', 'я', 'ы'],
  ],
} as const

export type Writer = {
  /** About so many bytes of text, in sentences without markup. */
  prose(length: number): string
}

/** Makes a writer for each script. The vocabularies are made once. */
export function makeWriters(): (script: Script, random: Random) => Writer {
  const vocabularies = {
    english: makeVocabulary('english', frequent.split(' ')),
    accented: makeVocabulary('accented', ['die', 'der', 'und', 'für', 'où', 'été']),
    cyrillic: makeVocabulary('cyrillic', ['и', 'в', 'не', 'на', 'что']),
  }
  return (script, random) => ({
    prose: length =>
      script === 'chinese' ? chinese(length, random) : sentences(vocabularies[script], script, length, random),
  })
}

function sentences(vocabulary: string[], script: Exclude<Script, 'chinese'>, length: number, random: Random): string {
  const bytesPerLetter = script === 'cyrillic' ? 1.8 : 1
  const used: string[] = []
  let letters = 0
  while (letters * bytesPerLetter < length) {
    const word = used.length > 0 && random() < saidAgain ? pickFrom(used, random) : nextWord(vocabulary, script, random)
    used.push(word)
    letters += word.length + 1
  }
  return used.map(word => (random() < 0.07 ? `${word}.` : word)).join(' ')
}

function nextWord(vocabulary: string[], script: Exclude<Script, 'chinese'>, random: Random): string {
  if (random() * oddWordIn < 1) return oddWord(script, random)
  // The n-th word is n times rarer than the first (Zipf).
  return vocabulary[Math.floor(vocabulary.length ** random()) - 1]!
}

function chinese(length: number, random: Random): string {
  let text = ''
  while (text.length * 3 < length) {
    const rank = Math.floor(hanziCount ** random()) - 1
    // Scattered over the block, so that frequent characters are not neighbours.
    text += random() < 0.08 ? '，' : String.fromCharCode(hanziFrom + ((rank * 1_009) % hanziCount))
  }
  return text
}

function oddWord(script: Exclude<Script, 'chinese'>, random: Random): string {
  return random() < 0.3 ? String(Math.floor(10 ** (6 * random()))) : makeWord(script, 4, random)
}

function makeVocabulary(script: Exclude<Script, 'chinese'>, first: string[]): string[] {
  const random = randomFrom(script.length)
  const words = new Set<string>(first)
  // What is said often is short.
  while (words.size < vocabularySize) {
    const shortest = words.size < 400 ? 1 : 2
    words.add(makeWord(script, shortest + Math.floor(random() * (words.size < 5_000 ? 2 : 3)), random))
  }
  return [...words]
}

function makeWord(script: Exclude<Script, 'chinese'>, count: number, random: Random): string {
  const [onsets, vowels] = syllables[script]
  return Array.from({ length: count }, () => pickFrom(onsets, random) + pickFrom(vowels, random)).join('')
}

function pickFrom<Item>(items: readonly Item[], random: Random): Item {
  return items[Math.floor(random() * items.length)]!
}
