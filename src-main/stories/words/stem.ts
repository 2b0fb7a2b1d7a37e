/** Takes endings off words, so that 'files', 'filed' and 'filing' count as one. */

type Rule = readonly [ending: string, replacement: string, least: number]

/** By language: the first ending that fits, longest first, where at least so many letters stay. */
const rules: Record<string, readonly Rule[]> = {
  en: [
    ['ies', 'y', 3],
    ['sses', 'ss', 2],
    ['ing', '', 4],
    ['ed', '', 4],
    ['es', 'e', 3],
    ['s', '', 3],
  ],
  de: ['ern', 'em', 'en', 'er', 'es', 'e', 'n', 's'].map(ending => [ending, '', 4] as const),
  nl: ['en', 'je', 's', 'e'].map(ending => [ending, '', 4] as const),
  fr: ['ees', 'ee', 'es', 'er', 'e', 's', 'x'].map(ending => [ending, '', 4] as const),
  es: ['os', 'as', 'es', 'o', 'a', 'e', 's'].map(ending => [ending, '', 4] as const),
  pt: ['os', 'as', 'es', 'o', 'a', 'e', 's'].map(ending => [ending, '', 4] as const),
  it: ['i', 'e', 'o', 'a'].map(ending => [ending, '', 4] as const),
  ru: [
    'ами',
    'ями',
    'ого',
    'его',
    'ому',
    'ему',
    'ых',
    'их',
    'ой',
    'ей',
    'ом',
    'ем',
    'ам',
    'ям',
    'ах',
    'ях',
    'ую',
    'ая',
    'ов',
    'ы',
    'и',
    'а',
    'я',
    'о',
    'е',
    'у',
    'ю',
    'й',
    'ь',
  ].map(ending => [ending, '', 4] as const),
}

/** The stem of a word that is folded and in lower case; of languages without rules the word itself. */
export function stem(word: string, language: string): string {
  for (const [ending, replacement, least] of rules[language] ?? []) {
    if (word.length < ending.length + least || !word.endsWith(ending)) continue
    if (language === 'en' && ending === 's' && /[su]s$/.test(word)) return word
    const base = word.slice(0, word.length - ending.length)
    if (language !== 'en' || replacement !== '' || ending === 's') return base + replacement
    return withoutDouble(base)
  }
  return word
}

/** 'banned' is 'bann' without its ending, and 'making' is 'mak', as 'makes' and 'make' have to be. */
function withoutDouble(base: string): string {
  return /([bdfgmnprt])\1$/.test(base) ? base.slice(0, -1) : base
}
