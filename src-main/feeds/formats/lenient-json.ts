/**
 * Parses damaged JSON: raw line breaks in strings, missing or extra commas, comments, wrong or unescaped quotes, unknown
 * words, a missing end, junk around it. Any text gives a value.
 *
 * Libraries that repair JSON try several readings of a string, in quadratic time, or recurse at every bracket, and none reports
 * a missing end. This parser moves forward with every step, and looks ahead over white space only.
 */

export type LenientJson = {
  value: unknown
  /** The text ended inside the value. */
  isCut: boolean
  /** The objects and lists that were open then. */
  open: Set<unknown>
}

/** Feeds do not nest as deep, attacks do. Deeper values are null. */
const deepest = 200
const words = new Map(
  ['true', 'false'].flatMap(word =>
    [word, word.toUpperCase(), `${word[0]!.toUpperCase()}${word.slice(1)}`].map(spelling => [
      spelling,
      word === 'true',
    ]),
  ) as [string, boolean][],
)
const escapes = new Map([
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  // A line continuation.
  ['\n', ''],
])

type Reading = { text: string; at: number; depth: number; isCut: boolean; open: Set<unknown> }

/** `value` is undefined for text without any. */
export function readLenientJson(text: string): LenientJson {
  const start = text.search(/[{[]/)
  const reading: Reading = { text, at: Math.max(start, 0), depth: 0, isCut: false, open: new Set() }
  const value = start < 0 ? undefined : readValue(reading)
  return { value, isCut: reading.isCut, open: reading.open }
}

function readValue(reading: Reading): unknown {
  skipBlank(reading)
  const { text, at } = reading
  const first = text[at]
  if (first === '{' || first === '[') return readNested(reading, first)
  if (first === '"' || first === "'") return readString(reading, 'value')
  return wordOf(takeBare(reading))
}

function readNested(reading: Reading, bracket: '{' | '['): unknown {
  reading.at++
  reading.depth++
  const value = bracket === '{' ? readObject(reading) : readList(reading)
  reading.depth--
  return reading.depth >= deepest ? null : value
}

function readObject(reading: Reading): Record<string, unknown> {
  const object: Record<string, unknown> = {}
  while (advance(reading, '}', object)) {
    // A list's bracket here ends the list that this object is in: the brace is missing.
    if (reading.text[reading.at] === ']') return object
    const name = readName(reading)
    skipBlank(reading)
    if (reading.text[reading.at] !== ':') continue
    reading.at++
    const value = reading.depth > deepest ? skipDeep(reading) : readValue(reading)
    // Assigning `__proto__` would change the object's prototype.
    if (name !== '__proto__') object[name] = value
  }
  return object
}

function readList(reading: Reading): unknown[] {
  const list: unknown[] = []
  while (advance(reading, ']', list)) {
    if (reading.text[reading.at] === '}') {
      // Either this list's bracket is missing, and the brace ends the object around it; or the brace is one too many.
      if (!isStray(reading, list)) return list
      reading.at++
      continue
    }
    const value = reading.depth > deepest ? skipDeep(reading) : readValue(reading)
    list.push(value)
  }
  return list
}

function isStray({ text, at }: Reading, list: unknown[]): boolean {
  const last = list.at(-1)
  return typeof last === 'object' && last !== null && /^\}\s{0,99},\s{0,99}\{/.test(text.slice(at, at + 200))
}

/** Skips a value that nests too deep, without recursion. */
function skipDeep(reading: Reading): null {
  const { text } = reading
  let level = 0
  for (; reading.at < text.length; reading.at++) {
    const character = text[reading.at]!
    if (character === '{' || character === '[') level++
    else if (character === '}' || character === ']') level--
    else if (character === '"') {
      readString(reading, 'value')
      reading.at--
    }
    if (level < 0 || (level === 0 && character === ',')) return null
  }
  return null
}

/** Moves to the next member; false at the end of the object or list, or of the text. */
function advance(reading: Reading, end: '}' | ']', value: unknown): boolean {
  const { text } = reading
  skipBlank(reading)
  while (text[reading.at] === ',' || text[reading.at] === ':') {
    reading.at++
    skipBlank(reading)
  }
  if (text[reading.at] === end) {
    reading.at++
    return false
  }
  if (reading.at < text.length) return true
  reading.isCut = true
  reading.open.add(value)
  return false
}

function readName(reading: Reading): string {
  const first = reading.text[reading.at]
  if (first === '"' || first === "'") return readString(reading, 'name')
  const name = takeBare(reading)
  // A stray bracket, for instance.
  if (name === '') reading.at++
  return name
}

/** White space, byte order marks and comments. */
function skipBlank(reading: Reading): void {
  const { text } = reading
  for (;;) {
    while (isBlank(text.charCodeAt(reading.at))) reading.at++
    if (text[reading.at] !== '/') return
    const isLine = text[reading.at + 1] === '/'
    if (!isLine && text[reading.at + 1] !== '*') return
    const end = isLine ? text.indexOf('\n', reading.at) : text.indexOf('*/', reading.at + 2)
    reading.at = end < 0 ? text.length : end + (isLine ? 1 : 2)
  }
}

function isBlank(code: number): boolean {
  return code <= 0x20 || code === 0xa0 || code === 0xfeff || code === 0x2028 || code === 0x2029
}

const bare = /[^\s,:{}[\]"]+/y

/** A word without quotes. */
function takeBare(reading: Reading): string {
  bare.lastIndex = reading.at
  const word = bare.exec(reading.text)?.[0] ?? ''
  reading.at += word.length
  return word
}

/** NaN, Infinity, undefined and unknown words are null. */
function wordOf(word: string): unknown {
  if (words.has(word)) return words.get(word)
  const number = word === '' ? Number.NaN : Number(word)
  return Number.isFinite(number) ? number : null
}

function readString(reading: Reading, role: 'name' | 'value'): string {
  const { text } = reading
  const quote = text[reading.at]!
  const pieces: string[] = []
  let from = ++reading.at
  for (; reading.at < text.length; reading.at++) {
    const character = text[reading.at]
    if (character === quote && endsString(text, reading.at + 1, role)) {
      pieces.push(text.slice(from, reading.at++))
      return pieces.join('')
    }
    if (character !== '\\') continue
    pieces.push(text.slice(from, reading.at))
    pieces.push(readEscape(reading))
    from = reading.at + 1
  }
  reading.isCut = true
  pieces.push(text.slice(from))
  return pieces.join('')
}

/** Leaves `at` on the last character of the escape. An unknown escape stands for its character. */
function readEscape(reading: Reading): string {
  const { text, at } = reading
  const kind = text[at + 1] ?? ''
  const digits = kind === 'u' ? 4 : kind === 'x' ? 2 : 0
  const code = text.slice(at + 2, at + 2 + digits)
  if (digits > 0 && code.length === digits && /^[\da-f]+$/i.test(code)) {
    reading.at += 1 + digits
    return String.fromCharCode(Number.parseInt(code, 16))
  }
  reading.at++
  // A \u without its digits is text.
  return digits > 0 ? `\\${kind}` : (escapes.get(kind) ?? kind)
}

const memberAhead = /"[^"\\\n]{1,60}"\s{0,20}:/y
/** A word that is a value, or a name without quotes before one. */
const valueAhead = /(?:true|false|null|NaN)\b|[A-Za-z_$][\w$]{0,60}\s{0,9}:\s{0,9}["'{[\dtfn-]/y

/** Whether a quote ends its string: publishers forget to escape those in HTML. It does if what follows can only follow a string. */
function endsString(text: string, from: number, role: 'name' | 'value'): boolean {
  let at = from
  while (isBlank(text.charCodeAt(at))) at++
  const next = text[at]
  if (next === undefined || role === 'name') return next === undefined || next === ':'
  if (next === '}' || next === ']') return true
  if (next === '"') return isAhead(memberAhead, text, at)
  if (next !== ',') return text.startsWith('//', at) || text.startsWith('/*', at)
  at++
  while (isBlank(text.charCodeAt(at))) at++
  // Any value may follow the comma of a list; a name that of an object.
  const after = text[at]
  return after === undefined || /["'{[\]},\d/-]/.test(after) || isAhead(valueAhead, text, at)
}

function isAhead(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at
  return pattern.test(text)
}
