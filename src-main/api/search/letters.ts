/**
 * Folds words that people type differently than publishers write them: case, accents, letters that a keyboard does not have
 * (ß, ł, ø, đ), vowel points, widths, and invisible characters. Used for the index and for queries alike.
 */

/** Flags by UTF-16 code unit. A lookup is five times as fast as a regular expression. */
const flags = new Uint8Array(0x10000)

/** Folding may change more than its case; a coarse list. */
export const changing = 1
/** A mark that may be part of the letter before it: composed first, since й, ガ and 각 are letters of their own. */
const composable = 2
/** Perhaps of a script without spaces between words. */
export const unspacedScript = 4
/** Neither seen nor a gap between words: soft hyphen, zero width characters, marks of writing direction. */
const invisible = 8
/**
 * Left out in everyday writing: accents, Cyrillic stress, Hebrew and Arabic points, the lengthening line of Arabic, nuktas,
 * and the letters for hamza and okina of transcriptions (Qurʾan, Hawaiʻi). Vowel signs of other scripts (Devanagari, Thai)
 * are letters to those who write them.
 */
const optional = 16
const isFoldable = changing | composable

const ranges: [flag: number, ranges: string][] = [
  [
    changing,
    `aa ad b2-b3 b5 b9-ba bc-be c0-3ff 401 451 483-487 591-6ff 711 730-74a 8d3-8ff 901 93c 958-96f 9bc 9dc-9df 9e6-9ef
    a33-a3c a59-a5e abc b3c b5c-b5d cbc 10a0-10ff 115f-1160 13a0-13ff 17b4-17b5 180b-180f 1ab0-1aff 1c80-1cbf 1d00-1fff
    200b-200f 202a-202e 2060-209c 20d0-218f 2460-24ff 2c60-2c7f 3131-318e a640-a69f a720-a7ff ab30-abbf fb00-fdff fe00-fe0f fe20-fe2f fe70-feff ff10-ff19 ff21-ff3a ff41-ff5a ff66-ffdc
    d801 d803 d806 d81b d835 d83a db40`,
  ],
  [composable, '300-36f 653-655 1100-11ff 3099-309a'],
  [unspacedScript, 'e00-eff 1780-17ff 19e0-19ff 2e80-2fdf 3005-312f 31a0-9fff d840-d88f f900-faff ff66-ff9f'],
  [invisible, 'ad 34f 61c 115f-1160 17b4-17b5 180b-180f 200b-200f 202a-202e 2060-206f 3164 fe00-fe0f feff ffa0'],
  [
    optional,
    `2b9-2bb 2be-2bf 300-36f 483-487 591-5bd 5bf 5c1-5c2 5c4-5c5 5c7 610-61a 640 64b-65f 670 6d6-6dc 6df-6e4 6e7-6e8
    6ea-6ed 711 730-74a 8d3-8e1 8e3-8ff 93c 9bc a3c abc b3c cbc 1ab0-1aff 1dc0-1dff 20d0-20ff fe20-fe2f`,
  ],
]
for (const [flag, list] of ranges) {
  for (const range of list.split(/\s+/)) {
    const [first = 0, last = first] = range.split('-').map(code => Number.parseInt(code, 16))
    for (let code = first; code <= last; code++) flags[code]! |= flag
  }
}

/** The flags of all its characters together. */
export function lookAt(text: string): number {
  let seen = 0
  for (let at = 0; at < text.length; at++) seen |= flags[text.charCodeAt(at)]!
  return seen
}

function has(letter: string, flag: number): boolean {
  // Language tags, invisible, are the only such characters that take two code units.
  return letter.length > 1
    ? flag === invisible && letter.startsWith('\udb40')
    : (flags[letter.charCodeAt(0)]! & flag) !== 0
}

const letters = new Map([
  ...Object.entries({
    ß: 'ss',
    æ: 'ae',
    œ: 'oe',
    ø: 'o',
    đ: 'd',
    ð: 'd',
    þ: 'th',
    ł: 'l',
    ħ: 'h',
    ŧ: 't',
    ŋ: 'n',
    ı: 'i',
    ȷ: 'j',
    ĸ: 'k',
    ς: 'σ',
    ё: 'е',
    // Keyboards of Arabic, Persian and Urdu write the same letters with characters of their own.
    أ: 'ا',
    إ: 'ا',
    آ: 'ا',
    ٱ: 'ا',
    ى: 'ي',
    ی: 'ي',
    ک: 'ك',
    ة: 'ه',
    ہ: 'ه',
    ۀ: 'ه',
    ۂ: 'ه',
    '\u0901': '\u0902',
    // An apostrophe that Unicode calls a letter (м\u02bcята); other apostrophes stand between words.
    '\u02bc': ' ',
  }),
  ...[0x660, 0x6f0, 0x966, 0x9e6].flatMap(zero =>
    Array.from({ length: 10 }, (_, digit): [string, string] => [String.fromCharCode(zero + digit), String(digit)]),
  ),
])

const hasAccents = /[\p{Script=Latin}\p{Script=Greek}]/u
const wordRun = /[\p{L}\p{N}\p{M}]+/gu

/** Whether a character is neither seen nor a gap between words. */
export function isInvisible(character: string): boolean {
  return has(character, invisible)
}

/** Lower case and folded; what is not part of a word stays as it is. */
export function foldText(text: string): string {
  return foldLetters(text.toLowerCase())
}

/** The same without lower case, which the tokenizer of the index does itself. `seen`: the flags of the text. */
export function foldLetters(text: string, seen = lookAt(text)): string {
  if ((seen & isFoldable) === 0) return text
  const composed = seen & composable ? text.normalize('NFC') : text
  let out = ''
  let from = 0
  for (let at = 0; at < composed.length; ) {
    if ((flags[composed.charCodeAt(at)]! & isFoldable) === 0) {
      at++
      continue
    }
    const end = endOfRun(composed, at)
    const before = from === at ? '' : composed.slice(from, at)
    // Most runs are one accented letter within a word.
    out += before + (end - at === 1 ? foldOne(composed.charCodeAt(at)) : foldRun(composed.slice(at, end)))
    from = end
    at = end
  }
  return out + composed.slice(from)
}

function endOfRun(text: string, start: number): number {
  let end = start
  while (end < text.length && flags[text.charCodeAt(end)]! & isFoldable) {
    const isPair = (text.charCodeAt(end) & 0xfc00) === 0xd800
    end += isPair ? 2 : 1
  }
  return Math.min(end, text.length)
}

const ones: (string | undefined)[] = []

function foldOne(code: number): string {
  ones[code] ??= foldRun(String.fromCharCode(code))
  return ones[code]
}

/** Cache: texts repeat a few runs. */
const known = new Map<string, string>()
const mostKnown = 4_000
const longestKnown = 12

function foldRun(run: string): string {
  const before = known.get(run)
  if (before !== undefined) return before
  const seen = [...run].filter(letter => !has(letter, invisible)).join('')
  // Only within words: as 'TM', a trade mark sign would become part of the name before it.
  const folded = seen.replace(wordRun, foldWord)
  if (run.length <= longestKnown) {
    if (known.size >= mostKnown) known.clear()
    known.set(run, folded)
  }
  return folded
}

function foldWord(word: string): string {
  let out = ''
  for (const letter of word.normalize('NFKC').toLowerCase()) out += foldLetter(letter)
  return out
}

function foldLetter(letter: string): string {
  if (has(letter, optional)) return ''
  const other = letters.get(letter)
  if (other !== undefined) return other
  if (!hasAccents.test(letter)) return letter
  // Some have a stroke as well as an accent: ǿ, ǽ.
  const [base = '', ...marks] = letter.normalize('NFD')
  return marks.length === 0 ? letter : foldLetter(base) + marks.filter(mark => !has(mark, optional)).join('')
}
