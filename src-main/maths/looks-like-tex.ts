/** Whether what stands between two delimiters is a formula: a dollar sign is a price far more often. */

/** `sure`: nobody writes this but for a formula. `likely`: where the article has others. */
export type Likeness = 'sure' | 'likely' | 'no'

/** As in '\frac', '\alpha'. */
const command = /\\[a-zA-Z]{2,}/
/** On brackets or a letter of its own, or of few as in 'mc^2': 'foo_bar' is a name of a program, '1_000' a number. */
const script =
  /(?:^|[^A-Za-z\d\\_])(?:[A-Za-z]'{0,3}_|[A-Za-z]{1,3}'{0,3}\^)[A-Za-z\d{\\+*-]|[)\]}][_^][A-Za-z\d{\\+*-]/
/** All there is between the dollars of 'CO$_2$' and '$^{13}$C'. */
const scriptAlone = /^(?:[_^](?:\{[^{}]{1,40}\}|[A-Za-z\d]|\\[A-Za-z]{2,20})){1,2}$/
/** Nothing else is in a formula without commands. */
const onlyMaths = /^[A-Za-z\d\s+\-*/=<>()[\]{}|,.;:!'^_~&×·÷±≤≥≠≈∈∞→′Α-Ωα-ω]+$/u
/** Where a formula breaks off, a shell or a sum of money goes on: '$a+$b', '$100-$200', 'A$5, B$'. */
const unfinished = /[=+\-*/<^_,;:&([{|\\]$/
const unbegun = /^[=*/^_,;:&)\]}]/
/** Names of more than two letters that stand in formulas without a backslash. */
const functions =
  /^(?:sin|cos|tan|cot|sec|csc|exp|log|lim|max|min|sup|inf|det|dim|ker|gcd|lcm|mod|arg|deg|var|cov|rank|diag|sign|sgn|pol|poly|span|hom|end|aut|gal|out|spec|prob)$/i
/** Their argument is words. */
const wordy =
  /\\(?:text\w*|mbox|hbox|fbox|operatorname\*?|math(?:rm|bf|sf|tt|it|cal|bb|frak|scr)|begin|end|tag\*?|label|eqref|ref|color|textcolor|DeclareMathOperator|ce)\s*\{[^{}]*\}/g
/** 'Prose' has two such words. */
const word = /[A-Za-z]{3,}/g
const mostWords = 4

export type Delimiter = '$' | '$$' | '\\(' | '\\[' | 'begin'

export function texLikeness(tex: string, delimiter: Delimiter): Likeness {
  if (delimiter === 'begin') return 'sure'
  if (tex.trim() === '' || /[^\P{Cc}\s]|\ufffd/u.test(tex) || !isBalanced(tex)) return 'no'
  if (delimiter === '$' && scriptAlone.test(tex)) return 'sure'
  const words = wordsOf(tex)
  const hasCommand = command.test(tex)
  if (words.length > (hasCommand ? mostWords : 0)) return 'no'
  if (delimiter === '$' && !isClosed(tex, hasCommand)) return 'no'
  if (hasCommand || script.test(tex)) return 'sure'
  // A pair of dollars is a mark of nothing else, but for 'cheap' and 'dear' in guides to restaurants.
  if (delimiter === '$$' && /[=<>≤≥]/.test(tex) && onlyMaths.test(tex)) return 'sure'
  return onlyMaths.test(tex) && /[A-Za-z\dΑ-Ωα-ω]/u.test(tex) ? 'likely' : 'no'
}

/** Whether letters may touch its dollars: '$\\Lambda$CDM', 'CO$_2$'. */
export function mayTouchWords(tex: string): boolean {
  return command.test(tex) || scriptAlone.test(tex)
}

/** Dollars stand at the formula without a space, unless both have one and there is a command between them. */
function isClosed(tex: string, hasCommand: boolean): boolean {
  const inner = tex.trim()
  if (inner !== tex && !(hasCommand && /^\s/.test(tex) && /\s$/.test(tex))) return false
  if (/"|[^\w)}\]']'$/.test(inner) || (!hasCommand && !hasAllBrackets(inner))) return false
  return !unfinished.test(inner) && !unbegun.test(inner)
}

/** An interval may have one of each kind. */
function hasAllBrackets(tex: string): boolean {
  return (tex.match(/[([]/g)?.length ?? 0) === (tex.match(/[)\]]/g)?.length ?? 0)
}

function wordsOf(tex: string): string[] {
  const rest = tex
    .replace(wordy, ' ')
    .replace(/\\[a-zA-Z]+\*?/g, ' ')
    .replace(/%.*/g, '')
  return (rest.match(word) ?? []).filter(found => !functions.test(found))
}

function isBalanced(tex: string): boolean {
  let open = 0
  let isEscaped = false
  for (const character of tex) {
    if (!isEscaped && character === '{') open++
    if (!isEscaped && character === '}' && --open < 0) return false
    isEscaped = !isEscaped && character === '\\'
  }
  return open === 0
}
