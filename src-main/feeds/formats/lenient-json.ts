/**
 * Parses damaged JSON: raw line breaks in strings, missing or extra commas, comments, wrong or unescaped quotes, unknown
 * words, a missing end, junk around it. Any text gives a value, in one pass that looks ahead over white space only.
 *
 * jsonrepair (3.15) was tried in its place: it ends strings at the unescaped quotes of `<a href="…">`, fails at double commas,
 * unknown escapes and junk, reports no missing end, and takes 0.4 s for 30,000 quotes, growing with the square. The libraries for
 * streamed answers of language models read truncated text, but no damage before its end.
 */
import { isRecord } from '../json.ts'

export type LenientJson = {
  /** Undefined for text without any. Words that are no numbers are null, `true` among them: no field of a feed has one. */
  value: unknown
  /** The objects and lists that the text ends inside of. */
  open: Set<unknown>
}

type Reading = {
  text: string
  at: number
  /** The objects and lists around `at`, outermost first. */
  open: (Record<string, unknown> | unknown[])[]
  /** The name of the member whose value comes next. */
  name: string | null
}

export function readLenientJson(text: string): LenientJson {
  const start = text.search(/[{[]/)
  if (start < 0) return { value: undefined, open: new Set() }
  const reading: Reading = { text, at: start, open: [], name: null }
  const value = openNested(reading)
  while (reading.open.length > 0 && reading.at < text.length) readNext(reading)
  return { value, open: new Set(reading.open) }
}

function readNext(reading: Reading): void {
  const { text, at, open, name } = reading
  const next = text[at]!
  if (isBlank(text.charCodeAt(at))) reading.at++
  else if (text.startsWith('//', at) || text.startsWith('/*', at)) skipComment(reading)
  else if (next === ',' || next === ':' || next === '}' || next === ']') {
    reading.name = null
    if (next === ',' || next === ':') reading.at++
    else close(reading, next)
  } else if (name === null && isRecord(open.at(-1))) readName(reading)
  else if (next === '{' || next === '[') openNested(reading)
  else add(reading, next === '"' || next === "'" ? readString(reading, 'value') : numberOf(takeWord(reading)))
}

function openNested(reading: Reading): unknown {
  // Without a prototype, `__proto__` is a name like any other.
  const nested = reading.text[reading.at++] === '[' ? [] : Object.create(null)
  add(reading, nested)
  reading.open.push(nested)
  return nested
}

function add(reading: Reading, value: unknown): void {
  const around = reading.open.at(-1)
  if (Array.isArray(around)) around.push(value)
  else if (around && reading.name !== null) around[reading.name] = value
  reading.name = null
}

/** A bracket of the wrong kind ends what is around the innermost, too; but in a list, the brace of `},{` is one too many. */
function close(reading: Reading, bracket: '}' | ']'): void {
  const innermost = reading.open.at(-1)
  const isInList = Array.isArray(innermost)
  const isOwn = isInList === (bracket === ']')
  const isStray = isInList && !isOwn && isRecord(innermost.at(-1)) && isAhead(objectAhead, reading.text, reading.at)
  if (isOwn || isStray) reading.at++
  if (!isStray) reading.open.pop()
}

/** A name without a colon after it is dropped. */
function readName(reading: Reading): void {
  const { text, at } = reading
  const name = text[at] === '"' || text[at] === "'" ? readString(reading, 'name') : takeWord(reading)
  while (isBlank(text.charCodeAt(reading.at))) reading.at++
  if (text[reading.at] === ':') {
    reading.name = name
    reading.at++
  } else if (reading.at === at) reading.at++
}

function skipComment(reading: Reading): void {
  const { text, at } = reading
  const mark = text[at + 1] === '/' ? '\n' : '*/'
  const end = text.indexOf(mark, at + 2)
  reading.at = end < 0 ? text.length : end + mark.length
}

function isBlank(code: number): boolean {
  return code <= 0x20 || (code >= 0xa0 && /\s/.test(String.fromCharCode(code)))
}

const bare = /[^\s,:{}[\]"]+/y

/** A word without quotes. */
function takeWord(reading: Reading): string {
  bare.lastIndex = reading.at
  const word = bare.exec(reading.text)?.[0] ?? ''
  reading.at += word.length
  return word
}

/** NaN, Infinity and other words are null. */
function numberOf(word: string): number | null {
  const number = Number(word || Number.NaN)
  return Number.isFinite(number) ? number : null
}

function readString(reading: Reading, role: 'name' | 'value'): string {
  const { text } = reading
  const quote = text[reading.at]
  const start = reading.at + 1
  let end = start
  while (end < text.length && !(text[end] === quote && endsString(text, end + 1, role)))
    end += text[end] === '\\' ? 2 : 1
  reading.at = end + 1
  return text.slice(start, end).replace(escaped, unescaped)
}

const escaped = /\\(?:u([\da-fA-F]{4})|x([\da-fA-F]{2})|(.?))/gs
/** The last is a line continuation. */
const escapes: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', '\n': '' }

/** An unknown escape stands for its character; a \u without its digits is text. */
function unescaped(written: string, wide: string | undefined, short: string | undefined, kind = ''): string {
  const code = wide ?? short
  if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16))
  return kind === 'u' || kind === 'x' ? written : (escapes[kind] ?? kind)
}

const objectAhead = /\}\s{0,99},\s{0,99}\{/y
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
